import type { TimeStep } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import { dateReader } from './dates.ts';
import { fieldsOf } from './records.ts';
import { encodingNamed } from './text.ts';

/** What a file can be taken as. */
export const KINDS = ['history', 'ledger', 'outcomes'] as const;
export type ReadableKind = (typeof KINDS)[number];

const TIME_STEPS: readonly TimeStep[] = ['day', 'week', 'month'];

/** What the analyst gave with `--set`, or a profile gives; null where detection decides. Columns are still as written. */
export interface ImportSettings {
  kind: ReadableKind | null;
  timeStep: TimeStep | null;
  encoding: string | null;
  delimiter: string | null;
  /** Empty: no character quotes. */
  quote: string | null;
  decimal: string | null;
  /** Empty: none. */
  thousands: string | null;
  dateFormat: string | null;
  /** 0: no header. */
  headerLine: number | null;
  customer: string | null;
  step: string | null;
  date: string | null;
  features: string[] | null;
  static: string[] | null;
  ignore: string[] | null;
  outcome: string | null;
  outcomePositive: string | null;
  outcomeDate: string | null;
  amount: string | null;
  debit: string | null;
  credit: string | null;
  indicator: string | null;
  /** Values of the indicator that stand for money out. */
  negative: string[] | null;
  balance: string | null;
  description: string[] | null;
  /** Whose the file is, where no column says so. */
  customerId: string | null;
}

export const noSettings = (): ImportSettings => ({
  kind: null,
  timeStep: null,
  encoding: null,
  delimiter: null,
  quote: null,
  decimal: null,
  thousands: null,
  dateFormat: null,
  headerLine: null,
  customer: null,
  step: null,
  date: null,
  features: null,
  static: null,
  ignore: null,
  outcome: null,
  outcomePositive: null,
  outcomeDate: null,
  amount: null,
  debit: null,
  credit: null,
  indicator: null,
  negative: null,
  balance: null,
  description: null,
  customerId: null,
});

/** Checks and reads `--set` pairs; the last of two for one key counts. Unknown keys and values: `usage`. */
export function readSettings(pairs: readonly { key: string; value: string }[]): ImportSettings {
  const settings = noSettings();
  for (const { key, value } of pairs) assign(settings, key, value);
  if (settings.decimal !== null && settings.decimal === settings.thousands) {
    throw usage(`decimal and thousands are both ${settings.decimal}; they must differ.`);
  }
  if (settings.step !== null && settings.date !== null) {
    throw usage('step= and date= exclude each other: a file is read by its dates or by its step numbers.');
  }
  refuseContradictions(settings);
  return settings;
}

function refuseContradictions({
  amount,
  debit,
  credit,
  indicator,
  negative,
  customer,
  customerId,
}: ImportSettings): void {
  if (amount !== null && (debit !== null || credit !== null)) {
    throw usage('amount= excludes debit= and credit=: an amount stands in one column, or in one for each direction.');
  }
  if (indicator !== null && (debit !== null || credit !== null)) {
    throw usage('indicator= goes with amount=; debit= and credit= say the direction themselves.');
  }
  if (negative !== null && indicator === null) {
    throw usage('negative= needs the column whose values it names: give indicator=NAME.');
  }
  if (customer !== null && customerId !== null) {
    throw usage(
      'customer= and customerId= exclude each other: a column says whose a row is, or the file is one customer’s.',
    );
  }
}

/** Settings that only a ledger has. */
export const asksForLedger = (settings: ImportSettings): boolean =>
  settings.kind === 'ledger' ||
  (settings.kind === null &&
    [
      settings.amount,
      settings.debit,
      settings.credit,
      settings.indicator,
      settings.balance,
      settings.description,
      settings.customerId,
    ].some((value) => value !== null));

/** The settings of `first`, and where it has none those of `second`; one of step and date shuts out the other. */
export function settingsOver(first: ImportSettings, second: ImportSettings): ImportSettings {
  const filled = Object.entries(first).filter(([, value]) => value !== null);
  const hasSteps = first.step !== null || first.date !== null;
  return { ...second, ...(hasSteps ? { step: null, date: null } : {}), ...Object.fromEntries(filled) };
}

function assign(settings: ImportSettings, key: string, value: string): void {
  switch (key) {
    case 'kind':
      settings.kind = oneOf(key, value, KINDS);
      return;
    case 'timeStep':
      settings.timeStep = oneOf(key, value, TIME_STEPS);
      return;
    case 'encoding':
      settings.encoding = encodingNamed(value);
      return;
    case 'delimiter':
      settings.delimiter = delimiterNamed(value);
      return;
    case 'quote':
      settings.quote = value === 'none' ? '' : value;
      if (settings.quote.length > 1) throw usage(`quote=${value} must be one character, or none.`);
      return;
    case 'decimal':
      settings.decimal = oneOf(key, value, ['.', ',']);
      return;
    case 'thousands':
      settings.thousands = thousandsNamed(value);
      return;
    case 'dateFormat':
      dateReader(value);
      settings.dateFormat = value;
      return;
    case 'headerLine':
      if (!/^\d{1,9}$/.test(value))
        throw usage(`headerLine=${value} must be a line number from 1, or 0 for no header.`);
      settings.headerLine = Number(value);
      return;
    case 'features':
    case 'static':
    case 'ignore':
    case 'description':
    case 'negative':
      settings[key] = columnList(value);
      return;
    case 'customer':
    case 'step':
    case 'date':
    case 'outcome':
    case 'outcomeDate':
    case 'outcomePositive':
    case 'amount':
    case 'debit':
    case 'credit':
    case 'indicator':
    case 'balance':
      if (value.trim() === '') throw usage(`${key}= is empty.`);
      settings[key] = value;
      return;
    case 'customerId':
      settings.customerId = value.trim();
      if (settings.customerId === '') throw usage('customerId= is empty.');
      return;
    default:
      throw usage(`There is no setting "${key}". Settings are: ${Object.keys(noSettings()).join(', ')}.`);
  }
}

function oneOf<T extends string>(key: string, value: string, known: readonly T[]): T {
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw usage(`${key}=${value} is not known; ${key} is one of: ${known.join(' ')}`);
  return found;
}

function delimiterNamed(value: string): string {
  const named: Record<string, string> = { tab: '\t', '\\t': '\t', comma: ',', semicolon: ';', pipe: '|', space: ' ' };
  const delimiter = named[value] ?? value;
  if (delimiter.length !== 1 || /["\r\n]/.test(delimiter)) {
    throw usage(`delimiter=${value} must be one character, or tab, comma, semicolon, pipe or space.`);
  }
  return delimiter;
}

function thousandsNamed(value: string): string {
  const named: Record<string, string> = { none: '', space: ' ', '\u00a0': ' ', '\u202f': ' ', '’': "'" };
  const thousands = named[value] ?? value;
  if (!['', '.', ',', ' ', "'", '_'].includes(thousands)) {
    throw usage(`thousands=${value} is not known; thousands is one of: . , ' _ space none`);
  }
  return thousands;
}

/** Names as they are typed, `a,b,"c, d"`; an empty list is a list. */
const columnList = (value: string) =>
  fieldsOf(value, { delimiter: ',', quote: '"' })
    .map((name) => name.trim())
    .filter((name) => name !== '');

const usage = (message: string) => new DuecastError('usage', message);
