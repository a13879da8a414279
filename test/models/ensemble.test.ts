import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { measure } from '../../src-main/evaluation/metrics.ts';
import type { ModelKind } from '../../src-main/ipc/documents.ts';
import { calibrateFitted } from '../../src-main/models/calibration/calibrate-fitted.ts';
import { combineMembers } from '../../src-main/models/combine-members.ts';
import { combineScores, ensembleOf, fitSequenceShare } from '../../src-main/models/ensemble.ts';
import type { CombineRequest } from '../../src-main/processes/model-api.ts';
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

describe('a share fitted on the validation rows', () => {
  const kinds: ModelKind[] = ['lstm', 'lightgbm'];
  const random = createRandom(4);
  const rows = 4_000;
  const truth = Float32Array.from({ length: rows }, () => random.next());
  const labels = Uint8Array.from(truth, (pd) => (random.next() < pd ? 1 : 0));
  const noisy = (noise: number) =>
    truth.map((pd) => Math.min(0.99, Math.max(0.01, pd + noise * (random.next() - 0.5))));
  const fit = (lstm: Float32Array, lightgbm: Float32Array) =>
    fitSequenceShare(kinds, (kind) => (kind === 'lstm' ? lstm : lightgbm), labels);

  test('is where the log-loss is least', () => {
    const [lstm, lightgbm] = [noisy(0.9), noisy(0.6)];
    const scoresOf = (kind: ModelKind) => (kind === 'lstm' ? lstm : lightgbm);
    const share = fit(lstm, lightgbm);
    const lossAt = (at: number) => measure(combineScores(ensembleOf(kinds, at)!, scoresOf), labels).logLoss;
    assert.ok(share > 0.05 && share < 0.6, `${share}`);
    for (let at = 0; at <= 1; at += 0.02) assert.ok(lossAt(share) <= lossAt(at) + 1e-7, `${at}`);
  });

  test('leaves out a side that adds nothing', () => {
    const nonsense = truth.map((pd) => 1 - pd);
    assert.ok(fit(nonsense, truth) < 0.03);
    assert.ok(fit(truth, nonsense) > 0.97);
    const right = Float32Array.from(labels, (label) => (label === 1 ? 0.9 : 0.1));
    assert.equal(fit(new Float32Array(rows).fill(0.5), right), 0);
    assert.equal(fit(right, new Float32Array(rows).fill(0.5)), 1);
  });

  test('is the recipe’s where both sides say the same', () => assert.equal(fit(truth, truth), 0.7));
});

describe('of members that isotonic regression calibrated', () => {
  const random = createRandom(9);
  const count = 400;
  const labels = Uint8Array.from({ length: count }, () => (random.next() < 0.2 ? 1 : 0));
  const rows = { customers: Int32Array.from(labels.keys()), steps: new Int32Array(count), labels };
  const noise = () => Float32Array.from(labels, (label) => 0.1 + 0.4 * random.next() + 0.04 * label);
  const memberOf = (kind: ModelKind) => {
    const uncalibrated = noise();
    const { predictions } = calibrateFitted(
      kind,
      'isotonic',
      { validation: uncalibrated, test: noise(), outOfTime: null },
      labels,
    );
    const document = { parameters: 1 } as CombineRequest['members'][number]['document'];
    return { kind, predictions, uncalibrated, document };
  };

  test('the validation figures are no better for rows that the calibration was fitted on', () => {
    const members = [memberOf('lstm'), memberOf('lightgbm')];
    const settings = { calibration: 'isotonic' } as CombineRequest['settings'];
    const { document, predictions } = combineMembers({
      rows: { validation: rows, test: rows, outOfTime: null },
      members,
      settings,
    });
    const own = combineScores(ensembleOf(['lstm', 'lightgbm'])!, (kind) =>
      kind === 'lstm' ? members[0].uncalibrated : members[1].uncalibrated,
    );
    assert.deepEqual(document.validation, measure(own, labels));
    const flattered = measure(predictions.validation!, labels).auc!;
    assert.ok(flattered > document.validation.auc! + 0.01, `${flattered}, ${document.validation.auc}`);
    assert.deepEqual(document.test, measure(predictions.test!, labels));
  });
});
