import { closeSync, existsSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { DuecastError } from '../ipc/errors.ts';
import { APPLICATION_ID, connectForReading, connectForWriting, type PortfolioDb } from './database.ts';
import { acquireLock, lockPathOf } from './lock.ts';
import { MIGRATIONS, migrate, refuseNewer, versionOf } from './migrate.ts';
import { damaged, explaining, readOnly } from './sqlite-errors.ts';

export interface OpenPortfolio {
  db: PortfolioDb;
  /** Absolute, links resolved. */
  path: string;
  /** The backup that was made because the file had to be migrated, or null. */
  backup: string | null;
  /** Checkpoints so that no -wal file stays, closes, and frees the lock. */
  close(): void;
}

/** A file up to this size is checked whole each time it is opened (about 2 ms a megabyte). */
const ALWAYS_CHECKED_BYTES = 64 * 2 ** 20;

/**
 * Opens a portfolio as its only writer: takes the lock, absorbs a left-over WAL, migrates an older file. The file is
 * checked for damage where it is small or was not closed properly. Throws `portfolio-missing`, `portfolio-invalid`,
 * `portfolio-newer`, `portfolio-locked`, `portfolio-read-only`, `portfolio-damaged`, `file-unreadable`.
 */
export function openForWriting(path: string): OpenPortfolio {
  const file = portfolioFile(path);
  const unclean = existsSync(`${file}-wal`) || existsSync(lockPathOf(file));
  const lock = acquireLock(file);
  let db: PortfolioDb | null = null;
  try {
    // SQLite would open a read-only file without a word and fail at the first change.
    closeSync(openSync(file, 'r+'));
    const backup = explaining(file, () => {
      db = connectForWriting(file);
      refuseNewer(db, file);
      // Fails where another program is writing.
      db.exec('BEGIN IMMEDIATE; ROLLBACK');
      db.pragma('journal_mode = WAL');
      db.pragma('wal_checkpoint(TRUNCATE)');
      if (unclean || statSync(file).size <= ALWAYS_CHECKED_BYTES) checkQuickly(db, file);
      return migrate(db, file);
    });
    const open = db!;
    return { db: open, path: file, backup, close: () => closeWriter(open, file, lock.release) };
  } catch (error) {
    (db as PortfolioDb | null)?.close();
    lock.release();
    if (['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw readOnly(file);
    throw error;
  }
}

function closeWriter(db: PortfolioDb, file: string, release: () => void): void {
  try {
    explaining(file, () => {
      // A reader that is still there keeps the WAL; it is absorbed on the next opening.
      db.pragma('busy_timeout = 500');
      db.pragma('wal_checkpoint(TRUNCATE)');
    });
  } finally {
    db.close();
    release();
  }
}

/**
 * Opens a portfolio for reading, beside its writer. Throws as openForWriting does, but takes no lock; an older file
 * that nobody has migrated yet is refused with `not-allowed`.
 */
export function openForReading(path: string): PortfolioDb {
  const file = portfolioFile(path);
  return explaining(file, () => {
    const db = connectForReading(file);
    try {
      refuseNewer(db, file);
      if (versionOf(db) < MIGRATIONS.length) {
        throw new DuecastError(
          'not-allowed',
          `${basename(file)} was written by an older version of Duecast. Open it once so that it is brought up to date.`,
        );
      }
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** The real path of a file that says it is a portfolio. Reads the header only. */
function portfolioFile(path: string): string {
  const absolute = resolve(path);
  const stat = statSync(absolute, { throwIfNoEntry: false });
  if (stat === undefined) {
    throw new DuecastError(
      'portfolio-missing',
      `There is no portfolio at ${absolute}. Check the name, or import a file into a new portfolio.`,
    );
  }
  if (!stat.isFile()) throw notPortfolio(absolute);
  const file = realpathSync(absolute);
  const header = Buffer.alloc(100);
  let length: number;
  try {
    const handle = openSync(file, 'r');
    length = readSync(handle, header, 0, header.length, 0);
    closeSync(handle);
  } catch (error) {
    throw new DuecastError(
      'file-unreadable',
      `${basename(file)} cannot be read. Give yourself permission to read it, or copy it elsewhere.`,
      String(error),
    );
  }
  // The database header: https://www.sqlite.org/fileformat.html#the_database_header
  const isSqlite = length === 100 && header.toString('latin1', 0, 16) === 'SQLite format 3\0';
  if (!isSqlite || header.readUInt32BE(68) !== APPLICATION_ID) throw notPortfolio(file);
  return file;
}

const notPortfolio = (path: string) =>
  new DuecastError(
    'portfolio-invalid',
    `${basename(path)} is not a Duecast portfolio. It was not touched. Choose a portfolio file, or a new name.`,
  );

function checkQuickly(db: PortfolioDb, file: string): void {
  const found = db.pragma('quick_check(1)', { simple: true }) as string;
  if (found !== 'ok') throw damaged(file, found);
}
