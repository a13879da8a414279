import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatSeeds } from '../../src-main/cli/commands/seeds-text.ts';
import { spreadOverSeeds, withSeedSpread } from '../../src-main/evaluation/seed-spread.ts';
import { metrics } from '../store/trained.ts';

const run = (seed: number, lstm: number | null, logistic: number | null) => ({
  experimentId: String(seed + 4),
  seed,
  models: [
    { kind: 'lstm' as const, test: metrics(lstm) },
    ...(logistic === null ? [] : [{ kind: 'logistic' as const, test: metrics(logistic) }]),
  ],
});

test('mean, standard deviation and range over seeds, by model', () => {
  const spread = spreadOverSeeds([run(1, 0.7, 0.6), run(2, 0.8, 0.6), run(3, 0.9, null)]);
  const { models } = spread;
  assert.deepEqual(
    models.map(({ kind, n }) => [kind, n]),
    [
      ['lstm', 3],
      ['logistic', 2],
    ],
  );
  const { mean, sd, min, max, values } = models[0].metrics.auc;
  assert.ok(Math.abs(mean! - 0.8) < 1e-12 && Math.abs(sd! - 0.1) < 1e-12);
  assert.deepEqual([min, max, values], [0.7, 0.9, [0.7, 0.8, 0.9]]);
  assert.deepEqual(models[1].metrics.auc, { mean: 0.6, sd: 0, min: 0.6, max: 0.6, values: [0.6, 0.6, null] });
  const none = { mean: null, sd: null, min: null, max: null, values: [null] };
  assert.deepEqual(spreadOverSeeds([run(1, null, null)]).models[0].metrics.auc, none);
  const text = formatSeeds(spread);
  assert.match(text, /^Over 3 seeds \(1 to 3; experiments 5, 6, 7\)/);
  assert.match(text, /^LSTM +0\.800 ± 0\.100 \(0\.700 to 0\.900\)/m);
});

test('experiments belong together that differ by their seed alone', () => {
  const trained = (id: number, seed: number, auc: number, over: object = {}) => ({
    experimentId: String(id),
    settings: { window: 30, seed, ...over },
    dataHash: 'a',
    backend: { name: 'tensorflow' },
    models: [{ kind: 'lstm' as const, test: metrics(auc) }],
  });
  const newestFirst = [
    trained(5, 1, 0.75),
    { ...trained(4, 3, 0.9), dataHash: 'b' },
    trained(3, 3, 0.9, { window: 20 }),
    trained(2, 2, 0.8),
    trained(1, 1, 0.7),
  ];
  const listed = withSeedSpread(newestFirst);
  assert.deepEqual(
    listed.map(({ seeds }) => seeds?.experiments.map(({ experimentId }) => experimentId)),
    [['5', '2'], undefined, undefined, ['5', '2'], ['5', '2']],
    'of seed 1 the newest counts',
  );
  assert.deepEqual(listed[0].seeds!.models[0].metrics.auc.values, [0.75, 0.8]);
});
