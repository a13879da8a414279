import { basename } from 'node:path';
import Database from 'better-sqlite3';
import { DuecastError } from '../ipc/errors.ts';

export const damaged = (path: string, detail?: string) =>
  new DuecastError(
    'portfolio-damaged',
    `${basename(path)} is damaged and cannot be used safely. Nothing was changed. Go back to a saved copy or a backup.`,
    detail,
  );

export const readOnly = (path: string, detail?: string) =>
  new DuecastError(
    'portfolio-read-only',
    `${basename(path)} or its folder cannot be written to. Nothing was changed. ` +
      'Give yourself permission to write there, or copy the portfolio into a folder of your own.',
    detail,
  );

const busy = (path: string, detail?: string) =>
  new DuecastError(
    'portfolio-locked',
    `Another program is using ${basename(path)} at the moment. Nothing was changed. Close it there and try again.`,
    detail,
  );

const noRoom = (path: string, detail?: string) =>
  new DuecastError(
    'portfolio-read-only',
    `${basename(path)} could not be written: the disk is full or not answering. ` +
      'This change was not kept, all earlier data was. Make room and try again.',
    detail,
  );

/** Gives an SQLite error its meaning for the analyst; anything else comes back as it is. */
export function explainSqliteError(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const { code } = error;
  const detail = `${code}: ${error.message}`;
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return damaged(path, detail);
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM') {
    return readOnly(path, detail);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return busy(path, detail);
  if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR')) return noRoom(path, detail);
  return error;
}

/** Runs `work` and explains what SQLite throws. */
export function explaining<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explainSqliteError(error, path);
  }
}
