import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { amountReader, looksNumeric, numberReader, standsForNothing } from '../../src-main/importing/numbers.ts';

const POINT = { decimal: '.', thousands: ',' };
const COMMA = { decimal: ',', thousands: '.' };

type Cases = readonly (readonly [text: string, value: number])[];

function readsAll(format: { decimal: string; thousands: string }, cases: Cases): void {
  const read = numberReader(format);
  const readAmount = amountReader(format);
  for (const [text, value] of cases) {
    assert.ok(Object.is(read(text), value), `${text} → ${read(text)}`);
    assert.ok(Object.is(readAmount(text), Math.round(value * 10_000) + 0), `${text} → ${readAmount(text)}`);
  }
}

describe('what stands around a number', () => {
  test('signs before and after, of every kind', () => {
    readsAll(POINT, [
      ['-5', -5],
      ['5-', -5],
      ['- 5', -5],
      ['5 -', -5],
      ['+5', 5],
      ['5+', 5],
      ['−5.25', -5.25],
      ['–5', -5],
      ['－５．５', -5.5],
      ['5.00−', -5],
      ['1,234.56-', -1234.56],
      ['(5.00)', -5],
      ['( 1,234.50 )', -1234.5],
      ['（5.00）', -5],
      ['-0', 0],
      ['0.00-', 0],
      ['(0.00)', 0],
    ]);
  });

  test('currency signs and codes before and after', () => {
    readsAll(POINT, [
      ['$1,234.56', 1234.56],
      ['-$5', -5],
      ['$-5', -5],
      ['$ - 5.00', -5],
      ['($5.00)', -5],
      ['$(5.00)', -5],
      ['(5.00) USD', -5],
      ['£.50', 0.5],
      ['5. EUR', 5],
      ['USD 5', 5],
      ['USD5', 5],
      ['5USD', 5],
      ['eur 7.5', 7.5],
      ['CHF 1,234.50', 1234.5],
      ['CHF.50', 0.5],
      ['Rs. 1,35,000.00', 135_000],
      ['Rs.500', 500],
      ['Rs 500', 500],
      ['INR 1,35,000.00 ', 135_000],
      ['₹1,00,00,000.50', 10_000_000.5],
      ['¥1,234', 1234],
      ['￥1,234', 1234],
      ['1,234円', 1234],
      ['１，２３４円', 1234],
      ['1,234元', 1234],
      ['₩1,234', 1234],
      ['US$ 10.25', 10.25],
      ['R$ 10.25', 10.25],
      ['S/ 10.25', 10.25],
      ['S/. 10.25', 10.25],
      ['R 10.25', 10.25],
      ['NZD -3.10', -3.1],
      ['XAF 100', 100],
      ['0.00 HUF', 0],
    ]);
    readsAll(COMMA, [
      ['€ 1.234,56', 1234.56],
      ['1.234,56 €', 1234.56],
      ['1.234,56€', 1234.56],
      ['€ -5,00', -5],
      ['-€5,00', -5],
      ['- € 5,00', -5],
      ['€5,00-', -5],
      ['5,00- €', -5],
      ['12,50 zł', 12.5],
      ['12,50 Kč', 12.5],
      ['12,50 kr', 12.5],
      ['kr. 12,50', 12.5],
      ['12,50 kr.', 12.5],
      ['R$ 1.234,56', 1234.56],
      ['12,50 лв', 12.5],
      ['12,50 лв.', 12.5],
      ['12,50 ₽', 12.5],
      ['12,50 руб.', 12.5],
      ['₺12,50', 12.5],
      ['12,50 TL', 12.5],
      ['-12,50 PLN', -12.5],
      ['12,50 Ft', 12.5],
      ['12,50 lei', 12.5],
      ['12,50 грн', 12.5],
    ]);
  });

  test('credit and debit', () => {
    readsAll(POINT, [
      ['5.00CR', 5],
      ['5.00 CR', 5],
      ['5.00 Cr.', 5],
      ['5.00DR', -5],
      ['5.00 Dr', -5],
      ['1,234.56 Dr.', -1234.56],
      ['DR 5.00', -5],
      ['CR5.00', 5],
      ['500 DR', -500],
      ['5.00 C', 5],
      ['5.00D', -5],
      ['5.00 H', 5],
      ['5.00 S', -5],
      ['5.00K', 5],
      ['D 5.00', -5],
      ['5,000.00 DB', -5000],
      ['5.00 USD DR', -5],
      ['5.00 DR USD', -5],
      ['0.00 DR', 0],
      ['5.00 Haben', 5],
      ['5.00 Soll', -5],
    ]);
    readsAll(COMMA, [
      ['1.234,56 S', -1234.56],
      ['1.234,56 H', 1234.56],
      ['EUR 1.234,56 S', -1234.56],
    ]);
  });

  test('dashes in place of decimals', () => {
    readsAll(COMMA, [
      ['1.234,-', 1234],
      ['1.234,--', 1234],
      ['1.234,–', 1234],
      ['-5,-', -5],
      ['€ 5,-', 5],
      ['5,- €', 5],
    ]);
    readsAll({ decimal: '.', thousands: "'" }, [
      ["1'234.-", 1234],
      ['1’234.--', 1234],
      ["CHF 1'234.-", 1234],
    ]);
  });

  test('thousands of every sort', () => {
    for (const sign of [' ', '\u00a0', '\u202f', '\u2009']) {
      readsAll({ decimal: ',', thousands: ' ' }, [
        [`1${sign}234${sign}567,50`, 1_234_567.5],
        [`-1${sign}234,50 Kč`, -1234.5],
      ]);
    }
    readsAll({ decimal: '.', thousands: '_' }, [['1_234_567.50', 1_234_567.5]]);
    readsAll({ decimal: '.', thousands: "'" }, [['1’234’567.50', 1_234_567.5]]);
  });

  test('groups that are none', () => {
    const read = numberReader(POINT);
    for (const text of ['1,23,4', '1,2345', '123,45,678', '1,23,456,789', '1,234,56', '1234,567', ',123', '12,,345']) {
      assert.ok(Number.isNaN(read(text)), text);
      assert.ok(Number.isNaN(amountReader(POINT)(text)), text);
    }
  });

  test('a percentage stays as written, and is no money', () => {
    assert.equal(numberReader(POINT)('12.5%'), 12.5);
    assert.equal(numberReader(COMMA)('-12,5 %'), -12.5);
    assert.ok(Number.isNaN(amountReader(POINT)('12.5%')));
  });

  test('two directions, two currencies, words and units are refused', () => {
    const read = numberReader(POINT);
    for (const text of [
      '-5-',
      '(-5.00)',
      '-5.00 DR',
      '5.00- CR',
      '(5.00 CR)',
      '+-5',
      '$5 EUR',
      '5 %%',
      '5 apples',
      '5 days',
      '30D',
      '500K',
      '1.5K',
      'D1001',
      'K5',
      '12H',
      'A12',
      '5.00 CR.x',
      '(5.00',
      '5.00)',
      '€',
      'CR',
      '- -',
      '()',
      '(',
      '%',
      '5--',
      '--5',
    ]) {
      assert.ok(Number.isNaN(read(text)), text);
      assert.ok(!looksNumeric(text), text);
    }
  });

  test('names that begin with letters do not look numeric, though a column of numbers may have them', () => {
    for (const text of ['EUR1001', 'CR500', 'ALL12', 'R500']) assert.ok(!looksNumeric(text), text);
    assert.equal(numberReader(POINT)('EUR1001'), 1001);
    for (const text of [
      'EUR 1001',
      '€1001',
      'EUR10.01',
      'Rs.500',
      '500 CR',
      '(5)',
      '5-',
      '1,35,000.00',
      '12%',
      '5,-',
    ]) {
      assert.ok(looksNumeric(text), text);
    }
  });
});

describe('exact amounts', () => {
  const read = amountReader(POINT);

  test('ten-thousandths', () => {
    const cases: Cases = [
      ['0.0001', 1],
      ['1.1', 11_000],
      ['0.30', 3000],
      ['1.00000000', 10_000],
      ['1.2345000', 12_345],
      ['-1.2345', -12_345],
      ['1.5E+03', 15_000_000],
      ['12345E-4', 12_345],
      ['1200000E-6', 12_000],
      ['900,000,000,000.0000', 9e15],
      ['900719925474.0993', NaN],
      ['899,999,999,999.9999', 8_999_999_999_999_999],
      ['-899999999999.9999', -8_999_999_999_999_999],
      ['900,000,000,000.0001', NaN],
      ['0000000000000000000001.50', 15_000],
      ['0.00000', 0],
      ['-0.00', 0],
      ['0E-999', 0],
      ['1.23456', NaN],
      ['0.00001', NaN],
      ['1E-5', NaN],
      ['1E400', NaN],
      ['1E-400', NaN],
      ['', NaN],
    ];
    for (const [text, amountE4] of cases) assert.ok(Object.is(read(text), amountE4), `${text} → ${read(text)}`);
  });
});

test('what stands for nothing', () => {
  for (const text of ['-', '--', ' – ', '—', 'n/a', 'N/A', '#N/A', 'NULL', 'null', 'NaN', '(null)', '---']) {
    assert.ok(standsForNothing(text), text);
    assert.ok(Number.isNaN(numberReader(POINT)(text)), text);
  }
  for (const text of ['', ' ', '0', '-0', '- 5', 'no', 'x', '-----', '0.00']) assert.ok(!standsForNothing(text), text);
});

test('cells of any length and kind end at once', () => {
  const long = 100_000;
  const cells = [
    '1e400',
    '-1e400',
    '9'.repeat(long),
    `${'9'.repeat(long)}x`,
    '1,234'.repeat(long),
    '('.repeat(long),
    '-'.repeat(long),
    ' '.repeat(long),
    '€'.repeat(long),
    'Rs.'.repeat(long),
    '1.'.repeat(long),
    `1${'\u00a0'.repeat(long)}2`,
    `${'１'.repeat(long)}`,
    '5'.repeat(399),
  ];
  for (const format of [POINT, COMMA]) {
    for (const cell of cells) {
      assert.ok(Number.isNaN(numberReader(format)(cell)), cell.slice(0, 20));
      assert.ok(Number.isNaN(amountReader(format)(cell)), cell.slice(0, 20));
      looksNumeric(cell);
    }
  }
});
