import { compareModels, type JudgedRowsOfPart } from '../evaluation/compare-models.ts';
import { comparisonCurves } from '../evaluation/comparison-curves.ts';
import type { CompareDocument } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { ComparisonCurves } from '../ipc/views.ts';
import { readComparison } from '../store/comparisons.ts';
import type { PortfolioDb } from '../store/database.ts';
import { listExperiments } from '../store/experiment-list.ts';
import { readExperiment, readPredictionRows, readPredictions } from '../store/experiments.ts';
import { stepDates } from '../store/portfolio.ts';
import { readCalibration, readModelKind, readTrainedModel } from '../store/models.ts';
import { readTrainingScores } from '../store/training-scores.ts';
import { detectStored } from './detect-stored.ts';
import type { ModelApi } from './model-api.ts';
import { reading } from './portfolio-reading.ts';
import type { CallContext } from './rpc.ts';
import { nameInCurves, nameInDocument, withExternals } from './with-externals.ts';
import type { EvaluatedPart } from './store-api.ts';

/**
 * An experiment's models on its stored rows, and how early they warn; `testUses` is the store's to count. Throws
 * `not-found`, `usage`, `cancelled`.
 */
export async function compareStored(
  request: Parameters<ModelApi['compare']>[0],
  { signal, progress }: CallContext,
): Promise<CompareDocument> {
  progress({ phase: 'reading', done: 0, total: 1 });
  const { experiment, test, outOfTime, heldOutFrom, otherSeeds, dateOfStep } = reading(request.path, (db) => {
    const found = readExperiment(db, request.experimentId);
    return {
      experiment: found,
      test: withExternals(db, found.experimentId, 'test', readPart(db, found, 'test')),
      outOfTime: withExternals(db, found.experimentId, 'outOfTime', readPart(db, found, 'outOfTime')),
      heldOutFrom: firstStepOutOfTime(db, found.experimentId),
      otherSeeds: otherSeedsOf(db, found.experimentId),
      dateOfStep: stepDates(db),
    };
  });
  progress({ phase: 'reading', done: 1, total: 1 });
  if (test === null) throw noRowsOf('test');
  const { window, labelRule } = experiment.settings;
  // First, since what makes no sense in the request is found here.
  const earlyDetection = await detectStored(
    {
      path: request.path,
      request: request.earlyDetection,
      models: test.models,
      experiment: { experimentId: experiment.experimentId, seed: experiment.settings.seed },
      otherSeeds,
      windowSteps: window,
      labelRule,
      heldOut: heldOutFrom === null ? null : { step: heldOutFrom, date: dateOfStep(heldOutFrom) },
      resamples: request.resamples,
      seed: request.seed,
    },
    { signal, progress },
  );
  const judged = await compareModels(
    {
      experimentId: experiment.experimentId,
      ...test,
      outOfTime,
      labelRule,
      dateOfStep,
      resamples: request.resamples,
      seed: request.seed,
      testUses: 0,
    },
    { signal, progress: (done, total) => progress({ phase: 'resampling', done, total }) },
  );
  return nameInDocument({ ...judged, earlyDetection }, test, outOfTime);
}

/**
 * What the charts of a comparison draw. They show the test customers, so a comparison must have been made, and counted,
 * before. Throws `not-found`, `not-allowed`, `cancelled`.
 */
export async function storedCurves(
  { path, experimentId, part }: Parameters<ModelApi['curves']>[0],
  { signal }: CallContext,
): Promise<ComparisonCurves> {
  const found = reading(path, (db) => {
    const experiment = readExperiment(db, experimentId);
    const comparison = readComparison(db, experiment.experimentId)?.document ?? null;
    if (comparison === null) {
      throw new DuecastError(
        'not-allowed',
        'The models of this training have not been compared yet. Compare them first.',
      );
    }
    const judged = readPart(db, experiment, part);
    if (judged === null) throw noRowsOf(part);
    const models = judged.models.map((model) => ({ ...model, history: readTrainedModel(db, model.id).history }));
    const compared = part === 'outOfTime' ? comparison.outOfTime : comparison;
    return withExternals(db, experiment.experimentId, part, { ...judged, models }, compared)!;
  });
  const { rows } = found;
  const models = found.models.map((model) => ({ history: [], ...model }));
  const curves = nameInCurves(await comparisonCurves(rows, models, { signal }), found);
  let events = 0;
  for (const label of rows.labels) events += label;
  return { experimentId, part, windows: rows.labels.length, events, models: curves };
}

/** The trainings that differ from this one by their seed alone, with their models. */
function otherSeedsOf(db: PortfolioDb, experimentId: string) {
  const { experiments } = listExperiments(db);
  const seeds = experiments.find((experiment) => experiment.experimentId === experimentId)?.seeds?.experiments ?? [];
  return seeds
    .filter((other) => other.experimentId !== experimentId)
    .map((other) => ({
      ...other,
      models: experiments.find((experiment) => experiment.experimentId === other.experimentId)!.models,
    }));
}

/** Of the stored rows, since the portfolio may have grown after the training; null where no time was held out. */
function firstStepOutOfTime(db: PortfolioDb, experimentId: string): number | null {
  const rows = readPredictionRows(db, experimentId, 'outOfTime');
  return rows === null || rows.steps.length === 0 ? null : rows.steps.reduce((a, b) => Math.min(a, b));
}

/** The rows of a part with every model's PDs on them; null where the experiment has none of this part. */
export function readPart(
  db: PortfolioDb,
  { experimentId, modelIds }: { experimentId: string; modelIds: string[] },
  part: EvaluatedPart,
): JudgedRowsOfPart | null {
  const rows = readPredictionRows(db, experimentId, part);
  if (rows === null || rows.labels.length === 0) return null;
  const models = modelIds.flatMap((id) => {
    const scores = readPredictions(db, id, part);
    if (scores === null) return [];
    const calibration = readCalibration(db, id)?.method;
    return [{ id, kind: readModelKind(db, id), scores, calibration, training: readTrainingScores(db, id) }];
  });
  return { rows, models };
}

export const noRowsOf = (part: EvaluatedPart) =>
  new DuecastError(
    'not-found',
    part === 'outOfTime'
      ? 'This training has no rows out of time to judge models on.'
      : `This experiment has no ${part} rows to compare models on.`,
  );
