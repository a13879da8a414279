import type { ScoringChanges, ScoringVerdict } from '../ipc/changes.ts';
import type {
  BackendInfo,
  CompareDocument,
  GenerateDocument,
  ModelKind,
  TimelineDocument,
  TrainDocument,
  TrainableKind,
} from '../ipc/documents.ts';
import type { EarlyDetectionRequest } from '../ipc/early-detection.ts';
import type { ExplainDocument } from '../ipc/explanation.ts';
import type { EvaluateRequest, EvaluationView, ScoreFileView } from '../ipc/evaluation.ts';
import type { ExternalScoresRequest } from '../ipc/external-scores.ts';
import type { LedgerDraft, LedgerPreview } from '../ipc/ledger.ts';
import type { ThresholdsRequest, ThresholdsView } from '../ipc/thresholds.ts';
import type { ReportFormat } from '../ipc/reports.ts';
import type { ComparisonCurves, LevelBounds, QualityView } from '../ipc/views.ts';
import type { SanityDocument, ShuffledDocument, ShuffledKind } from '../ipc/sanity.ts';
import type { SampleRequest } from '../sample/generate.ts';
import type { RequestedWindowSettings } from '../sequences/settings.ts';
import type { Backend } from '../tensors/backends.ts';
import type { CheckedPart, PartAnswer } from './check-part.ts';
import type {
  EvaluatedPart,
  ExperimentSettings,
  NewExternalScore,
  NewModel,
  NewScoring,
  NewTimeline,
  PredictionRows,
} from './store-api.ts';

/** What a model process answers. It reads the portfolio itself, in short transactions, and writes nothing. */
export interface ModelApi {
  /** The engine that would train networks. Throws `engine-missing`. */
  engine(request: { backend: Backend }): BackendInfo;
  /** Loads a part of the installation; the process may crash over it. Never throws. */
  checkPart(request: { part: CheckedPart }): PartAnswer;
  /** How complete and how plausible the stored data is; empty where there are no histories. */
  quality(request: { path: string }): QualityView;
  /** The split that an experiment would have. Every customer has a part already. */
  plan(request: { path: string; requested: RequestedWindowSettings; without?: readonly string[] }): TrainingPlan;
  /**
   * The same for the analyst's eyes, quickly, and whether or not parts were drawn. Nothing is written. Throws
   * `too-small`, `usage`, `data-refused`, and `not-allowed` for another split seed once something has been trained.
   */
  split(request: SplitRequest): PlannedSplit;
  train(request: TrainRequest): NewModel;
  /** Writes the synthetic portfolio as CSV. */
  generate(request: SampleRequest): GenerateDocument;
  combine(request: CombineRequest): NewModel;
  compare(request: {
    path: string;
    experimentId: string | null;
    resamples: number;
    seed: number;
    earlyDetection: EarlyDetectionRequest;
  }): CompareDocument;
  /** Whether the figures of a training can be trusted. Throws `not-found`, `too-small`, `usage`. */
  sanity(request: SanityRequest): SanityDocument;
  /** Models on shuffled outcomes: their AUC must be near .5. Throws as `sanity` does, and `engine-missing`. */
  shuffled(request: ShuffledRequest): ShuffledDocument;
  curves(request: { path: string; experimentId: string; part: ComparisonCurves['part'] }): ComparisonCurves;
  thresholds(request: ThresholdsRequest & { path: string }): ThresholdsView;
  /** The report on an experiment that was compared. Throws `not-found`, `not-allowed`. */
  report(request: ReportOrder): { bytes: Uint8Array };
  /** Judges the scores in a file; no portfolio is needed. Errors as `judgeFile`. */
  evaluateFile(request: EvaluateRequest): EvaluationView;
  /** The columns of such a file. */
  lookAtScores(request: Pick<EvaluateRequest, 'file' | 'settings'>): ScoreFileView;
  /** Scores from elsewhere, put to an experiment's rows; to be kept by the store. Errors as `readExternalScores`. */
  readExternalScores(request: ExternalScoresRequest & { path: string }): NewExternalScore;
  score(request: { path: string; modelId: string | null }): PortfolioScores;
  /** Null: the latest scoring, and the one before it. Throws `not-found`, `too-small`, `usage`. */
  scoringChanges(request: { path: string; fromId: string | null; toId: string | null }): ScoringChanges;
  /** Whether a scoring's warnings came true, with progress. Throws `not-found`, `cancelled`. */
  scoringVerdict(request: { path: string; scoringId: string }): ScoringVerdict;
  /** What a draft of rules for ledgers would catch; null: the current rules. `most`: transactions read, null: all. */
  previewRules(request: { path: string; draft: LedgerDraft | null; most: number | null }): LedgerPreview;
  /** Why a model (null: the champion, else the best) gives a customer its PD. */
  explain(request: { path: string; customer: string; modelId: string | null }): ExplainDocument;
  timeline(request: { path: string; customer: string; experimentId: string | null }): CustomerTimelines;
}

export interface TrainingPlan extends Pick<TrainDocument, 'split' | 'unlabelled' | 'warnings'> {
  settings: Pick<ExperimentSettings, 'window' | 'horizon' | 'gap' | 'labelRule'>;
  rows: Record<EvaluatedPart, PredictionRows | null>;
  dataHash: string;
  /** The version that models are computed on; the asking process may have another. */
  node: string;
  /** How many values of each history feature are empty and will be filled. */
  filled: { feature: string; filled: number; of: number }[];
}

export interface SplitRequest {
  path: string;
  requested: RequestedWindowSettings;
  /** Null: the one that the parts were drawn with, or 1. */
  splitSeed: number | null;
  /** Inputs that models shall not read. */
  without?: readonly string[] | undefined;
}

export interface SanityRequest extends Omit<SplitRequest, 'without'> {
  /** Null: what is asked for below; where nothing is, the latest training. */
  experimentId: string | null;
  without: string[] | null;
  /** A training that is only planned, with the proposed settings where none are asked for. */
  planned: boolean;
}

export interface ShuffledRequest extends SanityRequest {
  /** Null: those that train in seconds. */
  kinds: ShuffledKind[] | null;
  /** How often outcomes are shuffled; null: 5. */
  times: number | null;
  /** Null: 1. */
  seed: number | null;
}

export interface PlannedSplit extends Pick<TrainingPlan, 'settings' | 'split' | 'unlabelled' | 'warnings'> {
  splitSeed: number;
  /** Nothing was trained yet, so that another split seed may be taken. */
  canRedraw: boolean;
}

export interface TrainRequest {
  path: string;
  kind: TrainableKind;
  settings: ExperimentSettings;
  backend: Backend;
}

export interface CombineRequest {
  rows: TrainingPlan['rows'];
  members: Pick<NewModel, 'kind' | 'predictions' | 'uncalibrated' | 'document' | 'training'>[];
  settings: ExperimentSettings;
}

export interface PortfolioScores {
  kind: ModelKind;
  scoring: NewScoring;
  asOf: string;
  /** By customer of the scoring. */
  ids: string[];
  dates: string[];
  /** 1: the model was fitted or tuned on this customer. */
  seen: Uint8Array;
  /** Of the portfolio, for the levels of these scores. */
  levelBounds: LevelBounds;
}

export interface ReportOrder {
  path: string;
  experimentId: string;
  format: ReportFormat;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** May be empty. */
  author: string;
  /** Of the program. */
  version: string;
}

export interface CustomerTimelines {
  document: TimelineDocument;
  timelines: NewTimeline[];
  /** Of the data that was read. */
  dataMark: string;
}
