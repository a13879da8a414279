import { NORMAL_95 } from './normal-distribution.ts';
import { deviation, meanOf } from './moments.ts';
import { normalCdf, normalQuantile } from './normal-quantile.ts';

/** Of the intervals. */
export const CONFIDENCE = 0.95;

/**
 * How an interval comes from resampled values; the choice is by simulated coverage (`npm run bench -- coverage`).
 * - `percentile`: the middle 95% of them (Efron 1979).
 * - `bias-corrected`: the same from the percentiles that undo a shift of the resampled values against the measured one
 *   (Efron 1981), for figures that are too high in a sample and higher still in a resample of it, as a largest distance.
 * - `mirrored`: those values mirrored at the measured one (Davison & Hinkley's basic interval), for figures that are
 *   hardly ever as low in a resample as they truly are.
 * - `shifted`: around the measured value less what the resamples are too high by (Davison & Hinkley 1997, 5.2.1), for
 *   sums of squares, which vary with their root: normal below, and above normal on the scale of roots.
 * - `logit`, `log`: normal on that scale, for figures between 0 and 1, or above 0, that are skewed (Pepe 2003, 5.2.5);
 *   of figures that are on the edge, percentiles.
 */
export type IntervalMethod = 'percentile' | 'bias-corrected' | 'mirrored' | 'shifted' | 'logit' | 'log';

export interface Interval {
  low: number | null;
  high: number | null;
}

export const NO_INTERVAL: Interval = { low: null, high: null };

/** With fewer customers of the rarer outcome than this no resample tells how far a figure is from the truth. */
export const FEWEST_OF_RARER = 5;

/** What rounding leaves of nothing. */
const NO_WIDTH = 1e-12;

/** None without width: where resamples are alike nothing tells how much others would differ. */
export const withWidth = <T extends Interval>(interval: T): T =>
  interval.low !== null && interval.high !== null && interval.high - interval.low > NO_WIDTH
    ? interval
    : { ...interval, ...NO_INTERVAL };

/** 1.96 times this takes the second or third draw from either end. */
const MOST_FACTOR = 1.45;

/**
 * How many times as far out the percentiles are taken: √(n/(n − 1))·t/z, with n the customers of the rarer outcome
 * (Hesterberg 2015, The American Statistician 69: expanded percentiles), since a bootstrap of few is too narrow. t by
 * Abramowitz & Stegun 26.7.5. With fewer than about seven of them it stays at what a thousand resamples can tell.
 */
export function smallSampleFactor(n: number): number {
  const degrees = Math.max(1, n - 1);
  const z = NORMAL_95;
  const t = z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);
  return Math.min(MOST_FACTOR, Math.sqrt((degrees + 1) / degrees) * (t / z));
}

/** The lowest and the highest value that there is of a figure. */
export interface Range {
  least: number;
  most: number;
}

export const SHARE: Range = { least: 0, most: 1 };
export const NOT_NEGATIVE: Range = { least: 0, most: Infinity };
export const ANY: Range = { least: -Infinity, most: Infinity };

/** Of the differences of two such figures. */
export const differencesIn = ({ least, most }: Range): Range => ({ least: least - most, most: most - least });

/** The part of an interval that is possible, which holds the truth as often. */
export function clipped<T extends Interval>(interval: T, { least, most }: Range): T {
  const within = (end: number | null) => (end === null ? null : Math.min(most, Math.max(least, end)));
  return { ...interval, low: within(interval.low), high: within(interval.high) };
}

export interface IntervalSettings {
  method: IntervalMethod;
  /** How many times as far out the percentiles are taken. */
  factor: number;
  /** Resamples of a figure to first order may lie outside it. */
  range: Range;
}

/** The interval of a measured value from its resampled ones, [resamples]; those that are not a number were not drawn. */
export function valueInterval(
  draws: Float64Array,
  value: number,
  { method, factor, range }: IntervalSettings,
): Interval {
  const sorted = sortedDraws(draws);
  if (sorted.length === 0 || Number.isNaN(value)) return NO_INTERVAL;
  const { low, high } = sidesOf(sorted, value, method, factor);
  // A value that is too high by chance may lie above what is likely: it is shown inside all the same.
  const holding = { low: Math.min(low, value), high: Math.max(high, value) };
  return isAlike(sorted) ? NO_INTERVAL : withWidth(clipped(holding, range));
}

function sidesOf(sorted: Float64Array, value: number, method: IntervalMethod, factor: number) {
  if (method === 'logit' || method === 'log') {
    const scale = method === 'logit' ? LOGIT : LOG;
    const moved = sorted.map(scale.of);
    const [centre, half] = [scale.of(value), factor * NORMAL_95 * deviation(moved)];
    if (Number.isFinite(centre) && moved.every(Number.isFinite))
      return { low: scale.back(centre - half), high: scale.back(centre + half) };
  }
  if (method === 'shifted') {
    const half = factor * NORMAL_95 * deviation(sorted);
    const centre = 2 * value - meanOf(sorted);
    const above = value > 0 ? half / (2 * Math.sqrt(value)) : Math.sqrt(half);
    return { low: centre - half, high: (Math.sqrt(Math.max(0, centre)) + above) ** 2 };
  }
  const shift = method === 'bias-corrected' ? 2 * biasOf(sorted, value) : 0;
  const at = (z: number) => quantile(sorted, normalCdf(shift + factor * z));
  const [lower, upper] = [at(-NORMAL_95), at(NORMAL_95)];
  return method === 'mirrored' ? { low: 2 * value - upper, high: 2 * value - lower } : { low: lower, high: upper };
}

const LOGIT = {
  of: (share: number) => Math.log(share / (1 - share)),
  back: (logit: number) => 1 / (1 + Math.exp(-logit)),
};
const LOG = { of: Math.log, back: Math.exp };

/**
 * The percentile interval of a difference, and its p: twice the smaller share of the draws that are not above, or not
 * below, 0, with one added to counts and draws, taken as far in as the interval is taken out. Never 0; 1 where all
 * draws are 0; below .05 where the interval doesn't hold 0. No interval without width, and no p where all draws are one
 * other value.
 */
export function differenceInterval(draws: Float64Array, factor: number): Interval & { p: number | null } {
  const sorted = sortedDraws(draws);
  if (sorted.length === 0) return { ...NO_INTERVAL, p: null };
  const at = (z: number) => quantile(sorted, normalCdf(factor * z));
  const share = (count: number) => (count + 1) / (sorted.length + 1);
  const smaller = Math.min(share(countNotAbove(sorted, 0)), share(sorted.length - countBelow(sorted, 0)));
  const p = smaller >= 0.5 ? 1 : 2 * normalCdf(normalQuantile(smaller) / factor);
  const untold = isAlike(sorted) && Math.abs(sorted[0]) > NO_WIDTH;
  return withWidth({ low: at(-NORMAL_95), high: at(NORMAL_95), p: untold ? null : p });
}

const isAlike = (sorted: Float64Array) => sorted[sorted.length - 1] - sorted[0] <= NO_WIDTH;

/**
 * The middle 95% of draws that come in steps, as a median of whole steps does: half of the draws of a value count as
 * beyond it (the mid-p of Lancaster 1961), since with all of them the interval would hold the truth too often.
 */
export function steppedInterval(draws: Float64Array): Interval {
  const sorted = sortedDraws(draws);
  if (sorted.length === 0) return NO_INTERVAL;
  const beyond = (1 - CONFIDENCE) / 2;
  const isWithin = (value: number) => {
    const [below, notAbove] = [countBelow(sorted, value), countNotAbove(sorted, value)];
    const half = (notAbove - below) / 2;
    return below + half > beyond * sorted.length && sorted.length - notAbove + half > beyond * sorted.length;
  };
  const within = [...new Set(sorted)].filter(isWithin);
  return withWidth({ low: within[0], high: within[within.length - 1] });
}

const sortedDraws = (draws: Float64Array) => draws.filter((draw) => !Number.isNaN(draw)).sort();

/** z₀: how far the measured value lies from the median of the draws, in standard normal units. */
function biasOf(sorted: Float64Array, value: number): number {
  const below = countBelow(sorted, value);
  const notAbove = countNotAbove(sorted, value);
  return normalQuantile(((below + notAbove) / 2 + 0.5) / (sorted.length + 1));
}

/** In ascending draws. */
function countBelow(sorted: Float64Array, value: number): number {
  let count = 0;
  while (count < sorted.length && sorted[count] < value) count++;
  return count;
}

function countNotAbove(sorted: Float64Array, value: number): number {
  let count = 0;
  while (count < sorted.length && sorted[count] <= value) count++;
  return count;
}

/** Linear between order statistics (type 7 of Hyndman & Fan 1996). */
function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
