import assert from 'node:assert/strict';
import { test } from 'node:test';
import { betterThan, differenceOf, isBeyondInterval } from '../../src-renderer/comparison/better.ts';
import { judged } from './judged.ts';

const part = judged(
  { lstm: 0.9, lightgbm: 0.89, logistic: 0.8 },
  {
    'lstm lightgbm': { interval: [-0.01, 0.03], p: 0.3 },
    'lstm logistic': { interval: [0.06, 0.14], p: 0.002 },
    'lightgbm logistic': { interval: [0.05, 0.13], p: 0.002 },
  },
);

test('better is who beats another beyond the interval, and is beaten by none', () => {
  const { auc } = betterThan(part);
  assert.deepEqual(auc, {
    'id-lstm': ['id-logistic'],
    'id-lightgbm': ['id-logistic'],
    'id-logistic': [],
  });
});

test('of errors the lower one is better', () => {
  const { brier, logLoss } = betterThan(part);
  assert.deepEqual(brier, { 'id-lstm': [], 'id-lightgbm': [], 'id-logistic': ['id-lstm', 'id-lightgbm'] });
  assert.deepEqual(logLoss, brier);
});

test('second best is not marked, though it beats a third', () => {
  const chain = judged(
    { lstm: 0.9, lightgbm: 0.85, logistic: 0.8 },
    {
      'lstm lightgbm': { interval: [0.01, 0.09], p: 0.01 },
      'lstm logistic': { interval: [0.06, 0.14], p: 0.002 },
      'lightgbm logistic': { interval: [0.01, 0.09], p: 0.01 },
    },
  );
  assert.deepEqual(betterThan(chain).auc, {
    'id-lstm': ['id-lightgbm', 'id-logistic'],
    'id-lightgbm': [],
    'id-logistic': [],
  });
});

test('a difference turned round has its interval turned round', () => {
  const there = differenceOf(part.pairs, 'id-lstm', 'id-logistic', 'auc')!;
  const back = differenceOf(part.pairs, 'id-logistic', 'id-lstm', 'auc')!;
  assert.deepEqual(back, { value: -there.value!, low: -there.high!, high: -there.low! });
  assert.ok(isBeyondInterval(there) && isBeyondInterval(back));
  assert.equal(differenceOf(part.pairs, 'id-lstm', 'other', 'auc'), null);
});
