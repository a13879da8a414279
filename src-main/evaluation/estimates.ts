import type { Estimate } from '../ipc/documents.ts';
import type { Difference, JudgedMetricName } from '../ipc/judged-metrics.ts';
import type { Draws } from './draws.ts';
import { eceInterval } from './ece-interval.ts';
import {
  ANY,
  clipped,
  differenceInterval,
  differencesIn,
  FEWEST_OF_RARER,
  NO_INTERVAL,
  NOT_NEGATIVE,
  SHARE,
  smallSampleFactor,
  valueInterval,
  withWidth,
  type Interval,
  type IntervalMethod,
  type Range,
} from './intervals.ts';
import { ksInterval } from './ks-interval.ts';
import { meanOf } from './moments.ts';
import { CAPTURE_SHARE, RESAMPLED, type MeasuredRows, type Resampled } from './weighted-metrics.ts';

/** How many customers there are to tell something by: see `smallSampleFactor`. */
export interface SampleSizes {
  customers: number;
  /** With an event in some row. */
  events: number;
  /** With an event, or without one in some row, whichever are fewer. */
  rarer: number;
}

/** Those that are too high, or skewed, in a sample; of the others the percentiles are taken. */
const METHODS: Partial<Record<Resampled, IntervalMethod>> = {
  auc: 'logit',
  prAuc: 'bias-corrected',
  hMeasure: 'mirrored',
  brier: 'logit',
  logLoss: 'log',
  psi: 'shifted',
};

/** The others are shares, or lie between 0 and 1 as these do. */
const RANGES: Partial<Record<Resampled, Range>> = {
  brierSkill: { least: -Infinity, most: 1 },
  logLoss: NOT_NEGATIVE,
  psi: NOT_NEGATIVE,
  calibrationIntercept: ANY,
  calibrationSlope: ANY,
};
const rangeOf = (name: Resampled) => RANGES[name] ?? SHARE;

/**
 * What is the largest of many varies less in resamples than in samples, and so does what is skewed, or fitted to few
 * customers with several rows; by how much, simulation tells.
 */
const WIDER: Partial<Record<Resampled, number>> = {
  ks: 1.1,
  recallAtAlertRate: 1.06,
  hMeasure: 1.08,
  prAuc: 1.05,
  psi: 0.98,
  brierSkill: 1.05,
  calibrationSlope: 1.07,
};

/** The same of differences; what is the largest of many, or a sum of squares, varies more in resamples there. */
const WIDER_DIFFERENCE: Partial<Record<Resampled, number>> = { ks: 0.92, psi: 0.97, recallAtAlertRate: 1.05 };

/**
 * The error in calibration is the more too high the better a model is calibrated: no resample tells by how much, so
 * that an interval of the difference of two would be wrong far too often.
 */
const WITHOUT_DIFFERENCE: readonly Resampled[] = ['ece'];

/** `customers`, `labels`: [rows], as a comparison judges them; `among`: these rows of them alone. */
export function sampleSizes(
  { customers, labels }: { customers: Int32Array; labels: Uint8Array },
  among: Iterable<number> = labels.keys(),
): SampleSizes {
  const [without, withEvent] = [new Set<number>(), new Set<number>()];
  for (const row of among) (labels[row] === 1 ? withEvent : without).add(customers[row]);
  const all = new Set([...without, ...withEvent]);
  return { customers: all.size, events: withEvent.size, rarer: Math.min(without.size, withEvent.size) };
}

/** What was measured of one model, with the interval that its draws give: docs/intervals.md says which and why. */
export function estimates(
  measured: MeasuredRows,
  draws: Draws,
  sizes: SampleSizes,
): Record<JudgedMetricName, Estimate> {
  const known = mapMetrics((name): Estimate => {
    const value = measured[name];
    const interval = Number.isNaN(value) ? NO_INTERVAL : intervalOf(name, measured, draws, sizes);
    return { value: orNull(value), ...interval };
  });
  return {
    ...known,
    gini: rescaled(known.auc, (auc) => 2 * auc - 1),
    lift: rescaled(known.capture, (capture) => capture / CAPTURE_SHARE),
  };
}

function intervalOf(name: Resampled, measured: MeasuredRows, draws: Draws, sizes: SampleSizes): Interval {
  const value = measured[name];
  // The stability index knows no outcome.
  if (name !== 'psi' && sizes.rarer < FEWEST_OF_RARER) return NO_INTERVAL;
  const factor = smallSampleFactor(name === 'psi' ? sizes.customers : sizes.rarer) * (WIDER[name] ?? 1);
  if (name === 'ks') return holding(value, ksInterval(value, draws.distance, factor));
  if (name === 'ece') return holding(value, eceInterval(measured.surplus, draws.surplus, factor));
  return valueInterval(draws[name], value, { method: METHODS[name] ?? 'percentile', factor, range: rangeOf(name) });
}

/**
 * Resampled stability indices that vary as those of samples do. The index is a sum of squares, d² of what a share is off by;
 * a sample's d holds the sample's own noise, so that a resample, whose index moves with 2d times its noise, moves more than
 * samples do: by √(value/(value − bias)) in the part that is straight, where the bias is what resamples are too high by.
 */
function straightened(value: number, { psi, psiSlope }: Draws): Float64Array {
  const bias = meanOf(psi) - value;
  const shrink = bias > 0 ? Math.sqrt(Math.max(0, 1 - bias / value)) : 1;
  const centre = meanOf(psiSlope);
  return psi.map((drawn, r) => drawn - (1 - shrink) * (psiSlope[r] - centre));
}

/** A value that is too high by chance may lie above what is likely: it is shown inside all the same. */
const holding = (value: number, { low, high }: { low: number; high: number }): Interval =>
  Number.isNaN(low) || Number.isNaN(high)
    ? NO_INTERVAL
    : withWidth({ low: Math.min(low, value), high: Math.max(high, value) });

/** Of every metric, model `a` minus model `b`, with interval and p of the difference. */
export function differencesOf(
  a: MeasuredRows,
  b: MeasuredRows,
  drawsA: Draws,
  drawsB: Draws,
  { rarer }: SampleSizes,
): Record<JudgedMetricName, Required<Difference>> {
  const isOpen = rarer < FEWEST_OF_RARER;
  const factor = smallSampleFactor(rarer);
  const known = mapMetrics((name): Required<Difference> => {
    const value = orNull(a[name] - b[name]);
    if (value === null || isOpen || WITHOUT_DIFFERENCE.includes(name)) return { value, low: null, high: null, p: null };
    const wider = factor * (WIDER_DIFFERENCE[name] ?? 1);
    const drawnOf = (measured: MeasuredRows, draws: Draws) =>
      name === 'psi' ? straightened(measured.psi, draws) : draws[name];
    const interval = differenceInterval(minus(drawnOf(a, drawsA), drawnOf(b, drawsB)), wider);
    return { value, ...withWidth(clipped(interval, differencesIn(rangeOf(name)))) };
  });
  return {
    ...known,
    gini: { ...rescaled(known.auc, (auc) => 2 * auc), p: known.auc.p },
    lift: { ...rescaled(known.capture, (capture) => capture / CAPTURE_SHARE), p: known.capture.p },
  };
}

const minus = (a: Float64Array, b: Float64Array) => a.map((value, r) => value - b[r]);

const orNull = (value: number) => (Number.isNaN(value) ? null : value);

const mapMetrics = <T>(of: (name: Resampled) => T) =>
  Object.fromEntries(RESAMPLED.map((name) => [name, of(name)])) as Record<Resampled, T>;

function rescaled({ value, low, high }: Estimate, scale: (value: number) => number): Estimate {
  const of = (figure: number | null) => (figure === null ? null : scale(figure));
  return { value: of(value), low: of(low), high: of(high) };
}
