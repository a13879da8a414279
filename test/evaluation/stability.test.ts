import assert from 'node:assert/strict';
import { test } from 'node:test';
import { referenceOf, stabilityBin, stabilityGradient, stabilityIndex } from '../../src-main/evaluation/stability.ts';

test('gives the published index', () => {
  assert.ok(Math.abs(stabilityIndex([0.2, 0.5, 0.3], [0.1, 0.6, 0.3]) - 0.0875468737) < 1e-10);
  assert.ok(Math.abs(stabilityIndex([20, 50, 30], [100, 600, 300]) - 0.0875468737) < 1e-10, 'of counts');
  assert.equal(stabilityIndex([5, 5], [7, 7]), 0);
  assert.ok(Number.isFinite(stabilityIndex([5, 5], [7, 0])));
});

test('a reference is cut at its deciles', () => {
  const scores = Float32Array.from({ length: 100 }, (_, i) => (99 - i) / 100);
  const { bounds, counts } = referenceOf(scores);
  assert.deepEqual(counts, new Array(10).fill(10));
  assert.equal(bounds.length, 9);
  assert.equal(stabilityBin(bounds[3], bounds), 3, 'a score on a bound is in the bin below it');
  assert.equal(stabilityBin(Math.fround(bounds[3] + 1e-6), bounds), 4);
  assert.equal(stabilityBin(2, bounds), 9);
});

test('scores that repeat make fewer bins, all of them with rows', () => {
  const { bounds, counts } = referenceOf(Float32Array.of(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.75, 0.25));
  assert.deepEqual(bounds, [0.25, 0.5]);
  assert.deepEqual(counts, [1, 8, 1]);
  assert.deepEqual(referenceOf(Float32Array.of(0.5, 0.5)), { bounds: [], counts: [2] });
  assert.throws(() => referenceOf(new Float32Array(0)), { code: 'too-small' });
});

test('its gradient is what the index grows by', () => {
  const [expected, actual] = [
    [20, 50, 30, 10],
    [100, 600, 300, 0],
  ];
  const gradient = stabilityGradient(expected, actual);
  assert.equal(gradient[3], 0, 'an empty bin');
  const moved = (rows: number) => stabilityIndex(expected, [100 + rows, 600 - rows, 300, 0]);
  const slope = (moved(1) - moved(-1)) / 2;
  assert.ok(Math.abs(slope - (gradient[0] - gradient[1]) / 1_000) < 1e-6, String(slope));
});
