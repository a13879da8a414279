import type { ModelKind, TimelineDocument } from '../ipc/documents.ts';
import type { LevelBounds } from '../ipc/views.ts';
import { levelOf } from './levels.ts';

export interface CustomerTimeline {
  customer: string;
  experimentId: string;
  /** Null without an event, or without its step. */
  eventStep: number | null;
  /** The models were fitted or tuned on this customer. */
  seen: boolean;
  models: {
    id: string;
    kind: ModelKind;
    /** The step of the first score; one score a step follows. */
    firstStep: number;
    scores: Float32Array;
  }[];
}

/** `dateOf` gives a step's last day; null in an undated portfolio. */
export function describeTimeline(
  { customer, experimentId, eventStep, seen, models }: CustomerTimeline,
  dateOf: (step: number) => string | null,
  bounds: LevelBounds,
): TimelineDocument {
  return {
    customer,
    experimentId,
    event: eventStep === null ? null : { step: eventStep, date: dateOf(eventStep) },
    models: models.map(({ id, kind, firstStep, scores }) => ({
      id,
      kind,
      seenInTraining: seen,
      points: Array.from(scores, (pd, i) => ({
        step: firstStep + i,
        date: dateOf(firstStep + i),
        riskScore: pd,
        riskLevel: levelOf(pd, bounds),
      })),
    })),
  };
}
