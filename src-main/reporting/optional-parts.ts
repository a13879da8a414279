import type { Estimate } from '../ipc/documents.ts';

/**
 * What documents may hold, depending on the version that made them and on what was asked for: only the keys that a
 * report reads. A comparison that was kept by an earlier version has none of it.
 */

/** Of a model: the analyst's own name for a score from elsewhere. */
export interface MaybeNamed {
  kind: string;
  name?: string | undefined;
}

export interface Tested extends Estimate {
  p: number | null;
}

export interface EarlyDetectionPart {
  settings: {
    budget: number;
    leadFromDays: number;
    leadToDays: number;
    inARow: number;
    quietSteps: number;
    timeStep: string;
    resamples: number;
  };
  eventTaken: string;
  /** Why nothing could be measured; null where it was. */
  reason: string | null;
  judged: { defaulters: number; leftOut: number; goodCustomers: number };
  /** Days before the event, from the most to the least. */
  days: number[];
  models: EarlyModelPart[];
  pairs: { a: string; b: string; leadAllMean: Tested; timelyRecall: Tested }[];
  notes: string[];
}

export interface EarlyModelPart extends MaybeNamed {
  id: string;
  threshold: number | null;
  timelyRecall: Estimate;
  lead: Record<'detectedMean' | 'detectedMedian' | 'allMean' | 'allMedian', Estimate>;
  alertsPer1000: Estimate;
  falseAlertsPer100: Estimate;
  recallAt: { days: number; recall: Estimate; controls: number | null }[];
  /** By `days`: shares warned by then. */
  curve: { customers: number[]; controls: number[] };
  controls: { timelyRecall: Estimate };
  shuffled: { timelyRecall: number | null; leadAllMean: number | null };
}

export interface ThresholdsPart {
  rule: { kind: string; share?: number; threshold?: number };
  unit: 'customers' | 'windows';
  costs: { missed: number; falseAlert: number; assumed: boolean };
  currency: string;
  judged: { counted: number; events: number };
  models: (MaybeNamed & {
    id: string;
    threshold: number | null;
    matrix: { truePositives: number; falsePositives: number; trueNegatives: number; falseNegatives: number };
    precision: number | null;
    recall: number | null;
    alertRate: number;
    costPer1000: Estimate;
  })[];
  notes: string[];
}

/** Checks for what gives the outcome away. */
export interface SanityPart {
  checks: { mark: string; title: string; text: string; advice: string | null }[];
  shuffled?: { check: { mark: string; title: string; text: string; advice: string | null } } | null;
}

/** Of a part of a comparison. */
export interface JudgedExtras {
  conventions?: { captureShare?: number; alertRate?: number; calibrationBins?: number } | undefined;
  byMonth?:
    { month: string; windows: number; customers: number; events: number; auc: Record<string, number | null> }[] | null;
  deLong?: {
    pairs: { a: string; b: string; deltaAuc: number; low: number | null; high: number | null; p: number | null }[];
  } | null;
}

export interface HosmerLemeshowPart {
  statistic: number;
  degreesOfFreedom: number;
  p: number;
}

/** How a model's PDs were brought in line with what happened, on validation rows. */
export type CalibrationPart =
  { method: 'platt'; slope: number; intercept: number } | { method: 'isotonic'; levels: number };

const read = <T>(from: object, key: string): T | null =>
  ((from as Record<string, unknown>)[key] as T | undefined) ?? null;

export const earlyDetectionOf = (comparison: object) => read<EarlyDetectionPart>(comparison, 'earlyDetection');
export const extrasOf = (part: object) => part as JudgedExtras;
export const hosmerLemeshowOf = (model: object) => read<HosmerLemeshowPart>(model, 'hosmerLemeshow');
export const calibrationOf = (model: object) => read<CalibrationPart>(model, 'calibration');
export const withoutOf = (settings: object) => read<string[]>(settings, 'without') ?? [];
