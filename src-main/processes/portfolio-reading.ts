import type { Part } from '../ipc/documents.ts';
import type { Panel } from '../sequences/panel.ts';
import { readDataStamp } from '../store/data-stamp.ts';
import type { PortfolioDb } from '../store/database.ts';
import { openForReading } from '../store/open.ts';
import { readPanel, readParts } from '../store/read-panel.ts';

/** Reads from a portfolio in one short transaction, and closes it before anything is computed. */
export function reading<T>(path: string, work: (db: PortfolioDb) => T): T {
  const db = openForReading(path);
  try {
    return db.transaction(work)(db);
  } finally {
    db.close();
  }
}

export interface Histories {
  panel: Panel;
  /** By customer of the panel; null where none was drawn yet. */
  parts: (Part | null)[];
}

/** All histories, or those of one customer by its number. Throws `data-refused`. */
export function readAll(db: PortfolioDb, customer: number | null = null): Histories {
  const panel = readPanel(db, customer);
  return { panel, parts: readParts(db, panel) };
}

/** Reads all histories, or takes those of the last time where the data is the same. */
export type HistoriesReader = (db: PortfolioDb, path: string) => Histories;

/** Keeps the last histories that were read: reading them takes ten times as long as cutting windows. */
export function keepHistories(): HistoriesReader {
  let known: (Histories & { of: string }) | null = null;
  return (db, path) => {
    const of = `${path} ${readDataStamp(db)}`;
    if (known?.of !== of) {
      // Two at once may be more than fits into memory.
      known = null;
      known = { of, ...readAll(db) };
    }
    return known;
  };
}
