import type { SkippedRows } from './evaluation.ts';

/** What a model of a comparison has besides, where it is a score from elsewhere. */
export interface NamedModel {
  /** The analyst's name for it. */
  name?: string;
  /** Its values are PDs; else only what goes by rank is told, and the other figures are null. */
  isPd?: boolean;
}

/** Scores of a file for the rows of an experiment. Columns by name or by number from 0. */
export interface ExternalScoresRequest {
  file: string;
  /** Null: the latest. */
  experimentId: string | null;
  customer: string;
  score: string;
  /** When a score was known; one of both, or none where each customer has one score. */
  date: string | null;
  step: string | null;
  /** Null: the column's name. */
  name: string | null;
  lowerIsRiskier: boolean;
  /** How the file is written. */
  settings: { key: string; value: string }[];
}

/** How many rows of a part have a score. */
export interface Coverage {
  windows: number;
  covered: number;
  customers: number;
  /** Customers with at least one covered row. */
  coveredCustomers: number;
}

export interface ExternalScoreSummary {
  id: string;
  experimentId: string;
  name: string;
  lowerIsRiskier: boolean;
  isPd: boolean;
  createdAt: string;
  file: string;
  sha256: string;
  columns: { customer: string; score: string; when: string | null };
  /** Of the file: rows with a customer and a score, and those left out. */
  rows: { read: number; used: number };
  skipped: SkippedRows[];
  /** Customers of the file that the portfolio does not have. */
  unknownCustomers: number;
  /** Null: the experiment has no rows of this part. */
  coverage: Record<'validation' | 'test' | 'outOfTime', Coverage | null>;
  /** How the scores were put to the rows, for the analyst. */
  notes: string[];
}

/** Before it is kept. */
export type ExternalScorePreview = Omit<ExternalScoreSummary, 'id' | 'createdAt'>;

export interface ExternalScoresDocument {
  scores: ExternalScoreSummary[];
}
