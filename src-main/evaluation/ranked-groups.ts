import { noRows, riskiestFirst, type Scores } from './metrics.ts';

/** Rows of equal scores as one group, the riskiest first. */
export interface RankedGroups {
  /** [groups]: the score that the group's rows share. */
  score: Float64Array;
  /** [groups]: rows with the event, and without it, in this group and all riskier ones. */
  events: Int32Array;
  others: Int32Array;
}

/**
 * What every curve over thresholds is made of: a threshold can only fall between two groups. `labels`, [rows]: 1 is an
 * event. Throws `too-small` without rows.
 */
export function rankGroups(scores: Scores, labels: Uint8Array): RankedGroups {
  const rows = scores.length;
  if (labels.length !== rows) throw new RangeError('rows differ');
  if (rows === 0) throw noRows();
  const order = riskiestFirst(scores);
  const groups = { score: new Float64Array(rows), events: new Int32Array(rows), others: new Int32Array(rows) };
  let count = 0;
  let events = 0;
  for (let i = 0; i < rows; i++) {
    const row = order[i];
    if (labels[row] === 1) events++;
    if (i < rows - 1 && scores[row] === scores[order[i + 1]]) continue;
    groups.score[count] = scores[row];
    groups.events[count] = events;
    groups.others[count] = i + 1 - events;
    count++;
  }
  return {
    score: groups.score.slice(0, count),
    events: groups.events.slice(0, count),
    others: groups.others.slice(0, count),
  };
}

/** Rows with the event, and without it, in all groups. */
export const totalsOf = ({ events, others }: RankedGroups) => ({
  events: events[events.length - 1],
  others: others[others.length - 1],
});
