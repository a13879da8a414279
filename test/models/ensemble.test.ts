import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ModelKind } from '../../src-main/ipc/documents.ts';
import { combineScores, ensembleOf } from '../../src-main/models/ensemble.ts';
import { createRandom } from '../../src-main/sequences/random.ts';

const shares = (...kinds: ModelKind[]) => {
  const ensemble = ensembleOf(kinds);
  return ensemble === null
    ? null
    : Object.fromEntries(ensemble.members.map(({ kind, share }) => [kind, Number(share.toFixed(12))]));
};

describe('members', () => {
  test('0.7 of the sequence models, 0.3 of LightGBM', () => {
    assert.deepEqual(shares('lstm', 'cnn-lstm', 'lightgbm'), { lstm: 0.35, 'cnn-lstm': 0.35, lightgbm: 0.3 });
    assert.deepEqual(shares('lstm', 'lightgbm'), { lstm: 0.7, lightgbm: 0.3 });
    assert.deepEqual(shares('lightgbm', 'cnn-lstm'), { 'cnn-lstm': 0.7, lightgbm: 0.3 });
  });

  test('logistic regression where there is no LightGBM, and only there', () => {
    assert.deepEqual(shares('lstm', 'logistic'), { lstm: 0.7, logistic: 0.3 });
    assert.deepEqual(shares('logistic', 'lightgbm', 'lstm'), { lstm: 0.7, lightgbm: 0.3 });
  });

  test('none without both kinds', () => {
    for (const kinds of [[], ['lstm', 'cnn-lstm'], ['lightgbm', 'logistic'], ['ensemble', 'lstm']] as ModelKind[][])
      assert.equal(ensembleOf(kinds), null);
  });
});

describe('scores', () => {
  const kinds: ModelKind[] = ['lstm', 'cnn-lstm', 'lightgbm'];
  const ensemble = ensembleOf(kinds);
  assert.ok(ensemble !== null);

  test('are the weighted mean of the members’, row by row', () => {
    const scores: Partial<Record<ModelKind, number[]>> = {
      lstm: [0, 1, 0.5, 0.9],
      'cnn-lstm': [0, 1, 0.25, 0.1],
      lightgbm: [0, 1, 1, 0.4],
    };
    const combined = combineScores(ensemble, (kind) => Float32Array.from(scores[kind] ?? []));
    [0, 1, 0.7 * 0.375 + 0.3, 0.7 * 0.5 + 0.3 * 0.4].forEach((expected, i) =>
      assert.ok(Math.abs(combined[i] - expected) < 1e-6, `${combined[i]}, not ${expected}`),
    );
    assert.equal(combined.length, 4);
  });

  test('stay between the lowest and the highest of the members’, and within 0 and 1', () => {
    const random = createRandom(6);
    const certain = () => [0, 1e-7, random.next(), 1 - 6e-8, 1][random.integer(0, 4)];
    const scores = new Map(kinds.map((kind) => [kind, Float32Array.from({ length: 5_000 }, certain)]));
    const combined = combineScores(ensemble, (kind) => scores.get(kind) ?? new Float32Array());
    combined.forEach((pd, i) => {
      const members = kinds.map((kind) => scores.get(kind)?.[i] ?? NaN);
      assert.ok(pd >= 0 && pd <= 1, `${pd}`);
      assert.ok(pd >= Math.min(...members) - 1e-7 && pd <= Math.max(...members) + 1e-7);
    });
  });

  test('leave the members’ as they were', () => {
    const score = Float32Array.of(0.25);
    combineScores(ensemble, () => score);
    assert.deepEqual([...score], [0.25]);
  });
});
