import type { Scores } from './metrics.ts';

/** The bounds of equal bins over 0 to 1, [bins + 1], rounded as the scores are: a single-precision .7 lies on .7. */
export const boundsLike = (scores: Scores, bins: number): Scores => {
  const bounds = scores instanceof Float32Array ? new Float32Array(bins + 1) : new Float64Array(bins + 1);
  return bounds.map((_, i) => i / bins) as Scores;
};

/** The bin of a score; one on a bound between two bins goes to the one that is said. Multiplying alone would miss some. */
export function binOf(score: number, bounds: Scores, onBound: 'lower' | 'upper'): number {
  const last = bounds.length - 2;
  let bin = Math.min(last, Math.max(0, Math.floor(score * (last + 1))));
  const isAbove = (bound: number) => (onBound === 'upper' ? score >= bound : score > bound);
  while (bin < last && isAbove(bounds[bin + 1])) bin++;
  while (bin > 0 && !isAbove(bounds[bin])) bin--;
  return bin;
}
