import type { Stability } from '../ipc/changes.ts';
import { indexOfShares, STABILITY_BINS, stabilityBin } from './stability.ts';

/** The normal distribution's quantile for a one-sided 95%. */
const Z = 1.6448536269514722;

type Values = ArrayLike<number>;

/**
 * The population stability index of two samples, over bins that each hold about a tenth of the earlier one. NaN is a missing value and has a
 * bin of its own. Null where one sample has no entries.
 *
 * - A bound is a value of the earlier sample (the ⌈k·n/10⌉-th in order); a value on it lies in the lower bin. Values
 *   that many customers share make fewer bins. What lies below a smallest value that fills a bin by itself has its own.
 * - A bin that one sample leaves empty counts as half an entry there; one that both leave empty is left out.
 *
 * `byChance` is the 95% quantile of χ² with (bins − 1) degrees of freedom, times 1/n + 1/m: that is how the index is
 * distributed, for large samples, where nothing has drifted (Yurdakul & Naranjo 2020). It takes the samples as
 * independent; the same customers on two dates are alike, so that chance moves the index less.
 */
export function stabilityOf(earlier: Values, later: Values, bins = STABILITY_BINS): Stability | null {
  const [n, m] = [earlier.length, later.length];
  if (n === 0 || m === 0) return null;
  const bounds = boundsOf(earlier, bins);
  const [before, after] = [countIn(earlier, bounds), countIn(later, bounds)];
  const missingBin = bounds.length + 1;
  return {
    ...stabilityOfCounts(before, after)!,
    bins: occupiedBins(before, after).map((bin) => ({
      above: bin === 0 || bin === missingBin ? null : bounds[bin - 1],
      most: bin < bounds.length ? bounds[bin] : null,
      missing: bin === missingBin,
      from: before[bin] / n,
      to: after[bin] / m,
    })),
  };
}

/** The same of two samples that are counted by bins already. Null where one has no entries. */
export function stabilityOfCounts(earlier: Values, later: Values): Pick<Stability, 'psi' | 'byChance'> | null {
  const sum = (counts: Values) => Array.from(counts).reduce((total, count) => total + count, 0);
  const [n, m] = [sum(earlier), sum(later)];
  if (n === 0 || m === 0) return null;
  const occupied = occupiedBins(earlier, later);
  const shares = (counts: Values, of: number) => occupied.map((bin) => (counts[bin] || 0.5) / of);
  return {
    psi: indexOfShares(shares(earlier, n), shares(later, m)),
    byChance: chiSquareQuantile(occupied.length - 1) * (1 / n + 1 / m),
  };
}

const occupiedBins = (earlier: Values, later: Values): number[] =>
  Array.from(earlier, (_, bin) => bin).filter((bin) => earlier[bin] + later[bin] > 0);

/** Upper bounds, rising; the bin after the last has none. */
function boundsOf(values: Values, bins: number): number[] {
  const known = Float64Array.from(values).filter((value) => !Number.isNaN(value));
  if (known.length === 0) return [];
  known.sort();
  const bounds: number[] = [];
  for (let k = 1; k < bins; k++) {
    const bound = known[Math.ceil((k * known.length) / bins) - 1];
    if (bounds.length === 0 || bound > bounds[bounds.length - 1]) bounds.push(bound);
  }
  // The smallest value alone in its bin: whatever falls below it later must not hide there.
  if (bounds[0] === known[0]) bounds.unshift(below(known[0]));
  return bounds;
}

/** So close under a value that no other of a history lies between: those are floats. */
const below = (value: number) => value - Math.max(Math.abs(value) * 2 ** -30, Number.MIN_VALUE);

/** [bounds + 2]: the last counts what is missing. */
function countIn(values: Values, bounds: readonly number[]): Int32Array {
  const counts = new Int32Array(bounds.length + 2);
  for (let i = 0; i < values.length; i++) {
    counts[Number.isNaN(values[i]) ? bounds.length + 1 : stabilityBin(values[i], bounds)]++;
  }
  return counts;
}

/** The 95% quantile of χ² (Wilson & Hilferty 1931), within 1% from one degree of freedom on; 0 without one. */
function chiSquareQuantile(freedom: number): number {
  if (freedom <= 0) return 0;
  const scale = 2 / (9 * freedom);
  return freedom * (1 - scale + Z * Math.sqrt(scale)) ** 3;
}
