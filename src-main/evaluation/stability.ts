import { noRows, type Scores } from './metrics.ts';

/** How the scores of a reference spread: bins by its deciles, and how many of its rows are in each. */
export interface ScoreReference {
  /** Upper bounds of all bins but the last, ascending; a score on a bound is in the lower bin. */
  bounds: number[];
  /** [bounds + 1]. */
  counts: number[];
}

export const STABILITY_BINS = 10;
/** A bin that holds nobody would make the index infinite: its share is taken as this. */
const LEAST_SHARE = 1e-4;

/**
 * The population stability index Σ (a − e)·ln(a/e) of two lists of shares over the same bins, with e the expected share
 * and a the actual one (Siddiqi 2006; Kullback's symmetric divergence): above .1 the population has moved, above .25 it
 * is another one, by the usual rule of thumb. No share may be 0.
 */
export function indexOfShares(expected: readonly number[], actual: readonly number[]): number {
  if (expected.length !== actual.length) throw new RangeError(`${expected.length} and ${actual.length} bins`);
  return expected.reduce((index, e, bin) => {
    const a = actual[bin];
    if (!(e > 0 && a > 0)) throw new RangeError(`bin ${bin} is empty`);
    return index + (a - e) * Math.log(a / e);
  }, 0);
}

/** The same of counts, or shares, of the same bins; an empty bin counts as one ten-thousandth. NaN without rows. */
export function stabilityIndex(expected: ArrayLike<number>, actual: ArrayLike<number>): number {
  const [allExpected, allActual] = [sumOf(expected), sumOf(actual)];
  if (allExpected === 0 || allActual === 0) return Number.NaN;
  const shares = (counts: ArrayLike<number>, all: number) =>
    Array.from(counts, (count) => Math.max(count / all, LEAST_SHARE));
  return indexOfShares(shares(expected, allExpected), shares(actual, allActual));
}

/**
 * By bin, how fast the index grows with the actual share: ln(a/e) + 1 − e/a, at the shares of these counts; 0 where a bin
 * is empty, since its share is taken as fixed.
 */
export function stabilityGradient(expected: ArrayLike<number>, actual: ArrayLike<number>): Float64Array {
  const [allExpected, allActual] = [sumOf(expected), sumOf(actual)];
  return Float64Array.from(expected, (count, bin) => {
    const a = actual[bin] / allActual;
    const e = Math.max(count / allExpected, LEAST_SHARE);
    return a > LEAST_SHARE ? Math.log(a / e) + 1 - e / a : 0;
  });
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/** The deciles of scores as a reference; fewer bins where scores repeat. Throws `too-small` without scores. */
export function referenceOf(scores: Scores, bins = STABILITY_BINS): ScoreReference {
  if (scores.length === 0) throw noRows();
  const sorted = scores.slice().sort();
  const bounds: number[] = [];
  for (let bin = 1; bin < bins; bin++) {
    const bound = sorted[Math.ceil((bin * sorted.length) / bins) - 1];
    // The largest score as a bound would leave an empty bin above it.
    if (bound !== bounds[bounds.length - 1] && bound < sorted[sorted.length - 1]) bounds.push(bound);
  }
  const counts = new Array<number>(bounds.length + 1).fill(0);
  for (const score of sorted) counts[stabilityBin(score, bounds)]++;
  return { bounds, counts };
}

/** Which bin of a reference a score is in. */
export function stabilityBin(score: number, bounds: readonly number[]): number {
  let bin = 0;
  while (bin < bounds.length && score > bounds[bin]) bin++;
  return bin;
}
