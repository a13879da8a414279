import { totalsOf, type RankedGroups } from './ranked-groups.ts';
import { thinCurve } from './thin-curve.ts';

export interface PrecisionRecallCurve {
  /** TP / P, ascending. */
  recall: Float32Array;
  /** TP / (TP + FP). */
  precision: Float32Array;
}

/**
 * Precision at each recall, one point a group of equal scores (Davis & Goadrich 2006). Between two points it is a step:
 * the precision of the later one holds since the recall of the earlier one, and the area under these steps is the
 * average precision. It starts at recall 0 with the precision of the riskiest group that holds an event; riskier groups
 * without one have no recall to stand at. Of more than `most` points those that change the curve least are left out.
 * Empty where the rows hold no event.
 */
export function precisionRecall(groups: RankedGroups, most: number): PrecisionRecallCurve {
  const { events, others } = groups;
  const all = totalsOf(groups).events;
  const x: number[] = [];
  const y: number[] = [];
  for (let group = 0; group < events.length; group++) {
    if (events[group] === 0 || (group > 0 && events[group] === events[group - 1])) continue;
    const precision = events[group] / (events[group] + others[group]);
    if (x.length === 0) {
      x.push(0);
      y.push(precision);
    }
    x.push(events[group] / all);
    y.push(precision);
  }
  const kept = thinCurve({ x, y }, most);
  return { recall: Float32Array.from(kept, (i) => x[i]), precision: Float32Array.from(kept, (i) => y[i]) };
}
