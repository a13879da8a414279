import type { CalibrationMethod, CalibrationSummary, EnsembleSummary, EnsembleWeight } from './calibration.ts';
import type { NamedModel } from './external-scores.ts';
import type { HosmerLemeshow, JudgedDifferences, JudgedMetrics, JudgedMore, Metrics } from './judged-metrics.ts';

export type { Estimate, Metrics } from './judged-metrics.ts';

/**
 * The documents that jobs answer with: what the command line prints with `--json` and the app's screens show.
 * Their keys are a contract with scripts outside; keys may be added, never changed.
 */

import type { EarlyDetection, TimelineAlerts } from './early-detection.ts';
import type { Reason } from './reasons.ts';
import type { ModelKind, TimeStep, TrainableKind } from './terms.ts';

export type { ModelKind, TimeStep, TrainableKind } from './terms.ts';

export type Part = 'train' | 'validation' | 'test';
export type RiskLevel = 'Critical' | 'High' | 'Medium' | 'Low';
export type LabelRule = 'event' | 'constant' | 'after-last' | 'last-window';
export type ConflictRule = 'keep' | 'replace';

/** What becomes of one row that differs from what is stored. */
export interface ConflictDecision {
  /** Where the row starts, as the check of the file listed it. */
  line: number;
  rule: ConflictRule;
}

export interface GenerateDocument {
  rows: number;
  customers: number;
  defaulters: number;
}

export type ImportKind = 'history' | 'ledger' | 'outcomes';

/** How a file was read. `headerLine` is the physical line from 1; 0: the file has no header. */
export interface Dialect {
  encoding: string;
  delimiter: string;
  quote: string;
  decimal: string;
  thousands: string;
  dateFormat: string;
  headerLine: number;
}

export type ColumnRole =
  | 'customer'
  | 'step'
  | 'date'
  | 'feature'
  | 'static'
  | 'outcome'
  | 'outcomeDate'
  // Of ledgers:
  | 'account'
  | 'valueDate'
  | 'amount'
  | 'debit'
  | 'credit'
  | 'indicator'
  | 'balance'
  | 'description'
  | 'currency'
  | 'status'
  | 'ignored';

export interface ColumnReading {
  name: string;
  role: ColumnRole;
  /** The portfolio's feature or attribute that the column feeds, null where it feeds none. */
  feature: string | null;
  /** Why the role was chosen, for the analyst. */
  why: string;
}

export interface RejectedRow {
  /** The physical line, from 1, where the record starts. */
  line: number;
  column: string | null;
  reason: string;
  text: string;
}

/** A row that differs from what is stored; the first difference is shown. */
export interface ConflictingRow {
  line: number;
  customer: string;
  /** The column that differs. */
  column: string | null;
  stored: string;
  read: string;
}

export interface ListedRow {
  line: number;
  text: string;
}

/** accepted + unchanged + conflicting + rejected = read. */
export interface RowCounts {
  read: number;
  accepted: number;
  unchanged: number;
  conflicting: number;
  rejected: number;
}

/** An amount is a decimal text with as many decimals as the file's amounts have at most; money out is negative. */
export interface LedgerTotals {
  /** Accepted and unchanged rows. */
  transactions: number;
  sum: string;
  /** In the file's order, by booking dates; null without transactions. */
  first: { date: string; amount: string } | null;
  last: { date: string; amount: string } | null;
  /** How often the running balance moved by just the amount, of the times that it could have; null without balances. */
  balances: { compared: number; confirmed: number } | null;
}

/** The first and the last step of a file; dates are those of their last days, null in an undated file. */
export interface FilePeriod {
  from: number;
  to: number;
  fromDate: string | null;
  toDate: string | null;
}

export interface ImportDocument {
  /** Null if nothing changed, and in a dry run. */
  batchId: string | null;
  file: string;
  sha256: string;
  kind: ImportKind;
  profile: string | null;
  timeStep: TimeStep;
  dialect: Dialect;
  columns: ColumnReading[];
  rows: RowCounts;
  /** At most 1,000; the count is in `rows`. */
  rejected: RejectedRow[];
  /** At most 1,000. */
  conflicts: ConflictingRow[];
  /** The first rows of the others. */
  examples: { accepted: ListedRow[]; unchanged: ListedRow[] };
  /** Distinct in this file. */
  customers: number;
  /** History rows written. */
  steps: number;
  seconds: number;
  warnings: string[];
  /** Null where the file has no steps. */
  period?: FilePeriod | null;
  /** Of ledgers only. */
  ledger?: LedgerTotals;
}

export interface ImportBatchSummary {
  batchId: string;
  file: string;
  sha256: string;
  kind: ImportKind;
  importedAt: string;
  rows: RowCounts;
  undone: boolean;
}

export interface ImportsDocument {
  imports: ImportBatchSummary[];
}

export interface UndoDocument {
  batchId: string;
  removed: number;
  restored: number;
}

export interface PartCounts {
  customers: number;
  windows: number;
  /** Customers with an event. */
  events: number;
}

export interface BackendInfo {
  name: string;
  version: string;
  threads: number;
}

export interface EpochRecord {
  epoch: number;
  loss: number;
  valLoss: number;
  valAuc: number | null;
  learningRate: number;
  seconds: number;
}

export interface TrainedModelDocument {
  id: string;
  kind: ModelKind;
  parameters: number;
  epochs: number;
  bestEpoch: number;
  seconds: number;
  /** Training only, validation excluded. */
  windowsPerSecond: number;
  history: EpochRecord[];
  /** Of the PDs before calibration, which is fitted on these rows; `test` and `outOfTime` are of the calibrated ones. */
  validation: Metrics;
  test: Metrics;
  outOfTime: Metrics | null;
  /** Null: its PDs are as the model gives them. */
  calibration?: CalibrationSummary | null;
  /** Of an ensemble only. */
  ensemble?: EnsembleSummary | null;
}

export interface TrainDocument {
  experimentId: string;
  backend: BackendInfo;
  settings: {
    window: number;
    horizon: number;
    gap: number;
    labelRule: LabelRule;
    seed: number;
    splitSeed: number;
    calibration?: CalibrationMethod;
    ensembleWeight?: EnsembleWeight;
    /** Inputs that the models don't read; missing where none was left out. */
    without?: string[];
  };
  split: Record<Part, PartCounts> & { outOfTime: PartCounts | null };
  /** Windows whose outcome cannot be known yet, and windows dropped because they touch or follow the event. */
  unlabelled: { unknown: number; dropped: number };
  /** How often the test part of this portfolio has been looked at, this time included. */
  testUses: number;
  models: TrainedModelDocument[];
  /** Models asked for that could not be trained, with the reason. */
  refused: { kind: TrainableKind; reason: string }[];
  warnings: string[];
  seconds: number;
}

export interface ModelSummary {
  id: string;
  kind: ModelKind;
  experimentId: string;
  createdAt: string;
  champion: boolean;
  validationAuc: number | null;
  testAuc: number | null;
  /** As of a trained model. */
  calibration?: CalibrationSummary | null;
  ensemble?: EnsembleSummary | null;
}

export interface ModelsDocument {
  models: ModelSummary[];
}

export interface StepAuc {
  /** The step at which the windows end. */
  step: number;
  date: string | null;
  windows: number;
  events: number;
  /** One entry a model, by its id; null where the step holds one class only. */
  auc: Record<string, number | null>;
}

/** Models judged side by side on one set of rows. */
export interface JudgedPart extends JudgedMore {
  rows: { windows: number; customers: number; events: number; prevalence: number };
  models: (NamedModel & {
    id: string;
    kind: ModelKind;
    metrics: JudgedMetrics;
    hosmerLemeshow?: HosmerLemeshow | null;
  })[];
  pairs: ModelDifference[];
  aucByStep: StepAuc[];
  /** How to read the figures, for the analyst. */
  notes: string[];
}

/** Model `a` minus model `b`, on the same resamples. */
export interface ModelDifference {
  a: string;
  b: string;
  deltaAuc: number | null;
  low: number | null;
  high: number | null;
  /** Two-sided, of `deltaAuc`. */
  p: number | null;
  differences: JudgedDifferences;
}

/** The test customers; beside them, where dates reach far enough, the last fifth of the period. */
export interface CompareDocument extends JudgedPart {
  experimentId: string;
  resamples: number;
  testUses: number;
  outOfTime: JudgedPart | null;
  /** Missing in comparisons that were kept by an earlier version. */
  earlyDetection?: EarlyDetection;
}

export interface CustomerScore {
  customer_id: string;
  as_of: string;
  risk_score: number;
  risk_level: RiskLevel;
  will_default: boolean;
  confidence: number;
  model_type: ModelKind;
  /** The model was fitted or tuned on this customer. */
  seen_in_training: boolean;
  /** What raises the PD most, at most three, the weightiest first; null where none were looked for. */
  top_reasons: Reason[] | null;
}

export interface ScoreDocument {
  scoringId: string;
  modelId: string;
  kind: ModelKind;
  asOf: string;
  customers: number;
  skipped: { reason: string; customers: number }[];
  levels: Record<RiskLevel, number>;
  riskiest: CustomerScore[];
  /** For how many of the riskiest reasons were looked for. */
  reasoned: number;
  seconds: number;
}

export interface TimelinePoint {
  step: number;
  date: string | null;
  riskScore: number;
  riskLevel: RiskLevel;
}

export interface TimelineDocument {
  customer: string;
  experimentId: string;
  event: { step: number; date: string | null } | null;
  models: {
    id: string;
    kind: ModelKind;
    seenInTraining: boolean;
    points: TimelinePoint[];
    champion: boolean;
    /** By the experiment's latest comparison; null where none measured how early models warn. */
    alerts: TimelineAlerts | null;
  }[];
}

export interface DoctorDocument {
  node: string;
  electron: string;
  backend: { name: string; version: string; available: string[] };
  lightgbm: { version: string };
  sqlite: string;
  problems: string[];
}
