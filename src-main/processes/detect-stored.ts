import { alertRule } from '../evaluation/early-detection-rule.ts';
import { earlySeeds, figuresAtEqualAlerts, type SeedWarnings } from '../evaluation/early-detection-seeds.ts';
import { detectEarlyInBothTimes } from '../evaluation/early-detection-out-of-time.ts';
import { NO_TRACKS } from '../evaluation/early-detection.ts';
import type { LabelRule, ModelKind } from '../ipc/documents.ts';
import type { EarlyDetection, EarlyDetectionRequest, HeldOutTime } from '../ipc/early-detection.ts';
import { DuecastError } from '../ipc/errors.ts';
import { readModel } from '../store/models.ts';
import { applyOptions } from './apply-options.ts';
import { readAll, reading, type Histories } from './portfolio-reading.ts';
import type { CallContext } from './rpc.ts';
import { scoreTracks, watchedCustomers, watchedWindows } from './score-tracks.ts';
import type { StoredModel } from './store-api.ts';

interface Found {
  histories: Histories;
  stored: StoredModel[];
  others: (TrainedSeed & { models: readonly { kind: ModelKind }[]; stored: StoredModel[] })[];
}

export interface DetectionRequest {
  path: string;
  request: EarlyDetectionRequest;
  /** The models to judge. */
  models: readonly { id: string; kind: ModelKind }[];
  /** Where they are from, and the trainings that differ from that by their seed alone. */
  experiment: TrainedSeed;
  otherSeeds: readonly (TrainedSeed & { models: readonly { id: string; kind: ModelKind }[] })[];
  windowSteps: number;
  labelRule: LabelRule;
  /** What the training held out; null: nothing. */
  heldOut: HeldOutTime | null;
  resamples: number;
  seed: number;
}

interface TrainedSeed {
  experimentId: string;
  seed: number;
}

/** A model from elsewhere has no scores but those that came with it. */
const APPLICABLE: readonly string[] = ['lstm', 'cnn-lstm', 'lightgbm', 'logistic', 'ensemble'] satisfies ModelKind[];

/**
 * How early an experiment's models warn: scores the histories of its validation and test customers as they are stored
 * now, at every step. Where that can't be done any more (columns are gone, the engine is missing) the document says why
 * instead of figures, since the rest of a comparison goes without. Throws `usage`, `cancelled`.
 */
export async function detectStored(
  { path, request, windowSteps, labelRule, heldOut, resamples, seed, experiment, ...asked }: DetectionRequest,
  { signal, progress }: CallContext,
): Promise<EarlyDetection> {
  const applicable = <T extends { kind: ModelKind }>(all: readonly T[]) =>
    all.filter(({ kind }) => APPLICABLE.includes(kind));
  const models = applicable(asked.models);
  const otherSeeds = asked.otherSeeds.map((other) => ({ ...other, models: applicable(other.models) }));
  const isDated = labelRule === 'event';
  const found = reading(path, (db): Found | DuecastError => {
    try {
      const read = (of: readonly { id: string }[]) => of.map(({ id }) => readModel(db, id));
      return {
        histories: readAll(db),
        stored: read(models),
        others: otherSeeds.map((other) => ({ ...other, stored: read(other.models) })),
      };
    } catch (error) {
      if (error instanceof DuecastError) return error;
      throw error;
    }
  });
  const common = { request, isDated, models, heldOut, resamples, seed, otherSeeds: otherSeeds.length };
  const without = (problem: DuecastError) =>
    detectEarlyInBothTimes({
      ...common,
      timeStep: 'day',
      validation: NO_TRACKS,
      test: NO_TRACKS,
      problem: problem.message,
    });
  if (found instanceof DuecastError) return without(found);

  const { panel, parts } = found.histories;
  // What makes no sense is refused before anything is scored.
  const rule = alertRule(panel.timeStep, request);
  const options = applyOptions(found.stored, signal);
  const tracks = { panel, windowSteps, isDated };
  const validation = watchedCustomers(tracks, (customer) => parts[customer] === 'validation');
  const test = watchedCustomers(tracks, (customer) => parts[customer] === 'test');
  const testWindows = watchedWindows(test, windowSteps);
  const total =
    models.length * watchedWindows(validation, windowSteps) +
    [{ models }, ...otherSeeds].reduce((sum, of) => sum + of.models.length * testWindows, 0);
  let done = 0;
  const scored = (windows: number) => progress({ phase: 'scoring every step', done: (done += windows), total });
  progress({ phase: 'scoring every step', done, total });
  try {
    const [onValidation, onTest] = [
      await scoreTracks(tracks, validation, found.stored, options, scored),
      await scoreTracks(tracks, test, found.stored, options, scored),
    ];
    const others: SeedWarnings[] = [];
    for (const { experimentId, seed: own, models: of, stored } of found.others) {
      const figures = figuresAtEqualAlerts(
        await scoreTracks(tracks, test, stored, applyOptions(stored, signal), scored),
        rule,
        request.budget,
      ).map(({ timelyRecall, leadAllSteps }, m) => ({
        kind: of[m].kind,
        timelyRecall,
        leadAllMean: leadAllSteps * rule.daysPerStep,
      }));
      others.push({ experimentId, seed: own, models: figures });
    }
    const detection = await detectEarlyInBothTimes(
      { ...common, timeStep: panel.timeStep, validation: onValidation, test: onTest },
      { signal, progress: (at, of) => progress({ phase: 'early detection', done: at, total: of }) },
    );
    const isMeasured = detection.reason === null && others.length > 0;
    return { ...detection, seeds: isMeasured ? earlySeeds(experiment, detection, others) : null };
  } catch (error) {
    if (error instanceof DuecastError && ['model-refused', 'engine-missing'].includes(error.code))
      return without(error);
    throw error;
  }
}
