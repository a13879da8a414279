import type { ApplyOptions } from '../models/apply-model.ts';
import type { PortfolioDb } from '../store/database.ts';
import { readExperiment } from '../store/experiments.ts';
import { defaultModelId, readModel } from '../store/models.ts';
import { portfolioInfo, readLevelBounds, stepDates } from '../store/portfolio.ts';
import { loadEngine } from '../tensors/engines.ts';
import type { Engine } from '../tensors/network.ts';
import type { StoredModel } from './store-api.ts';

/** The stored models of one experiment, and the engine once one of them needs it. */
export function applyOptions(siblings: StoredModel[], signal: AbortSignal): ApplyOptions {
  let engine: Engine | null = null;
  return {
    engine: () => (engine ??= loadEngine('auto')),
    memberOf: (kind) => siblings.find((model) => model.kind === kind) as StoredModel,
    signal,
  };
}

/** A model (null: the champion, else the best of the latest training) with all that scoring and explaining need beside histories. */
export function readModelInUse(db: PortfolioDb, path: string, modelId: string | null | undefined) {
  const model = readModel(db, modelId ?? defaultModelId(db));
  return {
    model,
    siblings: modelsOf(db, model.experimentId),
    windowSteps: readExperiment(db, model.experimentId).settings.window,
    dateOf: stepDates(db),
    levelBounds: readLevelBounds(db),
    currency: portfolioInfo(db, path).currency,
  };
}

export const modelsOf = (db: PortfolioDb, experimentId: string): StoredModel[] =>
  readExperiment(db, experimentId).modelIds.map((id) => readModel(db, id));
