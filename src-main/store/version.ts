import Database from 'better-sqlite3';

/** SQLite's own version, e.g. `3.54.1`. Throws where better-sqlite3 has no binary for this machine. */
export function sqliteVersion(): string {
  const db = new Database(':memory:');
  try {
    return db.prepare('SELECT sqlite_version()').pluck().get() as string;
  } finally {
    db.close();
  }
}
