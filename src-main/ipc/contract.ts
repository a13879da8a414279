import type { EvaluateRequest, EvaluationView, ScoreFileView } from './evaluation.ts';
import type { ExternalScorePreview, ExternalScoresDocument, ExternalScoresRequest } from './external-scores.ts';
import type {
  CompareDocument,
  ConflictDecision,
  ConflictRule,
  ImportDocument,
  ImportsDocument,
  EpochRecord,
  ModelKind,
  ModelsDocument,
  ScoreDocument,
  TimelineDocument,
  TrainDocument,
  UndoDocument,
} from './documents.ts';
import type { ScoringChanges, ScoringList, ScoringVerdict } from './changes.ts';
import type { EarlyDetectionRequest } from './early-detection.ts';
import type { Failure } from './errors.ts';
import type { ExplainDocument } from './explanation.ts';
import type { SanityDocument, ShuffledDocument } from './sanity.ts';
import type { ReportDocument, ReportFormat } from './reports.ts';
import type { SeedsDocument } from './seeds.ts';
import type { LedgerDraft, LedgerPreview, LedgerRulesSaved, LedgerRulesView, LedgerTransactions } from './ledger.ts';
import type { AlertCosts, KeptCosts, ThresholdsRequest, ThresholdsView } from './thresholds.ts';
import type {
  AppInfo,
  AuditEntryView,
  ComparisonCurves,
  CustomersFilter,
  CustomersPage,
  CustomerView,
  EngineView,
  ExperimentView,
  ExportListView,
  FilePreview,
  InstallationView,
  LevelBounds,
  LicencesView,
  MendDocument,
  MendedRow,
  NoteView,
  PortfolioNaming,
  PortfolioView,
  Preferences,
  PreferencesView,
  ProfileFileView,
  ProfileView,
  QualityView,
  RecentPortfolio,
  ScoreCounts,
  SetAsideView,
  SettingPairs,
  StoredComparison,
  TrainingChoice,
  TrainingPlanView,
  WindowChoice,
} from './views.ts';

/**
 * What the window may ask of the main process, and what it is told. Types only: the window imports nothing of src-main
 * but ipc/. A payload is one named object; every call is answered by a Result. Whatever opens a native dialog answers
 * null when the analyst closes it.
 */
export interface AppApi {
  appInfo(request: object): AppInfo;
  doctor(request: object): InstallationView;
  licences(request: object): LicencesView;
  preferences(request: object): PreferencesView;
  setPreferences(request: Preferences): PreferencesView;
  chooseFolder(request: object): { path: string | null };
  /** Writes a text that the window made, such as a chart's table, where the analyst says. */
  saveText(request: { suggestedName: string; text: string }): { path: string | null };

  recentPortfolios(request: object): { portfolios: RecentPortfolio[] };
  forgetRecent(request: { path: string }): { portfolios: RecentPortfolio[] };
  choosePortfolio(request: { purpose: 'open' | 'create' }): { path: string | null };
  /** Closes the one that is open. Throws `portfolio-…`, `not-allowed` while a job runs. */
  openPortfolio(request: { path: string }): PortfolioView;
  createPortfolio(request: { path: string } & PortfolioNaming): PortfolioView;
  closePortfolio(request: object): object;
  /** Null while none is open. */
  portfolio(request: object): { open: PortfolioView | null };
  describePortfolio(request: PortfolioNaming): PortfolioView;
  setLevelBounds(request: LevelBounds): PortfolioView;
  /** Null while nothing is scored. */
  scoreCounts(request: object): { scored: ScoreCounts | null };
  saveCopy(request: object): { path: string | null };
  quality(request: object): QualityView;
  /** Newest first. */
  auditLog(request: object): { entries: AuditEntryView[] };

  /** Empty when the analyst closes the dialog. */
  chooseExports(request: { what: 'files' | 'folder' }): { paths: string[] };
  /** The files that were chosen or dropped, those of folders among them. */
  listExports(request: { paths: string[] }): ExportListView;
  previewImport(request: { file: string; profile: string | null; settings: SettingPairs }): FilePreview;
  profiles(request: object): { profiles: ProfileView[] };
  /** Keeps how this file is read under a name, in the portfolio. */
  saveProfile(request: { name: string; file: string; profile: string | null; settings: SettingPairs }): {
    profiles: ProfileView[];
  };
  deleteProfile(request: { name: string }): { profiles: ProfileView[] };
  /** Writes a profile where the analyst says, for another portfolio. */
  exportProfile(request: { name: string }): { path: string | null };
  /** A profile's file that the analyst chooses. Throws `data-refused` for one that holds none. */
  chooseProfileFile(request: object): { chosen: (ProfileFileView & { path: string }) | null };
  /** Null: under its own name. Throws `not-allowed` for a name that is taken. */
  importProfile(request: { path: string; name: string | null; replace: boolean }): {
    name: string;
    replaced: boolean;
    profiles: ProfileView[];
  };
  imports(request: object): ImportsDocument;
  undoImport(request: { batchId: string }): UndoDocument;
  /** What an import set aside and no other has brought in since, to be mended. */
  setAside(request: { batchId: string }): SetAsideView;
  /** Writes that as CSV that can be mended and imported: the file's columns, then line and reason. */
  exportRejected(request: { batchId: string }): { path: string | null };

  models(request: object): ModelsDocument;
  setChampion(request: { modelId: string }): ModelsDocument;
  /** What a training would be fitted and judged on. A newer request overtakes an older one, which is `cancelled`. */
  trainingPlan(request: WindowChoice): TrainingPlanView;
  /**
   * Whether the figures of a training can be trusted: of one that was made, else of the one that is planned. A newer
   * request overtakes an older one, which is `cancelled`.
   */
  sanity(request: { experimentId: string | null; choice: WindowChoice | null }): SanityDocument;
  engine(request: object): EngineView;
  /** Newest first. */
  experiments(request: object): { experiments: ExperimentView[] };
  /** The learning curves of an experiment's models. */
  learningCurves(request: { experimentId: string }): {
    models: { id: string; kind: ModelKind; history: EpochRecord[] }[];
  };

  /** The columns of a file of scores. Throws `file-missing`, `file-unreadable`, `usage`, `data-refused`. */
  lookAtScores(request: { file: string; settings: SettingPairs }): ScoreFileView;
  /** Scores from elsewhere that are compared with an experiment's models. Throws `not-found`. */
  externalScores(request: { experimentId: string }): ExternalScoresDocument;
  /** What adding it would give; nothing is kept. Throws as the job does. */
  previewExternalScores(request: ExternalScoresRequest): ExternalScorePreview;
  /** Throws `not-found`. */
  deleteExternalScore(request: { id: string }): ExternalScoresDocument;
  /** Null: the latest experiment. */
  storedComparison(request: { experimentId: string | null }): StoredComparison;
  comparisonCurves(request: { experimentId: string; part: 'test' | 'outOfTime' }): ComparisonCurves;
  /** Throws `not-allowed` before a comparison was made. */
  thresholds(request: ThresholdsRequest): ThresholdsView;
  /** Keeps them with the portfolio. */
  setAlertCosts(request: AlertCosts): KeptCosts;

  /**
   * The report on an experiment as HTML that holds no script and loads nothing. Throws `not-allowed` while its models
   * were not compared.
   */
  reportPreview(request: { experimentId: string; author: string }): { html: string };
  /** Saves it where the analyst says; null when the dialog is closed. */
  startReport(request: { experimentId: string; format: ReportFormat; author: string }): { jobId: string | null };
  /** The report that was saved last, in the system's file manager. */
  showReport(request: object): object;

  customers(request: CustomersFilter & { offset: number; limit: number }): CustomersPage;
  /** All ids that match, in the list's order: what “next” and “choose all” go by. */
  customerIds(request: CustomersFilter): { customers: string[] };
  /** Writes those that match, or of them the chosen ones, as CSV. */
  exportCustomers(request: { filter: CustomersFilter; chosen: string[] | null }): {
    path: string | null;
    customers: number;
  };
  /** The same as a table with tabs, for the clipboard. */
  customersText(request: { filter: CustomersFilter; chosen: string[] | null }): { text: string; customers: number };
  /** Oldest first. */
  scorings(request: object): ScoringList;
  /** The latest scoring against an earlier one; null: the one before. Throws `not-found`, `too-small`, `usage`. */
  scoringChanges(request: { fromId: string | null }): ScoringChanges;
  /** Whether a scoring's warnings came true. */
  scoringVerdict(request: { scoringId: string }): ScoringVerdict;
  customer(request: { customer: string }): CustomerView;
  /** Null: the latest experiment. */
  timeline(request: { customer: string; experimentId: string | null }): TimelineDocument;
  /** By the champion, else the best of the latest training, where `modelId` is null. */
  explain(request: { customer: string; modelId: string | null }): ExplainDocument;
  addNote(request: { customer: string; text: string }): { notes: NoteView[] };
  /** The same note for each. */
  addNotes(request: { customers: string[]; text: string }): { customers: number };
  changeNote(request: { noteId: string; text: string }): { notes: NoteView[] };
  deleteNote(request: { noteId: string }): { notes: NoteView[] };
  /** Takes a deletion back. */
  restoreNote(request: { customer: string; note: NoteView }): { notes: NoteView[] };

  /** Null: the current version. Throws `not-found`. */
  ledgerRules(request: { version: number | null }): LedgerRulesView;
  /** A newer request overtakes an older one, which is `cancelled`. Throws `usage` for a draft that can't be used. */
  previewLedgerRules(request: { draft: LedgerDraft }): LedgerPreview;
  /** A rule set as another analyst exported it, checked; nothing is saved. Throws `usage`. */
  readLedgerRules(request: { text: string }): { draft: LedgerDraft };
  /** Writes a draft as a JSON file. */
  exportLedgerRules(request: { draft: LedgerDraft }): { path: string | null };
  /** Throws `not-found`. */
  ledgerTransactions(request: { customer: string; step: number }): LedgerTransactions;
  /** Saves a draft as the next version and derives all histories anew; null: the shipped rules and options again. */
  startLedgerRules(request: { draft: LedgerDraft | null }): StartedJob;

  /** Reads all of a long file to decide how it is read; answered without an open portfolio too. */
  startSurvey(request: { file: string; profile: string | null; settings: SettingPairs }): StartedJob;
  startImport(request: {
    file: string;
    profile: string | null;
    settings: SettingPairs;
    dryRun: boolean;
    /** For the rows that differ from what is stored and have no decision of their own. */
    onConflict: ConflictRule;
    decisions?: ConflictDecision[] | undefined;
    /** Of the file as it was checked: if it has changed since, it is refused. */
    checkedSha256?: string | undefined;
  }): StartedJob;
  /** Imports mended rows as a batch of their own. */
  startMend(request: { batchId: string; rows: MendedRow[] }): StartedJob;
  /** A new portfolio with synthetic customers, in the data folder; it is opened. */
  startSample(request: { customers: number; days: number; seed: number }): StartedJob;
  startTraining(request: TrainingChoice): StartedJob;
  /** Trains on shuffled outcomes, to see whether anything leaks. Null: the latest experiment. */
  startShuffled(request: { experimentId: string | null; network: boolean }): StartedJob;
  startComparison(request: {
    experimentId: string | null;
    /** Missing: as the comparison that is kept has it, else the usual. */
    earlyDetection?: EarlyDetectionRequest | undefined;
  }): StartedJob;
  /** Judges the scores in a file; nothing is kept. */
  startEvaluation(request: EvaluateRequest): StartedJob;
  startExternalScores(request: ExternalScoresRequest): StartedJob;
  /** Null: the champion, else the best of the latest training. */
  startScoring(request: { modelId: string | null }): StartedJob;
  jobs(request: object): { jobs: JobInfo[] };
  cancelJob(request: { jobId: string }): object;
}

/** What the window is told without asking. */
export interface AppEvents {
  job: JobNews;
  portfolioChanged: { open: PortfolioView | null };
  preferencesChanged: PreferencesView;
  /** A native menu's command. */
  menu: { command: MenuCommand };
}

export type MenuCommand = 'open' | 'new' | 'import' | 'close' | 'save-copy' | 'settings' | 'palette';

/** Every name of the contract, for the boundary. */
export const REQUEST_NAMES = [
  'appInfo',
  'doctor',
  'licences',
  'preferences',
  'setPreferences',
  'chooseFolder',
  'saveText',
  'recentPortfolios',
  'forgetRecent',
  'choosePortfolio',
  'openPortfolio',
  'createPortfolio',
  'closePortfolio',
  'portfolio',
  'describePortfolio',
  'setLevelBounds',
  'scoreCounts',
  'saveCopy',
  'quality',
  'auditLog',
  'chooseExports',
  'listExports',
  'previewImport',
  'profiles',
  'saveProfile',
  'deleteProfile',
  'exportProfile',
  'chooseProfileFile',
  'importProfile',
  'imports',
  'undoImport',
  'setAside',
  'exportRejected',
  'models',
  'setChampion',
  'trainingPlan',
  'sanity',
  'engine',
  'experiments',
  'learningCurves',
  'lookAtScores',
  'externalScores',
  'previewExternalScores',
  'deleteExternalScore',
  'storedComparison',
  'comparisonCurves',
  'thresholds',
  'setAlertCosts',
  'reportPreview',
  'startReport',
  'showReport',
  'customers',
  'customerIds',
  'exportCustomers',
  'customersText',
  'scorings',
  'scoringChanges',
  'scoringVerdict',
  'customer',
  'timeline',
  'explain',
  'addNote',
  'addNotes',
  'changeNote',
  'deleteNote',
  'restoreNote',
  'ledgerRules',
  'previewLedgerRules',
  'readLedgerRules',
  'exportLedgerRules',
  'ledgerTransactions',
  'startLedgerRules',
  'startSurvey',
  'startImport',
  'startMend',
  'startSample',
  'startTraining',
  'startShuffled',
  'startComparison',
  'startEvaluation',
  'startExternalScores',
  'startScoring',
  'jobs',
  'cancelJob',
] as const;
export const EVENT_NAMES = ['job', 'portfolioChanged', 'preferencesChanged', 'menu'] as const;

export type RequestName = keyof AppApi;
export type EventName = keyof AppEvents;

type AssertNever<T extends never> = T;
/** A name that is missing above, or one too many, does not compile. */
export type ListsAreWhole = [
  AssertNever<Exclude<RequestName, (typeof REQUEST_NAMES)[number]>>,
  AssertNever<Exclude<(typeof REQUEST_NAMES)[number], RequestName>>,
  AssertNever<Exclude<EventName, (typeof EVENT_NAMES)[number]>>,
  AssertNever<Exclude<(typeof EVENT_NAMES)[number], EventName>>,
];

export type RequestOf<K extends RequestName> = Parameters<AppApi[K]>[0];
export type ResponseOf<K extends RequestName> = ReturnType<AppApi[K]>;

/** All that the preload puts into the window. */
export interface Transport {
  request(name: string, payload: unknown): Promise<unknown>;
  /** Returns what ends it. */
  listen(listener: (name: string, payload: unknown) => void): () => void;
  /** Where a file that was dropped on the window lies; empty for one that is nowhere. */
  pathOf(file: File): string;
}

export interface StartedJob {
  jobId: string;
}

/** What each kind of job ends with. */
export interface JobResults {
  survey: FilePreview;
  import: ImportDocument;
  mend: MendDocument;
  sample: { path: string };
  training: TrainDocument & { seeds?: SeedsDocument };
  shuffled: ShuffledDocument;
  comparison: CompareDocument;
  evaluation: EvaluationView;
  externalScores: ExternalScoresDocument;
  scoring: ScoreDocument;
  report: ReportDocument;
  rules: LedgerRulesSaved;
}
export type JobKind = keyof JobResults;

export interface JobInfo {
  jobId: string;
  kind: JobKind;
  /** For the status bar, e.g. “Importing april.csv”. */
  title: string;
  /** It only looks: nothing is lost where it is cut off, so quitting does not ask. */
  looksOnly: boolean;
}

export interface JobProgress {
  phase: string;
  done: number;
  total: number;
  /** Of the whole lane, 0 to 1; null while that is not known. */
  share: number | null;
  /** Of this phase, for work without lanes; null while that is not known. */
  secondsLeft?: number | null;
  /** A model in training. */
  lane?: ModelKind;
  figures?: TrainingFigures;
  /** This model is trained, or cannot be; the training's document says why. */
  ended?: 'trained' | 'refused';
  /** Which repetition this is of, from 1, where a training is repeated with other seeds, and how long all may take. */
  seed?: { number: number; of: number; secondsLeft: number | null };
}

export type TrainingFigures =
  | {
      unit: 'epochs';
      epochs: {
        epoch: number;
        epochs: number;
        /** Windows trained on in this epoch, and all of them. */
        done: number;
        total: number;
        last: EpochRecord | null;
        windowsPerSecond: number;
        secondsLeft: number | null;
      };
    }
  | { unit: 'rounds'; done: number; total: number };

/** Of a job: that it started, how far it is, and exactly one of the last two. */
export type JobNews =
  | { type: 'started'; job: JobInfo }
  | { type: 'progress'; jobId: string; progress: JobProgress }
  | DoneJob
  | { type: 'failed'; jobId: string; kind: JobKind; error: Failure };

export type DoneJob = { [K in JobKind]: { type: 'done'; jobId: string; kind: K; value: JobResults[K] } }[JobKind];
