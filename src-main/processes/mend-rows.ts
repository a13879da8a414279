import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importFile, type ImportContext } from '../importing/import-file.ts';
import { cellsOf, lineOf, mendableNames, mendingProfile, type KeptReading } from '../importing/mending.ts';
import type { ImportTarget } from '../importing/target.ts';
import { LONGEST_KEPT_TEXT } from '../importing/rejections.ts';
import type { ImportDocument, RejectedRow } from '../ipc/documents.ts';
import { cancelled, DuecastError } from '../ipc/errors.ts';
import type { MendDocument, MendedRow, SetAsideView } from '../ipc/views.ts';
import type { PortfolioDb } from '../store/database.ts';
import { importInto } from '../store/import-session.ts';
import {
  countSetAside,
  keptReading,
  noteMended,
  setAsideRow,
  setAsideRows,
  type SetAsideRecord,
} from '../store/set-aside.ts';

const LISTED = 1_000;

/** The rows that an import set aside and that are still open, cut into cells to be mended. Throws `not-found`. */
export function viewSetAside(db: PortfolioDb, batchId: string): SetAsideView {
  const { file, dialect, columns } = keptReading(db, batchId);
  const { all, open } = countSetAside(db, batchId);
  const names = columns.map(({ name }) => name);
  return {
    batchId,
    file,
    columns: names,
    open,
    mended: all - open,
    rows: setAsideRows(db, batchId, 0, LISTED).map(({ id, line, column, reason, text }) => ({
      id: String(id),
      line,
      column: column === null ? null : placeOf(names, column),
      reason,
      cells: cellsOf(text, dialect, names.length),
      whole: text.length < LONGEST_KEPT_TEXT,
    })),
  };
}

/**
 * Imports mended rows as a batch of their own, named after the file that they come from and read as that was. Rows that
 * still can't be read, or that differ from what is stored, stay set aside with the reason; the others are kept. Throws
 * `not-found`, `cancelled`.
 */
export async function mendRows(
  db: PortfolioDb,
  { batchId, rows }: { batchId: string; rows: readonly MendedRow[] },
  context: ImportContext,
): Promise<MendDocument> {
  const kept = keptReading(db, batchId);
  const mended = rows.map(({ id, cells }) => ({ record: openRow(db, batchId, id), cells }));
  const folder = await mkdtemp(join(tmpdir(), 'duecast-mended-'));
  const file = join(folder, `${kept.file.replace(/\.[^.]*$/, '')} mended.csv`);
  try {
    const { refused } = await attempt(db, kept, file, mended, context, null);
    const readable = mended.filter(({ record }) => !refused.some(({ id }) => id === String(record.id)));
    if (readable.length === 0) return { imported: null, refused };
    const { document } = await attempt(db, kept, file, readable, context, (id) =>
      noteMended(
        db,
        readable.map(({ record }) => record.id),
        id,
      ),
    );
    return { imported: document, refused };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Mended {
  record: SetAsideRecord;
  cells: readonly string[];
}

/** Reads rows from a file that is written for them; `onBatch` null: only to see what would become of them. */
async function attempt(
  db: PortfolioDb,
  kept: KeptReading,
  file: string,
  rows: readonly Mended[],
  context: ImportContext,
  onBatch: ((batchId: string) => void) | null,
): Promise<{ document: ImportDocument | null; refused: MendDocument['refused'] }> {
  const profile = mendingProfile(kept);
  const names = mendableNames(kept.columns);
  const rowAtLine = new Map<number, string>();
  let text = lineOf(names, kept.dialect);
  let line = 1 + breaksIn(text);
  for (const { record, cells } of rows) {
    const written = lineOf([...cells, String(record.line), record.reason], kept.dialect);
    rowAtLine.set(line, String(record.id));
    line += breaksIn(written);
    text += written;
  }
  await writeFile(file, `\ufeff${text}`, { mode: 0o600 });
  const rejected: RejectedRow[] = [];
  const request = { file, profile: profile.name, settings: [], dryRun: onBatch === null, onConflict: 'keep' as const };
  let document: ImportDocument | null = null;
  try {
    document = await importInto(db, request, async (target) => {
      const found = await importFile(request, hearing(target, rejected), context, [profile]);
      if (context.signal.aborted) throw cancelled();
      if (found.batchId !== null) onBatch?.(found.batchId);
      return found;
    });
  } catch (error) {
    // Not one of the rows could be read: each of them is answered with its own reason.
    if (!(error instanceof DuecastError) || error.code !== 'data-refused' || rejected.length === 0) throw error;
  }
  const conflicts = (document?.conflicts ?? []).map(({ line, column, stored, read }) => ({
    line,
    column,
    reason: `differs from what is stored: ${stored} there, ${read} here`,
  }));
  const refused = [...rejected, ...conflicts].map(({ line, column, reason }) => ({
    id: rowAtLine.get(line) ?? '',
    column: column === null ? null : placeOf(names, column),
    reason,
  }));
  return { document, refused };
}

const breaksIn = (text: string) => text.match(/\r\n|\n|\r/g)?.length ?? 0;

/** A target that passes everything on, and tells of each row that is rejected. */
const hearing = (target: ImportTarget, rejected: RejectedRow[]): ImportTarget =>
  new Proxy(target, {
    get(_, key) {
      if (key === 'reject') {
        return (row: RejectedRow) => {
          rejected.push(row);
          target.reject(row);
        };
      }
      // The file is read from its beginning again.
      if (key === 'restart') rejected.length = 0;
      const value: unknown = target[key as keyof ImportTarget];
      return typeof value === 'function' ? (value as (...values: unknown[]) => unknown).bind(target) : value;
    },
  });

function openRow(db: PortfolioDb, batchId: string, id: string): SetAsideRecord {
  const row = /^\d{1,15}$/.test(id) ? setAsideRow(db, batchId, Number(id)) : null;
  if (row !== null) return row;
  throw new DuecastError(
    'not-found',
    'One of these rows is mended already; nothing was imported. Look at the list again.',
  );
}

function placeOf(names: readonly string[], column: string): number | null {
  const place = names.indexOf(column);
  return place < 0 ? null : place;
}
