import type { ModelKind, ScoreRow, ScoresPage, TimeStep } from '../ipc/documents.ts';
import type { NewScoring, ScoresRequest } from '../processes/store-api.ts';
import { countLevels, levelOf, rangeOf } from '../scoring/levels.ts';
import { readLevelBounds } from './portfolio.ts';
import { lastDayOfStep } from '../sequences/calendar.ts';
import type { PortfolioDb } from './database.ts';

interface ScoringRow {
  id: number;
  model: number;
  kind: ModelKind;
  created_at: string;
  as_of_step: number;
  skipped: string;
  time_step: TimeStep | null;
  dated: 0 | 1 | null;
  stale: 0 | 1;
}

const LATEST = `
  SELECT s.id, s.model, m.kind, s.created_at, s.as_of_step, s.skipped, p.time_step, p.dated,
    EXISTS (SELECT 1 FROM import_batches b WHERE b.imported_at > s.created_at OR b.undone_at > s.created_at) AS stale
  FROM scorings s JOIN models m ON m.id = s.model, portfolio p
  ORDER BY s.id DESC LIMIT 1`;

/** A stretch of the latest scoring, riskiest first; equal scores in the order of the customers' ids. */
export function scoresPage(db: PortfolioDb, { search, levels, offset, limit }: ScoresRequest): ScoresPage {
  return db.transaction((): ScoresPage => {
    const bounds = readLevelBounds(db);
    const scoring = db.prepare<[], ScoringRow>(LATEST).get();
    if (scoring === undefined) {
      return { scoring: null, levels: countLevels(new Float32Array()), matching: 0, rows: [] };
    }
    const all = db.prepare<[number], number>('SELECT score FROM scores WHERE scoring = ?').pluck().all(scoring.id);
    const ranges = levels.map((level) => rangeOf(level, bounds));
    const ofLevels =
      ranges.length === 0 ? '' : `AND (${ranges.map(() => '(s.score >= ? AND s.score < ?)').join(' OR ')})`;
    const from = `FROM scores s JOIN customers c ON c.id = s.customer
      WHERE s.scoring = ? AND instr(lower(c.external_id), lower(?)) > 0 ${ofLevels}`;
    const bound = [scoring.id, search, ...ranges.flatMap(({ least, below }) => [least, below])];
    const matching = db
      .prepare<unknown[], number>(`SELECT count(*) ${from}`)
      .pluck()
      .get(...bound)!;
    const rows = db
      .prepare<unknown[], { customer: string; pd: number; change: number | null }>(
        `SELECT c.external_id AS customer, s.score AS pd, s.score -
           (SELECT score FROM scores WHERE customer = s.customer AND scoring = (SELECT max(id) FROM scorings WHERE id < s.scoring))
           AS change
         ${from} ORDER BY s.score DESC, c.external_id LIMIT ? OFFSET ?`,
      )
      .all(...bound, limit, offset)
      .map((row): ScoreRow => ({ ...row, riskLevel: levelOf(row.pd, bounds) }));
    return { scoring: describe(scoring), levels: countLevels(Float32Array.from(all), bounds), matching, rows };
  })();
}

const describe = (row: ScoringRow): ScoresPage['scoring'] => ({
  scoringId: String(row.id),
  modelId: String(row.model),
  kind: row.kind,
  createdAt: row.created_at,
  asOf:
    row.dated === 1 && row.time_step !== null ? lastDayOfStep(row.time_step, row.as_of_step) : String(row.as_of_step),
  skipped: JSON.parse(row.skipped) as NewScoring['skipped'],
  stale: row.stale === 1,
});
