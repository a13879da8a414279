import type { Estimate } from '../ipc/documents.ts';
import type { Difference, JudgedMetricName } from '../ipc/judged-metrics.ts';
import { createRandom } from '../sequences/random.ts';
import { differenceInterval, smallSampleFactor, valueInterval, type IntervalMethod } from './intervals.ts';
import { noRows, type Scores } from './metrics.ts';
import { createPacer, type RunOptions } from './pacing.ts';
import type { ScoreReference } from './stability.ts';
import {
  CAPTURE_SHARE,
  measureOnce,
  measureWeighted,
  prepareModel,
  RESAMPLED,
  totalsByCustomer,
  type CustomerTotals,
  type Measured,
  type Resampled,
} from './weighted-metrics.ts';

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

/** Those that are too high in a sample on average; the others are taken as percentiles. */
const METHODS: Partial<Record<Resampled, IntervalMethod>> = {
  ks: 'bias-corrected',
  psi: 'mirrored',
  hMeasure: 'mirrored',
  ece: 'mirrored',
};

/** A largest distance varies less in resamples than in samples, by about a tenth in simulation. */
const WIDER: Partial<Record<Resampled, number>> = { ks: 1.1 };

/**
 * The error in calibration is the more too high the better a model is calibrated: no resample tells by how much, so
 * that an interval of the difference of two would be wrong far too often.
 */
const WITHOUT_DIFFERENCE: readonly Resampled[] = ['ece'];

/** By metric, [resamples]; NaN where the resample can't tell. */
type Draws = Record<Resampled, Float64Array>;

/**
 * Metrics with 95% intervals from a bootstrap over customers (clusters as in Field & Welsh 2007): each resample draws as
 * many customers as there are, with replacement, and each brings all of its rows. Every model is judged on the same
 * resamples, so differences are paired. Resamples with one class only are left out of what they can't tell. How
 * intervals and p come from the resamples: see `valueInterval` and `differenceInterval`.
 *
 * Each model is sorted once and a resample only changes the customers' weights, so that a metric costs a pass at most.
 * Progress counts resamples. Throws `cancelled`, `too-small` without rows.
 */
export async function bootstrap(
  rows: JudgedRows,
  models: readonly Scores[],
  { resamples, seed, references }: BootstrapSettings,
  { signal, progress }: RunOptions = {},
): Promise<BootstrapResult> {
  if (!(resamples >= MINIMUM_RESAMPLES))
    throw new RangeError(`${resamples} resamples are fewer than ${MINIMUM_RESAMPLES}`);
  if (rows.labels.length === 0) throw noRows();
  const pacer = createPacer(signal);
  const { customers, place } = numberCustomers(rows.customers);
  const totals = totalsByCustomer(rows.labels, place, customers);
  const prepared = [];
  for (const [m, scores] of models.entries()) {
    prepared.push(prepareModel(scores, rows.labels, place, customers, references?.[m] ?? null));
    if (pacer.due()) await pacer.pause();
  }
  const measured = prepared.map((model) => measureOnce(model, totals));
  const draws = models.map(() => emptyDraws(resamples));
  const factor = smallSampleFactor(rarerCustomers(totals));

  const weights = new Float64Array(customers);
  const random = createRandom(seed);
  for (let r = 0; r < resamples; r++) {
    weights.fill(0);
    for (let i = 0; i < customers; i++) weights[random.integer(0, customers - 1)]++;
    for (let m = 0; m < models.length; m++) {
      const metrics = measureWeighted(prepared[m], totals, weights);
      for (const name of RESAMPLED) draws[m][name][r] = metrics[name];
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
      const differences = differencesOf(measured[a], measured[b], draws[a], draws[b], factor);
      const { value: deltaAuc, low, high, p } = differences.auc;
      pairs.push({ a, b, deltaAuc, low, high, p, differences });
      if (pacer.due()) await pacer.pause();
    }
  }
  return { metrics: measured.map((values, m) => estimates(values, draws[m], factor)), pairs };
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

const emptyDraws = (resamples: number) =>
  Object.fromEntries(RESAMPLED.map((name) => [name, new Float64Array(resamples)])) as Draws;

const minus = (a: Float64Array, b: Float64Array) => a.map((value, r) => value - b[r]);

/** Customers with an event, or without one in some row, whichever are fewer. */
function rarerCustomers({ rows, events }: CustomerTotals): number {
  let [withEvent, withOther] = [0, 0];
  for (let customer = 0; customer < rows.length; customer++) {
    if (events[customer] > 0) withEvent++;
    if (events[customer] < rows[customer]) withOther++;
  }
  return Math.min(withEvent, withOther);
}

function estimates(measured: Measured, draws: Draws, factor: number): Record<JudgedMetricName, Estimate> {
  const known = mapMetrics((name): Estimate => {
    const value = measured[name];
    return {
      value: orNull(value),
      ...valueInterval(draws[name], value, {
        method: METHODS[name] ?? 'percentile',
        factor: factor * (WIDER[name] ?? 1),
        most: name === 'psi' ? Infinity : 1,
      }),
    };
  });
  return {
    ...known,
    gini: rescaled(known.auc, (auc) => 2 * auc - 1),
    lift: rescaled(known.capture, (capture) => capture / CAPTURE_SHARE),
  };
}

function differencesOf(
  a: Measured,
  b: Measured,
  drawsA: Draws,
  drawsB: Draws,
  factor: number,
): Record<JudgedMetricName, Required<Difference>> {
  const known = mapMetrics((name): Required<Difference> => {
    const value = orNull(a[name] - b[name]);
    if (value === null || WITHOUT_DIFFERENCE.includes(name)) return { value, low: null, high: null, p: null };
    return { value, ...differenceInterval(minus(drawsA[name], drawsB[name]), factor) };
  });
  return {
    ...known,
    gini: { ...rescaled(known.auc, (auc) => 2 * auc), p: known.auc.p },
    lift: { ...rescaled(known.capture, (capture) => capture / CAPTURE_SHARE), p: known.capture.p },
  };
}

const orNull = (value: number) => (Number.isNaN(value) ? null : value);

const mapMetrics = <T>(of: (name: Resampled) => T) =>
  Object.fromEntries(RESAMPLED.map((name) => [name, of(name)])) as Record<Resampled, T>;

function rescaled({ value, low, high }: Estimate, scale: (value: number) => number): Estimate {
  const of = (figure: number | null) => (figure === null ? null : scale(figure));
  return { value: of(value), low: of(low), high: of(high) };
}
