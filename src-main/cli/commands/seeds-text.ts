import type { SeedsDocument, SeedSpread } from '../../ipc/seeds.ts';
import { table } from '../table.ts';
import { metric, MODEL_NAMES } from '../words.ts';

const METRICS = [
  ['auc', 'test AUC'],
  ['ks', 'KS'],
  ['prAuc', 'PR-AUC'],
  ['brier', 'Brier'],
  ['logLoss', 'log loss'],
] as const;

/** Mean and standard deviation of each test metric over the seeds, and the range of AUC. */
export function formatSeeds({ n, experiments, models }: SeedsDocument): string {
  const ids = experiments.map(({ experimentId }) => experimentId);
  const spread = ({ mean, sd, min, max }: SeedSpread, withRange: boolean) =>
    mean === null ? 'n/a' : `${metric(mean)} ± ${metric(sd)}${withRange ? ` (${metric(min)} to ${metric(max)})` : ''}`;
  return [
    `Over ${n} seeds (${experiments[0].seed} to ${experiments[n - 1].seed}; experiments ${ids.join(', ')}): mean ± standard deviation, of AUC the range too.`,
    table(
      ['', ...METRICS.map(([, title]) => title)],
      models.map(({ kind, metrics }) => [
        MODEL_NAMES[kind],
        ...METRICS.map(([name]) => spread(metrics[name], name === 'auc')),
      ]),
      [false, ...METRICS.map(() => true)],
    ),
    'This is the luck of initial weights and order alone: the intervals of a comparison say what the customers drawn add.',
  ].join('\n');
}
