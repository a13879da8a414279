import { measure } from '../evaluation/metrics.ts';
import type { ModelBody } from '../processes/store-api.ts';
import type { Panel } from '../sequences/panel.ts';
import { windowCount, type Windows } from '../sequences/windows.ts';
import type { FitOptions, FittedModel } from './fitted-model.ts';
import { fitLightgbm, predictLightgbm, type LightgbmSettings } from './lightgbm.ts';
import { fitLogistic, INVERSE_PENALTY, predictLogistic, type LogisticModel } from './logistic.ts';
import { snapshotTable } from './snapshot-features.ts';
import type { FitSettings } from './training-plan.ts';

export type SnapshotKind = 'lightgbm' | 'logistic';

/** What a stored snapshot model needs besides its weights. */
export interface SnapshotConfiguration {
  columns: string[];
  fit: unknown;
}

const LIGHTGBM: Omit<LightgbmSettings, 'seed'> = {
  rounds: 500,
  stopAfter: 30,
  learningRate: 0.05,
  leaves: 15,
  minimumRowsInLeaf: 50,
  // Others train beside it, and one thread repeats exactly everywhere.
  threads: 1,
};

/** Trains a snapshot model on aggregates of the same windows. Throws `engine-missing`, `too-small`, `cancelled`. */
export async function fitSnapshotModel(
  kind: SnapshotKind,
  panel: Panel,
  train: Windows,
  validation: Windows,
  { seed }: FitSettings,
  options: FitOptions,
): Promise<FittedModel> {
  const started = performance.now();
  const training = { table: snapshotTable(panel, train), labels: train.label };
  const checking = { table: snapshotTable(panel, validation), labels: validation.label };
  const { signal } = options;
  const run = {
    signal,
    progress: (done: number, total: number) => options.progress?.({ unit: 'rounds', done, total }),
  };
  const columns = [...training.table.names];
  const seconds = () => (performance.now() - started) / 1e3;
  if (kind === 'lightgbm') {
    const fit = { ...LIGHTGBM, seed };
    const fitted = await fitLightgbm(training, checking, fit, run);
    return {
      configuration: { columns, fit } satisfies SnapshotConfiguration,
      weights: new TextEncoder().encode(fitted.modelText),
      training: {
        parameters: fitted.leaves,
        epochs: fitted.rounds,
        bestEpoch: fitted.bestRound,
        history: fitted.history,
        seconds: seconds(),
        windowsPerSecond: (windowCount(train) * fitted.rounds) / fitted.seconds,
      },
      predict: (windows) =>
        predictLightgbm(fitted.modelText, snapshotTable(panel, windows), { signal, threads: fit.threads }),
      dispose: () => undefined,
    };
  }
  const { model, losses, seconds: fitSeconds } = await fitLogistic(training, {}, run);
  const steps = losses.length - 1;
  const predict = (windows: Windows) => predictLogistic(model, snapshotTable(panel, windows), { signal });
  const { logLoss: valLoss, auc: valAuc } = measure(await predict(validation), validation.label);
  return {
    configuration: { columns, fit: { inversePenalty: INVERSE_PENALTY } } satisfies SnapshotConfiguration,
    weights: new TextEncoder().encode(JSON.stringify(model)),
    training: {
      parameters: columns.length + 1,
      epochs: steps,
      bestEpoch: steps,
      // Newton's method has nothing to stop early: only where it ended is of interest.
      history: [{ epoch: steps, loss: losses[steps], valLoss, valAuc, learningRate: 1, seconds: fitSeconds }],
      seconds: seconds(),
      windowsPerSecond: (windowCount(train) * Math.max(1, steps)) / fitSeconds,
    },
    predict,
    dispose: () => undefined,
  };
}

/** The PD of each window by a stored snapshot model; `panel` has the model's inputs in its order. */
export function applySnapshotModel(
  kind: SnapshotKind,
  { weights, configuration }: Pick<ModelBody, 'weights' | 'configuration'>,
  panel: Panel,
  windows: Windows,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const table = snapshotTable(panel, windows);
  const { columns } = configuration as SnapshotConfiguration;
  if (table.names.join() !== columns.join())
    throw new Error(`snapshot columns ${table.names.join()}; the model has ${columns.join()}`);
  const text = new TextDecoder().decode(weights);
  if (kind === 'lightgbm') return predictLightgbm(text, table, { signal, threads: LIGHTGBM.threads });
  return predictLogistic(JSON.parse(text) as LogisticModel, table, { signal });
}
