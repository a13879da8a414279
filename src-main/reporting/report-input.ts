import type { CompareDocument, ImportBatchSummary, TimeStep, TrainedModelDocument } from '../ipc/documents.ts';
import type { SanityCheck } from '../ipc/sanity.ts';
import type { ModelThreshold, ThresholdsDocument } from '../ipc/thresholds.ts';
import type { ComparisonCurves, ExperimentView, QualityView } from '../ipc/views.ts';

/** All that a report is made from: documents as they are stored, and nothing computed for it alone. */
export interface ReportInput {
  /** ISO 8601, UTC: when the report is made. The same input gives the same bytes. */
  createdAt: string;
  /** Who answers for it; empty where nobody was named. */
  author: string;
  version: string;
  portfolio: ReportedPortfolio;
  /** Oldest first, undone ones too. */
  imports: ImportBatchSummary[];
  quality: QualityView;
  experiment: ExperimentView;
  unlabelled: { unknown: number; dropped: number };
  /** In the order of the experiment. */
  models: ReportedModel[];
  comparison: CompareDocument;
  comparedAt: string;
  curves: { test: ComparisonCurves; outOfTime: ComparisonCurves | null };
  /** Where they were judged. */
  thresholds?: ReportedThresholds | null;
  /** Where they were made. */
  sanity?: ReportedChecks | null;
}

/** What is read of thresholds, and of checks for what gives the outcome away. */
export type ReportedThresholds = Pick<ThresholdsDocument, 'rule' | 'unit' | 'costs' | 'currency' | 'notes'> & {
  judged: Pick<ThresholdsDocument['judged'], 'counted' | 'events'>;
  models: Pick<
    ModelThreshold,
    'id' | 'kind' | 'threshold' | 'matrix' | 'precision' | 'recall' | 'alertRate' | 'costPer1000'
  >[];
};
type ReportedCheck = Pick<SanityCheck, 'mark' | 'title' | 'text' | 'advice'>;
export interface ReportedChecks {
  checks: ReportedCheck[];
  shuffled?: { check: ReportedCheck } | null;
}

export interface ReportedPortfolio {
  /** The file's name, without its folder. */
  file: string;
  name: string;
  currency: string;
  timeStep: TimeStep | null;
  dated: boolean;
  outcomeKind: string;
  features: { name: string; kind: 'history' | 'static' }[];
  customers: number;
  historyRows: number;
  firstStep: number | null;
  lastStep: number | null;
  firstDate: string | null;
  lastDate: string | null;
  /** Customers with an event. */
  events: number;
  testUses: number;
  isSample: boolean;
  hasTransactions: boolean;
}

export interface ReportedModel extends TrainedModelDocument {
  champion: boolean;
  /** As stored: layers, settings, columns or members. */
  configuration: unknown;
}
