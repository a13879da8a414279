import type { CompareDocument } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { StoredComparison } from '../ipc/views.ts';
import { inTransaction, now, type PortfolioDb } from './database.ts';
import { addTestUse } from './experiments.ts';

/**
 * Keeps a comparison in place of the experiment's earlier one, and counts it as a look at the test part: both or
 * neither. Gives the document back as it is stored, with that count.
 */
export function saveComparison(db: PortfolioDb, document: CompareDocument): CompareDocument {
  return inTransaction(db, () => {
    const testUses = addTestUse(db, `comparison of experiment ${document.experimentId}`);
    const stored = { ...document, testUses };
    db.prepare(
      `INSERT INTO comparisons (experiment, document, created_at) VALUES (?, ?, ?)
       ON CONFLICT (experiment) DO UPDATE SET document = excluded.document, created_at = excluded.created_at`,
    ).run(Number(document.experimentId), JSON.stringify(stored), now());
    return stored;
  });
}

/** An experiment's comparison as it was computed last; null where none was yet. */
export function readComparison(db: PortfolioDb, experimentId: string): StoredComparison['comparison'] {
  const row = db
    .prepare<[number], { document: string; created_at: string }>(
      'SELECT document, created_at FROM comparisons WHERE experiment = ?',
    )
    .get(Number(experimentId));
  if (row === undefined) return null;
  return { document: JSON.parse(row.document) as CompareDocument, createdAt: row.created_at };
}

/**
 * That of an experiment, or of the latest (null). Where nothing was trained there is none; an experiment that is not
 * there throws `not-found`.
 */
export function storedComparison(db: PortfolioDb, experimentId: string | null): StoredComparison {
  const exists = db.prepare<[number], number>('SELECT 1 FROM experiments WHERE id = ?').pluck();
  const latest = () => db.prepare<[], number | null>('SELECT max(id) FROM experiments').pluck().get() ?? null;
  const id = experimentId ?? latest();
  if (id === null) return { comparison: null };
  if (exists.get(Number(id)) === undefined) {
    throw new DuecastError('not-found', `This portfolio has no experiment ${id}.`);
  }
  return { comparison: readComparison(db, String(id)) };
}
