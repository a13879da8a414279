import type { SeedsDocument } from '../../ipc/seeds.ts';
import { spread, spreadWithRange } from '../../reporting/figures.ts';
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
  return [
    `Over ${n} seeds (${experiments[0].seed} to ${experiments[n - 1].seed}; experiments ${ids.join(', ')}): mean ± standard deviation, of AUC the range too.`,
    table(
      ['', ...METRICS.map(([, title]) => title)],
      models.map(({ kind, metrics }) => [
        MODEL_NAMES[kind],
        ...METRICS.map(([name]) => (name === 'auc' ? spreadWithRange : spread)(metrics[name], metric)),
      ]),
      [false, ...METRICS.map(() => true)],
    ),
    'This is the luck of initial weights and order alone: the intervals of a comparison say what the customers drawn add.',
  ].join('\n');
}
