import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countLevels, describeScore, levelOf } from '../../src-main/scoring/levels.ts';

const below = (value: number) => value - 2 ** -30;

test('levels begin at .75, .5 and .25', () => {
  for (const [pd, level] of [
    [1, 'Critical'],
    [0.75, 'Critical'],
    [below(0.75), 'High'],
    [0.5, 'High'],
    [below(0.5), 'Medium'],
    [0.25, 'Medium'],
    [below(0.25), 'Low'],
    [0, 'Low'],
  ] as const) {
    assert.equal(levelOf(pd), level, String(pd));
  }
});

test('counts every score once', () => {
  const scores = Float32Array.of(0, 0.1, 0.25, 0.3, 0.49, 0.5, 0.75, 0.8, 0.9, 1);
  assert.deepEqual(countLevels(scores), { Critical: 4, High: 1, Medium: 3, Low: 2 });
  assert.deepEqual(countLevels(new Float32Array()), { Critical: 0, High: 0, Medium: 0, Low: 0 });
});

test('describes a customer’s score as the recipe does', () => {
  assert.deepEqual(describeScore('007', '2026-10-31', 0.625, 'cnn-lstm', true), {
    customer_id: '007',
    as_of: '2026-10-31',
    risk_score: 0.625,
    risk_level: 'High',
    will_default: true,
    confidence: 0.625,
    model_type: 'cnn-lstm',
    seen_in_training: true,
    top_reasons: null,
  });
  const safe = describeScore('7', '89', 0.125, 'lstm', false);
  assert.deepEqual([safe.will_default, safe.confidence, safe.risk_level], [false, 0.875, 'Low']);
  assert.equal(describeScore('7', '89', 0.5, 'lstm', false).will_default, true);
  assert.equal(describeScore('7', '89', below(0.5), 'lstm', false).will_default, false);
});
