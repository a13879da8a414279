import { tracksOf, type Tracks } from '../../src-main/evaluation/early-detection-alerts.ts';
import type { ScoredTracks } from '../../src-main/evaluation/early-detection.ts';
import { NO_STEP } from '../../src-main/sequences/panel.ts';

/** A customer who was scored at every step from `from` to `to`, but for those in `missing`. */
export interface SmallTrack {
  from: number;
  to: number;
  event?: number;
  missing?: readonly number[];
}

export function smallTracks(customers: readonly SmallTrack[]): Tracks {
  const offset = [0];
  const steps: number[] = [];
  for (const { from, to, missing = [] } of customers) {
    for (let step = from; step <= to; step++) if (!missing.includes(step)) steps.push(step);
    offset.push(steps.length);
  }
  return tracksOf({
    offset: Int32Array.from(offset),
    steps: Int32Array.from(steps),
    eventStep: Int32Array.from(customers, ({ event }) => event ?? NO_STEP),
  });
}

/** Each model gives a customer (by place) a score at a step. */
export function scoredTracks(
  customers: readonly SmallTrack[],
  models: readonly ((customer: number, step: number) => number)[],
): ScoredTracks {
  const tracks = smallTracks(customers);
  const scores = models.map((score) => {
    const values = new Float32Array(tracks.steps.length);
    customers.forEach((_, c) => {
      for (let i = tracks.offset[c]; i < tracks.offset[c + 1]; i++) values[i] = score(c, tracks.steps[i]);
    });
    return values;
  });
  return { tracks, scores };
}
