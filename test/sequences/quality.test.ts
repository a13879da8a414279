import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessQuality, describeValues, quantile } from '../../src-main/sequences/quality.ts';
import { sortFloats } from '../../src-main/sequences/sorting.ts';
import { thin } from '../../src-main/sequences/thinning.ts';
import { historyFeature, smallPanel } from './small-panel.ts';

const sorted = (...values: number[]) => Float32Array.from(values).sort();

describe('figures', () => {
  // NumPy 2.4.6: np.quantile(a, [.25, .5, .75]), a.mean(), and
  // np.histogram(np.clip(a, -4, 28.0625), bins=24, range=(-4, 28.0625)), where 28.0625 = 11.375 + 3 (11.375 - 5.8125).
  test('are NumPy’s', () => {
    const figures = describeValues(sorted(12.5, 3, 7.25, -4, 88, 9.5, 10, 3, 250, 6.75, 11, 8));
    assert.deepEqual(figures, {
      distinct: 11,
      least: -4,
      lowerQuartile: 5.8125,
      median: 8.75,
      mean: 33.75,
      upperQuartile: 11.375,
      most: 250,
      outliers: 2,
      histogram: {
        from: -4,
        to: 28.0625,
        counts: [1, 0, 0, 0, 0, 2, 0, 0, 3, 0, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2],
      },
    });
  });

  test('quantiles lie between order statistics: at (n − 1)p, by hand', () => {
    assert.equal(quantile([1, 2, 3, 4], 0.25), 1.75);
    assert.equal(quantile([10, 20], 0.75), 17.5);
    assert.equal(quantile([7], 0.5), 7);
  });

  test('far out is beyond three interquartile ranges, not at it', () => {
    // Q1 1.5, Q3 6.5.
    const figures = describeValues(sorted(0, 1, 2, 3, 4, 9, 10));
    assert.deepEqual([figures?.lowerQuartile, figures?.upperQuartile, figures?.outliers], [1.5, 6.5, 0]);
    // Q1 1, Q3 2, fence 2 + 3 = 5.
    assert.equal(describeValues(sorted(1, 1, 1, 2, 2, 2, 5))?.outliers, 0);
    assert.equal(describeValues(sorted(1, 1, 1, 2, 2, 2, 5.5))?.outliers, 1);
  });

  test('a count that is mostly 0 has equal quartiles: nothing is said of far-out values', () => {
    const figures = describeValues(sorted(...Array<number>(90).fill(0), ...Array<number>(10).fill(2)));
    assert.equal(figures?.outliers, null);
    assert.deepEqual(figures?.histogram, { from: -0.5, to: 2.5, counts: [90, 0, 10] });
  });

  test('whole numbers get bins of a whole width', () => {
    const figures = describeValues(sorted(...Array.from({ length: 60 }, (_, i) => i)));
    // 60 numbers in bins of ceil(60 / 24) = 3.
    assert.deepEqual(figures?.histogram, { from: -0.5, to: 59.5, counts: Array<number>(20).fill(3) });
    // Few of them get a bin each, far out or not.
    assert.deepEqual(describeValues(sorted(1, 1, 1, 2, 2, 2, 8))?.histogram.counts, [3, 3, 0, 0, 0, 0, 0, 1]);
  });

  test('one value makes one bin, and no value no figures', () => {
    assert.deepEqual(describeValues(sorted(2.5, 2.5))?.histogram, { from: 2.5, to: 2.5, counts: [2] });
    assert.equal(describeValues(sorted()), null);
  });

  test('every value is in exactly one bin', () => {
    const values = Float32Array.from({ length: 5_000 }, (_, i) => Math.tan(i) * 1e3).sort();
    const counts = describeValues(values)?.histogram.counts ?? [];
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      5_000,
    );
  });
});

describe('a portfolio', () => {
  const features = ['salary', 'branch_code', 'atm', 'savings', 'upi'].map((name) => historyFeature(name));
  // Monthly from January 2024 (step 648): two customers of four and three months, the second a month later and with a gap.
  const panel = smallPanel(
    [
      {
        firstStep: 648,
        rows: [
          [100, 7, NaN, NaN, NaN],
          [110, 7, NaN, 5, NaN],
          [120, 7, NaN, 6, NaN],
          [130, 7, 1, 7, NaN],
        ],
      },
      {
        firstStep: 649,
        rows: [
          [90, 7, NaN, 8, NaN],
          [NaN, NaN, NaN, NaN, NaN],
          [95, 7, NaN, NaN, NaN],
        ],
      },
    ],
    { features, timeStep: 'month', dated: true },
  );
  const quality = assessQuality(panel, [
    { name: 'age', values: Float32Array.of(40, NaN), texts: 0 },
    { name: 'city', values: Float32Array.of(NaN, NaN), texts: 2 },
    { name: 'limit', values: Float32Array.of(1, 2, 3), texts: 1 },
  ]);
  const of = (name: string) =>
    quality.features.find((feature) => feature.name === name) ?? assert.fail(`no feature ${name}`);

  test('missing values are counted over the calendar’s rows and over customers', () => {
    assert.deepEqual(
      quality.features.map(({ name, kind, of: all, missing }) => [name, kind, all, missing]),
      [
        ['salary', 'history', 7, 1],
        ['branch_code', 'history', 7, 1],
        ['atm', 'history', 7, 6],
        ['savings', 'history', 7, 3],
        ['upi', 'history', 7, 7],
        ['age', 'static', 2, 1],
        ['city', 'static', 2, 0],
        ['limit', 'static', 3, 0],
      ],
    );
  });

  test('remarks say what to look at', () => {
    assert.deepEqual(of('salary').remarks, []);
    assert.deepEqual(of('branch_code').remarks, ['Constant: it cannot tell customers apart.']);
    assert.deepEqual(of('atm').remarks, [
      'Constant: it cannot tell customers apart.',
      'Mostly missing: 85.7% of the rows have no value.',
      'Empty before Apr 2024, though histories begin at Jan 2024.',
    ]);
    assert.deepEqual(of('savings').remarks, ['Empty before Feb 2024, though histories begin at Jan 2024.']);
    assert.deepEqual(of('upi').remarks, ['Empty throughout.']);
    assert.deepEqual(of('age').remarks, ['Constant: it cannot tell customers apart.']);
    assert.deepEqual(of('limit').remarks, ['1 value is text and taken as empty.']);
  });

  test('text has no figures', () => {
    assert.deepEqual([of('city').figures, of('city').remarks], [null, []]);
    assert.equal(of('upi').figures, null);
  });

  test('coverage counts customers with a value at each step, gaps left out', () => {
    assert.deepEqual(quality.coverage, [
      { step: 648, date: '2024-01-31', customers: 1 },
      { step: 649, date: '2024-02-29', customers: 2 },
      { step: 650, date: '2024-03-31', customers: 1 },
      { step: 651, date: '2024-04-30', customers: 2 },
    ]);
  });

  test('many far-out values are remarked on, few are not', () => {
    const column = (far: number) =>
      assessQuality(
        smallPanel([{ rows: Array.from({ length: 100 }, (_, i) => [i < far ? 1e6 : i % 10]) }], {
          features: [historyFeature('x')],
        }),
        [],
      ).features[0].remarks;
    assert.deepEqual(column(5), []);
    assert.deepEqual(column(6), ['Many values far out: 6.0%. Look for wrong units or stray decimals.']);
  });

  test('a feature that an export stopped to bring, in days without dates', () => {
    const stopped = smallPanel(
      [
        { firstStep: 3, rows: [[1], [2], [NaN]] },
        { firstStep: 3, rows: [[1], [NaN], [NaN]] },
      ],
      {
        features: [historyFeature('x')],
      },
    );
    assert.deepEqual(assessQuality(stopped, []).features[0].remarks, ['Empty at the last step, day 5.']);
  });
});

describe('thinning', () => {
  test('5,000 steps become at most 2,000, and a gap of one step stays', () => {
    const values = new Float32Array(5_000).fill(300);
    values[2_345] = 0;
    values[4_001] = 512;
    const kept = thin(values, 2_000);
    assert.ok(kept.length <= 2_000, `${kept.length}`);
    assert.deepEqual([kept[0], kept[kept.length - 1]], [0, 4_999]);
    assert.ok(kept.includes(2_345) && kept.includes(4_001));
    for (let i = 1; i < kept.length; i++) assert.ok(kept[i] > kept[i - 1]);
  });

  test('few stay as they are', () => assert.deepEqual(thin([5, 6], 2_000), [0, 1]));
});

test('sorting by bits is sorting by size', () => {
  const values = Float32Array.from({ length: 20_000 }, (_, i) => Math.tan(i * 1.7) * 10 ** ((i % 40) - 20));
  values.set([0, -0, Infinity, -Infinity, 1e-45, -1e-45, 3, 3], 100);
  const expected = values.slice().sort();
  assert.deepEqual(sortFloats(values), expected);
  const part = Float32Array.of(9, 3, 2, 1, 0);
  sortFloats(part.subarray(1, 4));
  assert.deepEqual([...part], [9, 1, 2, 3, 0]);
});
