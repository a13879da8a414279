import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  amountReader,
  createNumberJudge,
  formatOfColumn,
  looksNumeric,
  numberReader,
  type NumberFormat,
} from '../../src-main/importing/numbers.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { failure } from './recording-target.ts';

const none = { decimal: null, thousands: null };

function judged(columns: readonly (readonly string[])[], delimiter = ';'): NumberFormat {
  const judge = createNumberJudge();
  columns.forEach((cells, column) => cells.forEach((cell) => judge.add(cell, column)));
  return judge.decide(delimiter, none);
}

describe('the judge of numbers', () => {
  test('money with all that stands around it is evidence', () => {
    assert.deepEqual(judged([['€ 1.234', '12,50 €', '-3,10 EUR']]), { decimal: ',', thousands: '.' });
    assert.deepEqual(judged([['1,234.56 DR', '10 CR', '(5.00)']]), { decimal: '.', thousands: ',' });
    assert.deepEqual(judged([['₹1,35,000.00']]), { decimal: '.', thousands: ',' });
    assert.deepEqual(judged([["CHF 1'234.-", '1’000.50']]), { decimal: '.', thousands: "'" });
    assert.deepEqual(judged([['1_234.50']]), { decimal: '.', thousands: '_' });
    assert.deepEqual(judged([['1\u202f234,50']]), { decimal: ',', thousands: ' ' });
    assert.deepEqual(judged([['n/a', '-', 'EUR1001', '12.50']]), { decimal: '.', thousands: '' });
    assert.deepEqual(judged([['1.234,-', '5,-']]), { decimal: ',', thousands: '.' });
  });

  test('another column decides', () => {
    assert.deepEqual(judged([['1.234', '5.678'], ['7,25']]), { decimal: ',', thousands: '.' });
    assert.deepEqual(judged([['1,234'], ['1,234.5']]), { decimal: '.', thousands: ',' });
  });

  test('a column that is plainly written otherwise has a format of its own', () => {
    const format = judged([
      ['1.234,56', '7,25', '3.000,10', '8,00'],
      ['1.0845', '1.0911', '1.0799'],
      ['12', '13'],
    ]);
    assert.deepEqual(
      { ...format, byColumn: [...format.byColumn!] },
      {
        decimal: ',',
        thousands: '.',
        byColumn: [[1, { decimal: '.', thousands: '' }]],
      },
    );
    assert.equal(numberReader(formatOfColumn(format, 0))('1.234,56'), 1234.56);
    assert.equal(numberReader(formatOfColumn(format, 1))('1.0845'), 1.0845);
    assert.equal(formatOfColumn(format, 2), format);
  });

  test('both signs in one column: refused with examples, strays aside', () => {
    assert.throws(() => judged([['1.5', '2,5']]), failure('data-refused', '1.5', '2,5', 'decimal='));
    assert.deepEqual(judged([Array<string>(50).fill('1,5'), ['2.5']]), { decimal: ',', thousands: '' });
    assert.equal(judged([[...Array<string>(50).fill('1,5'), '2.5']]).decimal, ',');
  });

  test('whole numbers beside 1.234 show whether it is a thousand', () => {
    const open = ['1.234', '5.678', '12.000', '2.500', '3.750', '1.100', '9.999', '4.321', '10.000', '7.654'];
    assert.deepEqual(judged([[...open, '999', '250']]), { decimal: ',', thousands: '.' });
    assert.deepEqual(judged([[...open, '999', '250']], ','), { decimal: ',', thousands: '.' });
    const long = ['1000', '2000', '3000', '4000', '5000', '6000', '7000', '8000', '9000', '1500'];
    assert.deepEqual(judged([[...open, ...long]]), { decimal: '.', thousands: '' });
    assert.throws(() => judged([open]), failure('data-refused', '1.234'));
    // In another column they say nothing.
    assert.throws(() => judged([open, ['999', '250']]), failure('data-refused', '1.234'));
  });

  test('more cells may be added after a decision', () => {
    const judge = createNumberJudge();
    judge.add('1.234');
    assert.throws(() => judge.decide(';', none), failure('data-refused'));
    judge.add('1,5');
    assert.deepEqual(judge.decide(';', none), { decimal: ',', thousands: '.' });
  });

  test('nothing added', () => {
    assert.deepEqual(createNumberJudge().decide(';', none), { decimal: '.', thousands: '' });
    assert.deepEqual(createNumberJudge().decide(';', { decimal: ',', thousands: null }), {
      decimal: ',',
      thousands: '',
    });
  });
});

describe('numbers written in any format read back equal', () => {
  const random = createRandom(11);
  const pick = <T>(list: readonly T[]): T => list[random.integer(0, list.length - 1)]!;

  function grouped(whole: string, sign: string, lakh: boolean): string {
    if (sign === '') return whole;
    const groups = [whole.slice(-3)];
    const size = lakh ? 2 : 3;
    for (let rest = whole.slice(0, -3); rest !== ''; rest = rest.slice(0, -size)) groups.unshift(rest.slice(-size));
    return groups.join(sign);
  }

  /** Every way in which a bank may say that money went out, or came in. */
  const OUT = [
    (n: string) => `-${n}`,
    (n: string) => `${n}-`,
    (n: string) => `- ${n}`,
    (n: string) => `−${n}`,
    (n: string) => `(${n})`,
    (n: string) => `${n} DR`,
    (n: string) => `${n}Dr.`,
    (n: string) => `${n} D`,
    (n: string) => `${n} S`,
    (n: string) => `DR ${n}`,
  ];
  const IN = [
    (n: string) => n,
    (n: string) => `+${n}`,
    (n: string) => `${n} CR`,
    (n: string) => `${n}Cr.`,
    (n: string) => `${n} C`,
    (n: string) => `${n} H`,
    (n: string) => `${n}K`,
    (n: string) => `CR ${n}`,
  ];
  const AROUND = [
    (n: string) => n,
    (n: string) => `€${n}`,
    (n: string) => `€ ${n}`,
    (n: string) => `${n} EUR`,
    (n: string) => `USD ${n}`,
    (n: string) => `Rs. ${n}`,
    (n: string) => `${n}\u00a0Kč`,
    (n: string) => `R$${n}`,
    (n: string) => ` ${n}\t`,
  ];
  const FORMATS: readonly [decimal: string, thousands: string, lakh: boolean][] = [
    ['.', '', false],
    [',', '', false],
    ['.', ',', false],
    ['.', ',', true],
    [',', '.', false],
    [',', ' ', false],
    [',', '\u00a0', false],
    [',', '\u202f', false],
    ['.', "'", false],
    ['.', '’', false],
    ['.', '_', false],
  ];

  test('one column at a time', () => {
    for (let column = 0; column < 600; column++) {
      const [decimal, thousands, lakh] = pick(FORMATS);
      const write = { out: pick(OUT), into: pick(IN), around: pick(AROUND) };
      const expected: number[] = [];
      const cells: string[] = [];
      for (let i = 0; i < 30; i++) {
        const amountE4 = random.integer(-1, 1) * random.integer(0, 10 ** random.integer(3, 11)) * 100;
        const plain = (Math.abs(amountE4) / 10_000).toFixed(2);
        const number = grouped(plain.slice(0, -3), thousands, lakh) + decimal + plain.slice(-2);
        const directed = amountE4 < 0 ? write.out(number) : write.into(number);
        // No bank writes €DR 5.
        cells.push(/^[A-Z]/.test(directed) ? ` ${directed}` : write.around(directed));
        expected.push(amountE4);
      }
      const format = judged([cells]);
      assert.equal(format.decimal, decimal, cells.join(' | '));
      const read = numberReader(format);
      const readAmount = amountReader(format);
      cells.forEach((cell, i) => {
        assert.equal(readAmount(cell), expected[i]! + 0, cell);
        assert.equal(read(cell), expected[i]! / 10_000 + 0, cell);
        assert.ok(looksNumeric(cell), cell);
      });
    }
  });
});
