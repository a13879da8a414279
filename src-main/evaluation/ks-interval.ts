import type { Ranking } from './metrics.ts';
import { deviation, meanOf } from './moments.ts';
import { NORMAL_95 } from './normal-distribution.ts';

/** Where a sample's largest distance is, and what its distances are elsewhere. */
export interface SampleDistances {
  /** In the ranking; −1 without two classes. */
  place: number;
  /** [rows], by place in the ranking: share of the events down to there less that of the others. */
  distances: Float64Array;
}

/** Of each resample, [resamples]; NaN where it can't tell. */
export interface KsDraws {
  /** Its distance where the sample's is largest. */
  there: Float64Array;
  /** Its own largest distance less the sample's at the same place. */
  optimism: Float64Array;
}

export function sampleDistances(ranking: Ranking, weights: Float64Array, place: number): SampleDistances {
  const distances = new Float64Array(ranking.length);
  if (place < 0) return { place, distances };
  let [events, others] = [0, 0];
  const eventsSoFar = new Float64Array(ranking.length);
  for (let i = 0; i < ranking.length; i++) {
    const weight = weights[ranking[i] >> 2];
    if ((ranking[i] & 2) === 2) events += weight;
    else others += weight;
    eventsSoFar[i] = events;
    distances[i] = others;
  }
  for (let i = 0; i < ranking.length; i++) distances[i] = eventsSoFar[i] / events - distances[i] / others;
  return { place, distances };
}

/** The distance of weighted rows at a place of the ranking, in the direction that is positive in the sample. */
export function distanceThere(
  ranking: Ranking,
  weights: Float64Array,
  events: number,
  others: number,
  { place, distances }: SampleDistances,
): number {
  let eventsAbove = 0;
  let above = 0;
  for (let i = 0; i <= place; i++) {
    const code = ranking[i];
    const weight = weights[code >> 2];
    above += weight;
    eventsAbove += weight * ((code >> 1) & 1);
  }
  const distance = eventsAbove / events - (above - eventsAbove) / others;
  return distances[place] < 0 ? -distance : distance;
}

/**
 * The 95% interval of KS. The largest of many distances is too high in a sample, and a resample, which is a sample of
 * that sample, is too high once more but by less, so that percentiles miss on both counts (a maximum over thresholds
 * converges by n^(2/3): Abrevaya & Huang 2005, Econometrica 73). Taken off is therefore what a threshold chosen by the
 * rows loses on the rows that it was not chosen on, its optimism (Efron 1983, JASA 78); the width is that of the
 * distance at the sample's own threshold, which varies as a difference of two shares does.
 */
export function ksInterval(ks: number, { there, optimism }: KsDraws, factor: number): { low: number; high: number } {
  const centre = ks - meanOf(optimism);
  const half = factor * NORMAL_95 * deviation(there);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
