import {
  array,
  boolean,
  integer,
  isoTimestamp,
  literal,
  maxLength,
  maxValue,
  minLength,
  minValue,
  nullable,
  number,
  optional,
  picklist,
  pipe,
  safeParse,
  regex,
  strictObject,
  string,
  trim,
  variant,
  type GenericSchema,
} from 'valibot';
import type { RequestName, RequestOf } from './contract.ts';
import { DuecastError } from './errors.ts';
import { BEHAVIOURS } from '../ledger/behaviours.ts';

const text = pipe(string(), maxLength(4_096));
const id = pipe(string(), minLength(1), maxLength(256));
const path = pipe(string(), minLength(1), maxLength(4_096));
const whole = (least: number, most: number) => pipe(number(), integer(), minValue(least), maxValue(most));
const nothing = strictObject({});
const choice = {
  window: nullable(whole(1, 10_000)),
  horizon: nullable(whole(1, 10_000)),
  gap: nullable(whole(0, 10_000)),
  labelRule: nullable(picklist(['event', 'constant', 'after-last', 'last-window'])),
  splitSeed: nullable(whole(0, 2 ** 31)),
  without: optional(pipe(array(text), maxLength(1_000))),
};
const level = picklist(['Critical', 'High', 'Medium', 'Low']);
const standing = picklist(['Critical', 'High', 'Medium', 'Low', 'none']);
const customer = pipe(string(), minLength(1), maxLength(4_096));
const label = pipe(string(), trim(), minLength(1), maxLength(200));
const author = pipe(string(), trim(), maxLength(200));
const note = pipe(string(), trim(), minLength(1), maxLength(20_000));
const moment = pipe(string(), isoTimestamp());
const share = pipe(number(), minValue(0), maxValue(1));
/** No path: what is suggested must not lead out of the folder that the dialog shows. */
const fileName = pipe(string(), minLength(1), maxLength(200), regex(/^[^\\/]+$/));
const naming = {
  name: label,
  currency: pipe(string(), regex(/^([A-Z]{3})?$/)),
  timeStep: nullable(picklist(['day', 'week', 'month'])),
};
const reading = {
  profile: nullable(label),
  settings: pipe(array(strictObject({ key: id, value: text })), maxLength(1_000)),
};
const externalScores = strictObject({
  file: path,
  experimentId: nullable(id),
  customer: text,
  score: text,
  date: nullable(text),
  step: nullable(text),
  name: nullable(label),
  lowerIsRiskier: boolean(),
  settings: reading.settings,
});
const filter = {
  list: picklist(['watchlist', 'all']),
  search: text,
  levels: pipe(array(level), maxLength(4)),
  change: picklist(['any', 'up', 'down', 'entered', 'left']),
  moved: optional(nullable(strictObject({ from: standing, to: standing }))),
  since: optional(nullable(id)),
  ranges: pipe(
    array(strictObject({ feature: text, least: nullable(number()), most: nullable(number()) })),
    maxLength(20),
  ),
  sort: strictObject({
    key: picklist(['pd', 'change', 'customer', 'onListSince']),
    direction: picklist(['ascending', 'descending']),
  }),
};
export const preferences = strictObject({
  theme: picklist(['system', 'light', 'dark']),
  grouping: picklist(['currency', 'thousands', 'lakh']),
  levelColours: picklist(['usual', 'greys']),
  backend: picklist(['auto', 'tensorflow', 'wasm']),
  modelsAtOnce: nullable(whole(1, 64)),
  dataFolder: nullable(path),
});
const country = pipe(string(), regex(/^[A-Z]{2}$/));
const amount = pipe(number(), minValue(-1e11), maxValue(1e11));
const patterns = pipe(array(pipe(string(), maxLength(200))), maxLength(1_000));
const draft = strictObject({
  rules: pipe(
    array(
      strictObject({
        id: label,
        title: label,
        behaviour: picklist(BEHAVIOURS),
        country: nullable(country),
        patterns,
        unless: patterns,
        sign: picklist(['in', 'out', 'any']),
        least: nullable(amount),
        most: nullable(amount),
        payee: picklist(['pattern', 'text']),
        rhythm: boolean(),
        enabled: boolean(),
      }),
    ),
    maxLength(2_000),
  ),
  options: strictObject({
    countries: nullable(pipe(array(country), maxLength(50))),
    startingBalance: amount,
    startingBalances: pipe(array(strictObject({ customer, account: nullable(text), amount })), maxLength(1_000_000)),
    dueDays: pipe(
      array(strictObject({ payee: label, customer: nullable(customer), day: whole(1, 31) })),
      maxLength(100_000),
    ),
  }),
});
const rule = picklist(['keep', 'replace']);
const cost = pipe(number(), minValue(0), maxValue(1e12));
const costs = { missed: cost, falseAlert: cost };
const earlyDetection = strictObject({
  budget: pipe(number(), minValue(0.01), maxValue(100)),
  leadFromDays: whole(1, 3_650),
  leadToDays: whole(0, 3_649),
});
const trainable = picklist(['lstm', 'cnn-lstm', 'lightgbm', 'logistic']);

/** What each request must look like. One forgotten, or one that differs from the contract, does not compile. */
export const SCHEMAS: { [K in RequestName]: GenericSchema<unknown, RequestOf<K>> } = {
  appInfo: nothing,
  doctor: nothing,
  licences: nothing,
  preferences: nothing,
  setPreferences: preferences,
  chooseFolder: nothing,
  saveText: strictObject({ suggestedName: fileName, text: pipe(string(), maxLength(1e8)) }),
  recentPortfolios: nothing,
  forgetRecent: strictObject({ path }),
  choosePortfolio: strictObject({ purpose: picklist(['open', 'create']) }),
  openPortfolio: strictObject({ path }),
  createPortfolio: strictObject({ path, ...naming }),
  closePortfolio: nothing,
  portfolio: nothing,
  describePortfolio: strictObject(naming),
  setLevelBounds: strictObject({ critical: share, high: share, medium: share }),
  scoreCounts: nothing,
  saveCopy: nothing,
  quality: nothing,
  auditLog: nothing,
  chooseExports: strictObject({ what: picklist(['files', 'folder']) }),
  listExports: strictObject({ paths: pipe(array(path), maxLength(10_000)) }),
  previewImport: strictObject({ file: path, ...reading }),
  profiles: nothing,
  saveProfile: strictObject({ name: label, file: path, ...reading }),
  deleteProfile: strictObject({ name: label }),
  exportProfile: strictObject({ name: label }),
  chooseProfileFile: nothing,
  importProfile: strictObject({ path, name: nullable(label), replace: boolean() }),
  imports: nothing,
  undoImport: strictObject({ batchId: id }),
  setAside: strictObject({ batchId: id }),
  exportRejected: strictObject({ batchId: id }),
  models: nothing,
  setChampion: strictObject({ modelId: id }),
  trainingPlan: strictObject(choice),
  sanity: strictObject({ experimentId: nullable(id), choice: nullable(strictObject(choice)) }),
  engine: nothing,
  experiments: nothing,
  learningCurves: strictObject({ experimentId: id }),
  lookAtScores: strictObject({ file: path, settings: reading.settings }),
  externalScores: strictObject({ experimentId: id }),
  previewExternalScores: externalScores,
  deleteExternalScore: strictObject({ id }),
  storedComparison: strictObject({ experimentId: nullable(id) }),
  comparisonCurves: strictObject({ experimentId: id, part: picklist(['test', 'outOfTime']) }),
  thresholds: strictObject({
    experimentId: id,
    part: picklist(['test', 'outOfTime']),
    rule: variant('kind', [
      strictObject({ kind: literal('hand'), threshold: share }),
      strictObject({ kind: literal('budget'), share }),
      strictObject({ kind: literal('f1') }),
      strictObject({ kind: literal('cost') }),
    ]),
    unit: picklist(['customers', 'windows']),
    costs: nullable(strictObject(costs)),
  }),
  setAlertCosts: strictObject(costs),
  reportPreview: strictObject({ experimentId: id, author }),
  startReport: strictObject({ experimentId: id, format: picklist(['html', 'pdf']), author }),
  showReport: nothing,
  customers: strictObject({ ...filter, offset: whole(0, 1e9), limit: whole(1, 1_000) }),
  customerIds: strictObject(filter),
  exportCustomers: strictObject({
    filter: strictObject(filter),
    chosen: nullable(pipe(array(customer), maxLength(1e6))),
  }),
  customersText: strictObject({
    filter: strictObject(filter),
    chosen: nullable(pipe(array(customer), maxLength(1e6))),
  }),
  scorings: nothing,
  scoringChanges: strictObject({ fromId: nullable(id) }),
  scoringVerdict: strictObject({ scoringId: id }),
  customer: strictObject({ customer }),
  timeline: strictObject({ customer, experimentId: nullable(id) }),
  explain: strictObject({ customer, modelId: nullable(id) }),
  addNote: strictObject({ customer, text: note }),
  addNotes: strictObject({ customers: pipe(array(customer), minLength(1), maxLength(1e6)), text: note }),
  changeNote: strictObject({ noteId: id, text: note }),
  deleteNote: strictObject({ noteId: id }),
  restoreNote: strictObject({
    customer,
    note: strictObject({ noteId: id, text: note, createdAt: moment, changedAt: nullable(moment) }),
  }),
  ledgerRules: strictObject({ version: nullable(whole(0, 1e9)) }),
  previewLedgerRules: strictObject({ draft }),
  readLedgerRules: strictObject({ text: pipe(string(), maxLength(1e8)) }),
  exportLedgerRules: strictObject({ draft }),
  ledgerTransactions: strictObject({ customer, step: whole(-1e7, 1e7) }),
  startLedgerRules: strictObject({ draft: nullable(draft) }),
  startSurvey: strictObject({ file: path, ...reading }),
  startImport: strictObject({
    file: path,
    ...reading,
    dryRun: boolean(),
    onConflict: rule,
    decisions: optional(pipe(array(strictObject({ line: whole(1, 1e10), rule })), maxLength(10_000))),
    checkedSha256: optional(pipe(string(), regex(/^[0-9a-f]{64}$/))),
  }),
  startMend: strictObject({
    batchId: id,
    rows: pipe(
      array(strictObject({ id, cells: pipe(array(pipe(string(), maxLength(1 << 16))), maxLength(10_000)) })),
      minLength(1),
      maxLength(1_000),
    ),
  }),
  startSample: strictObject({ customers: whole(1, 1e6), days: whole(2, 36_500), seed: whole(0, 2 ** 31) }),
  startTraining: strictObject({
    ...choice,
    models: pipe(array(trainable), minLength(1), maxLength(4)),
    epochs: whole(1, 10_000),
    batch: whole(1, 100_000),
    seed: whole(0, 2 ** 31),
    calibration: optional(picklist(['none', 'platt', 'isotonic'])),
    ensembleWeight: optional(picklist(['recipe', 'fitted'])),
    seeds: optional(whole(1, 20)),
  }),
  startShuffled: strictObject({ experimentId: nullable(id), network: boolean() }),
  startComparison: strictObject({ experimentId: nullable(id), earlyDetection: optional(earlyDetection) }),
  startEvaluation: strictObject({
    file: path,
    label: text,
    positive: text,
    negative: nullable(pipe(array(text), maxLength(1_000))),
    scores: pipe(array(text), maxLength(1_000)),
    lowerIsRiskier: pipe(array(text), maxLength(1_000)),
    group: nullable(text),
    settings: reading.settings,
  }),
  startExternalScores: externalScores,
  startScoring: strictObject({ modelId: nullable(id) }),
  jobs: nothing,
  cancelJob: strictObject({ jobId: id }),
};

/** The payload as the contract has it. Throws `usage`: the detail names the field. */
export function checkRequest<K extends RequestName>(name: K, payload: unknown): RequestOf<K> {
  const parsed = safeParse(SCHEMAS[name] as GenericSchema<unknown, RequestOf<K>>, payload);
  if (parsed.success) return parsed.output;
  const detail = parsed.issues
    .map((issue) => `${name}.${issue.path?.map(({ key }) => String(key)).join('.') ?? ''}: ${issue.message}`)
    .join('\n');
  throw new DuecastError(
    'usage',
    'One of the values is out of its range; nothing was changed. Correct it and try again.',
    detail,
  );
}
