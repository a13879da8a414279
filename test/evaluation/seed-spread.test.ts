import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatSeeds } from '../../src-main/cli/commands/seeds-text.ts';
import { spreadOverSeeds } from '../../src-main/evaluation/seed-spread.ts';
import { metrics } from '../store/trained.ts';

test('mean, standard deviation and range over seeds, by model', () => {
  const run = (lstm: number | null, logistic: number | null) => [
    { kind: 'lstm' as const, test: metrics(lstm) },
    ...(logistic === null ? [] : [{ kind: 'logistic' as const, test: metrics(logistic) }]),
  ];
  const models = spreadOverSeeds([run(0.7, 0.6), run(0.8, 0.6), run(0.9, null)]);
  assert.deepEqual(
    models.map(({ kind, n }) => [kind, n]),
    [
      ['lstm', 3],
      ['logistic', 2],
    ],
  );
  const { mean, sd, min, max } = models[0].metrics.auc;
  assert.ok(Math.abs(mean! - 0.8) < 1e-12 && Math.abs(sd! - 0.1) < 1e-12);
  assert.deepEqual([min, max], [0.7, 0.9]);
  assert.deepEqual(models[1].metrics.auc, { mean: 0.6, sd: 0, min: 0.6, max: 0.6 });
  assert.deepEqual(spreadOverSeeds([run(null, null)])[0].metrics.auc, { mean: null, sd: null, min: null, max: null });
  const experiments = [1, 2, 3].map((seed) => ({ experimentId: String(seed + 4), seed }));
  const text = formatSeeds({ n: 3, experiments, models });
  assert.match(text, /^Over 3 seeds \(1 to 3; experiments 5, 6, 7\)/);
  assert.match(text, /^LSTM +0\.800 ± 0\.100 \(0\.700 to 0\.900\)/m);
});
