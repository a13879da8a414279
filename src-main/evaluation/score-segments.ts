import { CALIBRATION_BINS } from './calibration-bins.ts';
import { binOf, boundsLike } from './equal-bins.ts';
import type { Ranking, Scores } from './metrics.ts';
import { logitsOf, type GroupedOutcomes } from './recalibration.ts';
import { stabilityBin, type ScoreReference } from './stability.ts';

/**
 * A ranking cut into stretches of similar PDs that lie within one bin of calibration and one of stability. Summed over
 * them once a resample, the rows give expected calibration error and stability exactly, and the recalibration line to
 * more digits than are shown.
 */
export interface ScoreSegments {
  /** [rows], riskiest first, as in the ranking. */
  pds: Float64Array;
  /** [segments]: where in the ranking each ends, exclusive. */
  ends: Int32Array;
  /** [segments]: mean logit of its rows, its bin of calibration and of stability. */
  logit: Float64Array;
  calibrationBin: Uint8Array;
  stabilityBin: Uint8Array;
}

/** What a set of weights makes of the segments, [segments] each. */
export interface SegmentSums extends GroupedOutcomes {
  /** Σ weight · PD. */
  pds: Float64Array;
}

/** Of a segment, in logits: the line's error goes with its square. */
const WIDTH = 0.125;

export function cutSegments(scores: Scores, reference: ScoreReference | null): ScoreSegments {
  const rows = scores.length;
  const sorted = scores.slice().sort().reverse();
  const logits = logitsOf(sorted);
  const bounds = boundsLike(scores, CALIBRATION_BINS);
  const cuts: { end: number; logit: number; calibration: number; stability: number }[] = [];
  let start = 0;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    sum += logits[i];
    const next = sorted[i + 1];
    if (next === sorted[i]) continue;
    const calibration = binOf(sorted[i], bounds, 'lower');
    const stability = reference === null ? 0 : stabilityBin(sorted[i], reference.bounds);
    const goesOn =
      i < rows - 1 &&
      Math.floor(logits[i + 1] / WIDTH) === Math.floor(logits[i] / WIDTH) &&
      binOf(next, bounds, 'lower') === calibration &&
      (reference === null || stabilityBin(next, reference.bounds) === stability);
    if (goesOn) continue;
    cuts.push({ end: i + 1, logit: sum / (i + 1 - start), calibration, stability });
    start = i + 1;
    sum = 0;
  }
  return {
    pds: Float64Array.from(sorted),
    ends: Int32Array.from(cuts, ({ end }) => end),
    logit: Float64Array.from(cuts, ({ logit }) => logit),
    calibrationBin: Uint8Array.from(cuts, ({ calibration }) => calibration),
    stabilityBin: Uint8Array.from(cuts, ({ stability }) => stability),
  };
}

export const emptySums = ({ logit }: ScoreSegments): SegmentSums => ({
  logit,
  rows: new Float64Array(logit.length),
  events: new Float64Array(logit.length),
  pds: new Float64Array(logit.length),
});

/** One pass down the ranking that the segments were cut from; `weights` as in `rankMetrics`. */
export function sumSegments({ pds, ends }: ScoreSegments, ranking: Ranking, weights: Float64Array, into: SegmentSums) {
  let i = 0;
  for (let segment = 0; segment < ends.length; segment++) {
    const end = ends[segment];
    let rows = 0;
    let events = 0;
    let expected = 0;
    for (; i < end; i++) {
      const code = ranking[i];
      const weight = weights[code >> 2];
      rows += weight;
      events += weight * ((code >> 1) & 1);
      expected += weight * pds[i];
    }
    into.rows[segment] = rows;
    into.events[segment] = events;
    into.pds[segment] = expected;
  }
}

/** [bins of calibration]: mean PD less the share of events, times the bin's share of the rows. */
export function calibrationSurplus({ calibrationBin }: ScoreSegments, { rows, events, pds }: SegmentSums) {
  const surplus = new Float64Array(CALIBRATION_BINS);
  let all = 0;
  for (let segment = 0; segment < rows.length; segment++) {
    surplus[calibrationBin[segment]] += pds[segment] - events[segment];
    all += rows[segment];
  }
  for (let bin = 0; bin < surplus.length; bin++) surplus[bin] /= all;
  return surplus;
}

/**
 * Expected calibration error: Σ (n_b/n)·|mean PD − share of events| over bins of equal width (Naeini et al. 2015). It is
 * above 0 by chance alone, the more the fewer rows there are.
 */
export function expectedCalibrationError(surplus: Float64Array): number {
  let error = 0;
  for (const difference of surplus) error += Math.abs(difference);
  return error;
}

/** [bins of the reference]: weighted rows in each. */
export function rowsByStabilityBin({ stabilityBin: bins }: ScoreSegments, { rows }: SegmentSums, count: number) {
  const actual = new Float64Array(count);
  for (let segment = 0; segment < rows.length; segment++) actual[bins[segment]] += rows[segment];
  return actual;
}
