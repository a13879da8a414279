import type { CalibrationMethod, CalibrationSummary, EnsembleSummary, EnsembleWeight } from './calibration.ts';
import type { NamedModel } from './external-scores.ts';
import type { Reason } from './reasons.ts';
import type {
  BackendInfo,
  CompareDocument,
  DoctorDocument,
  EpochRecord,
  LabelRule,
  Metrics,
  ModelKind,
  Part,
  PartCounts,
  RiskLevel,
  TimeStep,
  TrainableKind,
  ColumnReading,
  ColumnRole,
  Dialect,
  ImportDocument,
  ImportKind,
} from './documents.ts';
import type { Standing } from './changes.ts';
import type { Failure } from './errors.ts';
import type { SeedsDocument } from './seeds.ts';

/** What the window's screens show, beside the documents that jobs end with. Types only. */

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

/** Least PD of each level but the lowest; each above the one after it. */
export interface LevelBounds {
  critical: number;
  high: number;
  medium: number;
}

export interface PortfolioView {
  path: string;
  name: string;
  /** ISO 4217, or empty. */
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
  levelBounds: LevelBounds;
  /** Made by the sample generator; training proposes fewer epochs. */
  isSample: boolean;
  /** Critical and High in the latest scoring; null while nothing is scored. */
  watched: number | null;
  /** Ledgers were imported. */
  hasTransactions: boolean;
}

/** What an analyst may say of a portfolio. The time step is fixed once a history is stored. */
export interface PortfolioNaming {
  name: string;
  currency: string;
  /** Null: as the first import shows. */
  timeStep: TimeStep | null;
}

/** How complete and how plausible the stored data is. */
export interface QualityView {
  features: FeatureQuality[];
  /** How many customers have a row at each step, oldest first; at most 2,000 steps. */
  coverage: { step: number; date: string | null; customers: number }[];
}

export interface FeatureQuality {
  name: string;
  kind: 'history' | 'static';
  /** Rows (customers, for a static attribute) that could have a value, and how many have none. */
  of: number;
  missing: number;
  /** Text attributes have no figures; `figures` is null, as it is where every value is missing. */
  figures: {
    distinct: number;
    least: number;
    lowerQuartile: number;
    median: number;
    mean: number;
    upperQuartile: number;
    most: number;
    /**
     * Values further than three interquartile ranges outside the quartiles (Tukey's far out); null where the quartiles
     * are equal but not all values, as for a count that is mostly 0: nothing can be said then.
     */
    outliers: number | null;
    /** Equal bins between `from` and `to`; what lies outside is counted in the first or the last. */
    histogram: { from: number; to: number; counts: number[] };
  } | null;
  /** What an analyst should look at, in words; empty where all is well. */
  remarks: string[];
}

export interface AuditEntryView {
  /** ISO 8601, UTC. */
  at: string;
  action: string;
  words: string;
}

/** An export that was chosen, by itself or with its folder. */
export interface ExportFileView {
  path: string;
  /** Its name, below the folder that was chosen. */
  file: string;
  bytes: number;
}

export interface ExportListView {
  files: ExportFileView[];
  /** What could not be taken, and why. */
  left: { file: string; reason: string }[];
}

/** One table to import. */
export interface SourceView {
  /** What a preview and an import take as the file. */
  path: string;
  /** Its name inside an archive that holds several tables; null elsewhere. */
  entry: string | null;
  /** For the analyst: with the folder or the archive that was given. */
  name: string;
  /** As it is read, unpacked from an archive; 0 where there is no such file. */
  bytes: number;
}

/** The tables that files, folders and archives hold, in order. */
export interface SourcesView {
  sources: SourceView[];
  /** What was found in folders and archives and is no table, with why. */
  passedOver: { name: string; reason: string }[];
}

/** How a file was read, from a sample of it and without writing anything. */
export interface FilePreview {
  file: string;
  bytes: number;
  /** Of a workbook, with the one that was read; the setting `sheet` chooses another. */
  sheets: string[];
  sheet: string | null;
  /** From a look at parts of a long file; what counts is decided when all of it has been read (`startSurvey`). */
  provisional: boolean;
  /** The first physical lines as decoded, long ones cut. */
  rawLines: string[];
  /** What could be found of the dialect, with why, for the analyst; whole where `reading` is not null. */
  dialect: Partial<Dialect>;
  why: Partial<Record<keyof Dialect | 'timeStep' | 'kind', string>>;
  /** Empty where the lines can't be cut into columns. */
  columns: PreviewColumn[];
  /** The first rows, cut into fields as the dialect says. */
  rows: string[][];
  /** Null where the file can't be read as it is; `problem` says why. */
  reading: {
    kind: ImportKind;
    profile: string | null;
    timeStep: TimeStep;
    dated: boolean;
    warnings: string[];
  } | null;
  problem: Failure | null;
  /** Keys of the settings by which the problem can be solved. */
  toSet: string[];
}

export interface PreviewColumn extends Omit<ColumnReading, 'role'> {
  /** Null where it could not be decided. */
  role: ColumnRole | null;
  /** Three different values as written. */
  samples: string[];
  /** The detection has little to go by: to be shown first. */
  unsure: boolean;
}

/** A layout of files that the analyst saved in the portfolio: it is recognised by its header the next time. */
export interface ProfileView {
  name: string;
  title: string;
  /** Where its layout is published; null where nothing says so. */
  source: string | null;
  /** `shipped` ones come with the program. */
  origin: 'shipped' | 'portfolio';
}

/** What a file with a profile holds. */
export interface ProfileFileView {
  name: string;
  title: string;
  columns: number;
  /** Without a header, its files are known by what each column holds. */
  hasHeader: boolean;
  /** Who has a profile of that name already. */
  taken: ProfileView['origin'] | null;
}

/** Rows that an import set aside and that no other has brought in since. */
export interface SetAsideView {
  batchId: string;
  file: string;
  /** The names of the file's columns. */
  columns: string[];
  /** How many are still set aside; `rows` holds the first 1,000. */
  open: number;
  /** How many were mended. */
  mended: number;
  rows: SetAsideRow[];
}

export interface SetAsideRow {
  id: string;
  /** The physical line of the file, from 1, where the row starts. */
  line: number;
  /** The place of the column that can't be read; null: the whole row. */
  column: number | null;
  reason: string;
  /** One a column. */
  cells: string[];
  /** False where only its beginning was kept. */
  whole: boolean;
}

export interface MendedRow {
  id: string;
  cells: string[];
}

export interface MendDocument {
  /** Of the rows that could be read; null where none could. */
  imported: ImportDocument | null;
  /** Those that stay set aside, with the place of the column and why. */
  refused: { id: string; column: number | null; reason: string }[];
}

/** As `--set` takes them on the command line. */
export type SettingPairs = { key: string; value: string }[];

/** In steps; null takes the default. */
export interface WindowChoice {
  window: number | null;
  horizon: number | null;
  gap: number | null;
  labelRule: LabelRule | null;
  /** Null: the seed that the parts were drawn with, or 1. Fixed once something has been trained. */
  splitSeed: number | null;
  /** Inputs that models shall not read; none by default. */
  without?: string[] | undefined;
}

export interface TrainingChoice extends WindowChoice {
  models: TrainableKind[];
  epochs: number;
  batch: number;
  seed: number;
  calibration?: CalibrationMethod | undefined;
  ensembleWeight?: EnsembleWeight | undefined;
  /** How many seeds, from `seed` on, each an experiment of its own; one where it is missing. */
  seeds?: number | undefined;
}

export interface TrainingPlanView {
  settings: { window: number; horizon: number; gap: number; labelRule: LabelRule };
  split: Record<Part, PartCounts> & { outOfTime: PartCounts | null };
  /** Windows whose outcome cannot be known yet, and windows dropped because they touch or follow the event. */
  unlabelled: { unknown: number; dropped: number };
  warnings: string[];
  splitSeed: number;
  /** Nothing was trained yet, so that the parts may be drawn anew with another split seed. */
  canRedraw: boolean;
}

/** The engine that networks train on; without one, what is missing and how to mend it. */
export interface EngineView {
  engine: BackendInfo | null;
  problem: Failure | null;
}

/** An earlier training, newest first in lists. */
export interface ExperimentView {
  experimentId: string;
  createdAt: string;
  settings: {
    window: number;
    horizon: number;
    gap: number;
    labelRule: LabelRule;
    epochs: number;
    batch: number;
    seed: number;
    splitSeed: number;
    /** Both missing in trainings of earlier versions: none, and the recipe's. */
    calibration?: CalibrationMethod;
    ensembleWeight?: EnsembleWeight;
    /** Inputs that its models don't read; missing where none was left out. */
    without?: string[];
  };
  dataHash: string;
  backend: BackendInfo;
  versions: Record<string, string>;
  seconds: number;
  split: Record<Part, PartCounts> & { outOfTime: PartCounts | null };
  warnings: string[];
  refused: { kind: TrainableKind; reason: string }[];
  models: ExperimentModelView[];
  /** An import, an undo or other rules for ledgers came after it. */
  dataChanged: boolean;
  /** How the figures spread over all experiments that differ from this one by their seed alone; missing without others. */
  seeds?: SeedsDocument;
}

export interface ExperimentModelView {
  id: string;
  kind: ModelKind;
  champion: boolean;
  parameters: number;
  epochs: number;
  bestEpoch: number;
  seconds: number;
  windowsPerSecond: number;
  /** Of the PDs before calibration. */
  validation: Metrics;
  test: Metrics;
  outOfTime: Metrics | null;
  /** Null: its PDs are as the model gives them. */
  calibration?: CalibrationSummary | null;
  /** Of an ensemble only. */
  ensemble?: EnsembleSummary | null;
}

/** Everything that the comparison's charts draw, for one set of rows. Large series are typed arrays. */
export interface ComparisonCurves {
  experimentId: string;
  part: 'test' | 'outOfTime';
  windows: number;
  events: number;
  models: ModelCurves[];
}

export interface ModelCurves extends NamedModel {
  id: string;
  kind: ModelKind;
  /** Empty for models that are not trained epoch by epoch. */
  history: EpochRecord[];
  /** Corners of the ROC curve, from (0, 0) to (1, 1); thinned to at most 2,000. */
  roc: { falseAlarmRate: Float32Array; hitRate: Float32Array };
  /** Precision at each recall, thinned likewise. */
  precisionRecall: { recall: Float32Array; precision: Float32Array };
  /** Bins of equal width; empty ones are left out. The interval is Wilson's for the share of events, by customer. */
  calibration: { meanPd: number; eventShare: number; low: number; high: number; windows: number }[];
  /** Windows in each of 50 equal bins of PD, of customers with and without the event. */
  scores: { events: number[]; others: number[] };
  /** Share of events among the riskiest p of all windows, p = 0, .01 … 1; ties are shared evenly. */
  gains: Float32Array;
  /** At thresholds 0, .001 … 1: windows at or above it, with and without the event. */
  atThreshold: { events: Int32Array; others: Int32Array };
}

/** A comparison as it was computed last; null where none was yet. */
export interface StoredComparison {
  comparison: { document: CompareDocument; createdAt: string } | null;
}

export type CustomerSort = 'pd' | 'change' | 'customer' | 'onListSince';
export type ChangeFilter = 'any' | 'up' | 'down' | 'entered' | 'left';

/** Which customers a list shows, and in what order. */
export interface CustomersFilter {
  /** `watchlist`: Critical and High of the latest scoring; `all`: every customer, also who was not scored. */
  list: 'watchlist' | 'all';
  /** Part of a customer's id, without case. */
  search: string;
  /** None is all. */
  levels: RiskLevel[];
  /**
   * Against the scoring before: by more than 5 points up or down; came onto the watchlist, or left it. On the watchlist
   * `left` shows who was there before.
   */
  change: ChangeFilter;
  /** Who stood at one level in the scoring before and stands at another now, whether on the watchlist or not. */
  moved?: { from: Standing; to: Standing } | null | undefined;
  /** The scoring that changes are measured against; null: the one before the latest. */
  since?: string | null | undefined;
  /** By the latest value of a feature; null is open. */
  ranges: { feature: string; least: number | null; most: number | null }[];
  sort: { key: CustomerSort; direction: 'ascending' | 'descending' };
}

export interface CustomersPage {
  /** Null while nothing was scored. */
  scoring: {
    scoringId: string;
    modelId: string;
    kind: ModelKind;
    createdAt: string;
    /** ISO date, or the step's number in an undated portfolio. */
    asOf: string;
    skipped: { reason: string; customers: number }[];
    /** For how many of the riskiest reasons were looked for; null in a scoring of an earlier version. */
    reasoned: number | null;
    /** For how many more scoring again would, since the levels were lowered; 0 where `reasoned` is null. */
    unreasoned: number;
    /** Data has changed since. */
    stale: boolean;
    /** Another model has become champion since. */
    otherChampion: boolean;
    /** The scoring which changes are measured against: the one before unless another is asked for; null for the first. */
    before: { scoringId: string; modelId: string; kind: ModelKind; createdAt: string; asOf: string } | null;
  } | null;
  /** Of the whole latest scoring, whatever is filtered, and of the one before it. */
  levels: Record<RiskLevel, number>;
  levelsBefore: Record<RiskLevel, number> | null;
  /** How many of the list each change filter would show; null without a scoring before. */
  changes: Record<Exclude<ChangeFilter, 'any'>, number> | null;
  /** How many match; `rows` holds those from the offset on. */
  matching: number;
  rows: CustomerRow[];
}

export interface CustomerRow {
  customer: string;
  /** 0 to 1; null for who was not scored. */
  pd: number | null;
  riskLevel: RiskLevel | null;
  /** Why there is no score. */
  reason: string | null;
  /** Against the scoring before; null where one of the two has none. */
  change: number | null;
  /** In the scoring before; null where that left the customer out. */
  previousLevel: RiskLevel | null;
  /** PDs of the last scorings, oldest first, at most 12; null where a scoring left the customer out. */
  recent: (number | null)[];
  /** When the customer came onto the watchlist and has stayed since, ISO 8601; null for who is not on it. */
  onListSince: string | null;
  /** The same by the data's own time; null for who is not on the list. */
  listed: ListedSince | null;
  /** What raises the PD most, at most three, the weightiest first; null where none were looked for. */
  topReasons: Reason[] | null;
  /** The model was fitted or tuned on this customer. */
  seenInTraining: boolean;
  notes: number;
}

/** An unbroken run on the watchlist that ends with the latest scoring. */
export interface ListedSince {
  /** As of when the first scoring of the run was: ISO date, or the step's number in an undated portfolio. */
  asOf: string;
  /** From then to the latest scoring's date; null where steps are no days. */
  days: number | null;
  scorings: number;
}

/** A customer's own data, as stored. */
export interface CustomerView {
  customer: string;
  part: Part | null;
  /** The event's step, or a flag that has no step; null without an event. */
  event: { step: number | null; date: string | null } | null;
  features: string[];
  /** Calendar steps without gaps: the first, and how many. */
  firstStep: number;
  firstDate: string | null;
  steps: number;
  /** [steps, features], row-major, as stored; NaN where empty. */
  values: Float64Array;
  statics: { name: string; value: string }[];
  /** The latest scoring, and this customer in it; null while nothing was scored. */
  scoring: CustomersPage['scoring'];
  score: CustomerRow | null;
  notes: NoteView[];
}

export interface NoteView {
  noteId: string;
  text: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  changedAt: string | null;
}

/** The program's own settings, kept on this machine. */
export interface Preferences {
  theme: 'system' | 'light' | 'dark';
  /** How digits are grouped: as the portfolio's currency has it, in thousands, or in lakh and crore. */
  grouping: 'currency' | 'thousands' | 'lakh';
  /** Colours of the levels in both themes: the usual ones, or ones that differ in lightness alone. */
  levelColours: 'usual' | 'greys';
  backend: 'auto' | 'tensorflow' | 'wasm';
  /** How many models train at the same time; null: as many as there are cores, at least two. */
  modelsAtOnce: number | null;
  /** Where sample portfolios are made and dialogs open; null: the documents folder. */
  dataFolder: string | null;
}

export interface PreferencesView {
  preferences: Preferences;
  /** What null stands for. */
  defaults: { dataFolder: string; modelsAtOnce: number };
}

/** How the PDs of the latest scoring spread, for levels that are only being considered. */
export interface ScoreCounts {
  /** 1,001 of them: customers with a PD from i/1000 on, below (i + 1)/1000. */
  bins: number[];
  customers: number;
}

/** What `doctor` finds, for the window. */
export interface InstallationView extends DoctorDocument {
  /** Of the engine; 0 without one. */
  threads: number;
}

export interface LicencesView {
  /** Everything shipped, Duecast first. */
  packages: { name: string; version: string; licence: string; text: string }[];
}
