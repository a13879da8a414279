import type { EarlyDetection, HeldOutTime } from '../ipc/early-detection.ts';
import { isGood, trackCount, tracksOf } from './early-detection-alerts.ts';
import { detectEarly, type EarlyDetectionInput, type ScoredTracks } from './early-detection.ts';
import type { Scores } from './metrics.ts';
import type { RunOptions } from './pacing.ts';

/**
 * As `detectEarly`, and beside it the same for the time held out alone: thresholds from validation customers before that
 * time, figures from what test customers scored in it. An alert that stands as that time begins counts from there.
 * `heldOut` null: there is none. Progress counts the resamples of both.
 */
export async function detectEarlyInBothTimes(
  input: Omit<EarlyDetectionInput, 'heldOut'> & { heldOut: HeldOutTime | null },
  { signal, progress }: RunOptions = {},
): Promise<EarlyDetection> {
  const { heldOut, ...whole } = input;
  const times = heldOut === null ? 1 : 2;
  const following = (before: number): RunOptions => ({
    signal,
    progress: (done, total) => progress?.(before * total + done, times * total),
  });
  const document = await detectEarly(whole, following(0));
  if (heldOut === null) return { ...document, outOfTime: null };
  const later = await detectEarly(
    {
      ...whole,
      validation: scoredBefore(input.validation, heldOut.step),
      test: scoredFrom(input.test, heldOut.step),
      heldOut,
    },
    following(1),
  );
  return { ...document, outOfTime: { ...later, from: heldOut } };
}

/** What could be known before a step: a customer whose event comes later is neither good nor with an event. */
const scoredBefore = (scored: ScoredTracks, step: number): ScoredTracks =>
  narrowed(
    scored,
    (event) => event < step,
    (at) => at < step,
  );

/** Scores from a step on, without those whose event came before it. */
const scoredFrom = (scored: ScoredTracks, step: number): ScoredTracks =>
  narrowed(
    scored,
    (event) => event >= step,
    (at) => at >= step,
  );

function narrowed(
  { tracks, scores }: ScoredTracks,
  isEventWanted: (step: number) => boolean,
  isStepWanted: (step: number) => boolean,
): ScoredTracks {
  const offset = [0];
  const eventStep: number[] = [];
  const kept: number[] = [];
  for (let c = 0; c < trackCount(tracks); c++) {
    if (!isGood(tracks, c) && !isEventWanted(tracks.eventStep[c])) continue;
    for (let i = tracks.offset[c]; i < tracks.offset[c + 1]; i++) if (isStepWanted(tracks.steps[i])) kept.push(i);
    offset.push(kept.length);
    eventStep.push(tracks.eventStep[c]);
  }
  const of = (values: Scores): Scores => Float32Array.from(kept, (i) => values[i]);
  return {
    tracks: tracksOf({
      offset: Int32Array.from(offset),
      steps: Int32Array.from(kept, (i) => tracks.steps[i]),
      eventStep: Int32Array.from(eventStep),
    }),
    scores: scores.map(of),
  };
}
