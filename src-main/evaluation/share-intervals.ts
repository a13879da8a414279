import { smallSampleFactor } from './intervals.ts';
import { deviation } from './moments.ts';
import { NORMAL_95, twoSidedNormalP } from './normal-distribution.ts';

interface Interval {
  low: number;
  high: number;
}

/**
 * The 95% interval of a share p of n independent units (Wilson 1927): (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) /
 * (1 + z²/n). n need not be whole. Units that are not independent count for fewer: see `unitsWorth`.
 */
export function wilsonInterval(p: number, n: number, z = NORMAL_95): Interval {
  const scale = 1 + z ** 2 / n;
  const centre = (p + z ** 2 / (2 * n)) / scale;
  const half = (z * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2))) / scale;
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/**
 * How many independent units a share with this standard error is worth, p(1 − p)/se² (Korn & Graubard 1998, Survey
 * Methodology 24; Dean & Pagano 2015, Journal of Survey Statistics and Methodology 3). Where nothing varies, as with a
 * share of 0 or 1, the customers that it is of.
 */
export function unitsWorth(p: number, standardError: number, customers: number): number {
  const worth = (p * (1 - p)) / standardError ** 2;
  return Number.isFinite(worth) && worth > 0 ? worth : customers;
}

/**
 * The interval of a share from its resampled values: Wilson's of as many units as they are worth. A percentile interval
 * has no width where the share is 0 or 1, and near these it is too short. `customers`: those that the share is of.
 */
export function resampledShare(p: number, draws: Float64Array, customers: number): Interval {
  return wilsonInterval(p, unitsWorth(p, deviation(draws), customers));
}

/**
 * The interval of a rate of alerts from its resampled values: the score interval of a Poisson count (Wilson's of rare
 * events), with the count that varies as they do, x = rate²/se²: (x + z²/2 ± z·√(x + z²/4)) over the time it took.
 * `time`: of all customers in the rate's unit; `customers`: those with an alert, of whom few tell little.
 */
export function resampledRate(rate: number, draws: Float64Array, time: number, customers: number): Interval {
  const z = NORMAL_95 * smallSampleFactor(customers);
  const error = deviation(draws);
  const count = rate > 0 && error > 0 ? rate ** 2 / error ** 2 : 0;
  const over = count > 0 ? count / rate : time;
  const half = z * Math.sqrt(count + z ** 2 / 4);
  return { low: Math.max(0, (count + z ** 2 / 2 - half) / over), high: (count + z ** 2 / 2 + half) / over };
}

/**
 * The interval of a difference of two shares of the same customers, and its p: Agresti & Min 2005 (Statistics in
 * Medicine 24), with a quarter of a customer added to each of the four outcomes of a pair, so that shares near 0 or 1
 * that hardly differ keep a width; they add half, with which these intervals held the truth too often. How often the two
 * disagree is taken from how much the difference varies, n·se² + d².
 */
export function resampledShareDifference(
  difference: number,
  draws: Float64Array,
  customers: number,
): Interval & { p: number } {
  const disagree = deviation(draws) ** 2 * customers + difference ** 2;
  const centre = (difference * customers) / (customers + 1);
  const standardError = Math.sqrt(((disagree * customers + 0.5) / (customers + 1) - centre ** 2) / (customers + 1));
  const half = NORMAL_95 * standardError;
  return {
    low: Math.max(-1, centre - half),
    high: Math.min(1, centre + half),
    p: twoSidedNormalP(centre / standardError),
  };
}
