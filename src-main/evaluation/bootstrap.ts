import type { Estimate, Metrics } from '../ipc/documents.ts';
import { createRandom } from '../sequences/random.ts';
import {
  giniOf,
  logLoss,
  logLossClip,
  noRows,
  rankMetrics,
  rankRows,
  squaredError,
  type Ranking,
  type Scores,
} from './metrics.ts';
import { createPacer, type RunOptions } from './pacing.ts';

/** The rows that all models are judged on, one entry each. */
export interface JudgedRows {
  /** Any whole number that stands for the customer; a customer's rows are drawn together. */
  customers: Int32Array;
  /** 1: event. */
  labels: Uint8Array;
}

export interface BootstrapSettings {
  /** At least MINIMUM_RESAMPLES. */
  resamples: number;
  seed: number;
}

export const MINIMUM_RESAMPLES = 1_000;
/** Of the intervals. */
export const CONFIDENCE = 0.95;

/** AUC of model `a` minus AUC of model `b`, both by their place in the list. */
export interface AucDifference {
  a: number;
  b: number;
  deltaAuc: number | null;
  low: number | null;
  high: number | null;
  /** Two-sided. */
  p: number | null;
  /** Of every metric: `a` minus `b`, with the interval of the difference. */
  differences: Record<keyof Metrics, Estimate>;
}

export interface BootstrapResult {
  /** One entry a model. */
  metrics: Record<keyof Metrics, Estimate>[];
  /** Every two models once. */
  pairs: AucDifference[];
}

const RESAMPLED = ['auc', 'ks', 'prAuc', 'brier', 'logLoss'] as const;
type Resampled = (typeof RESAMPLED)[number];

/**
 * Metrics with percentile intervals from a bootstrap over customers (Efron 1979; clusters as in Field & Welsh 2007):
 * each resample draws as many customers as there are, with replacement, and each brings all of its rows. Every model is
 * judged on the same resamples, so differences are paired. Resamples with one class only are left out of what they
 * can't tell. p is twice the smaller share of resamples in which the difference is not above, or not below, 0, with one
 * added to both counts and to the number of resamples: never 0, and 1 where the scores are the same.
 *
 * Each model is sorted once and a resample only changes the customers' weights, so that a metric costs one pass.
 * Progress counts resamples. Throws `cancelled`, `too-small` without rows.
 */
export async function bootstrap(
  rows: JudgedRows,
  models: readonly Scores[],
  { resamples, seed }: BootstrapSettings,
  { signal, progress }: RunOptions = {},
): Promise<BootstrapResult> {
  if (!(resamples >= MINIMUM_RESAMPLES))
    throw new RangeError(`${resamples} resamples are fewer than ${MINIMUM_RESAMPLES}`);
  if (rows.labels.length === 0) throw noRows();
  const pacer = createPacer(signal);
  const { customers, place } = numberCustomers(rows.customers);
  const totals = totalsByCustomer(rows.labels, place, customers);
  const prepared = [];
  for (const scores of models) {
    prepared.push(prepare(scores, rows.labels, place, customers));
    if (pacer.due()) await pacer.pause();
  }
  const weights = new Float64Array(customers).fill(1);
  const measured = prepared.map((model) => measureWeighted(model, totals, weights));
  const draws = models.map(() => emptyDraws(resamples));

  const random = createRandom(seed);
  for (let r = 0; r < resamples; r++) {
    weights.fill(0);
    for (let i = 0; i < customers; i++) weights[random.integer(0, customers - 1)]++;
    for (let m = 0; m < models.length; m++) {
      const metrics = measureWeighted(prepared[m], totals, weights);
      for (const name of RESAMPLED) draws[m][name][r] = metrics[name] ?? Number.NaN;
      if (pacer.due()) {
        await pacer.pause();
        progress?.(r, resamples);
      }
    }
  }
  progress?.(resamples, resamples);

  const pairs: AucDifference[] = [];
  for (let a = 0; a < models.length; a++) {
    for (let b = a + 1; b < models.length; b++) {
      const differences = compareMetrics(measured[a], measured[b], draws[a], draws[b]);
      const { value: deltaAuc, low, high } = differences.auc;
      const p = deltaAuc === null ? null : twoSidedP(minus(draws[a].auc, draws[b].auc));
      pairs.push({ a, b, deltaAuc, low, high, p, differences });
      if (pacer.due()) await pacer.pause();
    }
  }
  return { metrics: measured.map((values, m) => estimates(values, draws[m])), pairs };
}

/** Numbers the customers from 0 in order of appearance; `place`, [rows], is each row's number. */
function numberCustomers(customers: Int32Array): { customers: number; place: Int32Array } {
  const numbers = new Map<number, number>();
  const place = new Int32Array(customers.length);
  for (let i = 0; i < customers.length; i++) {
    let number = numbers.get(customers[i]);
    if (number === undefined) numbers.set(customers[i], (number = numbers.size));
    place[i] = number;
  }
  return { customers: numbers.size, place };
}

/** [customers]. */
interface CustomerTotals {
  rows: Float64Array;
  events: Float64Array;
}

function totalsByCustomer(labels: Uint8Array, place: Int32Array, customers: number): CustomerTotals {
  const rows = new Float64Array(customers);
  const events = new Float64Array(customers);
  for (let i = 0; i < labels.length; i++) {
    rows[place[i]]++;
    if (labels[i] === 1) events[place[i]]++;
  }
  return { rows, events };
}

interface PreparedModel {
  ranking: Ranking;
  /** [customers]: sums over the customer's rows. */
  squares: Float64Array;
  losses: Float64Array;
}

function prepare(scores: Scores, labels: Uint8Array, place: Int32Array, customers: number): PreparedModel {
  const squares = new Float64Array(customers);
  const losses = new Float64Array(customers);
  const clip = logLossClip(scores);
  for (let i = 0; i < scores.length; i++) {
    squares[place[i]] += squaredError(scores[i], labels[i]);
    losses[place[i]] += logLoss(scores[i], labels[i], clip);
  }
  return { ranking: rankRows(scores, labels, place), squares, losses };
}

/** `weights`, [customers]: how often each customer counts. */
function measureWeighted(model: PreparedModel, totals: CustomerTotals, weights: Float64Array): Metrics {
  const windows = weightedSum(totals.rows, weights);
  const events = weightedSum(totals.events, weights);
  const ranked = rankMetrics(model.ranking, weights, events, windows - events);
  return {
    ...ranked,
    gini: giniOf(ranked.auc),
    brier: weightedSum(model.squares, weights) / windows,
    logLoss: weightedSum(model.losses, weights) / windows,
  };
}

const emptyDraws = (resamples: number): Record<Resampled, Float64Array> => ({
  auc: new Float64Array(resamples),
  ks: new Float64Array(resamples),
  prAuc: new Float64Array(resamples),
  brier: new Float64Array(resamples),
  logLoss: new Float64Array(resamples),
});

function weightedSum(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * weights[i];
  return sum;
}

function estimates(measured: Metrics, draws: Record<Resampled, Float64Array>): Record<keyof Metrics, Estimate> {
  const interval = (name: Resampled): Estimate => ({ value: measured[name], ...percentileInterval(draws[name]) });
  const auc = interval('auc');
  return {
    auc,
    gini: { value: giniOf(auc.value), low: giniOf(auc.low), high: giniOf(auc.high) },
    ks: interval('ks'),
    prAuc: interval('prAuc'),
    brier: interval('brier'),
    logLoss: interval('logLoss'),
  };
}

const NO_DIFFERENCE: Estimate = { value: null, low: null, high: null };
const minus = (a: Float64Array, b: Float64Array) => a.map((value, r) => value - b[r]);
const twice = (value: number | null) => (value === null ? null : 2 * value);

function compareMetrics(
  a: Metrics,
  b: Metrics,
  drawsA: Record<Resampled, Float64Array>,
  drawsB: Record<Resampled, Float64Array>,
): Record<keyof Metrics, Estimate> {
  const difference = (name: Resampled): Estimate => {
    const [ofA, ofB] = [a[name], b[name]];
    if (ofA === null || ofB === null) return NO_DIFFERENCE;
    return { value: ofA - ofB, ...percentileInterval(minus(drawsA[name], drawsB[name])) };
  };
  const auc = difference('auc');
  return {
    auc,
    gini: { value: twice(auc.value), low: twice(auc.low), high: twice(auc.high) },
    ks: difference('ks'),
    prAuc: difference('prAuc'),
    brier: difference('brier'),
    logLoss: difference('logLoss'),
  };
}

/** Entries that are not a number count as not drawn. */
export function twoSidedP(differences: Float64Array): number {
  let drawn = 0;
  let notAbove = 0;
  let notBelow = 0;
  for (const difference of differences) {
    if (Number.isNaN(difference)) continue;
    drawn++;
    if (difference <= 0) notAbove++;
    if (difference >= 0) notBelow++;
  }
  return Math.min(1, (2 * (Math.min(notAbove, notBelow) + 1)) / (drawn + 1));
}

export function percentileInterval(draws: Float64Array): Pick<Estimate, 'low' | 'high'> {
  const sorted = draws.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return { low: null, high: null };
  return { low: quantile(sorted, (1 - CONFIDENCE) / 2), high: quantile(sorted, (1 + CONFIDENCE) / 2) };
}

/** Linear between order statistics (type 7 of Hyndman & Fan 1996). */
function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
