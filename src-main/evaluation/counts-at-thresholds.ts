import type { RankedGroups } from './ranked-groups.ts';

export const THRESHOLDS = 1001;

export interface CountsAtThresholds {
  /** [thresholds]: rows at or above it with the event, and without it. */
  events: Int32Array;
  others: Int32Array;
}

/**
 * True and false positives of “PD ≥ threshold” at thresholds 0, .001 … 1. A threshold is rounded as the scores are, so
 * that a single-precision .7 is at or above .7.
 */
export function countsAtThresholds(
  groups: RankedGroups,
  isSingle: boolean,
  thresholds = THRESHOLDS,
): CountsAtThresholds {
  const events = new Int32Array(thresholds);
  const others = new Int32Array(thresholds);
  let group = groups.score.length - 1;
  for (let i = 0; i < thresholds; i++) {
    const exact = i / (thresholds - 1);
    const threshold = isSingle ? Math.fround(exact) : exact;
    while (group >= 0 && groups.score[group] < threshold) group--;
    events[i] = group < 0 ? 0 : groups.events[group];
    others[i] = group < 0 ? 0 : groups.others[group];
  }
  return { events, others };
}
