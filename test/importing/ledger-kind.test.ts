import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { failure, importText } from './recording-target.ts';

const read = async (t: TestContext, lines: string[], settings: string[] = []) =>
  importText(t, lines.join('\n') + '\n', settings);
const kindOf = async (t: TestContext, lines: string[], settings?: string[]) =>
  (await read(t, lines, settings)).document.kind;

describe('a history stays one', () => {
  test('features by customer and day', async (t) => {
    const rows = ['a,2024-01-01,10.5,3.25,7', 'a,2024-01-02,11.5,3.5,8', 'b,2024-01-01,1.5,2.5,9'];
    assert.equal(await kindOf(t, ['customer_id,date,savings_amount,daily_expenses,x', ...rows]), 'history');
    assert.equal(await kindOf(t, ['customer,date,amount,balance,limit', ...rows]), 'history');
    assert.equal(await kindOf(t, ['customer,date,payment,exposure,rate', ...rows]), 'history');
  });

  test('one amount a customer and month, with a town', async (t) => {
    const lines = [
      'customer,date,amount,city',
      'a,2024-01-31,10.50,Graz',
      'a,2024-02-29,11.00,Graz',
      'b,2024-01-31,3.00,Linz',
    ];
    assert.equal(await kindOf(t, lines), 'history');
  });

  test('amounts beside an outcome', async (t) => {
    const lines = [
      'customer,date,amount,default',
      'a,2024-01-31,-10.50,0',
      'a,2024-02-29,11.00,0',
      'b,2024-01-31,3.00,1',
    ];
    assert.equal(await kindOf(t, lines), 'history');
  });

  test('what the analyst says leads, either way', async (t) => {
    const ledger = [
      'customer,date,amount,text',
      'a,2024-01-31,-10.50,shop',
      'a,2024-01-31,11.00,pay',
      'a,2024-02-01,3.00,pay',
    ];
    assert.equal(await kindOf(t, ledger), 'ledger');
    const asHistory = ['customer,date,amount,text', 'a,2024-01-31,-10.50,shop', 'a,2024-02-01,3.00,pay'];
    assert.equal(await kindOf(t, asHistory, ['kind=history']), 'history');
    assert.equal(await kindOf(t, asHistory, ['features=amount']), 'history');
    assert.equal(
      await kindOf(t, ['customer,date,x', 'a,2024-01-31,10.50', 'a,2024-02-01,3.00'], ['kind=ledger']),
      'ledger',
    );
  });
});

describe('settings of a ledger', () => {
  const lines = [
    'id,who,when,value,kind,left,text',
    '1,a,2024-01-02,10.00,X,110.00,pay',
    '2,a,2024-01-03,4.00,Y,106.00,shop',
  ];

  test('columns, and which value means money out', async (t) => {
    const { document, target } = await read(
      t,
      lines,
      [
        'customer=who',
        'date=when',
        'amount=value',
        'indicator=kind',
        'negative=y',
        'balance=left',
        'description=kind,text',
      ]
        .filter((pair) => pair !== 'description=kind,text')
        .concat('description=text,id'),
    );
    assert.deepEqual(target.transactionRows, [
      ['a', '', 19_724, 100_000, 1_100_000, '1 pay'],
      ['a', '', 19_725, -40_000, 1_060_000, '2 shop'],
    ]);
    assert.equal(document.ledger!.sum, '6.00');
    assert.deepEqual(
      document.columns.map(({ role }) => role),
      ['description', 'customer', 'date', 'amount', 'indicator', 'balance', 'description'],
    );
  });

  test('an indicator whose values say nothing asks for negative=', async (t) => {
    await assert.rejects(
      read(t, lines, ['amount=value', 'indicator=kind']),
      failure('data-refused', 'negative=', 'X, Y'),
    );
  });

  test('debit and credit, and whose file it is', async (t) => {
    const sides = [
      'when,minus,plus,text',
      '2024-01-02,,10.00,pay',
      '2024-01-03,4.00,,shop',
      '2024-01-04,1.00,2.00,both',
      '2024-01-05,,,none',
    ];
    const { document, target } = await read(t, sides, ['debit=minus', 'credit=plus', 'customerId=007']);
    assert.deepEqual(
      target.transactionRows.map(([customer, , , amount]) => [customer, amount]),
      [
        ['007', 100_000],
        ['007', -40_000],
      ],
    );
    assert.deepEqual(
      document.rejected.map(({ line, reason }) => [line, reason]),
      [
        [4, 'minus and plus both have an amount'],
        [5, 'no amount'],
      ],
    );
  });

  test('what contradicts itself is refused', async (t) => {
    await assert.rejects(read(t, lines, ['amount=value', 'debit=left']), failure('usage', 'amount=', 'debit='));
    await assert.rejects(read(t, lines, ['negative=Y']), failure('usage', 'indicator='));
    await assert.rejects(read(t, lines, ['customer=who', 'customerId=a']), failure('usage', 'customerId='));
    await assert.rejects(read(t, lines, ['amount=nothing']), failure('usage', 'nothing'));
    await assert.rejects(read(t, ['a,b', 'x,y', 'z,w'], ['kind=ledger']), failure('data-refused', 'date='));
    await assert.rejects(read(t, ['when,b', '2024-01-02,y'], ['kind=ledger']), failure('data-refused', 'amount='));
  });
});

describe('rows', () => {
  test('an account card counts what is owed, an amount without a sign is asked about', async (t) => {
    const card = [
      'Date,Description,Amount',
      '2024-01-15,SHOP,45.00',
      '2024-01-16,AIRLINE,320.10',
      '2024-01-20,AUTOPAY - THANK YOU,-300.00',
      '2024-01-21,CAFE,5.25',
    ];
    const owed = await read(t, card);
    assert.equal(owed.document.ledger!.sum, '-70.35');
    assert.ok(owed.document.warnings.some((words) => words.includes('card')));
    const unsigned = await read(t, ['date,title,amount', '2024-01-15,Shop,45.00', '2024-01-16,Ride,12.10']);
    assert.equal(unsigned.document.ledger!.sum, '57.10');
    assert.ok(unsigned.document.warnings.some((words) => words.includes('indicator=')));
  });

  test('zero amounts stay, equal bookings stay, the balance is checked over the whole file', async (t) => {
    const lines = [
      'Date,Text,Amount,Balance',
      '2024-01-01,in,100.00,100.00',
      '2024-01-02,info,0.00,100.00',
      '2024-01-02,tea,-2.50,97.50',
      '2024-01-02,tea,-2.50,95.00',
      '2024-01-03,gap,-1.00,90.00',
    ];
    const { document, target } = await read(t, lines);
    assert.equal(document.rows.accepted, 5);
    assert.equal(target.transactionRows.length, 5);
    assert.deepEqual(document.ledger!.balances, { compared: 4, confirmed: 3 });
    assert.ok(document.warnings.some((words) => words.includes('3 of 4')));
  });

  test('a customer and accounts', async (t) => {
    const lines = [
      'client_id,account_no,date,amount,type,narration',
      'c1,A1,2024-01-02,10.00,CR,pay',
      'c1,A2,2024-01-02,3.00,DR,shop',
      'c2,A3,2024-01-03,5.00,DR,shop',
    ];
    const { document, target } = await read(t, lines);
    assert.deepEqual(
      target.transactionRows.map(([customer, account, , amount]) => [customer, account, amount]),
      [
        ['c1', 'A1', 100_000],
        ['c1', 'A2', -30_000],
        ['c2', 'A3', -50_000],
      ],
    );
    assert.equal(document.customers, 2);
  });

  test('sums are exact', async (t) => {
    const lines = ['Date,Text,Amount'];
    for (let i = 0; i < 30; i++) lines.push(`2024-01-01,x${i},${i % 2 === 0 ? '-' : ''}0.1`);
    lines.push('2024-01-02,big,90000000000.01', '2024-01-03,big,-0.0001');
    const { document } = await read(t, lines);
    assert.equal(document.ledger!.sum, '90000000000.0099');
    assert.deepEqual(document.ledger!.last, { date: '2024-01-03', amount: '-0.0001' });
  });
});

test('some amounts may carry a remark: those rows are set aside, and a ledger it stays', async (t) => {
  const { document } = await read(t, [
    'Date,Merchant,Amount,Direction',
    '2024-12-30,Bakery,10.20,out',
    '2024-12-28,Books,131.77(refunded 89.84),out',
    '2024-12-27,Refund,9.80,in',
    '2024-12-26,Grocer,19.72,out',
  ]);
  assert.equal(document.kind, 'ledger');
  assert.deepEqual(
    document.rejected.map(({ line, column }) => [line, column]),
    [[3, 'Amount']],
  );
  assert.equal(document.ledger!.sum, '-20.12');
});
