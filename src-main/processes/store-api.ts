import type { CalibrationMethod, EnsembleWeight } from '../ipc/calibration.ts';
import type { ScoringList } from '../ipc/changes.ts';
import type {
  CompareDocument,
  ConflictDecision,
  ConflictRule,
  EpochRecord,
  ImportDocument,
  ImportsDocument,
  LabelRule,
  Metrics,
  ModelKind,
  ModelsDocument,
  TimelineDocument,
  TrainedModelDocument,
  UndoDocument,
} from '../ipc/documents.ts';
import type {
  AuditEntryView,
  CustomersFilter,
  CustomersPage,
  CustomerView,
  ExperimentView,
  FilePreview,
  LevelBounds,
  MendDocument,
  MendedRow,
  NoteView,
  PortfolioNaming,
  ProfileFileView,
  ProfileView,
  ScoreCounts,
  SetAsideView,
  StoredComparison,
  SourcesView,
} from '../ipc/views.ts';
import type { AlertCosts, KeptCosts } from '../ipc/thresholds.ts';
import type { ExternalScoresDocument, ExternalScoreSummary } from '../ipc/external-scores.ts';
import type { Reason } from '../ipc/reasons.ts';
import type { LedgerDraft, LedgerRulesSaved, LedgerRulesView, LedgerTransactions } from '../ipc/ledger.ts';
import type { ScoreReference } from '../evaluation/stability.ts';
import type { PortfolioShape } from '../importing/target.ts';

/** What the store process answers. Every payload is one named object that survives structured cloning. */
export interface StoreApi {
  /**
   * Takes the portfolio's lock; `create` makes a missing file, else a missing one is an error. A file that was made and
   * then not used at all goes away again at `close`.
   */
  open(request: { path: string; create: boolean }): PortfolioInfo;
  /** Names a portfolio. Throws `not-allowed` for another time step than that of its histories. */
  describePortfolio(request: PortfolioNaming & { isSample?: boolean }): PortfolioInfo;
  /** Throws `usage` where a level would have no PDs. */
  setLevelBounds(request: LevelBounds): PortfolioInfo;
  /** Throws `usage`. */
  setAlertCosts(request: AlertCosts): KeptCosts;
  /** A copy in a new file. Throws `file-exists`, `portfolio-read-only`. */
  saveCopy(request: { path: string }): object;
  /** How a file would be read; answered without an open portfolio too. Throws `file-missing`, `file-unreadable`. */
  /** The tables that files, folders and archives hold; needs no portfolio. */
  expandSources(request: { paths: string[] }): SourcesView;
  previewImport(request: ReadingRequest): FilePreview;
  /** The same once all of the file has been read, with progress: what an import decides. Throws `cancelled` as well. */
  surveyImport(request: ReadingRequest): FilePreview;
  profiles(request: object): { profiles: ProfileView[] };
  /** Throws as an import does where the file can't be read; `usage` for the name of a shipped profile. */
  saveProfile(request: ReadingRequest & { name: string }): { profiles: ProfileView[] };
  /** Throws `not-found`. */
  deleteProfile(request: { name: string }): { profiles: ProfileView[] };
  /** Writes a profile as a file. Throws `usage`, `file-unreadable`. */
  exportProfile(request: { name: string; path: string }): { name: string };
  /** Throws `file-missing`, `file-unreadable`; `data-refused` for a file that holds no profile. */
  lookAtProfile(request: { path: string }): ProfileFileView;
  /** Keeps the profile of a file. Throws as `lookAtProfile` does, and `not-allowed` for a name that is taken. */
  importProfile(request: { path: string; name: string | null; replace: boolean }): {
    name: string;
    replaced: boolean;
    profiles: ProfileView[];
  };
  /** What an import set aside, to be mended. Throws `not-found`. */
  setAside(request: { batchId: string }): SetAsideView;
  /** Imports mended rows as a batch of their own. Throws `not-found`. */
  mendRows(request: { batchId: string; rows: MendedRow[] }): MendDocument;
  /** Writes what an import set aside as CSV that can be mended and imported. Throws `not-found`, `file-unreadable`. */
  exportRejected(request: { batchId: string; path: string }): { rows: number };
  importFile(request: ImportRequest): ImportDocument;
  imports(request: object): ImportsDocument;
  undoImport(request: { batchId: string }): UndoDocument;
  /**
   * Draws each customer's part, once for the portfolio; customers that came later are added in proportion. Null takes
   * the seed that was drawn with, or 1. Another seed than the one drawn with is refused (`not-allowed`).
   */
  assignParts(request: { splitSeed: number | null }): { splitSeed: number };
  registerExperiment(request: NewExperiment): { experimentId: string; modelIds: string[]; testUses: number };
  models(request: object): ModelsDocument;
  /** Newest first. */
  experiments(request: object): { experiments: ExperimentView[] };
  /** Throws `not-found`. */
  learningCurves(request: { experimentId: string }): {
    models: { id: string; kind: ModelKind; history: EpochRecord[] }[];
  };
  setChampion(request: { modelId: string }): ModelsDocument;
  /** Counts one more look at the test part and returns how many there were. */
  countTestUse(request: { why: string }): { testUses: number };
  /** Keeps a comparison in place of the experiment's earlier one and counts a look at the test part: see `testUses`. */
  saveComparison(request: { document: CompareDocument }): CompareDocument;
  /** Null: the latest experiment. Throws `not-found`. */
  comparison(request: { experimentId: string | null }): StoredComparison;
  /** Oldest first. */
  scorings(request: object): ScoringList;
  /** Keeps a score from elsewhere with its experiment. Throws `not-found`, and `not-allowed` for a name that is taken. */
  saveExternalScore(request: NewExternalScore): ExternalScoresDocument;
  /** Null: the latest experiment. Throws `not-found`. */
  externalScores(request: { experimentId: string | null }): ExternalScoresDocument;
  /** Throws `not-found`. */
  deleteExternalScore(request: { id: string }): ExternalScoresDocument;
  saveScoring(request: NewScoring): { scoringId: string };
  /** `dataMark`: the data they were computed on; they are kept only while it is the portfolio's. */
  saveTimelines(request: { timelines: NewTimeline[]; dataMark: string }): object;
  /** What is kept; null where a model of the experiment (null: the latest) has to be asked. */
  keptTimeline(request: { customer: string; experimentId: string | null }): TimelineDocument | null;
  /** Newest first. */
  auditLog(request: object): { entries: AuditEntryView[] };
  /** How the PDs of the latest scoring spread; null while nothing is scored. */
  scoreCounts(request: object): { scored: ScoreCounts | null };
  customers(request: CustomersFilter & { offset: number; limit: number }): CustomersPage;
  customerIds(request: CustomersFilter): { customers: string[] };
  /** Those that match, or of them the chosen ones, as CSV. */
  customersCsv(request: { filter: CustomersFilter; chosen: string[] | null }): { text: string; customers: number };
  /** The same as a table with tabs. */
  customersText(request: { filter: CustomersFilter; chosen: string[] | null }): { text: string; customers: number };
  customer(request: { customer: string }): CustomerView;
  addNote(request: { customer: string; text: string }): { notes: NoteView[] };
  /** The same note for each of several. Throws `not-found`; then none is kept. */
  addNotes(request: { customers: string[]; text: string }): { customers: number };
  changeNote(request: { noteId: string; text: string }): { notes: NoteView[] };
  deleteNote(request: { noteId: string }): { notes: NoteView[] };
  restoreNote(request: { customer: string; note: NoteView }): { notes: NoteView[] };
  /** Null: the current version. Throws `not-found`. */
  ledgerRules(request: { version: number | null }): LedgerRulesView;
  /**
   * Saves a draft as the next version, null: the shipped rules and options, and derives all histories anew. Throws
   * `usage`, `cancelled`.
   */
  saveLedgerRules(request: { draft: LedgerDraft | null }): LedgerRulesSaved;
  /** Throws `not-found`. */
  ledgerTransactions(request: { customer: string; step: number }): LedgerTransactions;
  info(request: object): PortfolioInfo;
  /** Checkpoints, closes and frees the lock. */
  close(request: object): object;
}

export interface PortfolioInfo extends PortfolioShape {
  path: string;
  name: string;
  currency: string;
  customers: number;
  historyRows: number;
  firstStep: number | null;
  lastStep: number | null;
  /** Customers with an event. */
  events: number;
  splitSeed: number | null;
  testUses: number;
  levelBounds: LevelBounds;
  isSample: boolean;
  /** Critical and High in the latest scoring; null while nothing is scored. */
  watched: number | null;
  hasTransactions: boolean;
}

export interface ReadingRequest {
  file: string;
  profile: string | null;
  /** `--set` pairs, in order, e.g. { key: 'customer', value: 'Account' }. */
  settings: { key: string; value: string }[];
}

export interface ImportRequest extends ReadingRequest {
  dryRun: boolean;
  /** For the rows that differ from what is stored and have no decision of their own. */
  onConflict: ConflictRule;
  decisions?: readonly ConflictDecision[] | undefined;
  /** Of the file as it was checked: another one is refused, since decisions go by its lines. */
  checkedSha256?: string | undefined;
}

export interface ExperimentSettings {
  window: number;
  horizon: number;
  gap: number;
  labelRule: LabelRule;
  epochs: number;
  batch: number;
  seed: number;
  /** Both missing in experiments of earlier versions: none, and the recipe's. */
  calibration?: CalibrationMethod;
  ensembleWeight?: EnsembleWeight;
  /** Inputs of the portfolio that its models don't read; missing where none was left out. */
  without?: string[];
}

/** The rows on which all models of an experiment are judged, one entry a window. */
export interface PredictionRows {
  /** Customer numbers of the store (`customers.id`). */
  customers: Int32Array;
  /** The step at which the window ends. */
  steps: Int32Array;
  labels: Uint8Array;
}

export type EvaluatedPart = 'validation' | 'test' | 'outOfTime';

/** A score from elsewhere, put to the rows of an experiment. */
export interface NewExternalScore {
  summary: Omit<ExternalScoreSummary, 'id' | 'createdAt'>;
  /** One value a row of the part, as written in the file; NaN where there is none. */
  scores: Record<EvaluatedPart, Float64Array | null>;
}

/** Everything that is needed to apply a model again. */
export interface ModelBody {
  kind: ModelKind;
  /** JSON: layers and hyper-parameters, window, the features it reads. */
  configuration: unknown;
  /** JSON: fill medians, means and standard deviations by feature, from training customers only. */
  scaler: unknown;
  weights: Uint8Array;
}

/** How a model's PDs spread in training. */
export interface TrainingScores {
  /** Of training windows that are the same for all models of an experiment; not stored. */
  scores: Float32Array;
  spread: ScoreReference;
}

export interface NewModel extends ModelBody {
  document: Omit<TrainedModelDocument, 'id'>;
  /** The PD of each row of the experiment's parts. */
  predictions: Record<EvaluatedPart, Float32Array | null>;
  /** Of the validation rows before calibration, which was fitted on them; not stored. An ensemble has none. */
  uncalibrated?: Float32Array;
  /** For the experiment's. */
  warnings?: string[];
  /** None: not known. */
  training?: TrainingScores;
}

export interface NewExperiment {
  settings: ExperimentSettings;
  /** JSON: the document's split, unlabelled, warnings. */
  summary: unknown;
  /** sha256 over the rows, features, outcomes and parts that the models were trained on. */
  dataHash: string;
  /** Engine, program and library versions. */
  versions: Record<string, string>;
  rows: Record<EvaluatedPart, PredictionRows | null>;
  models: NewModel[];
  seconds: number;
}

export interface StoredModel extends ModelBody {
  id: string;
  experimentId: string;
  champion: boolean;
  validation: Metrics;
  test: Metrics;
}

export interface NewScoring {
  modelId: string;
  /** The portfolio's last step. */
  asOfStep: number;
  /** Customer numbers of the store, with the PD and the last step of each. */
  customers: Int32Array;
  scores: Float32Array;
  steps: Int32Array;
  skipped: { reason: string; customers: number }[];
  /** Of the customers for whom reasons were looked for, by customer number; none: for nobody. */
  reasons?: { customer: number; reasons: Reason[] }[];
}

export interface NewTimeline {
  customerId: number;
  modelId: string;
  /** The step of the first score; one score a step follows. */
  firstStep: number;
  scores: Float32Array;
}
