import type { Estimate, ModelKind, RiskLevel } from './documents.ts';

/** What changed between two scorings, and whether the warnings of earlier ones came true. Types only. */

/** Where a customer stands in a scoring: its level, or not scored at all. */
export type Standing = RiskLevel | 'none';

export interface ScoringSummary {
  scoringId: string;
  modelId: string;
  kind: ModelKind;
  /** ISO 8601, UTC. */
  createdAt: string;
  asOfStep: number;
  /** ISO date; in an undated portfolio `step 12`. */
  asOf: string;
}

export interface ScoredPart extends ScoringSummary {
  customers: number;
  /** Null where nobody was scored. */
  meanPd: number | null;
  levels: Record<RiskLevel, number>;
}

/** One customer in two scorings; null: not in that one. */
export interface CustomerChange {
  customer: string;
  from: number | null;
  to: number | null;
  fromLevel: RiskLevel | null;
  toLevel: RiskLevel | null;
  /** Null where one of the two has none. */
  change: number | null;
}

/** A population stability index: Σ (later − earlier) · ln(later / earlier) over the bins' shares. */
export interface Stability {
  psi: number;
  /** What two samples of this size from one and the same distribution stay below 19 times out of 20. */
  byChance: number;
  /** Without the bins that are empty in both. `most` is the upper bound, included; null: missing values. */
  bins: { above: number | null; most: number | null; missing: boolean; from: number; to: number }[];
}

export interface FeatureDrift {
  feature: string;
  /** Null where nothing can be compared; `reason` says why. */
  stability: Stability | null;
  reason: string | null;
  /** Of the values at the scored steps, and the share of customers without one. */
  median: { from: number | null; to: number | null };
  missing: { from: number | null; to: number | null };
}

export interface ScoringChanges {
  from: ScoredPart;
  to: ScoredPart;
  sameModel: boolean;
  /** What must be known before any figure is believed, such as two different models. */
  warnings: string[];
  /** Smaller remarks on how to read the figures. */
  notes: string[];
  /** `goneAfterEvent`: of those gone, whose event had passed by the later scoring. */
  customers: { both: number; appeared: number; gone: number; goneAfterEvent: number };
  /** Customers by where they stood (first key) and stand (second key). */
  transitions: Record<Standing, Record<Standing, number>>;
  /** To a riskier level, to a safer one, the same; of those in both. */
  levels: { up: number; down: number; same: number };
  /** The watchlist: Critical and High. `newlyScored` of `entered`, and `notScored` of `left`. */
  list: {
    before: number;
    after: number;
    stayed: number;
    entered: number;
    newlyScored: number;
    left: number;
    notScored: number;
  };
  /** At most 1,000 each, the riskiest first. */
  entered: CustomerChange[];
  left: CustomerChange[];
  /** The largest, at most 10 each. */
  rises: CustomerChange[];
  falls: CustomerChange[];
  /** Of the customers in both. */
  meanPd: { from: number | null; to: number | null };
  /** Of all scored customers. */
  medianPd: { from: number | null; to: number | null };
  /** Of the PDs of all scored customers; null where one of the scorings has none. */
  stability: Stability | null;
  /** The same with the risk levels as bins: what moves among PDs near 0 does not count. */
  levelStability: Pick<Stability, 'psi' | 'byChance'> | null;
  /** By feature, the largest drift first. */
  drift: FeatureDrift[];
  /** Customers of each scoring whose row at the scored step is no longer stored: they are left out of `drift`. */
  rowsGone: { from: number; to: number };
}

/** How many customers, how many of them had an event within the horizon, and that share with Wilson's 95% interval. */
export interface WarnedGroup {
  customers: number;
  events: number;
  share: Estimate;
}

export interface ScoringOutcome {
  horizonSteps: number;
  gapSteps: number;
  /** Until when events count for the customers scored last: ISO date, or `step 12`. */
  until: string;
  /** Those whose outcome is known. */
  customers: number;
  events: number;
  /** At Critical or High, by the portfolio's levels of now. */
  warned: WarnedGroup;
  notWarned: WarnedGroup;
  /** Of the events, the share that was warned of. */
  caught: Estimate;
  /** Of the scoring's PDs against what happened, with 95% intervals by a bootstrap over customers. */
  auc: Estimate;
  brier: Estimate;
  meanPd: number;
  eventRate: number;
  /** Counted apart, never as good. */
  leftOut: {
    /** No event is known, but the customer's history, or the outcomes, don't reach the end of the horizon. */
    unknown: number;
    /** The event has no date. */
    undated: number;
    /** The event came before the scored step or inside the gap; it was reported later. */
    beforeHorizon: number;
    /** Without data since an import was undone. */
    withoutData: number;
  };
  notes: string[];
}

export interface JudgedScoring extends ScoringSummary {
  outcome: ScoringOutcome | null;
  /** Why there is no outcome; null where there is one. */
  notJudged: string | null;
}

/** The command line's document. */
export interface ChangesDocument extends ScoringChanges {
  /** All scorings, oldest first. */
  scorings: JudgedScoring[];
}

/** For the window: the scorings there are, oldest first. */
export interface ScoringList {
  scorings: ScoringSummary[];
}

/** For the window: one scoring's outcome, or why there is none. */
export type ScoringVerdict = Pick<JudgedScoring, 'outcome' | 'notJudged'>;
