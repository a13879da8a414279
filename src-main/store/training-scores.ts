import type { ScoreReference } from '../evaluation/stability.ts';
import type { PortfolioDb } from './database.ts';

/** Belongs into the transaction that stores the model. */
export function insertTrainingScores(db: PortfolioDb, modelId: number, { bounds, counts }: ScoreReference): void {
  db.prepare('INSERT INTO training_scores (model, bounds, counts) VALUES (?, ?, ?)').run(
    modelId,
    JSON.stringify(bounds),
    JSON.stringify(counts),
  );
}

/** How a model's PDs spread in training; null where that was not kept, as before there was this table. */
export function readTrainingScores(db: PortfolioDb, modelId: string): ScoreReference | null {
  const row = db
    .prepare<[number], { bounds: string; counts: string }>('SELECT bounds, counts FROM training_scores WHERE model = ?')
    .get(Number(modelId));
  if (row === undefined) return null;
  return { bounds: JSON.parse(row.bounds) as number[], counts: JSON.parse(row.counts) as number[] };
}
