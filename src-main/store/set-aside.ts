import type { KeptReading } from '../importing/mending.ts';
import type { Profile } from '../importing/profiles.ts';
import type { ColumnReading, Dialect, ImportKind, TimeStep } from '../ipc/documents.ts';
import type { SettingPairs } from '../ipc/views.ts';
import type { PortfolioDb } from './database.ts';
import { batchOf } from './imports.ts';

export interface SetAsideRecord {
  id: number;
  line: number;
  column: string | null;
  reason: string;
  text: string;
}

/** Rows that no standing import has brought in since. */
const OPEN = `batch = ? AND NOT EXISTS (
  SELECT 1 FROM mended_rows JOIN import_batches ON import_batches.id = mended_rows.batch
  WHERE mended_rows.rejected = rejected_rows.id AND import_batches.undone_at IS NULL)`;
const ROW = 'SELECT id, line, column_name AS "column", reason, text FROM rejected_rows';

/** Keeps how a batch's file was read. Belongs into the transaction of its import. */
export function keepReading(db: PortfolioDb, batchId: string, settings: SettingPairs, profile: Profile | null): void {
  db.prepare('INSERT INTO import_readings (batch, settings, profile) VALUES (?, ?, ?)').run(
    Number(batchId),
    JSON.stringify(settings),
    profile === null ? null : JSON.stringify(profile),
  );
}

interface ReadingRow {
  id: number;
  file: string;
  kind: ImportKind;
  time_step: TimeStep | null;
  dialect: string;
  columns: string;
  settings: string | null;
  profile: string | null;
}

const READING = `SELECT import_batches.id, file, kind, time_step, dialect, columns, settings, import_readings.profile
  FROM import_batches LEFT JOIN import_readings ON import_readings.batch = import_batches.id`;

/** How a batch's file was read. Throws `not-found`. */
export function keptReading(db: PortfolioDb, batchId: string): KeptReading {
  const { id } = batchOf(db, batchId);
  return toReading(db, db.prepare<[number], ReadingRow>(`${READING} WHERE import_batches.id = ?`).get(id)!);
}

/** How the files of all imports were read that have rows set aside, the latest first. */
export const readingsWithSetAside = (db: PortfolioDb): KeptReading[] =>
  db
    .prepare<[], ReadingRow>(
      `${READING} WHERE rows_rejected > 0 AND undone_at IS NULL ORDER BY import_batches.id DESC LIMIT 100`,
    )
    .all()
    .map((row) => toReading(db, row));

function toReading(db: PortfolioDb, row: ReadingRow): KeptReading {
  const { id, file, kind, time_step, dialect, profile } = row;
  const columns = JSON.parse(row.columns) as ColumnReading[];
  const settings = row.settings === null ? [] : (JSON.parse(row.settings) as SettingPairs);
  return {
    file,
    kind,
    timeStep: time_step,
    dialect: JSON.parse(dialect) as Dialect,
    columns,
    settings: kind === 'ledger' ? [...settings, ...wholeFile(db, id, columns, settings)] : settings,
    profile: profile === null ? null : (JSON.parse(profile) as Profile),
  };
}

/** Whose a ledger is that has no column for it: the text around its rows, or its name, said so, and is gone. */
function wholeFile(
  db: PortfolioDb,
  batch: number,
  columns: readonly ColumnReading[],
  settings: SettingPairs,
): SettingPairs {
  if (columns.some(({ role }) => role === 'customer') || settings.some(({ key }) => key === 'customerId')) return [];
  const customers = db
    .prepare<[number], string>(
      'SELECT DISTINCT external_id FROM transactions JOIN customers ON customers.id = customer WHERE transactions.batch = ? LIMIT 2',
    )
    .pluck()
    .all(batch);
  return customers.length === 1 ? [{ key: 'customerId', value: customers[0]! }] : [];
}

/** How many rows an import set aside, and how many of them are still open. Throws `not-found`. */
export function countSetAside(db: PortfolioDb, batchId: string): { all: number; open: number } {
  const { id } = batchOf(db, batchId);
  const counted = (where: string) =>
    db.prepare<[number], number>(`SELECT count(*) FROM rejected_rows WHERE ${where}`).pluck().get(id)!;
  return { all: counted('batch = ?'), open: counted(OPEN) };
}

/** Open rows that an import set aside, in the file's order, after a row (0: from the first). Throws `not-found`. */
export function setAsideRows(db: PortfolioDb, batchId: string, after: number, limit: number): SetAsideRecord[] {
  const { id } = batchOf(db, batchId);
  return db
    .prepare<[number, number, number], SetAsideRecord>(`${ROW} WHERE ${OPEN} AND id > ? ORDER BY id LIMIT ?`)
    .all(id, after, limit);
}

/** One that is still open, else null. */
export function setAsideRow(db: PortfolioDb, batchId: string, row: number): SetAsideRecord | null {
  const { id } = batchOf(db, batchId);
  return db.prepare<[number, number], SetAsideRecord>(`${ROW} WHERE ${OPEN} AND id = ?`).get(id, row) ?? null;
}

/** Notes which import brought rows in. Belongs into the transaction of that import. */
export function noteMended(db: PortfolioDb, rows: readonly number[], batchId: string): void {
  const note = db.prepare('INSERT OR IGNORE INTO mended_rows (rejected, batch) VALUES (?, ?)');
  for (const row of rows) note.run(row, Number(batchId));
}
