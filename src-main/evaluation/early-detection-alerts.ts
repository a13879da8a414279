import type { AlertRule } from '../ipc/early-detection.ts';
import { NO_STEP } from '../sequences/panel.ts';
import type { Scores } from './metrics.ts';

/** Customers and the steps at which they were scored, oldest first; every model has one score for each. */
export interface Tracks {
  /** [customers + 1]: customer c owns the scores offset[c] … offset[c + 1] − 1. */
  offset: Int32Array;
  /** [customers]: scores before the event; those at or after it are never looked at. */
  end: Int32Array;
  /** [scores]: the step at which the window of a score ends. */
  steps: Int32Array;
  /** [customers]: the event's step, or NO_STEP for a good customer. */
  eventStep: Int32Array;
}

export function tracksOf({ offset, steps, eventStep }: Omit<Tracks, 'end'>): Tracks {
  const end = Int32Array.from(eventStep, (event, c) => {
    let last = offset[c + 1];
    if (event !== NO_STEP) while (last > offset[c] && steps[last - 1] >= event) last--;
    return last;
  });
  return { offset, steps, eventStep, end };
}

export const trackCount = ({ eventStep }: Tracks) => eventStep.length;
export const isGood = ({ eventStep }: Tracks, customer: number) => eventStep[customer] === NO_STEP;

/** No score is this low: where the rule is not met at any threshold. */
const NOT_MET = -Infinity;
/** As a threshold: no alert is ever raised. */
export const NEVER = Infinity;

/**
 * [scores]: the highest threshold at which the rule is met at each score: the least of the last `inARow` scores. A step
 * that is missing in between breaks the row. So a threshold only has to be compared with these.
 */
export function scoresInARow({ offset, end, steps }: Tracks, scores: Scores, inARow: number): Float64Array {
  const met = new Float64Array(scores.length).fill(NOT_MET);
  for (let c = 0; c < end.length; c++) {
    for (let i = offset[c] + inARow - 1; i < end[c]; i++) {
      if (steps[i] - steps[i - inARow + 1] !== inARow - 1) continue;
      let least = scores[i];
      for (let j = i - inARow + 1; j < i; j++) least = Math.min(least, scores[j]);
      met[i] = least;
    }
  }
  return met;
}

/** How many alerts a customer raises: after each one the quiet, whatever the scores are then. */
export function countAlerts(
  { offset, end, steps }: Tracks,
  customer: number,
  met: Float64Array,
  threshold: number,
  quietSteps: number,
): number {
  let alerts = 0;
  let quietUntil = -Infinity;
  for (let i = offset[customer]; i < end[customer]; i++) {
    if (met[i] < threshold || steps[i] <= quietUntil) continue;
    alerts++;
    quietUntil = steps[i] + quietSteps;
  }
  return alerts;
}

/** What of the rule decides when a customer is warned of. */
export type WarningRule = Pick<AlertRule, 'leadFromSteps' | 'quietSteps'>;

/**
 * Steps from the first warning to the event, 0 for none: the first alert at most `leadFromSteps` before the event.
 * A customer whose alert is older and who still stands above the threshold when this time begins counts as warned from
 * there, not as silenced by the quiet of the earlier alert; one who rises above it again during that quiet is silenced.
 */
export const leadSteps = (
  { offset, end, steps, eventStep }: Tracks,
  customer: number,
  met: Float64Array,
  threshold: number,
  rule: WarningRule,
): number => firstWarning(steps, met, offset[customer], end[customer], eventStep[customer], threshold, rule);

/** The same among the scores `from` … `to` − 1 of one customer, before the event at `event`. */
export function firstWarning(
  steps: Int32Array,
  met: Float64Array,
  from: number,
  to: number,
  event: number,
  threshold: number,
  { leadFromSteps, quietSteps }: WarningRule,
): number {
  let quietUntil = -Infinity;
  let hasBegun = false;
  for (let i = from; i < to && steps[i] < event; i++) {
    const lead = event - steps[i];
    const begins: boolean = !hasBegun && lead <= leadFromSteps;
    hasBegun ||= begins;
    if (met[i] < threshold || (steps[i] <= quietUntil && !begins)) continue;
    if (hasBegun) return lead;
    quietUntil = steps[i] + quietSteps;
  }
  return 0;
}

/** The steps at which one customer's alerts are raised; `points`: a score a step, oldest first, before any event. */
export function alertSteps(
  points: readonly { step: number; score: number }[],
  threshold: number,
  { inARow, quietSteps }: Pick<AlertRule, 'inARow' | 'quietSteps'>,
): number[] {
  const alerts: number[] = [];
  let row = 0;
  points.forEach(({ step, score }, i) => {
    const follows = i > 0 && points[i - 1].step === step - 1;
    row = score >= threshold ? (follows ? row + 1 : 1) : 0;
    const last = alerts[alerts.length - 1];
    if (row >= inARow && (last === undefined || step > last + quietSteps)) alerts.push(step);
  });
  return alerts;
}
