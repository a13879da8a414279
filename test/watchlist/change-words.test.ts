import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  asOfName,
  dayName,
  directionOf,
  driftWord,
  isWithinChance,
  shareWithInterval,
  withDates,
} from '../../src-renderer/watchlist/change-words.ts';

test('drift in words, by the rule of thumb', () => {
  assert.deepEqual([0, 0.0999, 0.1, 0.25, 0.2501].map(driftWord), ['little', 'little', 'some', 'some', 'much']);
  assert.deepEqual(
    [isWithinChance({ psi: 0.1, byChance: 0.2 }), isWithinChance({ psi: 0.3, byChance: 0.2 })],
    [true, false],
  );
});

test('who got riskier, who safer', () => {
  assert.equal(directionOf('Low', 'Critical'), 'riskier');
  assert.equal(directionOf('High', 'Medium'), 'safer');
  assert.equal(directionOf('High', 'High'), 'same');
  assert.equal(directionOf('none', 'Critical'), 'unknown');
  assert.equal(directionOf('Critical', 'none'), 'unknown');
});

test('dates and steps as the screen writes them', () => {
  assert.equal(asOfName({ asOf: '2026-04-30', asOfStep: 20_573 }, 'day'), '30 Apr 2026');
  assert.equal(asOfName({ asOf: 'step 59', asOfStep: 59 }, 'day'), 'day 59');
  assert.equal(dayName('step 73', 'week'), 'week 73');
  assert.equal(withDates('ends on 2026-03-29; reaches 2026-03-15.'), 'ends on 29 Mar 2026; reaches 15 Mar 2026.');
});

test('a share with its interval', () => {
  assert.equal(shareWithInterval({ value: 0.5, low: 0.366, high: 0.634 }), '50.0% [36.6, 63.4]%');
  assert.equal(shareWithInterval({ value: null, low: null, high: null }), 'n/a');
});
