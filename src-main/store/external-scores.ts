import { DuecastError } from '../ipc/errors.ts';
import type { ExternalScoresDocument } from '../ipc/external-scores.ts';
import type { EvaluatedPart, NewExternalScore } from '../processes/store-api.ts';
import { writeAudit } from './audit.ts';
import { toBlob, toFloat64 } from './blobs.ts';
import { inTransaction, now, type PortfolioDb } from './database.ts';
import { readExperiment } from './experiments.ts';

/** Keeps it, and gives all of its experiment. Throws `not-found`, and `not-allowed` for a name that is taken. */
export function saveExternalScore(db: PortfolioDb, { summary, scores }: NewExternalScore): ExternalScoresDocument {
  return inTransaction(db, () => {
    const { experimentId, name, lowerIsRiskier, isPd } = summary;
    readExperiment(db, experimentId);
    const taken = db
      .prepare<[number, string], number>('SELECT 1 FROM external_scores WHERE experiment = ? AND name = ?')
      .pluck();
    if (taken.get(Number(experimentId), name) !== undefined) {
      throw new DuecastError(
        'not-allowed',
        `Experiment ${experimentId} already has a score named ${name}; nothing was kept. Give it another name, or remove that one first.`,
      );
    }
    const id = db
      .prepare(
        `INSERT INTO external_scores (experiment, name, lower_is_riskier, is_pd, summary, created_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(Number(experimentId), name, Number(lowerIsRiskier), Number(isPd), JSON.stringify(summary), now())
      .lastInsertRowid as number;
    const insert = db.prepare('INSERT INTO external_predictions (score, part, scores) VALUES (?, ?, ?)');
    for (const [part, values] of Object.entries(scores)) if (values !== null) insert.run(id, part, toBlob(values));
    writeAudit(db, 'external-score', `Added the score ${name} of ${summary.file} to experiment ${experimentId}`);
    return listExternalScores(db, experimentId);
  });
}

interface ExternalRow {
  id: number;
  experiment: number;
  name: string;
  summary: string;
  created_at: string;
}

/** Those of an experiment (null: the latest), in the order they came. Throws `not-found`. */
export function listExternalScores(db: PortfolioDb, experimentId: string | null): ExternalScoresDocument {
  const experiment = readExperiment(db, experimentId);
  const rows = db
    .prepare<[number], ExternalRow>(
      'SELECT id, experiment, name, summary, created_at FROM external_scores WHERE experiment = ? ORDER BY id',
    )
    .all(Number(experiment.experimentId));
  return {
    scores: rows.map(({ id, summary, created_at: createdAt }) => ({
      ...(JSON.parse(summary) as NewExternalScore['summary']),
      id: String(id),
      createdAt,
    })),
  };
}

/** Removes it, and gives the rest of its experiment. Throws `not-found`. */
export function deleteExternalScore(db: PortfolioDb, id: string): ExternalScoresDocument {
  return inTransaction(db, () => {
    const row = /^\d{1,15}$/.test(id)
      ? db
          .prepare<[number], ExternalRow>('SELECT id, experiment, name FROM external_scores WHERE id = ?')
          .get(Number(id))
      : undefined;
    if (row === undefined) throw new DuecastError('not-found', `This portfolio has no score from elsewhere ${id}.`);
    db.prepare('DELETE FROM external_predictions WHERE score = ?').run(row.id);
    db.prepare('DELETE FROM external_scores WHERE id = ?').run(row.id);
    writeAudit(db, 'external-score', `Removed the score ${row.name} from experiment ${row.experiment}`);
    return listExternalScores(db, String(row.experiment));
  });
}

export interface StoredExternalScore {
  id: string;
  name: string;
  lowerIsRiskier: boolean;
  isPd: boolean;
  /** One value a row of the part; NaN where there is none. */
  scores: Float64Array;
}

/** Those of an experiment that have any for this part. */
export function readExternalScores(db: PortfolioDb, experimentId: string, part: EvaluatedPart): StoredExternalScore[] {
  const rows = db
    .prepare<[number, string], { id: number; name: string; lower: 0 | 1; pd: 0 | 1; scores: Buffer }>(
      `SELECT id, name, lower_is_riskier AS lower, is_pd AS pd, scores FROM external_scores
       JOIN external_predictions ON score = id WHERE experiment = ? AND part = ? ORDER BY id`,
    )
    .all(Number(experimentId), part);
  return rows.map(({ id, name, lower, pd, scores }) => ({
    id: String(id),
    name,
    lowerIsRiskier: lower === 1,
    isPd: pd === 1,
    scores: toFloat64(db, scores),
  }));
}

/** The numbers of all customers by their ids as written. */
export function customerNumbers(db: PortfolioDb): Map<string, number> {
  const rows = db.prepare<[], { id: number; external_id: string }>('SELECT id, external_id FROM customers').all();
  return new Map(rows.map(({ id, external_id: written }) => [written, id]));
}
