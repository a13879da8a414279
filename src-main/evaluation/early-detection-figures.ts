import type { AlertRule } from '../ipc/early-detection.ts';
import { countAlerts, leadSteps, scoresInARow, type Tracks } from './early-detection-alerts.ts';
import { controlLeads, type PseudoEvents } from './early-detection-controls.ts';
import { figuresAtBudget, ladderOf, type Ladder } from './early-detection-equal.ts';
import { monthsOf, type JudgedCustomers } from './early-detection-judged.ts';
import { candidateThresholds } from './early-detection-thresholds.ts';
import type { Scores } from './metrics.ts';

/** Everything that figures of one model are sums over, by customer; so a resample only changes weights. */
export interface ModelWarnings {
  /** [scores], and the thresholds among them: see scoresInARow, candidateThresholds. */
  met: Float64Array;
  candidates: Float64Array;
  /** [defaulters]: steps from the first warning to the event, 0 for none; too late ones too. */
  leads: Int32Array;
  /** Places among the defaulters by their lead, the shortest first. */
  byLead: Int32Array;
  /** [defaulters], [good customers]: alerts. */
  defaulterAlerts: Int32Array;
  goodAlerts: Int32Array;
  /** [pseudo-events], as `leads`. */
  controlLeads: Int32Array;
  /** [good customers]: share of its pseudo-events that were warned of in time; NaN where it has none. */
  timelyControls: Float64Array;
  ladder: Ladder;
}

export interface WatchedMonths {
  /** [defaulters], [good customers]. */
  defaulters: Float64Array;
  goods: Float64Array;
}

export const watchedMonths = (tracks: Tracks, { defaulters, goods }: JudgedCustomers, rule: AlertRule) => ({
  defaulters: Float64Array.from(defaulters, (customer) => monthsOf(tracks, customer, rule)),
  goods: Float64Array.from(goods, (customer) => monthsOf(tracks, customer, rule)),
});

/** `allowed`: false alerts that the budget allows on these customers. */
export function warningsOf(
  tracks: Tracks,
  judged: JudgedCustomers,
  pseudo: PseudoEvents,
  rule: AlertRule,
  scores: Scores,
  threshold: number,
  allowed: number,
): ModelWarnings {
  const { defaulters, goods } = judged;
  const met = scoresInARow(tracks, scores, rule.inARow);
  const candidates = candidateThresholds(met);
  const leads = defaulters.map((customer) => leadSteps(tracks, customer, met, threshold, rule));
  const alerts = (customer: number) => countAlerts(tracks, customer, met, threshold, rule.quietSteps);
  const pseudoLeads = controlLeads(tracks, judged, pseudo, met, threshold, rule);
  return {
    met,
    candidates,
    leads,
    byLead: defaulters.map((_, d) => d).sort((a, b) => leads[a] - leads[b]),
    defaulterAlerts: defaulters.map(alerts),
    goodAlerts: goods.map(alerts),
    controlLeads: pseudoLeads,
    timelyControls: shareByGood(pseudo, goods.length, (p) => pseudoLeads[p] >= rule.leadToSteps),
    ladder: ladderOf(tracks, judged, rule, met, candidates, allowed),
  };
}

function shareByGood({ good }: PseudoEvents, goods: number, counts: (pseudoEvent: number) => boolean): Float64Array {
  const of = new Float64Array(goods);
  const hits = new Float64Array(goods);
  good.forEach((g, p) => {
    of[g]++;
    if (counts(p)) hits[g]++;
  });
  return hits.map((count, g) => count / of[g]);
}

export const FIGURES = [
  'timelyRecall',
  'detectedMean',
  'detectedMedian',
  'allMean',
  'allMedian',
  'alertsPer1000',
  'falseAlertsPer100',
  'controlsTimely',
  'equalTimely',
  'equalLead',
] as const;

export interface Weights {
  /** [defaulters], [good customers]: how often each customer counts. */
  defaulters: Float64Array;
  goods: Float64Array;
}

/**
 * The figures in the order of FIGURES, leads in steps, and after them recall at each of `recallSteps` (descending).
 * NaN where the weighted customers tell nothing.
 */
export function measureWarnings(
  warnings: ModelWarnings,
  months: WatchedMonths,
  { leadToSteps }: AlertRule,
  recallSteps: readonly number[],
  budget: number,
  { defaulters, goods }: Weights,
): Float64Array {
  const { leads, byLead } = warnings;
  const recalled = new Float64Array(recallSteps.length);
  let all = 0;
  let timely = 0;
  let steps = 0;
  for (let d = 0; d < leads.length; d++) {
    all += defaulters[d];
    for (let i = 0; i < recallSteps.length; i++) if (leads[d] >= recallSteps[i]) recalled[i] += defaulters[d];
    if (leads[d] < leadToSteps) continue;
    timely += defaulters[d];
    steps += defaulters[d] * leads[d];
  }
  const goodMonths = product(goods, months.goods);
  const falseAlerts = product(goods, warnings.goodAlerts);
  const alerts = falseAlerts + product(defaulters, warnings.defaulterAlerts);
  const equal = figuresAtBudget(warnings.ladder, goods, defaulters, (budget * goodMonths) / 100);
  const missed = all - timely;
  const figures: Record<(typeof FIGURES)[number], number> = {
    timelyRecall: timely / all,
    detectedMean: steps / timely,
    detectedMedian: medianLead(leads, byLead, defaulters, leadToSteps, missed, timely),
    allMean: steps / all,
    allMedian: medianLead(leads, byLead, defaulters, leadToSteps, 0, all),
    alertsPer1000: (1000 * alerts) / (goodMonths + product(defaulters, months.defaulters)),
    falseAlertsPer100: (100 * falseAlerts) / goodMonths,
    controlsTimely: weightedMean(warnings.timelyControls, goods),
    equalTimely: equal.timelyRecall,
    equalLead: equal.leadAllSteps,
  };
  return Float64Array.from([...FIGURES.map((name) => figures[name]), ...recalled.map((count) => count / all)]);
}

function product(weights: Float64Array, values: Float64Array | Int32Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] * values[i];
  return sum;
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let all = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    sum += weights[i] * values[i];
    all += weights[i];
  }
  return sum / all;
}

/**
 * The median of `count` weighted leads after the `skipped` shortest; a lead that is too short counts as 0. Of an even
 * number, the mean of the two in the middle.
 */
function medianLead(
  leads: Int32Array,
  byLead: Int32Array,
  weights: Float64Array,
  leadToSteps: number,
  skipped: number,
  count: number,
): number {
  if (count === 0) return NaN;
  const at = (place: number) => {
    let before = 0;
    for (const d of byLead) {
      before += weights[d];
      if (before > place) return leads[d] < leadToSteps ? 0 : leads[d];
    }
    return NaN;
  };
  return (at(skipped + Math.floor((count - 1) / 2)) + at(skipped + Math.ceil((count - 1) / 2))) / 2;
}
