import { alertRule } from '../evaluation/early-detection-rule.ts';
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

export interface DetectionRequest {
  path: string;
  request: EarlyDetectionRequest;
  /** The models to judge. */
  models: readonly { id: string; kind: ModelKind }[];
  windowSteps: number;
  labelRule: LabelRule;
  /** What the training held out; null: nothing. */
  heldOut: HeldOutTime | null;
  resamples: number;
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
  { path, request, windowSteps, labelRule, heldOut, resamples, seed, ...asked }: DetectionRequest,
  { signal, progress }: CallContext,
): Promise<EarlyDetection> {
  const models = asked.models.filter(({ kind }) => APPLICABLE.includes(kind));
  const isDated = labelRule === 'event';
  const found = reading(path, (db): { histories: Histories; stored: StoredModel[] } | DuecastError => {
    try {
      return { histories: readAll(db), stored: models.map(({ id }) => readModel(db, id)) };
    } catch (error) {
      if (error instanceof DuecastError) return error;
      throw error;
    }
  });
  const common = { request, isDated, models, heldOut, resamples, seed };
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
  alertRule(panel.timeStep, request);
  const options = applyOptions(found.stored, signal);
  const tracks = { panel, windowSteps, isDated };
  const validation = watchedCustomers(tracks, (customer) => parts[customer] === 'validation');
  const test = watchedCustomers(tracks, (customer) => parts[customer] === 'test');
  const total = models.length * (watchedWindows(validation, windowSteps) + watchedWindows(test, windowSteps));
  let done = 0;
  const scored = (windows: number) => progress({ phase: 'scoring every step', done: (done += windows), total });
  progress({ phase: 'scoring every step', done, total });
  try {
    const [onValidation, onTest] = [
      await scoreTracks(tracks, validation, found.stored, options, scored),
      await scoreTracks(tracks, test, found.stored, options, scored),
    ];
    return await detectEarlyInBothTimes(
      { ...common, timeStep: panel.timeStep, validation: onValidation, test: onTest },
      { signal, progress: (at, of) => progress({ phase: 'early detection', done: at, total: of }) },
    );
  } catch (error) {
    if (error instanceof DuecastError && ['model-refused', 'engine-missing'].includes(error.code))
      return without(error);
    throw error;
  }
}
