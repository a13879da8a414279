import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alignScores } from '../../src-main/evaluation/align-scores.ts';
import { compareModels } from '../../src-main/evaluation/compare-models.ts';
import { nameExternals, restrictToCovered, riskOf } from '../../src-main/evaluation/external-scores.ts';

const rows = {
  customers: Int32Array.of(1, 1, 1, 2, 2, 3),
  steps: Int32Array.of(4, 5, 9, 4, 9, 9),
  labels: Uint8Array.of(0, 0, 1, 0, 0, 1),
};

test('a window has the latest score up to its end, never a later one', () => {
  const scored = {
    customers: Int32Array.of(1, 2, 1, 1, 4),
    steps: Int32Array.of(9, 5, 2, 5, 1),
    values: Float64Array.of(0.9, 0.5, 0.2, 0.4, 0.7),
  };
  assert.deepEqual([...alignScores(scored, rows)], [0.2, 0.4, 0.9, NaN, 0.5, NaN]);
  const once = { customers: Int32Array.of(3, 1), steps: null, values: Float64Array.of(7, 8) };
  assert.deepEqual([...alignScores(once, rows)], [8, 8, 8, NaN, NaN, 7]);
});

test('all models are judged on the rows that every score covers', () => {
  const models = [{ id: '1', scores: Float32Array.of(1, 2, 3, 4, 5, 6) }];
  const external = (id: string, ...scores: number[]) => ({
    id,
    name: id,
    lowerIsRiskier: false,
    isPd: false,
    scores: Float64Array.from(scores),
  });
  const found = restrictToCovered(rows, models, [
    external('a', 10, NaN, 30, 40, 50, 60),
    external('b', NaN, NaN, 1, NaN, NaN, 1),
    external('c', 5, 5, 6, NaN, 7, 7),
  ]);
  assert.deepEqual([...found.rows.steps], [4, 9, 9, 9]);
  assert.deepEqual([...found.models[0].scores], [1, 3, 5, 6]);
  assert.deepEqual(found.dropped, ['b'], 'its rows have one outcome only');
  assert.deepEqual([...found.externals[1].risk], [0.125, 0.375, 0.75, 0.75]);
  assert.deepEqual(found.windows, { all: 6, judged: 4 });
  assert.deepEqual(found.events, { all: 2, judged: 2 });
  const few = restrictToCovered(rows, models, [external('d', 1, 2, 3, 4, 5, NaN)]);
  assert.deepEqual([few.dropped, few.windows.judged], [['d'], 6], 'one customer with an event would be left of two');
});

test('a PD stays one; any other score goes by rank, turned round where lower is riskier', () => {
  const scores = Float64Array.of(0.25, 0.75);
  assert.deepEqual([...riskOf({ isPd: true, lowerIsRiskier: false }, scores)], [0.25, 0.75]);
  assert.deepEqual([...riskOf({ isPd: true, lowerIsRiskier: true }, scores)], [0.75, 0.25]);
  assert.deepEqual([...riskOf({ isPd: false, lowerIsRiskier: true }, scores)], [0.75, 0.25]);
});

test('a comparison names it, and tells of a score that is no PD only what goes by rank', async () => {
  const models = [{ id: '1', kind: 'logistic' as const, scores: Float32Array.of(0.1, 0.2, 0.9, 0.3, 0.2, 0.8) }];
  const bureau = {
    id: 'external-1',
    name: 'Bureau',
    lowerIsRiskier: true,
    isPd: false,
    scores: Float64Array.of(700, 650, 500, 640, NaN, 660),
  };
  const restricted = restrictToCovered(rows, models, [bureau]);
  const [{ id, risk }] = restricted.externals;
  const document = await compareModels({
    experimentId: '1',
    rows: restricted.rows,
    models: [...restricted.models, { id, kind: 'external', scores: risk }],
    outOfTime: null,
    labelRule: 'constant',
    dateOfStep: () => null,
    resamples: 1_000,
    seed: 1,
    testUses: 1,
  });
  const named = nameExternals(document, restricted);
  assert.deepEqual(
    named.models.map(({ kind, name, isPd }) => [kind, name, isPd]),
    [
      ['logistic', undefined, undefined],
      ['external', 'Bureau', false],
    ],
  );
  const { auc, brier } = named.models[1].metrics;
  assert.deepEqual([auc.value, brier.value, brier.low], [4 / 6, null, null]);
  assert.ok(named.models[0].metrics.brier.value !== null);
  assert.deepEqual([named.pairs[0].differences.brier.value, named.pairs[0].deltaAuc], [null, 1 - 4 / 6]);
  assert.ok(named.notes.some((note) => note.includes('1 of 6 windows has no score from Bureau')));
  assert.ok(named.notes.some((note) => note.includes('Bureau: no PD')));
});
