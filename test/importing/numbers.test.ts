import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { detectNumberFormat, looksNumeric, numberReader } from '../../src-main/importing/numbers.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { failure } from './recording-target.ts';

const plain = numberReader({ decimal: '.', thousands: '' });
const german = numberReader({ decimal: ',', thousands: '.' });

describe('reading numbers', () => {
  test('plain numbers, signs, exponents, spaces around', () => {
    const cases: [string, number][] = [
      ['0', 0],
      ['-0', 0],
      ['007', 7],
      ['+12.5', 12.5],
      ['-159', -159],
      ['5.00E+05', 500_000],
      ['1e-3', 0.001],
      ['.5', 0.5],
      ['5.', 5],
      [' 12\u00a0', 12],
      ['0.1', 0.1],
      ['123456789012345678901234567890', 1.2345678901234568e29],
      ['4.9406564584124654e-324', 5e-324],
      ['0.30000000000000004', 0.30000000000000004],
    ];
    for (const [text, value] of cases) assert.ok(Object.is(plain(text), value), `${text} → ${plain(text)}`);
  });

  test('what is no number is NaN', () => {
    for (const text of [
      '',
      ' ',
      '-',
      '.',
      'abc',
      '12a',
      '1,5',
      '1.2.3',
      '1e',
      '1e+',
      '--1',
      '1 2',
      'NaN',
      'Infinity',
      '1e999',
      '0x10',
      '12 x',
      '-1-',
      '(-5)',
      '5 € €',
      '٣',
    ]) {
      assert.ok(Number.isNaN(plain(text)), text);
    }
  });

  test('thousands stand before whole groups only', () => {
    assert.equal(german('1.234.567,89'), 1234567.89);
    assert.equal(german('1234567,89'), 1234567.89);
    assert.equal(german('-1.234'), -1234);
    for (const text of ['1.5', '1.23', '12345.678', '.123', '1..234', '1,5,0', '1.234.5']) {
      assert.ok(Number.isNaN(german(text)), text);
    }
    const lakh = numberReader({ decimal: '.', thousands: ',' });
    assert.equal(lakh('12,34,567.50'), 1234567.5);
    const spaced = numberReader({ decimal: ',', thousands: ' ' });
    assert.equal(spaced('1 234\u00a0567,5'), 1234567.5);
    assert.equal(spaced('1\u202f234'), 1234);
    assert.equal(numberReader({ decimal: '.', thousands: "'" })('1’234.50'), 1234.5);
  });

  test('equals the engine for random numbers in every notation', () => {
    const random = createRandom(7);
    for (let i = 0; i < 20_000; i++) {
      const value = (random.next() - 0.5) * 10 ** random.integer(-25, 25);
      for (const text of [
        String(value),
        value.toExponential(random.integer(0, 20)),
        value.toFixed(random.integer(0, 12)),
      ]) {
        assert.equal(plain(text), Number(text) + 0, text);
      }
    }
  });
});

test('dates and words do not look numeric', () => {
  for (const text of ['31.01.2024', '2024-01-31', '31/01/2024', 'A12', '', '1.2.3'])
    assert.ok(!looksNumeric(text), text);
  for (const text of ['1.234,5', '12,34,567.5', '5.00E+05', '-3', "1'234"]) assert.ok(looksNumeric(text), text);
});

describe('detecting the format', () => {
  const none = { decimal: null, thousands: null };
  const detect = (cells: string[], delimiter = ';', fixed: Partial<typeof none> | object = {}) =>
    detectNumberFormat(cells, delimiter, { ...none, ...fixed });

  test('decimal and thousands by all cells together', () => {
    assert.deepEqual(detect(['12', '1.234', '7,5']), { decimal: ',', thousands: '.' });
    assert.deepEqual(detect(['12', '1,234', '7.5']), { decimal: '.', thousands: ',' });
    assert.deepEqual(detect(['1.234,56']), { decimal: ',', thousands: '.' });
    assert.deepEqual(detect(['1.234.567']), { decimal: ',', thousands: '.' });
    assert.deepEqual(detect(['12,34,567']), { decimal: '.', thousands: ',' });
    assert.deepEqual(detect(['0,123', '12,345']), { decimal: ',', thousands: '' });
    assert.deepEqual(detect(['1 234,5']), { decimal: ',', thousands: ' ' });
    assert.deepEqual(detect(["1'234.50"]), { decimal: '.', thousands: "'" });
    assert.deepEqual(detect(['12', '-5', 'x', '5E+05']), { decimal: '.', thousands: '' });
    assert.deepEqual(detect([]), { decimal: '.', thousands: '' });
  });

  test('a thousand or a fraction: refused, unless something decides', () => {
    assert.throws(() => detect(['1.234', '5.678']), failure('data-refused', '1.234', 'decimal='));
    assert.throws(() => detect(['1,234', '12'], ','), failure('data-refused', '1,234'));
    assert.deepEqual(detect(['1.234', '5.678'], ','), { decimal: '.', thousands: '' });
    assert.deepEqual(detect(['1.234'], ';', { decimal: ',' }), { decimal: ',', thousands: '.' });
    assert.deepEqual(detect(['1.234'], ';', { decimal: '.' }), { decimal: '.', thousands: '' });
    assert.deepEqual(detect(['1.234'], ';', { thousands: '' }), { decimal: '.', thousands: '' });
  });

  test('both decimal signs: refused, except for a few strays', () => {
    assert.throws(() => detect(['1.5', '2,5']), failure('data-refused', 'decimal'));
    assert.equal(detect([...Array<string>(50).fill('1.5'), '2,5']).decimal, '.');
  });
});
