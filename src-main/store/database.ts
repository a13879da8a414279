import Database from 'better-sqlite3';

export type PortfolioDb = Database.Database;

/** "DUEC", in the header of every portfolio file: tells one from any other SQLite database. */
export const APPLICATION_ID = 0x44554543;

/** How long a statement waits for another program's lock. */
const BUSY_MS = 3_000;

/** A writing connection. The file exists already; journal mode is left to the caller. */
export function connectForWriting(path: string): PortfolioDb {
  const db = new Database(path, { fileMustExist: true, timeout: BUSY_MS });
  db.pragma('foreign_keys = ON');
  db.pragma('synchronous = NORMAL');
  // 64 MB of pages: an import in no particular order then seldom reads a page twice.
  db.pragma('cache_size = -65536');
  // A large import leaves a large -wal; a checkpoint cuts it back to this.
  db.pragma('journal_size_limit = 67108864');
  return db;
}

export function connectForReading(path: string): PortfolioDb {
  return new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_MS });
}

/** Runs `work` in one transaction: all of it or nothing. */
export const inTransaction = <T>(db: PortfolioDb, work: () => T): T => db.transaction(work).immediate();

/** The time as this store writes it: ISO 8601, UTC. */
export const now = (): string => new Date().toISOString();
