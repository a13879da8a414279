import { spreadOverSeeds } from '../evaluation/seed-spread.ts';
import type { TrainDocument } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { SeedsDocument } from '../ipc/seeds.ts';
import { RECIPE } from '../models/training-plan.ts';
import type { CallContext } from './rpc.ts';
import { trainModels, type TrainingRequest } from './train-job.ts';
import type { Workspace } from './workspace.ts';

export const MOST_SEEDS = 20;

/**
 * Trains the same settings with `count` seeds that follow each other, one experiment after another, and gives the last
 * one's document with the spread over all. Each is registered when it ends, and is a look at the test customers; what
 * was trained before a failure or a cancel is kept. Throws as `trainModels` does, and `usage`.
 */
export async function trainSeeds(
  workspace: Workspace,
  request: TrainingRequest,
  count: number,
  context: CallContext,
): Promise<TrainDocument & { seeds: SeedsDocument }> {
  if (!(count >= 2 && count <= MOST_SEEDS))
    throw new DuecastError('usage', `The number of seeds must be from 2 to ${MOST_SEEDS}.`);
  const first = request.seed ?? RECIPE.seed;
  const trained: TrainDocument[] = [];
  for (let i = 0; i < count; i++) trained.push(await trainModels(workspace, { ...request, seed: first + i }, context));
  return {
    ...trained[count - 1],
    seeds: {
      n: count,
      experiments: trained.map(({ experimentId, settings: { seed } }) => ({ experimentId, seed })),
      models: spreadOverSeeds(trained.map(({ models }) => models)),
    },
  };
}
