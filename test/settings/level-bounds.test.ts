import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundsOf, countByLevel, draftOf, problemsOf } from '../../src-renderer/settings/level-bounds.ts';

test('percentages become shares without a trace of binary fractions, and back', () => {
  assert.deepEqual(boundsOf({ critical: 57.3, high: 29, medium: 0.1 }), { critical: 0.573, high: 0.29, medium: 0.001 });
  assert.deepEqual(draftOf({ critical: 0.573, high: 0.29, medium: 0.07 }), { critical: 57.3, high: 29, medium: 7 });
  assert.deepEqual(boundsOf({ critical: 100, high: 50, medium: 25 })?.critical, 1);
});

test('what is out of order is said at the field that must change', () => {
  assert.deepEqual(problemsOf({ critical: 75, high: 50, medium: 25 }), {});
  assert.deepEqual(problemsOf({ critical: 75, high: 75, medium: 25 }), {
    high: 'High must begin below Critical, which begins at 75.0%',
  });
  assert.deepEqual(problemsOf({ critical: 75, high: 50, medium: 60 }), {
    medium: 'Medium must begin below High, which begins at 50.0%',
  });
  assert.deepEqual(Object.keys(problemsOf({ critical: 101, high: null, medium: 0 })), ['critical', 'high', 'medium']);
  assert.equal(boundsOf({ critical: 75, high: 80, medium: 25 }), null);
  assert.equal(boundsOf({ critical: null, high: 50, medium: 25 }), null);
});

test('customers by level, for bounds that are only considered', () => {
  const bins = Array<number>(1_001).fill(1);
  bins[250] = 5;
  const scored = { bins, customers: 1_005 };
  const usual = { critical: 0.75, high: 0.5, medium: 0.25 };
  assert.deepEqual(countByLevel(scored, usual), { Critical: 251, High: 250, Medium: 254, Low: 250 });
  assert.deepEqual(countByLevel(scored, { ...usual, medium: 0.251 }), {
    Critical: 251,
    High: 250,
    Medium: 249,
    Low: 255,
  });
  assert.equal(countByLevel(scored, { critical: 1, high: 0.5, medium: 0.25 }).Critical, 1);
});
