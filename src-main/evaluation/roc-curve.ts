import { totalsOf, type RankedGroups } from './ranked-groups.ts';
import { thinCurve } from './thin-curve.ts';

export interface RocCurve {
  /** FP / N: share of the rows without the event that lie at or above a threshold. */
  falseAlarmRate: Float32Array;
  /** TP / P: share of the rows with the event that do. */
  hitRate: Float32Array;
}

/**
 * The ROC curve (Fawcett 2006, algorithm 1): from (0, 0) to (1, 1), one corner a group of equal scores, so that ties
 * make a slope; the area under it is the AUC with midranks. Corners on a straight line are left out, and of more than
 * `most` the ones that change the curve least. Empty where the rows hold one class only.
 */
export function rocCurve(groups: RankedGroups, most: number): RocCurve {
  const totals = totalsOf(groups);
  if (totals.events === 0 || totals.others === 0) {
    return { falseAlarmRate: new Float32Array(0), hitRate: new Float32Array(0) };
  }
  const corners = cornersOf(groups);
  const x = Float64Array.from(corners, (group) => (group < 0 ? 0 : groups.others[group] / totals.others));
  const y = Float64Array.from(corners, (group) => (group < 0 ? 0 : groups.events[group] / totals.events));
  const kept = thinCurve({ x, y }, most);
  return {
    falseAlarmRate: Float32Array.from(kept, (i) => x[i]),
    hitRate: Float32Array.from(kept, (i) => y[i]),
  };
}

/** The groups at which the curve turns; −1 stands for its start. Counts are whole, so that a line is told exactly. */
function cornersOf({ events, others }: RankedGroups): number[] {
  const corners = [-1];
  const last = events.length - 1;
  for (let group = 0; group < last; group++) {
    const before = corners[corners.length - 1];
    const upBefore = events[group] - (before < 0 ? 0 : events[before]);
    const rightBefore = others[group] - (before < 0 ? 0 : others[before]);
    const upAfter = events[group + 1] - events[group];
    const rightAfter = others[group + 1] - others[group];
    if (upBefore * rightAfter !== upAfter * rightBefore) corners.push(group);
  }
  corners.push(last);
  return corners;
}
