import {
  array,
  boolean,
  integer,
  maxLength,
  maxValue,
  minLength,
  minValue,
  nullable,
  number,
  picklist,
  pipe,
  safeParse,
  strictObject,
  string,
  type GenericSchema,
} from 'valibot';
import type { RequestName, RequestOf } from './contract.ts';
import { DuecastError } from './errors.ts';

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
};
const level = picklist(['Critical', 'High', 'Medium', 'Low']);
const trainable = picklist(['lstm', 'cnn-lstm', 'lightgbm', 'logistic']);

/** What each request must look like. One forgotten, or one that differs from the contract, does not compile. */
export const SCHEMAS: { [K in RequestName]: GenericSchema<unknown, RequestOf<K>> } = {
  appInfo: nothing,
  recentPortfolios: nothing,
  choosePortfolio: strictObject({ purpose: picklist(['open', 'create']) }),
  chooseExport: nothing,
  openPortfolio: strictObject({ path }),
  createPortfolio: strictObject({ path }),
  closePortfolio: nothing,
  portfolio: nothing,
  imports: nothing,
  undoImport: strictObject({ batchId: id }),
  models: nothing,
  setChampion: strictObject({ modelId: id }),
  trainingPlan: strictObject(choice),
  scores: strictObject({
    search: text,
    levels: pipe(array(level), maxLength(4)),
    offset: whole(0, 1e9),
    limit: whole(1, 1_000),
  }),
  timeline: strictObject({ customer: pipe(string(), minLength(1), maxLength(4_096)) }),
  startImport: strictObject({ file: path, dryRun: boolean(), onConflict: picklist(['keep', 'replace']) }),
  startSample: strictObject({ customers: whole(1, 1e6), days: whole(2, 36_500), seed: whole(0, 2 ** 31) }),
  startTraining: strictObject({
    ...choice,
    models: pipe(array(trainable), minLength(1), maxLength(4)),
    epochs: whole(1, 10_000),
    batch: whole(1, 100_000),
    seed: whole(0, 2 ** 31),
  }),
  startComparison: strictObject({ experimentId: nullable(id) }),
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
