import { tracksOf } from '../../src-main/evaluation/early-detection-alerts.ts';
import type { ScoredTracks } from '../../src-main/evaluation/early-detection.ts';
import { NO_STEP } from '../../src-main/sequences/panel.ts';
import { createRandom } from '../../src-main/sequences/random.ts';

export interface TrackPopulation {
  /** Share of the customers with an event. */
  events: number;
  /** How far scores rise before an event, in the deviations of a customer's week. */
  rise: number;
}

/**
 * Draws customers with 25 to 45 weekly scores of two models. Some have an event after the last one, before which their
 * risk rises from two to twenty weeks on; the second model sees it through more noise.
 */
export function drawTracks(seed: number, customers: number, { events, rise }: TrackPopulation): ScoredTracks {
  const random = createRandom(seed);
  const offset = [0];
  const steps: number[] = [];
  const eventStep: number[] = [];
  const scores: [number[], number[]] = [[], []];
  const noises = [0.4, 0.8];
  for (let customer = 0; customer < customers; customer++) {
    const weeks = random.integer(25, 45);
    const event = random.next() < events ? weeks + 1 : NO_STEP;
    const onset = event - random.integer(2, 20);
    const level = 0.7 * random.normal();
    let mood = 0;
    const seen = [0, 0];
    for (let week = 1; week <= weeks; week++) {
      mood = 0.6 * mood + 0.6 * random.normal();
      const risen = event === NO_STEP ? 0 : rise * Math.max(0, Math.min(1, (week - onset) / 4));
      steps.push(week);
      noises.forEach((noise, m) => {
        seen[m] = 0.5 * seen[m] + noise * random.normal();
        scores[m].push(level + mood + risen + seen[m]);
      });
    }
    offset.push(steps.length);
    eventStep.push(event);
  }
  const tracks = tracksOf({
    offset: Int32Array.from(offset),
    steps: Int32Array.from(steps),
    eventStep: Int32Array.from(eventStep),
  });
  return { tracks, scores: scores.map((of) => Float64Array.from(of)) };
}
