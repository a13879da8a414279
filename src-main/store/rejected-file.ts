import { open, rename, rm } from 'node:fs/promises';
import { DuecastError } from '../ipc/errors.ts';
import type { RejectedRow } from '../ipc/documents.ts';
import type { PortfolioDb } from './database.ts';
import { batchOf } from './imports.ts';

const ROWS_A_TURN = 2_000;
const HEADER = 'line,column,reason,text';

/**
 * Writes all rows that an import set aside as CSV, in the file's order, and answers how many there are. UTF-8 with a
 * mark, by which spreadsheets know it; an existing file is replaced, once all is written. Throws `not-found`,
 * `file-unreadable`.
 */
export async function writeRejectedRows(db: PortfolioDb, batchId: string, path: string): Promise<{ rows: number }> {
  const { id: batch } = batchOf(db, batchId);
  const next = db.prepare<[number, number], RejectedRow & { id: number }>(
    `SELECT id, line, column_name AS "column", reason, text FROM rejected_rows
     WHERE batch = ? AND id > ? ORDER BY id LIMIT ${ROWS_A_TURN}`,
  );
  const unfinished = `${path}.part`;
  let written = 0;
  try {
    const file = await open(unfinished, 'w');
    try {
      await file.write(`\ufeff${HEADER}\r\n`);
      for (let last = 0, rows = next.all(batch, last); rows.length > 0; rows = next.all(batch, last)) {
        await file.write(rows.map(toLine).join(''));
        written += rows.length;
        last = rows[rows.length - 1]!.id;
      }
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw new DuecastError(
      'file-unreadable',
      `${path} could not be written. Choose a folder that you may write to, or close the file where it is open.`,
      String(error),
    );
  }
  return { rows: written };
}

const toLine = ({ line, column, reason, text }: RejectedRow) =>
  `${[String(line), column ?? '', reason, text].map(quoted).join(',')}\r\n`;

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
