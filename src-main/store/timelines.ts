import type { NewTimeline } from '../processes/store-api.ts';
import { toBlob, toFloat32 } from './blobs.ts';
import { inTransaction, type PortfolioDb } from './database.ts';

/** Keeps timelines until data changes: an import or an undo empties this cache. */
export function saveTimelines(db: PortfolioDb, timelines: readonly NewTimeline[]): void {
  inTransaction(db, () => {
    const insert = db.prepare(
      'INSERT OR REPLACE INTO timelines (customer, model, first_step, scores) VALUES (?, ?, ?, ?)',
    );
    for (const { customerId, modelId, firstStep, scores } of timelines) {
      insert.run(customerId, Number(modelId), firstStep, toBlob(scores));
    }
  });
}

/** Belongs into the transaction that changes data. */
export const clearTimelines = (db: PortfolioDb): void => void db.prepare('DELETE FROM timelines').run();

/** A customer's kept timeline of one model, null where there is none. */
export function readTimeline(db: PortfolioDb, customerId: number, modelId: string): NewTimeline | null {
  const row = db
    .prepare<[number, number], { first_step: number; scores: Buffer }>(
      'SELECT first_step, scores FROM timelines WHERE customer = ? AND model = ?',
    )
    .get(customerId, Number(modelId));
  return row === undefined
    ? null
    : { customerId, modelId, firstStep: row.first_step, scores: toFloat32(db, row.scores) };
}
