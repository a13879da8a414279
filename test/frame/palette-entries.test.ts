import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matching, type PaletteEntry } from '../../src-renderer/frame/palette-entries.ts';

const entry = (label: string): PaletteEntry => ({ id: label, group: 'Actions', label, run: () => undefined });
const entries = ['Portfolio', 'Import', 'Score the portfolio now', 'New portfolio…'].map(entry);
const found = (typed: string) => matching(entries, typed).map(({ label }) => label);

test('nothing typed finds everything, in order', () =>
  assert.deepEqual(found('  '), ['Portfolio', 'Import', 'Score the portfolio now', 'New portfolio…']));

test('what begins with the words comes first', () => assert.deepEqual(found('new'), ['New portfolio…']));

test('every word must be there, in any order and case', () => {
  assert.deepEqual(found('PORT'), ['Portfolio', 'Import', 'Score the portfolio now', 'New portfolio…']);
  assert.deepEqual(found('now score'), ['Score the portfolio now']);
  assert.deepEqual(found('score import'), []);
});
