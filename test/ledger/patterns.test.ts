import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compilePatterns } from '../../src-main/ledger/patterns.ts';
import { foldText, stemOf } from '../../src-main/ledger/words.ts';

const finds = (pattern: string, text: string) => compilePatterns([pattern]).find(text).length === 1;

test('texts are written one way: case, accents, umlauts and separators do not count', () => {
  assert.equal(foldText('  Rücklastschrift/ENTGELT  '), 'rucklastschrift entgelt');
  assert.equal(foldText('RUECKLASTSCHRIFT-Entgelt'), 'rucklastschrift entgelt');
  assert.equal(foldText('RUCKLASTSCHRIFT   ENTGELT'), 'rucklastschrift entgelt');
  assert.equal(foldText('Straße, Łódź, Čez, Cœur'), 'strasse lodz cez cour');
  assert.equal(foldText('SAL2024/OCT'), 'sal 2024 oct');
  assert.equal(foldText('***'), '');
});

test('words are whole unless a star says otherwise', () => {
  assert.ok(finds('sal', 'BY SAL 0424'));
  assert.ok(!finds('sal', 'SALE OF GOODS'));
  assert.ok(finds('gehalt*', 'GEHALTSZAHLUNG'));
  assert.ok(!finds('gehalt', 'GEHALTSZAHLUNG'));
  assert.ok(!finds('gehalt*', 'MONATSGEHALT'));
});

test('codes, numbers, masks and months may stand between the words of a phrase, other words may not', () => {
  for (const text of ['ATM WDL', 'ATM-000123-WDL', 'ATM/S1ANBG01/WDL', 'ATM XXXX1234 WDL', 'ATM OCT WDL', 'atm  wdl']) {
    assert.ok(finds('atm wdl', text), text);
  }
  assert.ok(!finds('atm wdl', 'ATM FEE WDL'));
  assert.ok(!finds('atm wdl', 'WDL ATM'));
  assert.ok(finds('r01', 'ACH R01 RETURN'));
});

test('a sign at the front binds to the beginning, an ampersand asks for both in any order', () => {
  assert.ok(finds('^mf', 'MF/PURCHASE'));
  assert.ok(!finds('^mf', 'NEFT MF'));
  assert.ok(finds('upi & navi', 'NAVI LOANS UPI 123'));
  assert.ok(!finds('upi & navi', 'UPI RAMESH'));
  assert.ok(finds('PG&E', 'PG&E WEB ONLINE'));
  assert.ok(finds('rtn & chg*', 'CHGS FOR ECS RTN'));
});

test('the last word of a text of 20 to 40 characters may be cut after five letters', () => {
  assert.ok(finds('salary', 'NEFT CR-ACME TECHNOLOGI-SALAR'));
  assert.ok(finds('direct debit returned', 'BRITISH GAS DIRECT DEBIT RETUR'));
  assert.ok(!finds('salary', 'NEFT CR-ACME TECHNOLOGIE-SALA'));
  assert.ok(!finds('salary', 'ACME SALAR'), 'a short text is not cut');
  assert.ok(!finds('salary', 'NEFT CR-ACME-SALAR AND OTHER WORDS'), 'only the last word');
});

test('many patterns are found in one go, in their order', () => {
  const matcher = compilePatterns(['upi', 'swiggy*', 'amazon', 'upi & swiggy', '']);
  assert.deepEqual([...matcher.find('UPI-SWIGGYBANGALORE-1234')], [0, 1]);
  assert.deepEqual([...matcher.find('UPI SWIGGY')], [0, 1, 3]);
  assert.deepEqual([...matcher.find('')], []);
  assert.deepEqual([...matcher.find('AMAZON')], [2]);
});

test('texts of one kind share a stem, which as a pattern catches them', () => {
  const texts = ['UPI-RAMESH KUMAR-9876543210', 'UPI/RAMESH KUMAR/OCT/12AB34', 'upi ramesh kumar 1'];
  for (const text of texts) {
    assert.equal(stemOf(text), 'upi ramesh kumar');
    assert.ok(finds(stemOf(text), text));
  }
  assert.equal(stemOf('123456'), '');
});

test('long and odd texts are read without a fault', () => {
  assert.ok(!finds('salary', `${'x1'.repeat(5_000)} salary`));
  assert.ok(finds('зарплата', 'Перевод: ЗАРПЛАТА за май'));
  assert.ok(finds('ﬁnance', 'BAJAJ FINANCE'));
});
