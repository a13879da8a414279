import type { AlertRule } from '../ipc/early-detection.ts';
import { isGood, leadSteps, scoresInARow, trackCount, type Tracks } from './early-detection-alerts.ts';
import { DAYS_PER_MONTH } from './early-detection-rule.ts';

/** Who is judged: places in the tracks. */
export interface JudgedCustomers {
  /** With an event that somebody could have warned of in time. */
  defaulters: Int32Array;
  goods: Int32Array;
  /** With an event, but without a score at which an alert would have been in time. */
  leftOut: number;
  /** [defaulters]: the most steps before the event, up to H, at which the rule could have been met. */
  reach: Int32Array;
}

export function judgedCustomers(tracks: Tracks, rule: AlertRule): JudgedCustomers {
  const { inARow, leadToSteps } = rule;
  const always = scoresInARow(tracks, new Float32Array(tracks.steps.length), inARow);
  const defaulters: number[] = [];
  const reach: number[] = [];
  const goods: number[] = [];
  let leftOut = 0;
  for (let c = 0; c < trackCount(tracks); c++) {
    if (isGood(tracks, c)) {
      if (tracks.end[c] > tracks.offset[c]) goods.push(c);
      continue;
    }
    const most = leadSteps(tracks, c, always, 0, rule);
    if (most < leadToSteps) leftOut++;
    else {
      defaulters.push(c);
      reach.push(most);
    }
  }
  return {
    defaulters: Int32Array.from(defaulters),
    goods: Int32Array.from(goods),
    leftOut,
    reach: Int32Array.from(reach),
  };
}

/** How long a customer was watched: every step with a score, in months of 30.4375 days. */
export const monthsOf = ({ offset, end }: Tracks, customer: number, { daysPerStep }: AlertRule) =>
  ((end[customer] - offset[customer]) * daysPerStep) / DAYS_PER_MONTH;

export function monthsOfAll(tracks: Tracks, customers: Int32Array, rule: AlertRule): number {
  let months = 0;
  for (const customer of customers) months += monthsOf(tracks, customer, rule);
  return months;
}
