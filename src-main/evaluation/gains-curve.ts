import { totalsOf, type RankedGroups } from './ranked-groups.ts';

export const GAINS_POINTS = 101;

/**
 * Cumulative gains: the share of all events among the riskiest p of all rows, p = 0, .01 … 1. Where p falls into a
 * group of equal scores, the group gives as large a share of its events as of its rows. The lift at p is this divided
 * by p. Empty where the rows hold no event.
 */
export function gainsCurve(groups: RankedGroups, points = GAINS_POINTS): Float32Array {
  const { events, others } = groups;
  const totals = totalsOf(groups);
  if (totals.events === 0) return new Float32Array(0);
  const rows = totals.events + totals.others;
  const gains = new Float32Array(points);
  let group = 0;
  for (let i = 0; i < points; i++) {
    // Whole numbers as long as possible: a rounded p must not slip past the end of a group.
    const wanted = (i * rows) / (points - 1);
    while (events[group] + others[group] < wanted) group++;
    const eventsAbove = group === 0 ? 0 : events[group - 1];
    const rowsAbove = group === 0 ? 0 : eventsAbove + others[group - 1];
    const groupRows = events[group] + others[group] - rowsAbove;
    const share = (wanted - rowsAbove) / groupRows;
    gains[i] = (eventsAbove + share * (events[group] - eventsAbove)) / totals.events;
  }
  return gains;
}
