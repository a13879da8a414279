import type { ModelCurves } from '../../src-main/ipc/views.ts';

/** What alerts at one threshold would have done. */
export interface Outcome {
  hit: number;
  missed: number;
  falseAlarm: number;
  correct: number;
  /** Share of events that were alerted; null without events. */
  recall: number | null;
  /** Share of alerts that were right; null without alerts. */
  precision: number | null;
  alertsPer1000: number;
  /** In false alarms for each 1,000 windows: a missed event costs `costRatio` of them. */
  cost: number;
}

export interface Rows {
  windows: number;
  events: number;
}

/** How the alerts are chosen: every PD from a threshold on, or as many windows for each model. */
export type AlertRule =
  /** 0 to 1,000. */
  | { kind: 'threshold'; thousandth: number }
  /** 0 to 100: the riskiest share of all windows, ties shared evenly. */
  | { kind: 'share'; percent: number };

type Counts = Pick<ModelCurves, 'atThreshold' | 'gains'>;

export function outcomeOf(model: Counts, rows: Rows, rule: AlertRule, costRatio: number): Outcome {
  const { hits, alerts } = alertsOf(model, rows, rule);
  const { windows, events } = rows;
  const missed = events - hits;
  const falseAlarm = alerts - hits;
  return {
    hit: hits,
    missed,
    falseAlarm,
    correct: windows - events - falseAlarm,
    recall: events === 0 ? null : hits / events,
    precision: alerts === 0 ? null : hits / alerts,
    alertsPer1000: (1_000 * alerts) / windows,
    cost: (1_000 * (missed * costRatio + falseAlarm)) / windows,
  };
}

function alertsOf({ atThreshold, gains }: Counts, { windows, events }: Rows, rule: AlertRule) {
  if (rule.kind === 'threshold') {
    const hits = atThreshold.events[rule.thousandth];
    return { hits, alerts: hits + atThreshold.others[rule.thousandth] };
  }
  return { hits: (gains[rule.percent] ?? 0) * events, alerts: (rule.percent / 100) * windows };
}

/** The rules of a kind, from alerting all to alerting none, or the other way round. */
export const rulesOf = (kind: AlertRule['kind']): AlertRule[] =>
  kind === 'threshold'
    ? Array.from({ length: 1_001 }, (_, thousandth) => ({ kind, thousandth }))
    : Array.from({ length: 101 }, (_, percent) => ({ kind, percent }));

/** The place of a rule on its axis, 0 to 1. */
export const placeOf = (rule: AlertRule) => (rule.kind === 'threshold' ? rule.thousandth / 1_000 : rule.percent / 100);

/** The cheapest rule of a kind; of equally cheap ones that with the fewest alerts, and the highest threshold. */
export function cheapest(model: Counts, rows: Rows, kind: AlertRule['kind'], costRatio: number) {
  let found: { rule: AlertRule; cost: number; alerts: number } | null = null;
  for (const rule of rulesOf(kind)) {
    const { cost, alertsPer1000: alerts } = outcomeOf(model, rows, rule, costRatio);
    if (found === null || cost < found.cost || (cost === found.cost && alerts <= found.alerts)) {
      found = { rule, cost, alerts };
    }
  }
  return found!;
}

/** The lowest PD that is alerted, about, where the riskiest share is: to a thousandth, null where it is nobody. */
export function thresholdOfShare({ atThreshold }: Counts, { windows }: Rows, percent: number): number | null {
  if (percent === 0) return null;
  const wanted = (percent / 100) * windows;
  for (let thousandth = 1_000; thousandth > 0; thousandth--) {
    if (atThreshold.events[thousandth] + atThreshold.others[thousandth] >= wanted) return thousandth / 1_000;
  }
  return 0;
}
