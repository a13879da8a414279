import type { HosmerLemeshow } from '../ipc/judged-metrics.ts';
import { chiSquaredTail } from './chi-squared.ts';
import type { Scores } from './metrics.ts';

export const HOSMER_LEMESHOW_GROUPS = 10;

/**
 * Σ (O − E)²/(E(1 − E/n)) over ten groups of about equal size by PD, equal PDs in one group (Hosmer & Lemeshow 1980),
 * with as many degrees of freedom as groups, since the PDs were not fitted on these rows. It says more about how many
 * rows there are than about how wrong PDs are: never a headline. Null where a group's PDs leave nothing to chance.
 */
export function hosmerLemeshow(scores: Scores, labels: Uint8Array): HosmerLemeshow | null {
  const rows = scores.length;
  const order = new Uint32Array(rows).map((_, i) => i);
  order.sort((a, b) => scores[a] - scores[b]);
  let statistic = 0;
  let groups = 0;
  let start = 0;
  for (let k = 1; k <= HOSMER_LEMESHOW_GROUPS; k++) {
    let end = Math.round((k * rows) / HOSMER_LEMESHOW_GROUPS);
    if (end <= start) continue;
    while (end < rows && scores[order[end]] === scores[order[end - 1]]) end++;
    let observed = 0;
    let expected = 0;
    for (let i = start; i < end; i++) {
      if (labels[order[i]] === 1) observed++;
      expected += scores[order[i]];
    }
    const variance = expected * (1 - expected / (end - start));
    if (!(variance > 0)) return null;
    statistic += (observed - expected) ** 2 / variance;
    groups++;
    start = end;
  }
  return groups === 0 ? null : { statistic, degreesOfFreedom: groups, p: chiSquaredTail(statistic, groups) };
}
