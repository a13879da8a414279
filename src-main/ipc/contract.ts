import type {
  CompareDocument,
  ConflictRule,
  EpochRecord,
  ImportDocument,
  ImportsDocument,
  LabelRule,
  ModelKind,
  ModelsDocument,
  PartCounts,
  ScoreDocument,
  ScoresPage,
  RiskLevel,
  TimelineDocument,
  TimeStep,
  TrainableKind,
  TrainDocument,
  UndoDocument,
} from './documents.ts';
import type { Failure } from './errors.ts';

/**
 * What the window may ask of the main process, and what it is told. Types only: the window imports nothing else of
 * src-main. A payload is one named object; every call is answered by a Result.
 */
export interface AppApi {
  appInfo(request: object): AppInfo;
  recentPortfolios(request: object): { portfolios: RecentPortfolio[] };
  /** Native dialogs; null when the analyst closes them. */
  choosePortfolio(request: { purpose: 'open' | 'create' }): { path: string | null };
  chooseExport(request: object): { path: string | null };

  /** Closes the one that is open. Throws `portfolio-…`, `not-allowed` while a job runs. */
  openPortfolio(request: { path: string }): PortfolioView;
  createPortfolio(request: { path: string }): PortfolioView;
  closePortfolio(request: object): object;
  /** Null while none is open. */
  portfolio(request: object): { open: PortfolioView | null };

  imports(request: object): ImportsDocument;
  undoImport(request: { batchId: string }): UndoDocument;
  models(request: object): ModelsDocument;
  setChampion(request: { modelId: string }): ModelsDocument;
  trainingPlan(request: WindowChoice): TrainingPlanView;
  scores(request: { search: string; levels: RiskLevel[]; offset: number; limit: number }): ScoresPage;
  timeline(request: { customer: string }): TimelineDocument;

  startImport(request: { file: string; dryRun: boolean; onConflict: ConflictRule }): StartedJob;
  /** A new portfolio with synthetic customers, in the documents folder; it is opened. */
  startSample(request: { customers: number; days: number; seed: number }): StartedJob;
  startTraining(request: TrainingChoice): StartedJob;
  startComparison(request: { experimentId: string | null }): StartedJob;
  /** Null: the champion, else the best of the latest training. */
  startScoring(request: { modelId: string | null }): StartedJob;
  jobs(request: object): { jobs: JobInfo[] };
  cancelJob(request: { jobId: string }): object;
}

/** What the window is told without asking. */
export interface AppEvents {
  job: JobNews;
  portfolioChanged: { open: PortfolioView | null };
  /** A native menu's command. */
  menu: { command: MenuCommand };
}

export type MenuCommand = 'open' | 'new' | 'import' | 'close';

/** Every name of the contract, for the boundary. */
export const REQUEST_NAMES = [
  'appInfo',
  'recentPortfolios',
  'choosePortfolio',
  'chooseExport',
  'openPortfolio',
  'createPortfolio',
  'closePortfolio',
  'portfolio',
  'imports',
  'undoImport',
  'models',
  'setChampion',
  'trainingPlan',
  'scores',
  'timeline',
  'startImport',
  'startSample',
  'startTraining',
  'startComparison',
  'startScoring',
  'jobs',
  'cancelJob',
] as const;
export const EVENT_NAMES = ['job', 'portfolioChanged', 'menu'] as const;

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
}

export interface AppInfo {
  version: string;
  electron: string;
  /** What runs the store and the models. */
  engineHost: 'utility process' | 'Node 24';
}

export interface RecentPortfolio {
  path: string;
  name: string;
  openedAtMs: number;
}

export interface PortfolioView {
  path: string;
  name: string;
  currency: string;
  timeStep: TimeStep | null;
  dated: boolean | null;
  features: { name: string; kind: 'history' | 'static' }[];
  customers: number;
  historyRows: number;
  firstStep: number | null;
  lastStep: number | null;
  /** ISO dates of the last day of the first and of the last step; null in an undated portfolio. */
  firstDate: string | null;
  lastDate: string | null;
  /** Customers with an event; null while no outcomes are known. */
  events: number | null;
  testUses: number;
}

/** In steps; null takes the default. */
export interface WindowChoice {
  window: number | null;
  horizon: number | null;
  gap: number | null;
  labelRule: LabelRule | null;
}

export interface TrainingChoice extends WindowChoice {
  models: TrainableKind[];
  epochs: number;
  batch: number;
  seed: number;
}

export interface TrainingPlanView {
  settings: { window: number; horizon: number; gap: number; labelRule: LabelRule };
  split: Record<'train' | 'validation' | 'test', PartCounts> & { outOfTime: PartCounts | null };
  warnings: string[];
}

export interface StartedJob {
  jobId: string;
}

/** What each kind of job ends with. */
export interface JobResults {
  import: ImportDocument;
  sample: { path: string };
  training: TrainDocument;
  comparison: CompareDocument;
  scoring: ScoreDocument;
}
export type JobKind = keyof JobResults;

export interface JobInfo {
  jobId: string;
  kind: JobKind;
  /** For the status bar, e.g. “Importing april.csv”. */
  title: string;
}

export interface JobProgress {
  phase: string;
  done: number;
  total: number;
  /** A model in training. */
  lane?: ModelKind;
  figures?: TrainingFigures;
}

export type TrainingFigures =
  | {
      unit: 'epochs';
      epochs: {
        epoch: number;
        epochs: number;
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
