import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { importText } from './recording-target.ts';

async function read(t: TestContext, lines: string[], settings: string[] = []) {
  const { target, document } = await importText(t, `${lines.join('\n')}\n`, settings);
  const roles = Object.fromEntries(document.columns.map(({ name, role }) => [name, role]));
  return { document, roles, amounts: target.transactionRows.map(([, , , amount]) => amount / 1e4) };
}

const REVOLUT = 'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance';

test('a booking date that the bank left empty gives way to another', async (t) => {
  const { roles, document } = await read(t, [
    REVOLUT,
    'TOPUP,Current,2022-05-07 10:47:26,,Top-Up,1000,0,SEK,COMPLETED,1764.4',
    'CARD_PAYMENT,Current,2022-05-08 9:32:08,,Train,-157.85,0,SEK,COMPLETED,1606.55',
    'CARD_PAYMENT,Current,2022-05-09 10:10:09, ,Entry,-339.52,0,SEK,COMPLETED,1267.03',
  ]);
  assert.deepEqual([roles['Started Date'], roles['Completed Date']], ['date', 'ignored']);
  assert.equal(document.ledger!.last!.date, '2022-05-09');
});

test('a column of money in by itself has minus signs for money out', async (t) => {
  const lines = ['Date,Payee,Inflow', '2020-01-02,Ada,100.00', '2020-01-03,Shop,-20.00', '2020-01-04,Rent,-33.00'];
  assert.deepEqual((await read(t, lines)).amounts, [100, -20, -33]);
});

test('amounts of several currencies are added up with a warning only', async (t) => {
  const rows = ['2020-01-02,Ada,1.00,EUR', '2020-01-03,Shop,-2.00,USD', '2020-01-04,Rent,-3.00,GBP'];
  const { document } = await read(t, ['Date,Text,Amount,Currency', ...rows]);
  assert.ok(document.warnings.some((warning) => warning.includes('several currencies (')));
  const one = await read(t, ['Date,Text,Amount,Currency', ...rows.map((row) => row.replace(/...$/, 'EUR'))]);
  assert.ok(!one.document.warnings.some((warning) => warning.includes('currencies')));
});

test('what the analyst says of a mark counts more than the balance', async (t) => {
  const lines = [
    'Date,Text,Kind,Amount,Balance',
    '2020-01-02,Ada,X,10.00,110.00',
    '2020-01-03,Shop,Y,20.00,90.00',
    '2020-01-04,Rent,Y,30.00,60.00',
    '2020-01-05,Eve,X,5.00,65.00',
  ];
  // Only balances say it, and none comes before the first row.
  assert.deepEqual((await read(t, lines)).amounts, [-20, -30, 5]);
  const given = await read(t, lines, ['indicator=Kind', 'negative=X']);
  assert.deepEqual(given.amounts, [-10, 20, 30, -5]);
  assert.ok(given.document.warnings.some((warning) => warning.includes('the other way than negative= says')));
});

test('texts may go on at the end of rows without a name of their own', async (t) => {
  const { roles, amounts } = await read(t, [
    'Konto;Buchungsdatum;Waehrung;Betrag;Umsatztext',
    '123;2013-07-03;EUR;150,00;Gutschrift;ein Name;ein Grund',
    '123;2013-07-10;EUR;-20,50;Auftrag;noch ein Name;Miete',
    '123;2013-07-12;EUR;-7,25;Karte;ein Laden;Einkauf',
  ]);
  assert.deepEqual(amounts, [150, -20.5, -7.25]);
  assert.deepEqual(
    [roles['Umsatztext'], roles['column 5'], roles['column 6']],
    ['description', 'description', 'description'],
  );
});
