import { spreadOverSeeds } from '../evaluation/seed-spread.ts';
import type { TrainDocument } from '../ipc/documents.ts';
import { cancelled, DuecastError } from '../ipc/errors.ts';
import type { SeedsDocument } from '../ipc/seeds.ts';
import { RECIPE } from '../models/training-plan.ts';
import type { CallContext } from './rpc.ts';
import { fitExperiment, registerFitted, type FittedExperiment, type TrainingRequest } from './train-job.ts';
import type { Workspace } from './workspace.ts';

export const MOST_SEEDS = 20;

/**
 * Trains the same settings with `count` seeds that follow each other, and gives the last one's document with the spread
 * over all. Each becomes an experiment of its own, and is a look at the test customers; all are registered once the last
 * one is trained, or none. Throws as `trainModels` does, and `usage`.
 */
export async function trainSeeds(
  workspace: Workspace,
  request: TrainingRequest,
  count: number,
  { signal, progress }: CallContext,
): Promise<TrainDocument & { seeds: SeedsDocument }> {
  if (!(count >= 2 && count <= MOST_SEEDS))
    throw new DuecastError('usage', `The number of seeds must be from 2 to ${MOST_SEEDS}.`);
  const first = request.seed ?? RECIPE.seed;
  const started = performance.now();
  const fitted: FittedExperiment[] = [];
  for (let i = 0; i < count; i++) {
    const perSeed = i === 0 ? null : (performance.now() - started) / 1e3 / i;
    const seedStarted = performance.now();
    const secondsLeft = () =>
      perSeed === null ? null : Math.max(0, perSeed * (count - i) - (performance.now() - seedStarted) / 1e3);
    const context: CallContext = {
      signal,
      progress: (value) => progress({ ...value, seed: { number: i + 1, of: count, secondsLeft: secondsLeft() } }),
    };
    fitted.push(await fitExperiment(workspace, { ...request, seed: first + i }, context));
  }
  if (signal.aborted) throw cancelled();
  const trained: TrainDocument[] = [];
  for (const experiment of fitted) trained.push(await registerFitted(workspace, experiment));
  return {
    ...trained[count - 1],
    seeds: spreadOverSeeds(
      trained.map(({ experimentId, settings: { seed }, models }) => ({ experimentId, seed, models })),
    ),
  };
}
