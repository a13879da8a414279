import assert from 'node:assert/strict';
import { test } from 'node:test';
import { niceAxis } from '../../src-renderer/charts/nice-axis.ts';
import { moveSpan } from '../../src-renderer/charts/span.ts';

const whole = { min: 0, max: 100 };

test('a zoom keeps the place it is made at, and never shows more than there is', () => {
  assert.deepEqual(moveSpan(whole, whole, { kind: 'zoom', factor: 0.5, at: 40 }), { min: 20, max: 70 });
  assert.deepEqual(moveSpan(whole, { min: 20, max: 70 }, { kind: 'zoom', factor: 8, at: 40 }), whole);
  assert.deepEqual(moveSpan(whole, { min: 48, max: 52 }, { kind: 'zoom', factor: 0.1, at: 50 }), { min: 48, max: 52 });
});

test('a pan stops at the ends', () => {
  assert.deepEqual(moveSpan(whole, { min: 20, max: 40 }, { kind: 'pan', by: 15 }), { min: 35, max: 55 });
  assert.deepEqual(moveSpan(whole, { min: 20, max: 40 }, { kind: 'pan', by: 500 }), { min: 80, max: 100 });
  assert.deepEqual(moveSpan(whole, { min: 20, max: 40 }, { kind: 'pan', by: -500 }), { min: 0, max: 20 });
  assert.deepEqual(moveSpan(whole, { min: 20, max: 40 }, { kind: 'all' }), whole);
});

test('an axis ends on round numbers around all values, from zero where that costs little', () => {
  assert.deepEqual(niceAxis([3, NaN, 28]), { min: 0, max: 30, stepSize: 10 });
  assert.deepEqual(niceAxis([980, 1010]), { min: 980, max: 1010, stepSize: 10 });
  assert.deepEqual(niceAxis([-4, 2]), { min: -4, max: 2, stepSize: 2 });
  assert.deepEqual(niceAxis([NaN]), { min: 0, max: 1, stepSize: 1 });
  const { min, max } = niceAxis([5, 5]);
  assert.ok(min <= 5 && max >= 5 && max > min);
});
