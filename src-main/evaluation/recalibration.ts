import { logLossClip, type Scores } from './metrics.ts';

/** Rows with about the same PD, [groups] each. */
export interface GroupedOutcomes {
  /** logit(PD). */
  logit: Float64Array;
  /** Weight of the rows, and of those with the event. */
  rows: Float64Array;
  events: Float64Array;
}

export interface RecalibrationLine {
  intercept: number;
  slope: number;
}

const MOST_STEPS = 50;
const CLOSE = 1e-9;
/** For a resample, of which two or three digits count; the step itself brings about its square. */
const CLOSE_ENOUGH = 1e-3;
/** Beyond this the outcomes are as good as separated by the PDs, and the likelihood has no maximum. */
const STEEPEST = 1e3;

/** logit(PD), [rows]; a PD of 0 or 1 is taken as far from it as log-loss does. */
export function logitsOf(scores: Scores): Float64Array {
  const clip = logLossClip(scores);
  return Float64Array.from(scores, (score) => {
    const pd = Math.min(Math.max(score, clip), 1 - clip);
    return Math.log(pd / (1 - pd));
  });
}

/** Each row a group of its own. */
export const eachRow = (scores: Scores, labels: Uint8Array): GroupedOutcomes => ({
  logit: logitsOf(scores),
  rows: new Float64Array(labels.length).fill(1),
  events: Float64Array.from(labels, (label) => (label === 1 ? 1 : 0)),
});

/**
 * Calibration in the large: a of P(event) = σ(a + logit(PD)), by Newton's method (Cox 1958; Van Calster et al. 2019, BMC
 * Medicine 17). Above 0 PDs are too low. Null where the rows hold one class only. From a start near by, as that of all
 * rows is for a resample, it ends at five digits.
 */
export function calibrationIntercept(
  { logit, rows, events }: GroupedOutcomes,
  start: number | null = null,
): number | null {
  if (!hasBothClasses(rows, events)) return null;
  let intercept = start ?? 0;
  const close = start === null ? CLOSE : CLOSE_ENOUGH;
  for (let step = 0; step < MOST_STEPS; step++) {
    let surplus = 0;
    let information = 0;
    for (let g = 0; g < logit.length; g++) {
      const p = 1 / (1 + Math.exp(-(intercept + logit[g])));
      surplus += events[g] - rows[g] * p;
      information += rows[g] * p * (1 - p);
    }
    // Far from the root the curve is flat and a full step would leap over it.
    const move = Math.max(-1, Math.min(1, surplus / information));
    intercept += move;
    if (Math.abs(move) < close) return intercept;
  }
  return null;
}

/**
 * The line of P(event) = σ(a + b·logit(PD)), by maximum likelihood (Cox 1958): its slope is the calibration slope.
 * Newton's method with halved steps, from a start as above. Null where there is no maximum: one class only, PDs that are all the same, or that
 * separate the classes.
 */
export function recalibrationLine(
  { logit, rows, events }: GroupedOutcomes,
  start: RecalibrationLine | null = null,
): RecalibrationLine | null {
  if (!hasBothClasses(rows, events)) return null;
  let { intercept, slope } = start ?? { intercept: 0, slope: 0 };
  const close = start === null ? CLOSE : CLOSE_ENOUGH;
  let now = newtonStep(logit, rows, events, intercept, slope);
  for (let step = 0; step < MOST_STEPS && now !== null; step++) {
    if (Math.abs(now.slope) < close && Math.abs(now.intercept) < close)
      return { intercept: intercept + now.intercept, slope: slope + now.slope };
    let share = 1;
    let next = newtonStep(logit, rows, events, intercept + now.intercept, slope + now.slope);
    while (share > 1e-6 && (next === null || !(next.likelihood >= now.likelihood - 1e-12 * Math.abs(now.likelihood)))) {
      share /= 2;
      next = newtonStep(logit, rows, events, intercept + share * now.intercept, slope + share * now.slope);
    }
    intercept += share * now.intercept;
    slope += share * now.slope;
    if (Math.abs(slope) > STEEPEST) return null;
    now = next;
  }
  return null;
}

const hasBothClasses = (rows: Float64Array, events: Float64Array) => {
  let [all, withEvent] = [0, 0];
  for (let g = 0; g < rows.length; g++) {
    all += rows[g];
    withEvent += events[g];
  }
  return withEvent > 0 && withEvent < all;
};

/** The log-likelihood at a line, and the full step from it; null where the step is not defined. */
function newtonStep(
  logit: Float64Array,
  rows: Float64Array,
  events: Float64Array,
  intercept: number,
  slope: number,
): (RecalibrationLine & { likelihood: number }) | null {
  let likelihood = 0;
  let [gradient0, gradient1] = [0, 0];
  let [w, wx, wxx] = [0, 0, 0];
  for (let g = 0; g < logit.length; g++) {
    const x = logit[g];
    const eta = intercept + slope * x;
    const p = 1 / (1 + Math.exp(-eta));
    // log(1 + e^η) without overflow.
    likelihood += events[g] * eta - rows[g] * (eta > 0 ? eta - Math.log(p) : -Math.log(1 - p));
    const surplus = events[g] - rows[g] * p;
    const weight = rows[g] * p * (1 - p);
    gradient0 += surplus;
    gradient1 += surplus * x;
    w += weight;
    wx += weight * x;
    wxx += weight * x * x;
  }
  const determinant = w * wxx - wx * wx;
  if (!(determinant > 1e-12 * w * wxx)) return null;
  return {
    likelihood,
    intercept: (wxx * gradient0 - wx * gradient1) / determinant,
    slope: (w * gradient1 - wx * gradient0) / determinant,
  };
}
