import { binOf, boundsLike } from './equal-bins.ts';
import type { Scores } from './metrics.ts';

export const SCORE_BINS = 50;

export interface ScoreDistribution {
  /** [bins]: rows with the event, and without it. */
  events: number[];
  others: number[];
}

/** Rows by PD in equal bins over 0 to 1: a PD on a bound is in the upper one, 1 in the last, as numpy.histogram does. */
export function scoreDistribution(scores: Scores, labels: Uint8Array, bins = SCORE_BINS): ScoreDistribution {
  const events = new Array<number>(bins).fill(0);
  const others = new Array<number>(bins).fill(0);
  const bounds = boundsLike(scores, bins);
  for (let i = 0; i < scores.length; i++) {
    const bin = binOf(scores[i], bounds, 'upper');
    if (labels[i] === 1) events[bin]++;
    else others[bin]++;
  }
  return { events, others };
}
