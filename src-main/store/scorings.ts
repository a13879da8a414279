import { counted } from '../ipc/grouped.ts';
import type { NewScoring } from '../processes/store-api.ts';
import { writeAudit } from './audit.ts';
import { inTransaction, now, type PortfolioDb } from './database.ts';
import { saveReasons } from './score-reasons.ts';

/** Stores the score of each customer, with its reasons. Returns the scoring's id. */
export function saveScoring(db: PortfolioDb, scoring: NewScoring): { scoringId: string } {
  return inTransaction(db, () => {
    const { modelId, asOfStep, customers, scores, steps, skipped, reasons } = scoring;
    const id = db
      .prepare('INSERT INTO scorings (model, created_at, as_of_step, skipped) VALUES (?, ?, ?, ?)')
      .run(Number(modelId), now(), asOfStep, JSON.stringify(skipped)).lastInsertRowid as number;
    const insert = db.prepare('INSERT INTO scores (scoring, customer, step, score) VALUES (?, ?, ?, ?)');
    for (let i = 0; i < customers.length; i++) insert.run(id, customers[i], steps[i], scores[i]);
    if (reasons) saveReasons(db, id, reasons);
    writeAudit(db, 'scoring', `Scored ${counted(customers.length, 'customer')} with model ${modelId} as scoring ${id}`);
    return { scoringId: String(id) };
  });
}

export interface StoredScoring extends Omit<NewScoring, 'reasons'> {
  scoringId: string;
  /** ISO 8601, UTC. */
  createdAt: string;
}

/** The latest scoring, or the latest before another one; null where there is none. */
export function latestScoring(db: PortfolioDb, before: string | null = null): StoredScoring | null {
  const row = db
    .prepare<[number], { id: number; model: number; created_at: string; as_of_step: number; skipped: string }>(
      'SELECT id, model, created_at, as_of_step, skipped FROM scorings WHERE id < ? ORDER BY id DESC LIMIT 1',
    )
    .get(before === null ? Number.MAX_SAFE_INTEGER : Number(before));
  if (row === undefined) return null;
  const rows = db
    .prepare<[number], [number, number, number]>(
      'SELECT customer, step, score FROM scores WHERE scoring = ? ORDER BY customer',
    )
    .raw()
    .all(row.id);
  return {
    scoringId: String(row.id),
    createdAt: row.created_at,
    modelId: String(row.model),
    asOfStep: row.as_of_step,
    customers: Int32Array.from(rows, ([customer]) => customer),
    steps: Int32Array.from(rows, ([, step]) => step),
    scores: Float32Array.from(rows, ([, , score]) => score),
    skipped: JSON.parse(row.skipped) as NewScoring['skipped'],
  };
}
