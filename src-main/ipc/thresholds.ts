import type { Estimate, ModelKind } from './documents.ts';

/** Alerts from a threshold on: how it was found, what it does, and what that costs. Types only. */

/** What is counted: a customer once, alerted where any of its windows is; or every window. */
export type AlertUnit = 'customers' | 'windows';

export type ThresholdRule =
  /** Alerts every PD of at least this, 0 to 1. */
  | { kind: 'hand'; threshold: number }
  /** Alerts at most this share, 0 to 1. */
  | { kind: 'budget'; share: number }
  /** The highest F1. */
  | { kind: 'f1' }
  /** The lowest cost. */
  | { kind: 'cost' };

/** In the portfolio's currency; none is negative. */
export interface AlertCosts {
  /** Of an event without an alert. */
  missed: number;
  /** Of an alert without an event. */
  falseAlert: number;
}

export interface KeptCosts extends AlertCosts {
  /** Nobody has set them yet. */
  assumed: boolean;
}

export interface ThresholdsRequest {
  experimentId: string;
  part: 'test' | 'outOfTime';
  rule: ThresholdRule;
  unit: AlertUnit;
  /** Null: the portfolio's. */
  costs: AlertCosts | null;
}

/** In units of what is counted. */
export interface ConfusionMatrix {
  truePositives: number;
  falsePositives: number;
  trueNegatives: number;
  falseNegatives: number;
}

/** Null where nothing is to be divided by. */
export interface AlertRates {
  precision: number | null;
  recall: number | null;
  f1: number | null;
  alertRate: number;
}

export interface ModelThreshold extends AlertRates {
  id: string;
  kind: ModelKind;
  /** Least PD that is alerted; null: nobody is, since every threshold would alert too many, or cost more. */
  threshold: number | null;
  matrix: ConfusionMatrix;
  costPer1000: Estimate;
  intervals: Record<keyof AlertRates, { low: number | null; high: number | null }>;
  /** The same threshold on the rows it was fitted on. */
  validation: AlertRates & { costPer1000: number };
  /** The model's cost minus that of the cheaper of alerting nobody and alerting all, on the same resamples. */
  againstNone: { rule: 'nobody' | 'all'; costPer1000: Estimate };
}

export interface ThresholdsDocument {
  experimentId: string;
  part: 'test' | 'outOfTime';
  rule: ThresholdRule;
  unit: AlertUnit;
  costs: KeptCosts;
  /** ISO 4217, or empty. */
  currency: string;
  /** What the matrices count; `events`: those with the event. */
  judged: { customers: number; windows: number; counted: number; events: number };
  /** The rows that thresholds were fitted on. */
  validation: { customers: number; windows: number; counted: number; events: number };
  models: ModelThreshold[];
  /** Cost per 1,000 of model `a` minus model `b`. */
  pairs: { a: string; b: string; deltaCostPer1000: number; low: number | null; high: number | null; p: number }[];
  alertNobody: { costPer1000: Estimate };
  alertAll: { costPer1000: Estimate };
  resamples: number;
  /** How to read the figures, for the analyst. */
  notes: string[];
}

/** With what the chart of cost against threshold draws. */
export interface ThresholdsView extends ThresholdsDocument {
  /** By model: judged units alerted at thresholds 0, .001 … 1, with and without the event. */
  curves: { id: string; events: Int32Array; others: Int32Array }[];
}
