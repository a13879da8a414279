import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eceInterval } from '../../src-main/evaluation/ece-interval.ts';
import { steppedInterval } from '../../src-main/evaluation/intervals.ts';
import { deviation } from '../../src-main/evaluation/moments.ts';
import {
  resampledRate,
  resampledShare,
  resampledShareDifference,
  wilsonInterval,
} from '../../src-main/evaluation/share-intervals.ts';
import { createRandom } from '../../src-main/sequences/random.ts';

/** Values that vary by just so much. */
function drawsOf(centre: number, standardError: number): Float64Array {
  const random = createRandom(1);
  const draws = Float64Array.from({ length: 1_000 }, () => random.normal());
  const [mean, scale] = [draws.reduce((sum, draw) => sum + draw, 0) / draws.length, deviation(draws)];
  return draws.map((draw) => centre + ((draw - mean) / scale) * standardError);
}

const close = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} instead of ${expected}`);

test('a share is worth as many customers as it varies like', () => {
  const { low, high } = resampledShare(0.3, drawsOf(0.3, Math.sqrt((0.3 * 0.7) / 25)), 100);
  const expected = wilsonInterval(0.3, 25);
  close(low, expected.low, 1e-9);
  close(high, expected.high, 1e-9);
  assert.deepEqual(resampledShare(1, new Float64Array(1_000).fill(1), 12), wilsonInterval(1, 12));
});

test('no alert in 40 months leaves room for some', () => {
  const { low, high } = resampledRate(0, new Float64Array(1_000), 40, 1e6);
  assert.equal(low, 0);
  close(high, 1.959964 ** 2 / 40, 1e-4);
});

test('approval of a prime minister in two polls of 1,600 (Agresti, Categorical Data Analysis, 10.1)', () => {
  // 150 changed to no, 86 to yes: the difference is .04, its standard error .0095, its interval .02 to .06.
  const [difference, agree] = [(150 - 86) / 1_600, (150 + 86) / 1_600];
  const standardError = Math.sqrt((agree - difference ** 2) / 1_600);
  close(standardError, 0.0095, 1e-4);
  const { low, high, p } = resampledShareDifference(difference, drawsOf(difference, standardError), 1_600);
  close(low, 0.0212, 2e-4);
  close(high, 0.0588, 2e-4);
  close(p, 3e-5, 1e-5);
});

test('two shares of 1 may differ all the same', () => {
  const { low, high, p } = resampledShareDifference(0, new Float64Array(1_000), 30);
  assert.ok(low < 0 && high > 0 && p === 1);
});

test('an error in calibration that chance explains may be none', () => {
  const random = createRandom(2);
  const draws = Float64Array.from({ length: 2_000 }, () => 0.02 * random.normal());
  const measured = Float64Array.of(0.015, -0.01);
  const around = draws.map((draw, i) => draw + measured[i % 2]);
  const { low, high } = eceInterval(measured, around, 1);
  assert.equal(low, 0);
  assert.ok(high > 0.025 && high < 0.1, `${high}`);
  const clear = Float64Array.of(0.2, -0.1);
  const beyond = eceInterval(
    clear,
    draws.map((draw, i) => draw + clear[i % 2]),
    1,
  );
  // As the sum of two normal variables that are far from 0.
  close(beyond.low, 0.3 - 1.81 * 0.02 * Math.SQRT2, 6e-3);
  close(beyond.high, 0.3 + 2.17 * 0.02 * Math.SQRT2, 6e-3);
  assert.deepEqual(eceInterval(Float64Array.of(0, 0), new Float64Array(20), 1), { low: 0, high: 0 });
});

test('of draws in steps half of a step counts as beyond it', () => {
  const draws = (counts: Record<number, number>) =>
    Float64Array.from(Object.entries(counts).flatMap(([value, count]) => new Array<number>(count).fill(Number(value))));
  // 1% below 3 and half of its 4% make 3%; beyond 6 there are half of 3%.
  assert.deepEqual(steppedInterval(draws({ 2: 10, 3: 40, 4: 700, 5: 220, 6: 30 })), { low: 3, high: 5 });
  assert.deepEqual(steppedInterval(draws({ 4: 1_000 })), { low: null, high: null });
  assert.deepEqual(steppedInterval(new Float64Array(5).fill(NaN)), { low: null, high: null });
});
