import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImportDocument } from '../../src-main/ipc/documents.ts';
import type { PortfolioDb } from '../../src-main/store/database.ts';

/** The zoo of exports; its README says what the files beside them hold. */
export const EXPORTS = fileURLToPath(new URL('../fixtures/exports', import.meta.url));

/** What a right reading of an export gives; what is absent or null is not looked at. */
export interface Expected {
  settings?: string[];
  /** Exit 3, with these words in the message. */
  refused?: true;
  /** Of the refusal, data-refused where absent. */
  code?: 'usage';
  message?: string[];
  kind?: string;
  timeStep?: string;
  dialect?: Record<string, string | number | null>;
  rows?: { read: number; accepted: number; rejected: number };
  customers?: number;
  ledger?: { transactions: number; sum: string; first?: Point; last?: Point };
  steps?: { first: number; last: number };
  features?: Record<string, { count: number; sum: string }>;
  outcomes?: { events: number };
  /** `column`: the names of which the reason may give one; null: any, or none. */
  rejected?: { line: number; column: string | (string | null)[] | null }[];
  note?: string;
}

interface Point {
  date: string;
  amount: string;
}

export interface ExpectedExport extends Expected {
  /** Other readings that are right, where the bank's layout leaves it open. */
  or?: Expected[];
  /** With these settings besides, where the file alone does not say enough. */
  then?: Expected;
}

/** What came of an import. */
export type Outcome = { document: ImportDocument; figures: HistoryFigures | null } | { error: unknown };

/** What a history or a file of outcomes left in an empty portfolio. */
export interface HistoryFigures {
  steps: { first: number; last: number };
  features: Record<string, { count: number; sum: number }>;
  events: number;
}

export interface ZooExport {
  /** Within the zoo, `germany/ing.csv`. */
  name: string;
  file: string;
  expected: ExpectedExport;
}

/** All exports whose name holds a text. */
export function zooExports(part = ''): ZooExport[] {
  return readdirSync(EXPORTS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(json|py|pyc|md)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, name: relative(EXPORTS, file).replaceAll('\\', '/') }))
    .filter(({ name }) => name.includes(part))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, file }) => {
      const expected = JSON.parse(readFileSync(file.replace(/\.[a-z]+$/, '.json'), 'utf8')) as ExpectedExport;
      return { name, file, expected };
    });
}

/** What is expected once the settings of `then` are given. */
export function afterAnswer({ refused: _refused, message: _message, or: _or, then, ...rest }: ExpectedExport) {
  return { ...rest, ...then } as ExpectedExport;
}

/** Everything in which an outcome is not the expected reading, nor another that is right; empty where it is. */
export function differences({ or = [], then: _then, ...expected }: ExpectedExport, outcome: Outcome): string[] {
  const found = differencesOf(expected, outcome);
  const other = or.some((reading) => {
    const whole = reading.refused ? reading : { ...expected, ...reading, refused: undefined };
    return differencesOf(whole as Expected, outcome).length === 0;
  });
  return other ? [] : found;
}

function differencesOf(expected: Expected, outcome: Outcome): string[] {
  if ('error' in outcome) return failureDifferences(expected, outcome.error);
  const { document, figures } = outcome;
  if (expected.refused)
    return [`read as ${document.kind} (${JSON.stringify(document.rows)}) where it should be refused`];
  const found: string[] = [];
  const compare = (what: string, is: unknown, should: unknown) => {
    if (should !== undefined && should !== null && is !== should) {
      found.push(`${what} is ${JSON.stringify(is)}, should be ${JSON.stringify(should)}`);
    }
  };
  compare('kind', document.kind, expected.kind);
  compare('timeStep', document.timeStep, expected.timeStep);
  for (const [key, should] of Object.entries(expected.dialect ?? {})) {
    const is = document.dialect[key as keyof typeof document.dialect];
    if (key === 'dateFormat') compare('dateFormat', plainPattern(is), plainPattern(should));
    else compare(key, is, should);
  }
  const { rows } = document;
  const known = rows.accepted + rows.unchanged;
  compare('rows.read', rows.read, expected.rows?.read);
  compare('rows accepted or unchanged', known, expected.rows?.accepted);
  compare('rows.rejected', rows.rejected, expected.rows?.rejected);
  compare('sum of the fates', known + rows.conflicting + rows.rejected, rows.read);
  compare('customers', document.customers, expected.customers);
  const { ledger } = document as { ledger?: Expected['ledger'] };
  if (expected.ledger !== undefined) {
    compare('ledger.transactions', ledger?.transactions, expected.ledger.transactions);
    compare('ledger.sum', plainAmount(ledger?.sum), plainAmount(expected.ledger.sum));
    for (const end of ['first', 'last'] as const) {
      compare(`ledger.${end}.date`, ledger?.[end]?.date, expected.ledger[end]?.date);
      compare(`ledger.${end}.amount`, plainAmount(ledger?.[end]?.amount), plainAmount(expected.ledger[end]?.amount));
    }
  }
  if (expected.rejected !== undefined) {
    compare('rejected lines', linesOf(document.rejected), linesOf(expected.rejected));
    for (const { line, column } of expected.rejected) {
      const is = document.rejected.find((row) => row.line === line);
      const allowed = column === null ? null : [column].flat();
      if (is !== undefined && allowed !== null && !allowed.includes(is.column)) {
        compare(`column of the rejected line ${line}`, is.column, allowed.join(' or '));
      }
    }
  }
  if (figures !== null) {
    compare('first step', figures.steps.first, expected.steps?.first);
    compare('last step', figures.steps.last, expected.steps?.last);
    compare('events', figures.events, expected.outcomes?.events);
    for (const [name, { count, sum }] of Object.entries(expected.features ?? {})) {
      const is = figures.features[name];
      compare(`values of ${name}`, is?.count, count);
      if (is !== undefined && !(Math.abs(is.sum - Number(sum)) < 1e-6)) compare(`sum of ${name}`, is.sum, Number(sum));
    }
  }
  return found;
}

function failureDifferences(expected: Expected, error: unknown): string[] {
  const { code, message, stack } = error as { code?: string; message?: string; stack?: string };
  const isOurs = ['DuecastError', 'CommandLineFailure'].includes((error as Error).constructor.name);
  if (!isOurs) return [`crashed: ${stack ?? String(error)}`];
  if (!expected.refused) return [`${code}: ${message}`];
  const missing = (expected.message ?? []).filter((word) => !message!.includes(word));
  const found = missing.map((word) => `the message lacks "${word}": ${message}`);
  const { code: wanted = 'data-refused' } = expected;
  return code === wanted ? found : [`${code} instead of ${wanted}: ${message}`, ...found];
}

const linesOf = (rows: readonly { line: number }[]) => rows.map(({ line }) => line).join(' ');

/** Day, month and year of a pattern: one digit or two, and whether a time follows, is the reader's affair. */
function plainPattern(pattern: unknown): unknown {
  if (typeof pattern !== 'string') return pattern;
  const bare = pattern.replaceAll("'", '');
  return (/^.*[dMy]/.exec(bare)?.[0] ?? '')
    .replace(/T?H.*/, '')
    .replace(/d+/, 'd')
    .replace(/MMM+/, 'L')
    .replace(/M+/, 'M');
}

/** 12.50, 12.5 and +12.5000 are one amount. */
export function plainAmount(amount: string | undefined): string | undefined {
  if (amount === undefined) return undefined;
  const [, sign, whole, fraction = ''] = /^([+-]?)0*(\d+)(?:\.(\d*?)0*)?$/.exec(amount) ?? [null, '?', amount];
  const size = fraction === '' ? whole! : `${whole}.${fraction}`;
  return sign === '-' && size !== '0' ? `-${size}` : size;
}

/** What stands in a portfolio into which one file of histories or outcomes was imported. */
export function historyFigures(db: PortfolioDb): HistoryFigures {
  const features: HistoryFigures['features'] = {};
  const named = db
    .prepare<[], { name: string; column_name: string }>(`SELECT name, column_name FROM features WHERE kind = 'history'`)
    .all();
  for (const { name, column_name } of named) {
    const sql = `SELECT count("${column_name}") AS count, total("${column_name}") AS sum FROM history`;
    features[name] = db.prepare<[], { count: number; sum: number }>(sql).get()!;
  }
  const steps = db
    .prepare<[], { first: number; last: number }>('SELECT min(step) AS first, max(step) AS last FROM history')
    .get()!;
  const events = db.prepare<[], number>('SELECT count(*) FROM outcomes WHERE flag = 1').pluck().get()!;
  return { steps, features, events };
}
