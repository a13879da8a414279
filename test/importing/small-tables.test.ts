import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectTable } from '../../src-main/importing/dialect.ts';
import { readSettings } from '../../src-main/importing/settings.ts';

const table = (text: string) => detectTable({ head: text, whole: true, spots: [] }, readSettings([]));

test('a small table of as many columns above the header is no row', () => {
  const found = table(
    'Konto;Stand\n"Von";"Bis";"Konto";"Saldo";"Einheit"\n01.03.2026;31.03.2026;4711;900,10;EUR\n\n' +
      '"Buchungstag";"Wertstellung";"Zweck";"Umsatz";"Einheit"\n' +
      '02.03.2026;02.03.2026;Miete;-700,00;EUR\n05.03.2026;05.03.2026;Lohn;1600,10;EUR\n',
  );
  assert.equal(found.headerLine, 5);
  assert.equal(found.rows.length, 2);
});

test('names above rows outweigh one wider line without', () => {
  const found = table(
    '="0815";21/11/2015;19/02/2016;36;19/02/2016;1234,37 EUR\n\nDate;Objet;Montant;Devise\n' +
      '19/02/2016;Virement;50,00;EUR\n18/02/2016;Cotisation;-8,10;EUR\n',
  );
  assert.equal(found.headerLine, 3);
  assert.deepEqual(found.names, ['Date', 'Objet', 'Montant', 'Devise']);
});

test('a row right below the header whose date is a word is a row', () => {
  const found = table(
    'Datum;Belopp;Från;Text;Saldo\nReserverat;-129,00;Konto A;Kortköp;\n2026/04/30;-39,00;Konto A;Avgift;270,50\n' +
      '2026/04/28;350,00;Konto B;Swish;309,50\n2026/04/27;-20,00;Konto A;Lån;-40,50\n2026/04/26;-10,00;Konto A;Bok;-20,50\n',
  );
  assert.equal(found.headerLine, 1);
  assert.equal(found.rows.length, 5);
});

test('an opening balance right below the header is no row', () => {
  const found = table(
    'Datum;Belopp;Från;Text;Saldo\nIngående;;;;100,00\n2026/04/30;-39,00;Konto A;Avgift;61,00\n' +
      '2026/04/28;350,00;Konto B;Swish;411,00\n2026/04/27;-20,00;Konto A;Lån;391,00\n2026/04/26;-10,00;Konto A;Bok;381,00\n',
  );
  assert.equal(found.rows.length, 4);
});

test('step numbers below a header are no header of periods', () => {
  const found = table('name;step;x;place\nDvorak;0;1;Brno\nNovak;0;2;Praha\n');
  assert.equal(found.headerLine, 1);
});

test('a header without rows is said to be one, also below other lines', () => {
  for (const text of ['Konto;4711\n\nTag;Zweck;Betrag;Währung\n', '"As of 1 March"\n"Date","Text","Amount",\n""\n'])
    assert.throws(() => table(text), /holds a header and no rows below it/);
});

test('R writes no name over the numbers of its rows', () => {
  const found = table('"outcome","s100b"\n"1","Good",0.13\n"2","Poor",0.9\n"3","Good",0.2\n');
  assert.equal(found.headerLine, 1);
  assert.deepEqual(found.names, ['column 0', 'outcome', 's100b']);
  assert.deepEqual(found.rows[1], ['2', 'Poor', '0.9']);
  const counted = table('"outcome","s100b"\n"1","Good",0.13\n"7","Poor",0.9\n"3","Good",0.2\n');
  assert.deepEqual([counted.headerLine, counted.names[1]], [0, 'column 1']);
});
