import { measure } from '../evaluation/metrics.ts';
import { createPacer } from '../evaluation/pacing.ts';
import type { EpochRecord } from '../ipc/documents.ts';
import { createRandom } from '../sequences/random.ts';
import { firstRows, windowCount, type Windows } from '../sequences/windows.ts';
import type { Architecture } from '../tensors/architecture.ts';
import type { Engine, Network, Rows } from '../tensors/network.ts';
import { initialWeights } from './initial-weights.ts';
import { createSchedule, LEARNING_RATE, type FitSettings } from './training-plan.ts';

/** How far a network's training is; what a live curve needs. */
export interface EpochProgress {
  epoch: number;
  epochs: number;
  /** Windows trained on in this epoch, and all of them. */
  done: number;
  total: number;
  windowsPerSecond: number;
  /** Seconds that the epochs still allowed would take, null before it can be told; training often stops earlier. */
  secondsLeft: number | null;
  /** The last finished epoch. */
  last: EpochRecord | null;
}

export interface FittedNetwork {
  /** Of the epoch with the least validation loss, in the layout of `weightSlots`. */
  weights: Float32Array;
  epochs: number;
  bestEpoch: number;
  history: EpochRecord[];
  seconds: number;
  /** Training only, validation excluded. */
  windowsPerSecond: number;
}

export interface FitOptions {
  signal?: AbortSignal | undefined;
  progress?: ((progress: EpochProgress) => void) | undefined;
}

/**
 * Trains a network on windows of `rows` ([rows, inputs] filled and scaled) with early stopping and a learning-rate
 * schedule on validation. Repeats exactly from the seed on the same machine and engine. Throws `cancelled`.
 */
export async function fitNetwork(
  engine: Engine,
  rows: Rows,
  architecture: Architecture,
  train: Windows,
  validation: Windows,
  settings: FitSettings,
  options: FitOptions = {},
): Promise<FittedNetwork> {
  const { epochs, batch, seed } = settings;
  const started = performance.now();
  const network = engine.createNetwork(architecture, initialWeights(architecture, seed), seed);
  try {
    network.prepareTraining(rows);
    const starts = firstRows(train);
    const order = Int32Array.from(starts.keys());
    const random = createRandom(seed);
    const judge = createSchedule();
    const pacer = createPacer(options.signal);
    const history: EpochRecord[] = [];
    let weights = network.readWeights();
    let bestEpoch = 0;
    let learningRate = LEARNING_RATE;
    let trainedSeconds = 0;
    const tell = (epoch: number, done: number, seconds: number) => {
      // A cancel takes effect at the next pause, and nobody wants to hear more until then.
      if (options.signal?.aborted) return;
      const windowsPerSecond = ((epoch - 1) * order.length + done) / seconds;
      const secondsLeft = left(history, epoch, epochs, (order.length - done) / windowsPerSecond);
      options.progress?.({
        epoch,
        epochs,
        done,
        total: order.length,
        windowsPerSecond,
        secondsLeft,
        last: history.at(-1) ?? null,
      });
    };

    for (let epoch = 1; epoch <= epochs; epoch++) {
      const epochStarted = performance.now();
      random.shuffle(order);
      let loss = 0;
      let done = 0;
      while (done < order.length) {
        const chosen = order.subarray(done, done + batch);
        const labels = Uint8Array.from(chosen, (i) => train.label[i]);
        loss +=
          chosen.length *
          network.trainBatch(
            rows,
            chosen.map((i) => starts[i]),
            labels,
            learningRate,
          );
        done += chosen.length;
        if (pacer.due()) {
          tell(epoch, done, trainedSeconds + (performance.now() - epochStarted) / 1e3);
          await pacer.pause();
        }
      }
      trainedSeconds += (performance.now() - epochStarted) / 1e3;
      const scores = await predictWindows(network, rows, validation, options.signal);
      const { logLoss: valLoss, auc: valAuc } = measure(scores, validation.label);
      const seconds = (performance.now() - epochStarted) / 1e3;
      history.push({ epoch, loss: loss / order.length, valLoss, valAuc, learningRate, seconds });
      tell(epoch, order.length, trainedSeconds);
      const verdict = judge(valLoss);
      if (verdict.best) {
        weights = network.readWeights();
        bestEpoch = epoch;
      }
      if (verdict.stop) break;
      learningRate = verdict.learningRate;
    }
    return {
      weights,
      epochs: history.length,
      bestEpoch,
      history,
      seconds: (performance.now() - started) / 1e3,
      windowsPerSecond: (history.length * windowCount(train)) / trainedSeconds,
    };
  } finally {
    network.dispose();
  }
}

/** Seconds for the rest of this epoch and all that may follow; null before the first epoch has been timed. */
function left(history: EpochRecord[], epoch: number, epochs: number, thisEpoch: number): number | null {
  if (history.length === 0) return null;
  const perEpoch = history.reduce((sum, { seconds }) => sum + seconds, 0) / history.length;
  return thisEpoch + (epochs - epoch) * perEpoch;
}

/** Windows predicted between two looks at the signal. */
const PREDICTION_STRETCH = 8192;

/** The PD of each window. Throws `cancelled`. */
export async function predictWindows(
  network: Network,
  rows: Rows,
  windows: Windows,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const starts = firstRows(windows);
  const scores = new Float32Array(starts.length);
  const pacer = createPacer(signal);
  for (let from = 0; from < starts.length; from += PREDICTION_STRETCH) {
    scores.set(network.predict(rows, starts.subarray(from, from + PREDICTION_STRETCH)), from);
    if (pacer.due()) await pacer.pause();
  }
  return scores;
}
