import type { Difference } from './judged-metrics.ts';

/** What judging a file of scores answers with. Keys may be added, never changed. */

/** What every score is judged by. */
export type EvaluatedFigure = 'auc' | 'gini' | 'ks' | 'prAuc' | 'hMeasure' | 'brier' | 'logLoss';

/** Which scores of a file are judged, and against which outcome. Columns by name or by number from 0. */
export interface EvaluateRequest {
  file: string;
  label: string;
  /** The label's value that is the event. */
  positive: string;
  /** The values that are none; null: all others. */
  negative: string[] | null;
  scores: string[];
  /** Scores of which a lower one means riskier; each is among `scores`. */
  lowerIsRiskier: string[];
  /** Whose each row is, where a customer may have several. */
  group: string | null;
  /** How the file is written: encoding, delimiter, quote, decimal, thousands, headerLine, sheet. */
  settings: { key: string; value: string }[];
}

export interface EvaluatedScore {
  /** The column's own name. */
  column: string;
  lowerIsRiskier: boolean;
  /** All values are 0 to 1, so that it can be judged as a PD. */
  isPd: boolean;
  /** Smallest and largest value as written. */
  min: number;
  max: number;
  auc: number;
  /** By DeLong; null with `group`, and where a class has one row only. */
  aucVariance: number | null;
  /** 95%. */
  aucLow: number | null;
  aucHigh: number | null;
  gini: number;
  ks: number;
  prAuc: number;
  /** Null where the score is no PD. Of a PD that falls with risk, 1 − score is judged. */
  brier: number | null;
  logLoss: number | null;
  hMeasure: number;
  /** 95%, of each figure; nulls where there is none. */
  intervals: Record<EvaluatedFigure, { low: number | null; high: number | null }>;
}

/** AUC of `a` minus AUC of `b`, on the same rows. */
export interface EvaluatedPair {
  a: string;
  b: string;
  deltaAuc: number;
  low: number | null;
  high: number | null;
  /** Null with `group`, and where it would be infinite (p is 0 then). */
  z: number | null;
  /** Two-sided. */
  p: number | null;
  /** Of each figure, with its interval and p; nulls where a score is no PD. */
  differences: Record<EvaluatedFigure, Required<Difference>>;
}

export interface SkippedRows {
  reason: string;
  rows: number;
  /** The first of them. */
  line: number;
}

export interface EvaluateDocument {
  file: string;
  sha256: string;
  /** Rows judged: those with a label and every score. */
  n: number;
  events: number;
  label: { column: string; positive: string; values: { value: string; rows: number; event: boolean }[] };
  /** `read`: rows of the table; n = read − skipped. */
  rows: { read: number; skipped: number };
  skipped: SkippedRows[];
  /** `delong`: rows are independent; `bootstrap`: whole customers were drawn. */
  method: 'delong' | 'bootstrap';
  /** With `group`: distinct customers among the rows judged. */
  customers: number | null;
  /** The scores in the order they were asked for, as they were named. */
  scores: string[];
  models: Record<string, EvaluatedScore>;
  /** Every two scores once. */
  pairs: EvaluatedPair[];
  /** How to read the figures, for the analyst. */
  notes: string[];
}

/** From (0, 0) to (1, 1). */
export interface EvaluatedCurve {
  score: string;
  falseAlarmRate: Float32Array;
  hitRate: Float32Array;
}

export interface EvaluationView {
  document: EvaluateDocument;
  curves: EvaluatedCurve[];
}

/** A file's columns, to choose the label and the scores among. */
export interface ScoreFileView {
  file: string;
  headerLine: number;
  encoding: string;
  delimiter: string;
  notes: string[];
  columns: {
    name: string;
    /** Most of its filled cells are numbers. */
    isNumeric: boolean;
    /** The first distinct values. */
    samples: string[];
    /** How many distinct values the looked-at rows hold, up to `SHOWN_VALUES`; null: more. */
    values: string[] | null;
  }[];
}
