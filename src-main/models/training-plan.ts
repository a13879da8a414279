import type { CalibrationMethod } from '../ipc/calibration.ts';

/** How a model is trained; the reference recipe's defaults. */
export interface FitSettings {
  epochs: number;
  batch: number;
  seed: number;
  /** None where it is missing. */
  calibration?: CalibrationMethod;
}

export const RECIPE: FitSettings = { epochs: 50, batch: 32, seed: 1 };

export const LEARNING_RATE = 1e-3;
/** Epochs without a better validation loss after which training stops. */
const STOP_AFTER = 10;
/** Epochs without gain after which the learning rate is halved, and what counts as gain (Keras's ReduceLROnPlateau). */
const HALVE_AFTER = 5;
const LEAST_GAIN = 1e-4;

/** What the schedule says after an epoch. */
export interface Verdict {
  /** The validation loss is the best so far: keep these weights. */
  best: boolean;
  stop: boolean;
  /** For the next epoch. */
  learningRate: number;
}

/**
 * Early stopping and learning-rate schedule by validation loss, as Keras's EarlyStopping(patience 10) and
 * ReduceLROnPlateau(factor .5, patience 5) side by side.
 */
export function createSchedule(): (validationLoss: number) => Verdict {
  let best = Infinity;
  let sinceBest = 0;
  let plateau = Infinity;
  let sinceGain = 0;
  let learningRate = LEARNING_RATE;
  return (validationLoss) => {
    const isBest = validationLoss < best;
    if (isBest) best = validationLoss;
    sinceBest = isBest ? 0 : sinceBest + 1;
    if (validationLoss < plateau - LEAST_GAIN) {
      plateau = validationLoss;
      sinceGain = 0;
    } else if (++sinceGain >= HALVE_AFTER) {
      learningRate /= 2;
      sinceGain = 0;
    }
    return { best: isBest, stop: sinceBest >= STOP_AFTER, learningRate };
  };
}
