import { alertSteps } from '../evaluation/early-detection-alerts.ts';
import type { ModelKind, TimelineDocument } from '../ipc/documents.ts';
import type { AlertRule, TimelineAlerts } from '../ipc/early-detection.ts';
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
    champion: boolean;
  }[];
  alerting: Alerting | null;
}

/** When scores become alerts. */
export interface Alerting {
  rule: Pick<AlertRule, 'inARow' | 'quietSteps'>;
  /** By model id; null: never. */
  thresholds: ReadonlyMap<string, number | null>;
}

/** `dateOf` gives a step's last day; null in an undated portfolio. */
export function describeTimeline(
  { customer, experimentId, eventStep, seen, models, alerting }: CustomerTimeline,
  dateOf: (step: number) => string | null,
  bounds: LevelBounds,
): TimelineDocument {
  return {
    customer,
    experimentId,
    event: eventStep === null ? null : { step: eventStep, date: dateOf(eventStep) },
    models: models.map(({ id, kind, firstStep, scores, champion }) => ({
      id,
      kind,
      seenInTraining: seen,
      points: Array.from(scores, (pd, i) => ({
        step: firstStep + i,
        date: dateOf(firstStep + i),
        riskScore: pd,
        riskLevel: levelOf(pd, bounds),
      })),
      champion,
      alerts: alertsOf(id, firstStep, scores, eventStep, alerting, dateOf),
    })),
  };
}

/** What comes at or after the event warns of nothing. */
function alertsOf(
  id: string,
  firstStep: number,
  scores: Float32Array,
  eventStep: number | null,
  alerting: Alerting | null,
  dateOf: (step: number) => string | null,
): TimelineAlerts | null {
  const threshold = alerting?.thresholds.get(id);
  if (alerting === null || threshold === undefined) return null;
  if (threshold === null) return { threshold, raised: [] };
  const points = Array.from(scores, (score, i) => ({ step: firstStep + i, score })).filter(
    ({ step }) => eventStep === null || step < eventStep,
  );
  const steps = alertSteps(points, threshold, alerting.rule);
  return { threshold, raised: steps.map((step) => ({ step, date: dateOf(step) })) };
}
