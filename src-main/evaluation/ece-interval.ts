import { normalCdf, normalQuantile } from './normal-quantile.ts';

/**
 * Of the 5% that the interval misses, the share that it misses below. A model that is all but calibrated can only be
 * missed there, since no error is below 0: its interval would hold the truth too often with half of them.
 */
const MISSED_BELOW = 0.7;
const HALVINGS = 11;

/**
 * The 95% interval of an expected calibration error by test inversion (Carpenter 1999, JRSS B 61): the errors at which
 * what was measured is neither too high nor too low to be likely. Σ|surplus| is too high in a sample by as much as the
 * rows vary, the more so the smaller the true surpluses are, and a resample of the sample can't show that. So the
 * resampled noise of each bin, its surplus less the measured one, is laid over surpluses that are scaled from none to
 * many times √((d² + s²)/2), d the measured surplus of the bin and s its standard error: the pattern of a bin that
 * stands out is kept, and one that is 0 by chance does not stay 0.
 *
 * `measured`, [bins], and `draws`, [resamples × bins]: mean PD less share of events, times the bin's share of the rows.
 * `factor`: how many times as far out the percentiles are taken.
 */
export function eceInterval(
  measured: Float64Array,
  draws: Float64Array,
  factor: number,
): { low: number; high: number } {
  const bins = measured.length;
  const resamples = draws.length / bins;
  const filled = measured.map((_, bin) => bin).filter((bin) => measured[bin] !== 0 || varies(draws, bins, bin));
  const pattern = new Float64Array(bins);
  for (const bin of filled) {
    let squares = 0;
    for (let r = 0; r < resamples; r++) squares += (draws[r * bins + bin] - measured[bin]) ** 2;
    const size = Math.sqrt((measured[bin] ** 2 + squares / resamples) / 2);
    pattern[bin] = measured[bin] < 0 ? -size : size;
  }
  const error = sumOfSizes(measured);
  const patternError = sumOfSizes(pattern);
  if (patternError === 0) return { low: error, high: error };

  const errors = new Float64Array(resamples);
  const quantileAt = (scale: number, share: number) => {
    for (let r = 0; r < resamples; r++) {
      let sum = 0;
      for (const bin of filled) sum += Math.abs(scale * pattern[bin] + draws[r * bins + bin] - measured[bin]);
      errors[r] = sum;
    }
    errors.sort();
    return errors[Math.round(share * (resamples - 1))];
  };
  /** The scale at which that quantile is what was measured. */
  const scaleOf = (share: number) => {
    if (quantileAt(0, share) >= error) return 0;
    let [below, above] = [0, 1];
    while (quantileAt(above, share) < error) [below, above] = [above, 2 * above];
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (below + above) / 2;
      if (quantileAt(middle, share) < error) below = middle;
      else above = middle;
    }
    return (below + above) / 2;
  };
  const missed = 0.05;
  const outwards = (share: number) => normalCdf(factor * normalQuantile(share));
  const low = scaleOf(outwards(1 - missed * MISSED_BELOW)) * patternError;
  const high = scaleOf(outwards(missed * (1 - MISSED_BELOW))) * patternError;
  return { low: Math.min(low, error), high: Math.min(1, Math.max(high, error)) };
}

function varies(draws: Float64Array, bins: number, bin: number): boolean {
  for (let at = bin; at < draws.length; at += bins) if (draws[at] !== 0) return true;
  return false;
}

function sumOfSizes(surpluses: Float64Array): number {
  let sum = 0;
  for (const surplus of surpluses) sum += Math.abs(surplus);
  return sum;
}
