import type { Estimate } from './judged-metrics.ts';
import type { SeedSpread } from './seeds.ts';
import type { ModelKind, TimeStep } from './terms.ts';

/** How early models warn, as a comparison holds it. Types only. docs/early-detection.md says what each figure is. */

/** What an analyst may set; everything else about alerts is fixed. */
export interface EarlyDetectionRequest {
  /** False-alert episodes per 100 good customer-months that a threshold may cost. */
  budget: number;
  /** H: an alert counts from this many days before the event on. */
  leadFromDays: number;
  /** g: an alert that comes later than this many days before the event is too late. */
  leadToDays: number;
}

/** When scores become an alert, in steps of the portfolio. */
export interface AlertRule {
  timeStep: TimeStep;
  /** A month has 30.4375 days. */
  daysPerStep: number;
  /** k: this many scores in a row at or above the threshold make an alert. */
  inARow: number;
  /** After an alert the customer raises none for this many steps. */
  quietSteps: number;
  /** The timely window, in steps before the event: from the larger to the smaller. */
  leadFromSteps: number;
  leadToSteps: number;
}

export interface EarlyDetectionSettings extends EarlyDetectionRequest, AlertRule {
  resamples: number;
  /** Of the shuffled control. */
  permutations: number;
  seed: number;
}

/** Days from the alert to the event: among the customers who were warned in time, and over all, where a miss is 0. */
export interface LeadTimes {
  detectedMean: Estimate;
  detectedMedian: Estimate;
  allMean: Estimate;
  allMedian: Estimate;
}

export interface EarlyModel {
  id: string;
  kind: ModelKind;
  /** Set on validation customers. Null: only a model that never alerts keeps within the budget, or nothing is known. */
  threshold: number | null;
  /** Share of the customers with an event who were warned in time. */
  timelyRecall: Estimate;
  lead: LeadTimes;
  /** Alert episodes per 1,000 customers and month, right or wrong. */
  alertsPer1000: Estimate;
  /** Alert episodes per 100 good customer-months: what the budget turned out to be on the judged customers. */
  falseAlertsPer100: Estimate;
  /** Share warned at least so many days before the event; `controls`: of good customers before a pseudo-event. */
  recallAt: { days: number; recall: Estimate; controls: number | null }[];
  /** By `EarlyDetection.days`: shares warned by then. */
  curve: { customers: number[]; controls: number[] };
  controls: { timelyRecall: Estimate };
  /** The same scores dealt out to other customers, at the same realised false alerts; means over the permutations. */
  shuffled: { timelyRecall: number | null; leadAllMean: number | null };
  /** At the threshold at which the false alerts of the judged customers equal the budget: what differences are of. */
  atEqualAlerts: { timelyRecall: Estimate; leadAllMean: Estimate };
}

/** Two-sided p. */
export interface TestedDifference extends Estimate {
  p: number | null;
}

/** Model `a` minus model `b`, both at the budget's rate of false alerts on the judged customers, on the same resamples. */
export interface EarlyDifference {
  a: string;
  b: string;
  leadAllMean: TestedDifference;
  timelyRecall: TestedDifference;
}

/** Sequence model minus snapshot model, as a pair is; of each sort the one that warned earliest on validation. */
export interface SequenceGain extends Omit<EarlyDifference, 'a' | 'b'> {
  sequence: string;
  snapshot: string;
}

export interface EarlyDetection {
  settings: EarlyDetectionSettings;
  eventTaken: 'dated' | 'step after the last';
  /** Why nothing could be measured; null where it was. Then every estimate is null. */
  reason: string | null;
  /** On which thresholds were set. */
  validation: { goodCustomers: number; goodMonths: number; allowedFalseAlerts: number };
  judged: {
    /** With an event, and scored at a step at which an alert would have been in time. */
    defaulters: number;
    /** With an event, but without such a step: nobody could have warned of them. */
    leftOut: number;
    goodCustomers: number;
    goodMonths: number;
    /** Pseudo-events of good customers. */
    controls: number;
    /** Mean days over all if every defaulter were warned with its first scores; missing in earlier versions. */
    leadCeiling?: number | null;
    /** How many of the defaulters had a score so many days before the event: the ceiling of recall. */
    reachable: { days: number; defaulters: number }[];
  };
  /** Days before the event, from the most to the least: the x values of the curves. */
  days: number[];
  models: EarlyModel[];
  pairs: EarlyDifference[];
  /** What looking at sequences gains; null without models of both sorts, and where nothing could be measured. */
  sequenceGain: SequenceGain | null;
  /** How to read the figures, for the analyst. */
  notes: string[];
  /**
   * The same in the time held out, which no model was trained on; null where no time was held out, missing in
   * comparisons of earlier versions.
   */
  outOfTime?: EarlyDetectionOutOfTime | null;
  /** Null where no other seed was trained, or nothing could be measured; missing in comparisons of earlier versions. */
  seeds?: EarlySeeds | null;
}

/**
 * The same settings trained with several seeds: what each warns of at the budget's rate of false alerts on the same
 * customers. Leads in days, over all.
 */
export interface EarlySeeds {
  /** By seed; the one that is compared among them. */
  experiments: { experimentId: string; seed: number }[];
  models: { kind: ModelKind; leadAllMean: SeedSpread; timelyRecall: SeedSpread }[];
  /** Lead of the sequence model less that of the snapshot model, the kinds of `sequenceGain`; null without these. */
  sequenceGain: SeedSpread | null;
}

/** The first step of the time held out; no date in an undated portfolio. */
export interface HeldOutTime {
  step: number;
  date: string | null;
}

/** Thresholds are set before that time, on validation customers; figures are of test customers' scores in it. */
export interface EarlyDetectionOutOfTime extends Omit<EarlyDetection, 'outOfTime' | 'seeds'> {
  from: HeldOutTime;
}

/** A customer's alerts by one model, on the way to the event. */
export interface TimelineAlerts {
  /** Null: only by never alerting the model keeps within the budget. */
  threshold: number | null;
  raised: { step: number; date: string | null }[];
}
