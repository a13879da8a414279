/** Where a series changed most, and its means before and after. */
export interface Change {
  /** The place of the first value after the change. */
  at: number;
  before: number;
  after: number;
}

const LEAST_BEFORE = 5;
const LEAST_AFTER = 3;
/** Of Student's t. The largest of many places is larger than one by itself: 3 would be found in noise. */
const LEAST_T = 4;

/**
 * The one change of the mean that a series shows most clearly (the largest of Student's t over all places, at least 4, with
 * at least five values before and three after); null where there is none. Empty values (NaN) are skipped.
 */
export function changeOf(series: ArrayLike<number>): Change | null {
  const places: number[] = [];
  for (let i = 0; i < series.length; i++) if (!Number.isNaN(series[i])) places.push(i);
  const values = places.map((place) => series[place]);
  const n = values.length;
  const [all, squares] = [sumUpTo(values), sumUpTo(values.map((value) => value ** 2))];
  const part = (from: number, to: number) => {
    const count = to - from;
    const mean = (all[to] - all[from]) / count;
    return { mean, spread: Math.max(0, squares[to] - squares[from] - count * mean ** 2) };
  };
  let best: { place: number; t: number; before: number; after: number } | null = null;
  for (let place = LEAST_BEFORE; place <= n - LEAST_AFTER; place++) {
    const [before, after] = [part(0, place), part(place, n)];
    const difference = Math.abs(after.mean - before.mean);
    // What rounding leaves of equal values is no change.
    if (!(difference > 1e-9 * (Math.abs(before.mean) + Math.abs(after.mean)))) continue;
    const variance = (before.spread + after.spread) / (n - 2);
    const t = difference / Math.sqrt(variance * (1 / place + 1 / (n - place)));
    if (best === null || t > best.t) best = { place, t, before: before.mean, after: after.mean };
  }
  if (best === null || best.t < LEAST_T) return null;
  return { at: places[best.place], before: best.before, after: best.after };
}

/** [n + 1]: sums of the first values. */
function sumUpTo(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1);
  values.forEach((value, i) => (sums[i + 1] = sums[i] + value));
  return sums;
}
