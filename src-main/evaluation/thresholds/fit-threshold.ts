import type { AlertCosts, ThresholdRule } from '../../ipc/thresholds.ts';
import { f1Of } from './alert-outcomes.ts';
import type { Scores } from '../metrics.ts';
import { rankGroups, totalsOf } from '../ranked-groups.ts';

/**
 * The least PD that is alerted, by a rule, on validation units: [units] PDs and labels, 1 an event. It is one of their
 * PDs; null: nobody is alerted. Of thresholds that do equally well it is the one with the fewest alerts.
 */
export function fitThreshold(
  rule: ThresholdRule,
  scores: Scores,
  labels: Uint8Array,
  { missed, falseAlert }: AlertCosts,
): number | null {
  if (rule.kind === 'hand') return rule.threshold;
  const groups = rankGroups(scores, labels);
  const { events } = totalsOf(groups);
  if (rule.kind === 'budget') {
    const most = rule.share * labels.length;
    let threshold: number | null = null;
    for (let g = 0; g < groups.score.length && groups.events[g] + groups.others[g] <= most; g++)
      threshold = groups.score[g];
    return threshold;
  }
  /** Less is better. */
  const badness =
    rule.kind === 'f1'
      ? (hits: number, falseAlerts: number) => -(f1Of(hits, falseAlerts, events - hits) ?? 0)
      : (hits: number, falseAlerts: number) => (events - hits) * missed + falseAlerts * falseAlert;
  let best = badness(0, 0);
  let threshold: number | null = null;
  for (let g = 0; g < groups.score.length; g++) {
    const here = badness(groups.events[g], groups.others[g]);
    if (here < best) [best, threshold] = [here, groups.score[g]];
  }
  return threshold;
}
