/** A PD's logit, times the slope, plus the intercept, is the logit of the calibrated PD. */
export interface PlattMap {
  slope: number;
  intercept: number;
}

/** The resolution of a single-precision PD; nearer to 0 or 1 a logit would say more than the PD does. */
const CLIP = 2 ** -23;
const MOST_STEPS = 100;
const LEAST_STEP = 1e-10;
const LEAST_GRADIENT = 1e-5;
/** Keeps the Hessian from being singular. */
const RIDGE = 1e-12;

export function logit(pd: number): number {
  const clipped = Math.min(Math.max(pd, CLIP), 1 - CLIP);
  return Math.log(clipped / (1 - clipped));
}

export const logistic = (x: number) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

/**
 * What an event (`event`) and a non-event (`other`) count as: (N₊ + 1)/(N₊ + 2) and 1/(N₋ + 2) instead of 1 and 0, since
 * no finite number of rows shows a PD of 1 or 0 (Platt 1999).
 */
export function smoothedTargets(labels: Uint8Array): { event: number; other: number } {
  let events = 0;
  for (const label of labels) events += label;
  const others = labels.length - events;
  return { event: (events + 1) / (events + 2), other: 1 / (others + 2) };
}

/**
 * Platt's sigmoid with his smoothed targets (Platt 1999), by Newton's method with backtracking (Lin, Lin & Weng 2007).
 * `inputs`, [rows], are what the sigmoid takes: here the logits of the PDs, so that slope 1 and intercept 0 leave a PD as
 * it is. Both classes must be among the labels, and more than one value among the inputs.
 */
export function fitPlatt(inputs: Float64Array, labels: Uint8Array): PlattMap {
  const { event, other } = smoothedTargets(labels);
  const target = (i: number) => (labels[i] === 1 ? event : other);
  let events = 0;
  for (const label of labels) events += label;
  let slope = 0;
  let intercept = Math.log((events + 1) / (labels.length - events + 1));

  /** −Σ t·log p + (1 − t)·log(1 − p), without a difference of large numbers. */
  const lossOf = (a: number, b: number) => {
    let loss = 0;
    for (let i = 0; i < inputs.length; i++) {
      const x = a * inputs[i] + b;
      loss += x >= 0 ? (1 - target(i)) * x + Math.log1p(Math.exp(-x)) : -target(i) * x + Math.log1p(Math.exp(x));
    }
    return loss;
  };

  let loss = lossOf(slope, intercept);
  for (let step = 0; step < MOST_STEPS; step++) {
    let [aa, ab, bb, gradientA, gradientB] = [RIDGE, 0, RIDGE, 0, 0];
    for (let i = 0; i < inputs.length; i++) {
      const p = logistic(slope * inputs[i] + intercept);
      const curve = p * (1 - p);
      aa += inputs[i] * inputs[i] * curve;
      ab += inputs[i] * curve;
      bb += curve;
      const error = p - target(i);
      gradientA += inputs[i] * error;
      gradientB += error;
    }
    if (Math.abs(gradientA) < LEAST_GRADIENT && Math.abs(gradientB) < LEAST_GRADIENT) break;
    const determinant = aa * bb - ab * ab;
    const stepA = -(bb * gradientA - ab * gradientB) / determinant;
    const stepB = -(aa * gradientB - ab * gradientA) / determinant;
    const descent = gradientA * stepA + gradientB * stepB;
    let length = 1;
    for (; length >= LEAST_STEP; length /= 2) {
      const [a, b] = [slope + length * stepA, intercept + length * stepB];
      const next = lossOf(a, b);
      if (next < loss + 1e-4 * length * descent) {
        [slope, intercept, loss] = [a, b, next];
        break;
      }
    }
    if (length < LEAST_STEP) break;
  }
  return { slope, intercept };
}
