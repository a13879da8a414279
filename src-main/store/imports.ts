import type Database from 'better-sqlite3';
import type { EarlierFile } from '../importing/target.ts';
import type {
  ColumnReading,
  ImportBatchSummary,
  ImportKind,
  ImportsDocument,
  RejectedRow,
  UndoDocument,
} from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { SettingPairs } from '../ipc/views.ts';
import { counted } from '../ipc/grouped.ts';
import type { OutcomeKind } from '../sequences/panel.ts';
import { writeAudit } from './audit.ts';
import { inTransaction, now, type PortfolioDb } from './database.ts';
import { customersToDerive, refreshDerived } from './derived-history.ts';
import { quoted, removeUnusedFeatures, strongerOutcome } from './feature-columns.ts';
import { closeGaps, transactionRestorer } from './transaction-rows.ts';
import { clearTimelines } from './timelines.ts';

interface BatchRow {
  id: number;
  file: string;
  sha256: string;
  kind: ImportKind;
  imported_at: string;
  rows_read: number;
  rows_accepted: number;
  rows_unchanged: number;
  rows_conflicting: number;
  rows_rejected: number;
  undone_at: string | null;
}

const BATCH = `SELECT id, file, sha256, kind, imported_at, rows_read, rows_accepted, rows_unchanged, rows_conflicting,
  rows_rejected, undone_at FROM import_batches`;

/** All imports that changed something, oldest first. */
export function listImports(db: PortfolioDb): ImportsDocument {
  return { imports: db.prepare<[], BatchRow>(`${BATCH} ORDER BY id`).all().map(toSummary) };
}

const toSummary = (row: BatchRow): ImportBatchSummary => ({
  batchId: String(row.id),
  file: row.file,
  sha256: row.sha256,
  kind: row.kind,
  importedAt: row.imported_at,
  rows: {
    read: row.rows_read,
    accepted: row.rows_accepted,
    unchanged: row.rows_unchanged,
    conflicting: row.rows_conflicting,
    rejected: row.rows_rejected,
  },
  undone: row.undone_at !== null,
});

/** So many files back, outcomes are remembered. */
const REMEMBERED = 100;

/** How the files of standing imports were read whose columns told outcomes, the latest first; alike ones once. */
export function earlierFiles(db: PortfolioDb): EarlierFile[] {
  const rows = db
    .prepare<[], { kind: EarlierFile['kind']; columns: string; settings: string | null }>(
      `SELECT kind, columns, settings FROM import_batches LEFT JOIN import_readings ON batch = import_batches.id
       WHERE kind IN ('history', 'outcomes') AND undone_at IS NULL ORDER BY import_batches.id DESC LIMIT ${REMEMBERED}`,
    )
    .all();
  const files = new Map<string, EarlierFile>();
  for (const row of rows) {
    const columns = (JSON.parse(row.columns) as ColumnReading[]).map(({ name, role }) => ({ name, role }));
    if (!columns.some(({ role }) => role === 'outcome' || role === 'outcomeDate')) continue;
    const settings = row.settings === null ? [] : (JSON.parse(row.settings) as SettingPairs);
    const positive = settings.findLast(({ key }) => key === 'outcomePositive')?.value ?? null;
    const key = JSON.stringify([row.kind, columns, positive]);
    if (!files.has(key)) files.set(key, { kind: row.kind, columns, positive });
  }
  return [...files.values()];
}

/** The rows that an import set aside, in the file's order. Throws `not-found`. */
export function rejectedRows(db: PortfolioDb, batchId: string, limit = 1_000): RejectedRow[] {
  return db
    .prepare<[number, number], RejectedRow>(
      'SELECT line, column_name AS "column", reason, text FROM rejected_rows WHERE batch = ? ORDER BY id LIMIT ?',
    )
    .all(batchOf(db, batchId).id, limit);
}

/** Throws `not-found`. */
export function batchOf(db: PortfolioDb, batchId: string): BatchRow {
  const batch = /^\d{1,15}$/.test(batchId)
    ? db.prepare<[number], BatchRow>(`${BATCH} WHERE id = ?`).get(Number(batchId))
    : undefined;
  if (batch === undefined) {
    throw new DuecastError('not-found', `This portfolio has no import ${batchId}. Nothing was changed.`);
  }
  return batch;
}

/**
 * Takes an import back: what it replaced or filled is restored, what it added is removed, and so are customers and
 * features that nothing uses any more. A customer with a part or a score keeps its number and part without data, so
 * that a later import of the same customer cannot move it from training to test. Throws `not-found`; `not-allowed`
 * where it is undone already, or where a later import wrote over its rows.
 */
export function undoImport(db: PortfolioDb, batchId: string): UndoDocument {
  return inTransaction(db, () => {
    const batch = batchOf(db, batchId);
    if (batch.undone_at !== null) {
      throw new DuecastError(
        'not-allowed',
        `Import ${batchId} (${batch.file}) is undone already. Nothing was changed.`,
      );
    }
    refuseIfWrittenOver(db, batch);
    const toDerive = customersToDerive(db, batch.id);
    const restored = restoreReplaced(db, batch.id);
    let removed = 0;
    for (const table of ['history', 'static_attributes', 'outcomes', 'transactions']) {
      removed += db.prepare(`DELETE FROM ${table} WHERE batch = ?`).run(batch.id).changes;
    }
    closeGaps(db);
    db.prepare('UPDATE import_batches SET undone_at = ? WHERE id = ?').run(now(), batch.id);
    if (toDerive.length > 0) refreshDerived(db, batch.id, toDerive);
    clearTimelines(db);
    removeUnusedCustomers(db);
    removeUnusedFeatures(db);
    deriveShape(db);
    writeAudit(
      db,
      'undo',
      `Undid import ${batchId} (${batch.file}): ${counted(removed, 'row')} removed, ${counted(restored, 'value or row', 'values or rows')} restored`,
    );
    return { batchId, removed, restored };
  });
}

function refuseIfWrittenOver(db: PortfolioDb, { id, file }: BatchRow): void {
  const later = db
    .prepare<[number], BatchRow>(
      `${BATCH} WHERE id IN (SELECT batch FROM replaced_values WHERE old_batch = ?) AND undone_at IS NULL
       ORDER BY id DESC LIMIT 1`,
    )
    .get(id);
  if (later === undefined) return;
  throw new DuecastError(
    'not-allowed',
    `Import ${id} (${file}) cannot be undone: import ${later.id} (${later.file}, ${later.imported_at.slice(0, 10)}) ` +
      `replaced or filled rows of it. Nothing was changed. Undo import ${later.id} first.`,
  );
}

interface ReplacedRow {
  id: number;
  source: 'history' | 'static' | 'outcome' | 'transaction';
  customer: number;
  key: number | null;
  old_batch: number;
  old: string;
}

/** Rows are handled in chunks: a connection cannot write while it iterates. */
const CHUNK = 10_000;

function restoreReplaced(db: PortfolioDb, batch: number): number {
  const next = db.prepare<[number, number], ReplacedRow>(
    `SELECT id, source, customer, key, old_batch, old FROM replaced_values
     WHERE batch = ? AND id > ? ORDER BY id LIMIT ${CHUNK}`,
  );
  const restoreStatic = db.prepare(
    'UPDATE static_attributes SET value = ?, batch = ? WHERE customer = ? AND feature = ?',
  );
  const restoreOutcome = db.prepare('UPDATE outcomes SET flag = ?, batch = ? WHERE customer = ? AND event_step IS ?');
  const restoreHistory = historyRestorer(db);
  const restoreTransaction = transactionRestorer(db);
  let restored = 0;
  for (let last = 0, rows = next.all(batch, last); rows.length > 0; rows = next.all(batch, last)) {
    for (const { id, source, customer, key, old_batch, old } of rows) {
      const values = JSON.parse(old) as Record<string, number | string | null>;
      if (source === 'history') restoreHistory(values, old_batch, customer, key!);
      else if (source === 'transaction') restoreTransaction(old, old_batch, customer, key!);
      else if (source === 'static') restoreStatic.run(values['value'], old_batch, customer, key);
      else restoreOutcome.run(values['flag'], old_batch, customer, key);
      restored++;
      last = id;
    }
  }
  db.prepare('DELETE FROM replaced_values WHERE batch = ?').run(batch);
  return restored;
}

/** Writes back the named columns of a row; a statement is prepared once for each set of columns. */
function historyRestorer(db: PortfolioDb) {
  const statements = new Map<string, Database.Statement>();
  return (values: Record<string, number | string | null>, batch: number, customer: number, step: number): void => {
    const sets = Object.keys(values).map((column) => `, ${quoted(column)} = ?`);
    const sql = `UPDATE history SET batch = ?${sets.join('')} WHERE customer = ? AND step = ?`;
    let statement = statements.get(sql);
    if (statement === undefined) statements.set(sql, (statement = db.prepare(sql)));
    statement.run(batch, ...Object.values(values), customer, step);
  };
}

function removeUnusedCustomers(db: PortfolioDb): void {
  const unused = ['history', 'static_attributes', 'outcomes', 'transactions', 'scores', 'notes', 'replaced_values']
    .map((table) => `AND NOT EXISTS (SELECT 1 FROM ${table} WHERE customer = customers.id)`)
    .join(' ');
  db.prepare(`DELETE FROM customers WHERE part IS NULL ${unused}`).run();
}

/** Time step, dates and kind of outcome follow from the imports that still stand. */
function deriveShape(db: PortfolioDb): void {
  const standing = db
    .prepare<[], { time_step: string | null; dated: 0 | 1 | null; outcome_kind: OutcomeKind }>(
      'SELECT time_step, dated, outcome_kind FROM import_batches WHERE undone_at IS NULL ORDER BY id',
    )
    .all();
  const withSteps = standing.find(({ time_step }) => time_step !== null);
  const outcomeKind = standing.reduce<OutcomeKind>((kind, batch) => strongerOutcome(kind, batch.outcome_kind), 'none');
  db.prepare('UPDATE portfolio SET time_step = ?, dated = ?, outcome_kind = ?').run(
    withSteps?.time_step ?? null,
    withSteps?.dated ?? null,
    outcomeKind,
  );
}
