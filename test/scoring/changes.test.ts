import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareScorings, type Scored } from '../../src-main/scoring/changes.ts';
import { RECIPE_BOUNDS } from '../../src-main/scoring/levels.ts';

const scored = (pds: Record<number, number>): Scored => ({
  customers: Int32Array.from(Object.keys(pds), Number),
  scores: Float32Array.from(Object.values(pds)),
});

// 1 stays Critical, 2 falls from it to Low, 3 rises to High, 4 is gone from High, 5 is new at Medium, 6 new at High,
// 7 falls within Low, 8 stays as it is.
const from = scored({ 1: 0.75, 2: 0.875, 3: 0.25, 4: 0.5, 7: 0.125, 8: 0.375 });
const to = scored({ 1: 1, 2: 0.125, 3: 0.625, 5: 0.25, 6: 0.5, 7: 0.0625, 8: 0.375 });

test('who moved from where to where', () => {
  const { transitions, levels, both, appeared, gone } = compareScorings(from, to, RECIPE_BOUNDS, 10);
  assert.deepEqual(transitions, {
    Critical: { Critical: 1, High: 0, Medium: 0, Low: 1, none: 0 },
    High: { Critical: 0, High: 0, Medium: 0, Low: 0, none: 1 },
    Medium: { Critical: 0, High: 1, Medium: 1, Low: 0, none: 0 },
    Low: { Critical: 0, High: 0, Medium: 0, Low: 1, none: 0 },
    none: { Critical: 0, High: 1, Medium: 1, Low: 0, none: 0 },
  });
  assert.deepEqual(levels, { up: 1, down: 1, same: 3 });
  assert.deepEqual([both, appeared, gone], [5, [5, 6], [4]]);
});

test('who came onto the watchlist and who left it', () => {
  const { list, entered, left } = compareScorings(from, to, RECIPE_BOUNDS, 10);
  assert.deepEqual(list, { before: 3, after: 3, stayed: 1, entered: 2, newlyScored: 1, left: 2, notScored: 1 });
  assert.deepEqual(
    entered.map(({ customer }) => customer),
    [3, 6],
  );
  assert.deepEqual(left, [
    { customer: 2, from: 0.875, to: 0.125 },
    { customer: 4, from: 0.5, to: null },
  ]);
});

test('the largest rises and falls, and the mean of those in both', () => {
  const { rises, falls, meanPd } = compareScorings(from, to, RECIPE_BOUNDS, 2);
  assert.deepEqual(
    rises.map(({ customer }) => customer),
    [3, 1],
  );
  assert.deepEqual(
    falls.map(({ customer }) => customer),
    [2, 7],
  );
  assert.deepEqual(meanPd, { from: 2.375 / 5, to: 2.1875 / 5 });
});

test('levels are by the bounds that are given, in both', () => {
  const { list, transitions } = compareScorings(from, to, { critical: 0.9, high: 0.8, medium: 0.05 }, 10);
  assert.deepEqual([list.before, list.after, list.entered, list.left], [1, 1, 1, 1]);
  assert.equal(transitions.Medium.Critical, 1);
});

test('nobody in both', () => {
  const { meanPd, rises, falls, both, list } = compareScorings(scored({}), to, RECIPE_BOUNDS, 10);
  assert.deepEqual([meanPd, rises, falls, both, list.entered], [{ from: null, to: null }, [], [], 0, 3]);
});
