import type { LabelRule, ModelKind, Part, StepAuc } from './documents.ts';

/**
 * Whether the figures of a training can be trusted: what `check` prints and the Train and Compare screens show. Keys may
 * be added, never changed. Apart from who is where, nothing here looks at test customers.
 */

export interface StepDate {
  step: number;
  /** ISO date of the step's last day; null in an undated portfolio. */
  date: string | null;
}

/** Who is where. */
export interface PlacedPart {
  part: Part | 'outOfTime';
  customers: number;
  windows: number;
  /** Customers with an event. */
  events: number;
  /** Windows that carry the event. */
  positives: number;
  /** The first step under one of its windows, and the last. */
  from: StepDate;
  to: StepDate;
}

/** How well one number alone tells the windows with the event from the others. */
export interface AloneAuc {
  /** On training and validation windows together; at least .5, in the direction that `higherIsRiskier` gives. */
  auc: number;
  higherIsRiskier: boolean;
  /** Each part by itself, in that direction; null where it holds one outcome only. */
  train: number | null;
  validation: number | null;
  /** Customers with such windows, and with others, that have a value. */
  customers: { events: number; others: number };
  /** Too far from .5 for chance among so many customers. */
  beyondChance: boolean;
}

/** What of an input was measured: its value, an aggregate of snapshot models, or that a value is missing. */
export type InputMeasure =
  'value' | 'last' | 'mean' | 'slope' | 'max' | 'change' | 'missing at the end' | 'missing in the window' | 'missing';

export interface InputCheck {
  input: string;
  /** `aggregate`: a figure of snapshot models that is made of several features. */
  kind: 'history' | 'static' | 'aggregate';
  /** Models read it; attributes may be off, and inputs left out. */
  used: boolean;
  /**
   * Of a history feature: how well each customer's very first value (or that it is missing) tells who has an event at
   * any time, at least .5; null where it can't be told. A copy of the outcome does so from the start, behaviour hardly.
   */
  atStart: { value: number | null; missing: number | null };
  /** Strongest first. */
  measures: (AloneAuc & { measure: InputMeasure })[];
}

export interface TwinGroup {
  /** Ids with the same history, at most 20, and the part of each. */
  customers: { customer: string; part: Part }[];
  acrossParts: boolean;
}

/** AUC on validation windows, of all steps pooled and among windows that end at the same step. */
export interface CalendarCheck {
  models: {
    id: string;
    kind: ModelKind;
    pooled: number | null;
    /** Mean over the steps, each counted by its pairs of outcomes. */
    withinSteps: number | null;
    /** Its PDs are of an isotonic regression that was fitted on these windows, so that both figures are too high. */
    fittedHere: boolean;
  }[];
  steps: StepAuc[];
}

/** `not-made`: the data don't allow the check, so that it says neither. */
export type SanityMark = 'fine' | 'look' | 'not-made';

/** One check in plain words. */
export interface SanityCheck {
  key: 'parts' | 'twins' | 'inputs' | 'missing' | 'length' | 'position' | 'labels' | 'unknown' | 'time' | 'shuffled';
  mark: SanityMark;
  title: string;
  text: string;
  /** What to do; null where there is nothing. */
  advice: string | null;
  /** The inputs that the check is about, strongest first. */
  inputs: string[];
}

export interface SanityDocument {
  /** Whose settings these are; null: as asked for. */
  experimentId: string | null;
  settings: {
    window: number;
    horizon: number;
    gap: number;
    labelRule: LabelRule;
    splitSeed: number;
    without: string[];
  };
  parts: PlacedPart[];
  /** Windows whose outcome cannot be known yet, and windows dropped because they touch or follow the event. */
  unlabelled: { unknown: number; dropped: number };
  /** Null where no time is held out. `heldOutFrom`: the first step that is; `windows`: kept away from it, not used. */
  embargo: { steps: number; windows: number; heldOutFrom: StepDate } | null;
  /** Ids that stand in two parts: there must be none. */
  inTwoParts: string[];
  twins: { groups: TwinGroup[]; customers: number; acrossParts: number };
  /** Windows that inputs were measured on, of all training and validation windows. */
  measured: { windows: number; of: number };
  /** Strongest first. */
  inputs: InputCheck[];
  /** Rows of a customer's whole history, one entry a customer; steps up to a window's end; the step it ends at. */
  length: AloneAuc | null;
  stepsSoFar: AloneAuc | null;
  position: AloneAuc | null;
  /** Where one flag labels all windows of a customer, and models were trained. */
  calendar: CalendarCheck | null;
  /** Warnings first, what could not be checked last. */
  checks: SanityCheck[];
  /** Where it was asked for. */
  shuffled: ShuffledDocument | null;
  seconds: number;
}

export type ShuffledKind = 'lightgbm' | 'logistic' | 'lstm';

/** Models trained on outcomes that were shuffled between customers: their AUC on validation windows must be near .5. */
export interface ShuffledDocument {
  times: number;
  seed: number;
  models: {
    kind: ShuffledKind;
    /** One a shuffle, with the 95% interval by customer. */
    runs: { auc: number | null; low: number | null; high: number | null }[];
    /** Over the shuffles. */
    mean: number | null;
    /** Where 99 of 100 such means lie when nothing leaks. */
    expected: { low: number; high: number } | null;
    mark: SanityMark;
  }[];
  /** Kinds that could not be trained here, and why. */
  refused: { kind: ShuffledKind; reason: string }[];
  check: SanityCheck;
  seconds: number;
}
