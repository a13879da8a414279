import { countAlerts, isGood, NEVER, trackCount, type Tracks } from './early-detection-alerts.ts';

/** The thresholds that can make a difference: all heights at which the rule is met, ascending, and NEVER as the last. */
export function candidateThresholds(met: Float64Array): Float64Array {
  const sorted = met.filter((value) => value !== -Infinity).sort();
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[distinct++] = sorted[i];
  const candidates = new Float64Array(distinct + 1);
  candidates.set(sorted.subarray(0, distinct));
  candidates[distinct] = NEVER;
  return candidates;
}

/** The false alerts at a threshold, counted no further than just above `most`. */
function falseAlerts(tracks: Tracks, met: Float64Array, threshold: number, quietSteps: number, most: number): number {
  let alerts = 0;
  for (let c = 0; c < trackCount(tracks) && alerts <= most; c++)
    if (isGood(tracks, c)) alerts += countAlerts(tracks, c, met, threshold, quietSteps);
  return alerts;
}

/**
 * The place among `candidates` of the lowest threshold that costs at most `most` false alerts; a lower threshold never
 * costs fewer. Scores that are tied at a threshold alert all together, or, where that is too many, none of them.
 */
export function lowestWithin(
  tracks: Tracks,
  met: Float64Array,
  candidates: Float64Array,
  quietSteps: number,
  most: number,
): number {
  let low = 0;
  let high = candidates.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (falseAlerts(tracks, met, candidates[middle], quietSteps, most) <= most) high = middle;
    else low = middle + 1;
  }
  return low;
}
