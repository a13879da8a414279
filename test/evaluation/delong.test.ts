import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deLong } from '../../src-main/evaluation/delong.ts';
import { aucOf } from '../../src-main/evaluation/metrics.ts';
import { twoSidedNormalP } from '../../src-main/evaluation/normal-distribution.ts';
import { createRandom } from '../../src-main/sequences/random.ts';

function assertClose(actual: number | null, expected: number, tolerance: number, what: string): void {
  assert.ok(actual !== null && Math.abs(actual - expected) <= tolerance, `${what}: ${actual} instead of ${expected}`);
}

const [, ...patients] = readFileSync(new URL('../fixtures/published-scores/asah.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(','));
const poor = Uint8Array.from(patients, ([outcome]) => (outcome === 'Poor' ? 1 : 0));
const column = (at: number) => Float64Array.from(patients, (patient) => Number(patient[at]));
const [wfns, s100b, ndka] = [column(1), column(2), column(3)];

test('equals pROC on the patients of its examples', () => {
  const { aucs, pairs } = deLong([wfns, s100b, ndka], poor)!;
  const known = [
    { auc: 0.8236789, variance: 0.00146991470882363 },
    { auc: 0.7313686, variance: 0.00266868245717244 },
    { auc: 0.611957994579946, variance: 0.0031908105493913 },
  ];
  known.forEach(({ auc, variance }, m) => {
    assertClose(aucs[m].auc, auc, 5e-8, 'AUC');
    assertClose(aucs[m].variance, variance, 1e-15, 'variance');
  });
  assertClose(aucs[2].low, 0.501244999271703, 1e-13, 'low');
  assertClose(aucs[2].high, 0.722670989888189, 1e-13, 'high');
  const tests = [
    { a: 0, b: 1, z: 2.20898359144091, p: 0.0271757822291882, low: 0.0104061769564846, high: 0.174214419249478 },
    { a: 0, b: 2, z: 2.79777591868904, p: 0.00514557970691098, low: 0.0634011709339876, high: 0.3600405634833566 },
    { a: 1, b: 2, z: 1.39077002573558, p: 0.164295175223054, low: -0.0488706064228094, high: 0.2876917446341914 },
  ];
  tests.forEach(({ a, b, z, p, low, high }, i) => {
    const pair = pairs[i];
    assert.deepEqual([pair.a, pair.b], [a, b]);
    assertClose(pair.z, z, 1e-12, 'z');
    assertClose(pair.p, p, 1e-13, 'p');
    assertClose(pair.low, low, 1e-13, 'low');
    assertClose(pair.high, high, 1e-13, 'high');
  });
});

test('a score turned round has the opposite AUC and the same variance', () => {
  const { aucs } = deLong([ndka, ndka.map((value) => -value)], poor)!;
  assertClose(aucs[0].auc + aucs[1].auc, 1, 1e-15, 'AUCs');
  assertClose(aucs[0].variance! - aucs[1].variance!, 0, 1e-17, 'variances');
});

test('identical columns differ by nothing', () => {
  const { pairs } = deLong([ndka, ndka.slice(), ndka.map((value) => 2 * value + 1)], poor)!;
  for (const { deltaAuc, low, high, z, p } of pairs)
    assert.deepEqual({ deltaAuc, low, high, z, p }, { deltaAuc: 0, low: 0, high: 0, z: 0, p: 1 });
});

test('perfect separation has no variance', () => {
  const labels = Uint8Array.of(0, 0, 0, 1, 1, 1);
  const perfect = Float64Array.of(1, 2, 3, 4, 5, 6);
  const { aucs, pairs } = deLong([perfect, perfect.map((value) => -value), Float64Array.of(1, 2, 4, 3, 5, 6)], labels)!;
  assert.deepEqual(aucs[0], { auc: 1, variance: 0, low: null, high: null });
  assert.deepEqual(aucs[1], { auc: 0, variance: 0, low: null, high: null });
  assert.deepEqual(pairs[0], { a: 0, b: 1, deltaAuc: 1, low: null, high: null, z: null, p: 0 });
  assertClose(pairs[1].deltaAuc, 1 / 9, 1e-15, 'to one pair the wrong way');
  assert.ok(pairs[1].p! > 0 && pairs[1].p! < 1);
});

test('one row of a class says nothing of the variance; one class says nothing at all', () => {
  const labels = Uint8Array.of(0, 0, 1);
  const { aucs, pairs, covariance } = deLong([Float64Array.of(1, 3, 2), Float64Array.of(1, 2, 3)], labels)!;
  assert.equal(covariance, null);
  assert.deepEqual(aucs[0], { auc: 0.5, variance: null, low: null, high: null });
  assert.deepEqual(pairs, [{ a: 0, b: 1, deltaAuc: -0.5, low: null, high: null, z: null, p: null }]);
  assert.deepEqual(deLong([Float64Array.of(1, 3, 2), Float64Array.of(1, 3, 2)], labels)!.pairs[0].p, 1);
  assert.equal(deLong([Float64Array.of(1, 2)], Uint8Array.of(0, 0)), null);
});

test('equals the definition by all pairs of rows, ties included', () => {
  const random = createRandom(31);
  for (const rows of [12, 40, 75]) {
    const labels = Uint8Array.from({ length: rows }, (_, i) => (i < 3 || random.next() < 0.3 ? 1 : 0));
    const models = [1, 2, 6].map((scale) =>
      Float64Array.from(labels, (y) => Math.round(scale * (random.normal() + y))),
    );
    const { aucs, covariance } = deLong(models, labels)!;
    const slow = models.map((scores) => slowPlacements(scores, labels));
    models.forEach((scores, a) => {
      assertClose(aucs[a].auc, aucOf(scores, labels)!, 1e-15, 'AUC');
      models.forEach((_, b) => {
        const expected =
          covarianceOf(slow[a].events, slow[b].events) / slow[a].events.length +
          covarianceOf(slow[a].others, slow[b].others) / slow[a].others.length;
        assertClose(covariance![a][b], expected, 1e-15, `covariance of ${a} and ${b}`);
      });
    });
  }
});

test('intervals cover the true AUC about 95 times in 100', () => {
  const random = createRandom(5);
  // Events lie one standard deviation above the others: the true AUC is Φ(1/√2).
  const truth = 1 - twoSidedNormalP(1 / Math.SQRT2) / 2;
  const labels = Uint8Array.from({ length: 200 }, (_, i) => (i < 60 ? 1 : 0));
  let covered = 0;
  let falseAlarms = 0;
  const trials = 2_000;
  for (let trial = 0; trial < trials; trial++) {
    const shared = Float64Array.from(labels, () => random.normal());
    const draw = () => Float64Array.from(labels, (y, i) => y + Math.SQRT1_2 * (shared[i] + random.normal()));
    const { aucs, pairs } = deLong([draw(), draw()], labels)!;
    if (aucs[0].low! <= truth && truth <= aucs[0].high!) covered++;
    if (pairs[0].p! < 0.05) falseAlarms++;
  }
  assert.ok(covered / trials > 0.93 && covered / trials < 0.97, `${covered / trials} covered`);
  assert.ok(falseAlarms / trials > 0.03 && falseAlarms / trials < 0.07, `${falseAlarms / trials} false alarms`);
});

test('p of the normal distribution', () => {
  // Abramowitz & Stegun, tables 26.1 and 26.2; the last two by the asymptotic series.
  assert.equal(twoSidedNormalP(0), 1);
  assertClose(twoSidedNormalP(1), 0.3173105078629141, 1e-15, '1');
  assertClose(twoSidedNormalP(-1.959963984540054), 0.05, 1e-15, '1.96');
  assertClose(twoSidedNormalP(3) / 0.0026997960632601866, 1, 1e-13, '3');
  assertClose(twoSidedNormalP(5) / 5.733031437583878e-7, 1, 1e-13, '5');
  assertClose(twoSidedNormalP(10) / 1.523970604832105e-23, 1, 1e-13, '10');
  assert.equal(twoSidedNormalP(Infinity), 0);
});

function slowPlacements(scores: Float64Array, labels: Uint8Array): { events: number[]; others: number[] } {
  const rows = [...scores.keys()];
  const beats = (event: number, other: number) =>
    scores[event] > scores[other] ? 1 : scores[event] === scores[other] ? 0.5 : 0;
  const events = rows.filter((row) => labels[row] === 1);
  const others = rows.filter((row) => labels[row] === 0);
  return {
    events: events.map((event) => mean(others.map((other) => beats(event, other)))),
    others: others.map((other) => mean(events.map((event) => beats(event, other)))),
  };
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function covarianceOf(a: number[], b: number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  return a.reduce((sum, value, i) => sum + (value - meanA) * (b[i] - meanB), 0) / (a.length - 1);
}
