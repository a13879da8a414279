import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { calibrationBins } from '../../src-main/evaluation/calibration-bins.ts';
import { countsAtThresholds } from '../../src-main/evaluation/counts-at-thresholds.ts';
import { gainsCurve } from '../../src-main/evaluation/gains-curve.ts';
import { precisionRecall } from '../../src-main/evaluation/precision-recall.ts';
import { rankGroups } from '../../src-main/evaluation/ranked-groups.ts';
import { rocCurve } from '../../src-main/evaluation/roc-curve.ts';
import { scoreDistribution } from '../../src-main/evaluation/score-distribution.ts';
import { wilsonInterval } from '../../src-main/evaluation/share-intervals.ts';

interface CurvesCase {
  name: string;
  labels: number[];
  scores: number[];
  auc: number;
  averagePrecision: number;
  /** False alarm rate and hit rate; recall and precision. */
  roc: [number[], number[]];
  precisionRecall: [number[], number[]];
  /** Mean PD and share of events by bin, and their [low, high, rows]. */
  calibration: [number[], number[], [number, number, number][]];
  /** With the event, and without it. */
  histogram: [number[], number[]];
  gains: number[];
  /** Thousandth, hits, false alarms. */
  atThreshold: [number, number, number][];
}

const fixture = new URL('../fixtures/scikit-learn/curves.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: CurvesCase[] };

const EVERY = 1e6;
/** A point is stored in single precision. */
const SINGLE = 1e-6;

function assertClose(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} instead of ${expected}`);
}

const assertAllClose = (actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what: string) => {
  assert.equal(actual.length, expected.length, what);
  for (let i = 0; i < actual.length; i++) assertClose(actual[i], expected[i], tolerance, `${what} ${i}`);
};

const eachItsOwn = (labels: Uint8Array) => ({ customers: Int32Array.from(labels.keys()), labels });

const trapezoids = (x: ArrayLike<number>, y: ArrayLike<number>) => {
  let area = 0;
  for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
  return area;
};

const steps = (x: ArrayLike<number>, y: ArrayLike<number>) => {
  let area = 0;
  for (let i = 1; i < x.length; i++) area += (x[i] - x[i - 1]) * y[i];
  return area;
};

for (const known of cases) {
  describe(`equals scikit-learn: ${known.name}`, () => {
    const scores = Float64Array.from(known.scores);
    const labels = Uint8Array.from(known.labels);
    const groups = rankGroups(scores, labels);

    test('ROC corners', () => {
      const { falseAlarmRate, hitRate } = rocCurve(groups, EVERY);
      const corners = known.roc[0].map((x, i) => ({ x, y: known.roc[1][i] }));
      falseAlarmRate.forEach((x, i) => {
        const isCorner = corners.some(
          (corner) => Math.abs(corner.x - x) < SINGLE && Math.abs(corner.y - hitRate[i]) < SINGLE,
        );
        assert.ok(isCorner, `(${x}, ${hitRate[i]}) is none of its points`);
      });
      assertClose(trapezoids(falseAlarmRate, hitRate), known.auc, 1e-3, 'area');
    });

    test('precision and recall', () => {
      const { recall, precision } = precisionRecall(groups, EVERY);
      const [recalls, precisions] = known.precisionRecall;
      for (let i = 1; i < recall.length; i++) {
        const found = recalls.some(
          (value, j) => Math.abs(value - recall[i]) < SINGLE && Math.abs(precisions[j] - precision[i]) < SINGLE,
        );
        assert.ok(found, `(${recall[i]}, ${precision[i]}) is none of its points`);
      }
      assertClose(steps(recall, precision), known.averagePrecision, 2e-3, 'area');
    });

    test('calibration', () => {
      const bins = calibrationBins(scores, eachItsOwn(labels));
      const [means, shares, intervals] = known.calibration;
      assertAllClose(
        bins.map(({ meanPd }) => meanPd),
        means,
        1e-12,
        'mean PD',
      );
      assertAllClose(
        bins.map(({ eventShare }) => eventShare),
        shares,
        1e-12,
        'share of events',
      );
      bins.forEach(({ low, high, windows }, i) =>
        assertAllClose([low, high, windows], intervals[i], 1e-12, `interval of bin ${i}`),
      );
    });

    test('distributions, gains and counts at thresholds', () => {
      const { events, others } = scoreDistribution(scores, labels);
      assert.deepEqual([events, others], known.histogram);
      assertAllClose(gainsCurve(groups), known.gains, SINGLE, 'gains');
      const at = countsAtThresholds(groups, false);
      for (const [thousandth, hits, falseAlarms] of known.atThreshold) {
        assert.deepEqual([at.events[thousandth], at.others[thousandth]], [hits, falseAlarms], `at ${thousandth}`);
      }
    });
  });
}

describe('worked out by hand', () => {
  // Ranked: .9 event | .8 event, other | .4 other | .2 event, other, other.
  const scores = Float32Array.of(0.2, 0.9, 0.8, 0.4, 0.2, 0.8, 0.2);
  const labels = Uint8Array.of(1, 1, 1, 0, 0, 0, 0);
  const groups = rankGroups(scores, labels);
  const third = Math.fround(1 / 3);
  const twoThirds = Math.fround(2 / 3);

  test('groups of equal scores', () => {
    assert.deepEqual([...groups.score], [0.9, 0.8, 0.4, 0.2].map(Math.fround));
    assert.deepEqual([...groups.events], [1, 2, 2, 3]);
    assert.deepEqual([...groups.others], [0, 1, 2, 4]);
  });

  test('ROC: ties are a slope', () => {
    const { falseAlarmRate, hitRate } = rocCurve(groups, EVERY);
    assert.deepEqual([...falseAlarmRate], [0, 0, 0.25, 0.5, 1]);
    assert.deepEqual([...hitRate], [0, third, twoThirds, twoThirds, 1]);
  });

  test('ROC: points on one line are no corners', () => {
    const perfect = rankGroups(Float64Array.of(0.9, 0.8, 0.7, 0.2, 0.1), Uint8Array.of(1, 1, 1, 0, 0));
    const { falseAlarmRate, hitRate } = rocCurve(perfect, EVERY);
    assert.deepEqual(
      [[...falseAlarmRate], [...hitRate]],
      [
        [0, 0, 1],
        [0, 1, 1],
      ],
    );
  });

  test('precision at each recall, the first held back to recall 0', () => {
    const { recall, precision } = precisionRecall(groups, EVERY);
    assert.deepEqual([...recall], [0, third, twoThirds, 1]);
    assert.deepEqual([...precision], [1, 1, 2 / 3, 3 / 7].map(Math.fround));
  });

  test('gains share a tie evenly', () => {
    const gains = gainsCurve(groups);
    assert.equal(gains.length, 101);
    // 1 % of 7 rows are 7 % of the first row; 29 % are 2.03 rows: half of the tie at .8, and a little.
    assertClose(gains[1], 0.07 / 3, SINGLE, 'of 1%');
    assertClose(gains[29], (1 + 1.03 / 2) / 3, SINGLE, 'of 29%');
    assertClose(gains[50], 2 / 3, SINGLE, 'of 50%');
    assertClose(gains[100], 1, 0, 'of all');
    assert.equal(gains[0], 0);
  });

  test('a single-precision score lies at the threshold it is written as', () => {
    const { events, others } = countsAtThresholds(groups, true);
    const at = (thousandth: number) => [events[thousandth], others[thousandth]];
    assert.deepEqual(at(0), [3, 4]);
    assert.deepEqual(at(200), [3, 4]);
    assert.deepEqual(at(201), [2, 2]);
    assert.deepEqual(at(800), [2, 1]);
    assert.deepEqual(at(900), [1, 0]);
    assert.deepEqual(at(901), [0, 0]);
    assert.deepEqual(at(1000), [0, 0]);
  });

  test('the first and last bins hold what lies on their bounds', () => {
    const [first, last] = [Float64Array.of(0, 0.1, 1), Uint8Array.of(0, 1, 1)];
    assert.deepEqual(
      calibrationBins(first, eachItsOwn(last)).map(({ meanPd, windows }) => [meanPd, windows]),
      [
        [0.05, 2],
        [1, 1],
      ],
    );
    const { events, others } = scoreDistribution(first, last);
    assert.deepEqual([others[0], events[5], events[49]], [1, 1, 1]);
  });

  test('Wilson’s interval stays within 0 and 1 where no row, or every row, has the event', () => {
    const none = wilsonInterval(0, 10);
    assert.equal(none.low, 0);
    assertClose(none.high, 0.2775327998628892, 1e-12, 'none of 10');
    const all = wilsonInterval(1, 10);
    assertClose(all.high, 1, 1e-12, 'all of 10');
    assertClose(all.low, 1 - none.high, 1e-12, 'all of 10');
  });
});

test('windows of one customer are worth fewer in a bin’s interval', () => {
  const labels = Uint8Array.from({ length: 40 }, (_, i) => (i < 10 ? 1 : 0));
  const scores = new Float32Array(40).fill(0.25);
  const [alone] = calibrationBins(scores, eachItsOwn(labels));
  const ofTwo = Int32Array.from(labels, (_, i) => i >> 1);
  const pairs = calibrationBins(scores, { customers: ofTwo, labels })[0];
  const twenty = wilsonInterval(0.25, 19);
  assert.deepEqual([alone.low, alone.high], Object.values(wilsonInterval(0.25, 40)));
  // Two windows with the same flag are one: twenty customers, one less for the mean.
  assertClose(pairs.low, twenty.low, 1e-12, 'low');
  assertClose(pairs.high, twenty.high, 1e-12, 'high');
  assert.equal(pairs.windows, 40);
});

test('one class has no ROC curve, and no event no recall and no gains', () => {
  const groups = rankGroups(Float32Array.of(0.2, 0.1), Uint8Array.of(0, 0));
  assert.equal(rocCurve(groups, EVERY).hitRate.length, 0);
  assert.equal(precisionRecall(groups, EVERY).recall.length, 0);
  assert.equal(gainsCurve(groups).length, 0);
  assert.equal(rocCurve(rankGroups(Float32Array.of(0.2, 0.1), Uint8Array.of(1, 1)), EVERY).hitRate.length, 0);
});

test('no rows are refused, and so is what is no score', () => {
  assert.throws(() => rankGroups(new Float32Array(0), new Uint8Array(0)), { code: 'too-small' });
  assert.throws(() => rankGroups(Float32Array.of(NaN), Uint8Array.of(1)), TypeError);
  assert.throws(() => rankGroups(Float32Array.of(0.5), Uint8Array.of(1, 0)), RangeError);
});

test('a bin with one customer’s event is not surer than one without any', () => {
  const customers = Int32Array.from({ length: 400 }, (_, i) => i % 40);
  const scores = new Float32Array(400).fill(0.05);
  const none = calibrationBins(scores, { customers, labels: new Uint8Array(400) })[0];
  const one = calibrationBins(scores, {
    customers,
    labels: Uint8Array.from(customers, (_, i) => (i === 3 ? 1 : 0)),
  })[0];
  assert.ok(one.high > none.high, `${one.high} above ${none.high}`);
});
