import type { ApplyOptions } from '../models/apply-model.ts';
import type { PortfolioDb } from '../store/database.ts';
import { readExperiment } from '../store/experiments.ts';
import { readModel } from '../store/models.ts';
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

export const modelsOf = (db: PortfolioDb, experimentId: string): StoredModel[] =>
  readExperiment(db, experimentId).modelIds.map((id) => readModel(db, id));
