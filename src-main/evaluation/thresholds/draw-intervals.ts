/** Of the intervals. */
export const CONFIDENCE = 0.95;

/** The middle 95% of resampled values (Efron 1979); entries that are not a number were not drawn. */
export function drawInterval(draws: Float64Array): { low: number | null; high: number | null } {
  const sorted = drawn(draws);
  if (sorted.length === 0) return { low: null, high: null };
  return { low: quantile(sorted, (1 - CONFIDENCE) / 2), high: quantile(sorted, (1 + CONFIDENCE) / 2) };
}

/**
 * Two-sided, that a difference is 0: twice the smaller share of draws that are not above, or not below, 0, with one added
 * to counts and draws. Never 0, and 1 where all draws are 0.
 */
export function drawP(differences: Float64Array): number {
  const sorted = drawn(differences);
  const notAbove = sorted.filter((difference) => difference <= 0).length;
  const notBelow = sorted.filter((difference) => difference >= 0).length;
  return Math.min(1, (2 * (Math.min(notAbove, notBelow) + 1)) / (sorted.length + 1));
}

const drawn = (draws: Float64Array) => draws.filter((value) => !Number.isNaN(value)).sort();

/** Linear between order statistics (type 7 of Hyndman & Fan 1996). */
function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
