import { referenceOf } from '../evaluation/stability.ts';
import type { TrainingScores } from '../processes/store-api.ts';
import { createRandom } from '../sequences/random.ts';
import { pickWindows } from '../sequences/pick-windows.ts';
import { windowCount, type Windows } from '../sequences/windows.ts';

/** Enough for deciles to about half a percent, and never more than some seconds of predicting. */
const MOST_WINDOWS = 20_000;
/** Fixed: all models are to be held against the same windows, and members of an ensemble are combined row by row. */
const SEED = 20;

/** A trained model's PDs on its training windows, or on 20,000 of them drawn at random, in the panel's order. */
export async function scoreTraining(
  windows: Windows,
  predict: (windows: Windows) => Promise<Float32Array>,
): Promise<TrainingScores> {
  return describeTraining(await predict(drawWindows(windows, MOST_WINDOWS)));
}

export const describeTraining = (scores: Float32Array): TrainingScores => ({ scores, spread: referenceOf(scores) });

function drawWindows(windows: Windows, most: number): Windows {
  const count = windowCount(windows);
  if (count <= most) return windows;
  const random = createRandom(SEED);
  // Selection sampling (Knuth, algorithm S): every window alike, without a list of them all.
  const chosen = new Int32Array(most);
  for (let i = 0, taken = 0; taken < most; i++) {
    if (random.next() * (count - i) < most - taken) chosen[taken++] = i;
  }
  return pickWindows(windows, chosen);
}
