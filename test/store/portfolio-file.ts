import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { BatchHead, ImportTarget, RowFate } from '../../src-main/importing/target.ts';
import type { ConflictRule, ImportKind, RejectedRow, TimeStep } from '../../src-main/ipc/documents.ts';
import type { Feature, OutcomeKind } from '../../src-main/sequences/panel.ts';
import type { PortfolioDb } from '../../src-main/store/database.ts';
import { importInto } from '../../src-main/store/import-session.ts';
import { openForWriting, type OpenPortfolio } from '../../src-main/store/open.ts';
import { createPortfolio } from '../../src-main/store/portfolio.ts';

/** A fresh folder that goes with the test. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-store-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A new portfolio, open for writing. */
export function newPortfolio(t: TestContext): OpenPortfolio {
  const path = join(temporaryFolder(t), 'retail.duecast');
  createPortfolio(path, 'Retail', 'INR');
  const portfolio = openForWriting(path);
  t.after(() => {
    if (portfolio.db.open) portfolio.close();
  });
  return portfolio;
}

export const historyFeature = (name: string): Feature => ({ name, kind: 'history', fill: 'carry', modelInput: true });
export const staticFeature = (name: string): Feature => ({ name, kind: 'static', fill: 'carry', modelInput: true });

export interface FileRecord {
  customer: string;
  steps?: number[];
  /** One list a step; null: empty. */
  values?: (number | null)[][];
  statics?: (string | null)[];
}

export interface ImportFile {
  file?: string;
  kind?: ImportKind;
  timeStep?: TimeStep;
  dated?: boolean;
  history?: string[];
  statics?: string[];
  records?: FileRecord[];
  /** Customer, flag, event step. */
  outcomes?: [string, 0 | 1, number | null][];
  outcomeKind?: OutcomeKind;
  rejected?: RejectedRow[];
  onConflict?: ConflictRule;
  dryRun?: boolean;
}

export interface Imported {
  batchId: string | null;
  stepsWritten: number;
  fates: RowFate[];
  outcomeFates: RowFate[];
}

/** Sends a file's rows to the store as an import does. */
export function importRows(db: PortfolioDb, file: ImportFile): Promise<Imported> {
  const options = { dryRun: file.dryRun ?? false, onConflict: file.onConflict ?? 'keep' };
  return importInto(db, options, (target) => Promise.resolve(send(target, file)));
}

function send(target: ImportTarget, file: ImportFile): Imported {
  const { records = [], outcomes = [], rejected = [] } = file;
  target.begin(headOf(file));
  const fates = records.map(({ customer, steps = [], values = [], statics = [] }) =>
    target.record({
      customer,
      steps,
      values: Float64Array.from(values.flat(), (value) => value ?? NaN),
      statics,
    }),
  );
  const outcomeFates = outcomes.map(([customer, flag, eventStep]) => target.outcome(customer, flag, eventStep));
  rejected.forEach((row) => target.reject(row));
  const count = (fate: RowFate) => fates.filter((other) => other === fate).length;
  const result = target.finish({
    sha256: 'ab'.repeat(32),
    rows: {
      read: fates.length + rejected.length,
      accepted: count('accepted'),
      unchanged: count('unchanged'),
      conflicting: count('conflicting'),
      rejected: count('contradicts') + rejected.length,
    },
    dialect: {
      encoding: 'utf-8',
      delimiter: ',',
      quote: '"',
      decimal: '.',
      thousands: '',
      dateFormat: '',
      headerLine: 1,
    },
    columns: [],
    outcomeKind: file.outcomeKind ?? 'none',
  });
  return { ...result, fates, outcomeFates };
}

const headOf = ({ file, kind, timeStep, dated, history = [], statics = [] }: ImportFile): BatchHead => ({
  file: file ?? 'export.csv',
  kind: kind ?? 'history',
  profile: null,
  timeStep: timeStep ?? 'day',
  dated: dated ?? false,
  features: [...history.map(historyFeature), ...statics.map(staticFeature)],
});

/** Everything that imports change, row by row. */
export function dataOf(db: PortfolioDb): Record<string, unknown[]> {
  const tables = [
    'portfolio',
    'customers',
    'features',
    'history',
    'static_attributes',
    'outcomes',
    'transactions',
    'replaced_values',
    'timelines',
  ];
  return Object.fromEntries(
    tables.map((table) => {
      const columns = db.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`).pluck().all();
      const order = columns.map((_, i) => i + 1).join(', ');
      return [table, [columns, ...db.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).raw().all()]];
    }),
  );
}

/** The history of all customers: id, step and the named columns. */
export const historyOf = (db: PortfolioDb, ...columns: string[]): unknown[] =>
  db
    .prepare(
      `SELECT external_id, step${columns.map((name) => `, "${name}"`).join('')} FROM history
       JOIN customers ON customers.id = customer ORDER BY external_id, step`,
    )
    .raw()
    .all();
