import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bandsOf, decimate, nearestIndex, pointsOf, valueAt, type Point } from '../../src-renderer/charts/series.ts';

test('20,000 points become at most 2,000, and no peak is lost', () => {
  const points: Point[] = Array.from({ length: 20_000 }, (_, x) => ({ x, y: Math.sin(x / 900) }));
  points[7_531] = { x: 7_531, y: 5 };
  points[12_345] = { x: 12_345, y: -5 };
  const kept = decimate(points, 2000);
  assert.ok(kept.length <= 2000, `${kept.length}`);
  assert.equal(kept[0], points[0]);
  assert.equal(kept[kept.length - 1], points[points.length - 1]);
  assert.ok(kept.includes(points[7_531]) && kept.includes(points[12_345]));
  for (let i = 1; i < kept.length; i++) assert.ok(kept[i].x > kept[i - 1].x);
});

test('a long gap stays one, a lone missing value does not cut a dense line', () => {
  const y = Array.from({ length: 10_000 }, (_, x) => ((x > 3_000 && x < 5_000) || x === 8_001 ? null : 0.5));
  const kept = decimate(pointsOf({ x: y.map((_, x) => x), y }), 2000);
  const gaps = kept.filter((point) => Number.isNaN(point.y));
  assert.ok(gaps.length > 0);
  for (const { x } of gaps) assert.ok(x > 3_000 && x < 5_000, `a gap at ${x}`);
});

test('few points stay as they are', () => {
  const points = pointsOf({ x: [1, 2], y: [0.1, null] });
  assert.equal(decimate(points, 2000), points);
  assert.deepEqual(points, [
    { x: 1, y: 0.1 },
    { x: 2, y: NaN },
  ]);
});

test('the nearest x, and the value at exactly one', () => {
  assert.equal(nearestIndex([], 3), -1);
  assert.equal(nearestIndex([10, 20, 30], -5), 0);
  assert.equal(nearestIndex([10, 20, 30], 24), 1);
  assert.equal(nearestIndex([10, 20, 30], 26), 2);
  assert.equal(valueAt({ x: [10, 20], y: [1, null] }, 10), 1);
  assert.equal(valueAt({ x: [10, 20], y: [1, null] }, 20), null);
  assert.equal(valueAt({ x: [10, 20], y: [1, 2] }, 15), null);
});

test('bands follow a portfolio’s bounds and leave no gap', () => {
  assert.deepEqual(bandsOf({ critical: 0.9, high: 0.4, medium: 0.1 }), [
    { level: 'Critical', from: 0.9, to: 1 },
    { level: 'High', from: 0.4, to: 0.9 },
    { level: 'Medium', from: 0.1, to: 0.4 },
    { level: 'Low', from: 0, to: 0.1 },
  ]);
});
