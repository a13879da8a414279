import { DuecastError } from '../ipc/errors.ts';
import type { ThresholdsRequest, ThresholdsView } from '../ipc/thresholds.ts';
import { judgeThresholds } from '../evaluation/thresholds/judge-thresholds.ts';
import { checkCosts, readAlertCosts } from '../store/alert-costs.ts';
import { readComparison } from '../store/comparisons.ts';
import type { PortfolioDb } from '../store/database.ts';
import { readExperiment } from '../store/experiments.ts';
import { noRowsOf, readPart } from './compare-stored.ts';
import { reading } from './portfolio-reading.ts';
import type { CallContext } from './rpc.ts';

const RESAMPLES = 1_000;
const SEED = 1;

/**
 * Thresholds of an experiment's models, fitted on its validation rows and judged on a part that a comparison has looked
 * at: shown before that, they would be a look that nobody counts. Throws `not-found`, `not-allowed`, `usage`, `cancelled`.
 */
export async function storedThresholds(
  { path, experimentId, part, rule, unit, costs }: ThresholdsRequest & { path: string },
  { signal }: CallContext,
): Promise<ThresholdsView> {
  if (costs !== null) checkCosts(costs);
  const { judged, validation, kept, currency } = reading(path, (db) => {
    const experiment = readExperiment(db, experimentId);
    if (readComparison(db, experiment.experimentId) === null) {
      throw new DuecastError(
        'not-allowed',
        'The models of this training have not been compared yet. Compare them first.',
      );
    }
    const found = { judged: readPart(db, experiment, part), validation: readPart(db, experiment, 'validation') };
    if (found.judged === null) throw noRowsOf(part);
    if (found.validation === null) throw noRowsOf('validation');
    return {
      judged: found.judged,
      validation: found.validation,
      kept: readAlertCosts(db),
      currency: currencyOf(db),
    };
  });
  const answer = await judgeThresholds(
    {
      rule,
      unit,
      costs: costs === null ? kept : { ...costs, assumed: false },
      validation: validation.rows,
      judged: judged.rows,
      models: judged.models.flatMap(({ id, kind, scores }) => {
        const fittedOn = validation.models.find((model) => model.id === id);
        return fittedOn === undefined ? [] : [{ id, kind, validation: fittedOn.scores, judged: scores }];
      }),
      resamples: RESAMPLES,
      seed: SEED,
    },
    { signal },
  );
  return { experimentId, part, currency, ...answer };
}

const currencyOf = (db: PortfolioDb) => db.prepare<[], string>('SELECT currency FROM portfolio').pluck().get() ?? '';
