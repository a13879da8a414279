import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stabilityOf, stabilityOfCounts } from '../../src-main/evaluation/drift.ts';
import { indexOfShares } from '../../src-main/evaluation/stability.ts';
import { createRandom } from '../../src-main/sequences/random.ts';

const close = (actual: number, expected: number, within = 1e-10) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);

const repeat = (...counts: [value: number, count: number][]) =>
  counts.flatMap(([value, count]) => Array<number>(count).fill(value));

test('the published value', () => {
  close(indexOfShares([0.2, 0.5, 0.3], [0.1, 0.6, 0.3]), 0.0875468737);
  assert.equal(indexOfShares([0.2, 0.5, 0.3], [0.2, 0.5, 0.3]), 0);
  assert.throws(() => indexOfShares([0.2, 0.8], [0, 1]), RangeError);
  assert.throws(() => indexOfShares([1], [0.5, 0.5]), RangeError);
});

test('samples with few different values are cut at these', () => {
  const earlier = repeat([0, 20], [1, 50], [2, 30]);
  const later = repeat([0, 10], [1, 60], [2, 30]);
  const { psi, bins } = stabilityOf(earlier, later)!;
  close(psi, 0.0875468737);
  assert.deepEqual(
    bins.map(({ from, to }) => [from, to]),
    [
      [0.2, 0.1],
      [0.5, 0.6],
      [0.3, 0.3],
    ],
  );
});

test('counts by bins, one of which one sample leaves empty', () => {
  close(stabilityOfCounts([20, 50, 30, 0], [10, 60, 30, 0])!.psi, 0.0875468737);
  close(stabilityOfCounts([10, 0], [0, 20])!.psi, (0.025 - 1) * Math.log(0.025) + (1 - 0.05) * Math.log(1 / 0.05));
  assert.equal(stabilityOfCounts([0, 0], [1, 2]), null);
});

test('ten bins of a tenth each, a value on a bound in the lower one', () => {
  const earlier = Float64Array.from({ length: 100 }, (_, i) => i + 1);
  const { psi, bins } = stabilityOf(earlier, earlier.slice().reverse())!;
  assert.equal(psi, 0);
  assert.equal(bins.length, 10);
  assert.ok(bins.every(({ from, to }) => from === 0.1 && to === 0.1));
  assert.deepEqual(
    bins.map(({ most }) => most),
    [10, 20, 30, 40, 50, 60, 70, 80, 90, null],
  );
  // All above 90: nine bins that one sample leaves empty count as half a row of its 50.
  const high = Float64Array.from({ length: 50 }, () => 95);
  const empty = 9 * (0.01 - 0.1) * Math.log(0.01 / 0.1);
  close(stabilityOf(earlier, high)!.psi, empty + 0.9 * Math.log(10));
});

test('missing values are a bin of their own, and what was constant may move either way', () => {
  const missing = stabilityOf([...repeat([1, 80]), ...repeat([NaN, 20])], [...repeat([1, 90]), ...repeat([NaN, 10])])!;
  close(missing.psi, 0.1 * Math.log(0.9 / 0.8) - 0.1 * Math.log(0.1 / 0.2));
  assert.equal(missing.bins.filter((bin) => bin.missing).length, 1);
  for (const moved of [-1, 1]) {
    const { psi } = stabilityOf(repeat([0, 10]), repeat([0, 5], [moved, 5]))!;
    close(psi, (0.5 - 1) * Math.log(0.5) + (0.5 - 0.05) * Math.log(0.5 / 0.05));
  }
  assert.equal(stabilityOf(repeat([NaN, 5]), repeat([NaN, 7]))!.psi, 0);
  assert.equal(stabilityOf([], [1]), null);
  assert.equal(stabilityOf([1], []), null);
});

test('without a drift one sample in twenty lies above what chance does', () => {
  const random = createRandom(3);
  const draw = (size: number) => Float64Array.from({ length: size }, () => random.normal());
  const trials = 1_000;
  let above = 0;
  for (let trial = 0; trial < trials; trial++) {
    const { psi, byChance } = stabilityOf(draw(400), draw(500))!;
    if (psi > byChance) above++;
  }
  assert.ok(above / trials > 0.03 && above / trials < 0.075, `${above} of ${trials}`);
});
