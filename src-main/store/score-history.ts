import type { ScoringSummary } from '../ipc/changes.ts';
import type { ModelKind } from '../ipc/documents.ts';
import type { CustomersPage } from '../ipc/views.ts';
import type { NewScoring } from '../processes/store-api.ts';
import type { PortfolioDb } from './database.ts';
import { stepDates } from './portfolio.ts';

/** A scoring without its scores. */
export interface StoredScoringHead {
  id: number;
  model: number;
  kind: ModelKind;
  /** ISO 8601, UTC. */
  createdAt: string;
  asOfStep: number;
  skipped: NewScoring['skipped'];
  /** For how many of the riskiest reasons were looked for; null in a scoring of an earlier version. */
  reasoned: number | null;
}

/** All scorings, oldest first. */
export function listScorings(db: PortfolioDb): StoredScoringHead[] {
  return db
    .prepare<
      [],
      {
        id: number;
        model: number;
        kind: ModelKind;
        created_at: string;
        as_of_step: number;
        skipped: string;
        reasoned: number | null;
      }
    >(
      `SELECT s.id, s.model, m.kind, s.created_at, s.as_of_step, s.skipped, s.reasoned
       FROM scorings s JOIN models m ON m.id = s.model ORDER BY s.id`,
    )
    .all()
    .map(({ id, model, kind, created_at, as_of_step, skipped, reasoned }) => ({
      id,
      model,
      kind,
      createdAt: created_at,
      asOfStep: as_of_step,
      skipped: JSON.parse(skipped) as NewScoring['skipped'],
      reasoned,
    }));
}

/** A scoring for documents. */
export function summaryOf(
  db: PortfolioDb,
  { id, model, kind, createdAt, asOfStep }: StoredScoringHead,
): ScoringSummary {
  const asOf = stepDates(db)(asOfStep) ?? `step ${asOfStep}`;
  return { scoringId: String(id), modelId: String(model), kind, createdAt, asOfStep, asOf };
}

/** What lists say of the scoring that they show, and of the one before it. */
export function describeScoring(
  db: PortfolioDb,
  scoring: StoredScoringHead | null,
  before: StoredScoringHead | null,
): Omit<NonNullable<CustomersPage['scoring']>, 'unreasoned'> | null {
  if (scoring === null) return null;
  const dateOf = stepDates(db);
  const asOf = ({ asOfStep }: StoredScoringHead) => dateOf(asOfStep) ?? String(asOfStep);
  const stale = db
    .prepare<[string, string, string], number>(
      `SELECT EXISTS (SELECT 1 FROM import_batches WHERE imported_at > ? OR undone_at > ?)
         OR EXISTS (SELECT 1 FROM audit_log WHERE action = 'rules' AND at > ?)`,
    )
    .pluck();
  const champion = db.prepare<[], number>('SELECT id FROM models WHERE champion = 1').pluck().get();
  return {
    scoringId: String(scoring.id),
    modelId: String(scoring.model),
    kind: scoring.kind,
    createdAt: scoring.createdAt,
    asOf: asOf(scoring),
    skipped: scoring.skipped,
    reasoned: scoring.reasoned,
    stale: stale.get(scoring.createdAt, scoring.createdAt, scoring.createdAt) === 1,
    otherChampion: champion !== undefined && champion !== scoring.model,
    before:
      before === null
        ? null
        : {
            scoringId: String(before.id),
            modelId: String(before.model),
            kind: before.kind,
            createdAt: before.createdAt,
            asOf: asOf(before),
          },
  };
}

/** The PDs of each scoring by customer number. A stored scoring never changes, so that each is read once. */
export class ScoreHistory {
  readonly #db: PortfolioDb;
  readonly #read = new Map<number, Float32Array>();

  constructor(db: PortfolioDb) {
    this.#db = db;
  }

  /** NaN, or beyond the end: not scored. */
  of({ id }: StoredScoringHead): Float32Array {
    const known = this.#read.get(id);
    if (known !== undefined) return known;
    const rows = this.#db
      .prepare<[number], [number, number]>('SELECT customer, score FROM scores WHERE scoring = ? ORDER BY customer')
      .raw()
      .all(id);
    const scores = new Float32Array((rows[rows.length - 1]?.[0] ?? 0) + 1).fill(NaN);
    for (const [customer, score] of rows) scores[customer] = score;
    this.#read.set(id, scores);
    return scores;
  }
}
