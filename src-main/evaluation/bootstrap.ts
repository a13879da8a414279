import type { Estimate } from '../ipc/documents.ts';
import type { Difference, JudgedMetricName } from '../ipc/judged-metrics.ts';
import { createRandom } from '../sequences/random.ts';
import { emptyDraws, keepDraw } from './draws.ts';
import { differencesOf, estimates, sampleSizes } from './estimates.ts';
import { noRows, type Scores } from './metrics.ts';
import { numberCustomers } from './number-customers.ts';
import { createPacer, type RunOptions } from './pacing.ts';
import type { ScoreReference } from './stability.ts';
import { measureOnce, measureWeighted, prepareModel, totalsByCustomer } from './weighted-metrics.ts';

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
  /** How each model's PDs spread in training, for the stability index; none, or null, where that is not known. */
  references?: readonly (ScoreReference | null)[];
  /** Each model's PDs where its scores are none but only rank as they do; none, or null, where scores are PDs. */
  pds?: readonly (Scores | null)[];
}

export const MINIMUM_RESAMPLES = 1_000;

/** AUC of model `a` minus AUC of model `b`, both by their place in the list. */
export interface AucDifference {
  a: number;
  b: number;
  deltaAuc: number | null;
  low: number | null;
  high: number | null;
  /** Two-sided. */
  p: number | null;
  /** Of every metric: `a` minus `b`, with the interval of the difference and its p. */
  differences: Record<JudgedMetricName, Required<Difference>>;
}

export interface BootstrapResult {
  /** One entry a model. */
  metrics: Record<JudgedMetricName, Estimate>[];
  /** Every two models once. */
  pairs: AucDifference[];
}

/**
 * Metrics with 95% intervals from a bootstrap over customers (clusters as in Field & Welsh 2007): each resample draws as
 * many customers as there are, with replacement, and each brings all of its rows. Every model is judged on the same
 * resamples, so differences are paired. Resamples with one class only are left out of what they can't tell. How
 * intervals and p come from the resamples: see `estimates` and `differencesOf`.
 *
 * Each model is sorted once and a resample only changes the customers' weights, so that a metric costs a pass at most.
 * Progress counts resamples. Throws `cancelled`, `too-small` without rows.
 */
export async function bootstrap(
  rows: JudgedRows,
  models: readonly Scores[],
  { resamples, seed, references, pds }: BootstrapSettings,
  { signal, progress }: RunOptions = {},
): Promise<BootstrapResult> {
  if (!(resamples >= MINIMUM_RESAMPLES))
    throw new RangeError(`${resamples} resamples are fewer than ${MINIMUM_RESAMPLES}`);
  if (rows.labels.length === 0) throw noRows();
  const pacer = createPacer(signal);
  const { numbers, place } = numberCustomers(rows.customers);
  const customers = numbers.length;
  const totals = totalsByCustomer(rows.labels, place, customers);
  const prepared = [];
  for (const [m, scores] of models.entries()) {
    prepared.push(prepareModel(scores, rows.labels, place, customers, references?.[m] ?? null, pds?.[m] ?? scores));
    if (pacer.due()) await pacer.pause();
  }
  const measured = prepared.map((model) => measureOnce(model, totals));
  const draws = models.map(() => emptyDraws(resamples));
  const sizes = sampleSizes(rows);

  const weights = new Float64Array(customers);
  const random = createRandom(seed);
  for (let r = 0; r < resamples; r++) {
    weights.fill(0);
    for (let i = 0; i < customers; i++) weights[random.integer(0, customers - 1)]++;
    for (let m = 0; m < models.length; m++) {
      keepDraw(draws[m], r, measureWeighted(prepared[m], totals, weights));
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
      const differences = differencesOf(measured[a], measured[b], draws[a], draws[b], sizes);
      const { value: deltaAuc, low, high, p } = differences.auc;
      pairs.push({ a, b, deltaAuc, low, high, p, differences });
      if (pacer.due()) await pacer.pause();
    }
  }
  return { metrics: measured.map((values, m) => estimates(values, draws[m], sizes)), pairs };
}
