import { DuecastError } from '../ipc/errors.ts';
import type { PortfolioDb } from './database.ts';
import { quoted, readFeatures } from './feature-columns.ts';
import { listScorings, type StoredScoringHead } from './score-history.ts';

/** A scoring's customers in the order of their numbers; [customers]. */
export interface ScoringRows {
  customers: Int32Array;
  /** The step of each that was scored. */
  steps: Int32Array;
  scores: Float32Array;
}

export function readScoringRows(db: PortfolioDb, scoring: number): ScoringRows {
  const rows = db
    .prepare<[number], [number, number, number]>(
      'SELECT customer, step, score FROM scores WHERE scoring = ? ORDER BY customer',
    )
    .raw()
    .all(scoring);
  return {
    customers: Int32Array.from(rows, ([customer]) => customer),
    steps: Int32Array.from(rows, ([, step]) => step),
    scores: Float32Array.from(rows, ([, , score]) => score),
  };
}

/** Throws `not-found`. */
export function findScoring(scorings: readonly StoredScoringHead[], scoringId: string): StoredScoringHead {
  const found = scorings.find(({ id }) => String(id) === scoringId);
  if (found !== undefined) return found;
  const known = scorings.map(({ id }) => id).join(', ');
  throw new DuecastError(
    'not-found',
    `There is no scoring ${scoringId} in this portfolio. ${known === '' ? 'Nothing has been scored yet.' : `There are ${known}.`}`,
  );
}

/**
 * The two scorings to compare: null takes the latest, and the one before it. Throws `not-found`; `too-small` while there
 * are not two; `usage` where `from` does not come first.
 */
export function choosePair(
  db: PortfolioDb,
  fromId: string | null,
  toId: string | null,
): { from: StoredScoringHead; to: StoredScoringHead } {
  const scorings = listScorings(db);
  const to = toId === null ? scorings[scorings.length - 1] : findScoring(scorings, toId);
  const earlier = scorings.filter(({ id }) => to !== undefined && id < to.id);
  const from = fromId === null ? earlier[earlier.length - 1] : findScoring(scorings, fromId);
  if (to === undefined || from === undefined) {
    const what =
      scorings.length === 0
        ? 'Nothing has been scored yet'
        : scorings.length === 1
          ? 'There is one scoring only'
          : `Scoring ${toId} is the first one`;
    throw new DuecastError(
      'too-small',
      `${what}, so there is nothing to compare. Import next month's export and score again.`,
    );
  }
  if (from.id >= to.id) {
    throw new DuecastError(
      'usage',
      `Scoring ${from.id} does not come before scoring ${to.id}. Give the earlier one as the first of the two.`,
    );
  }
  return { from, to };
}

export interface ScoredValues {
  /** One entry a feature of the history: [rows], NaN where the row has no value. */
  values: Map<string, Float32Array>;
  /** Scored customers whose row is no longer stored, since an import was undone. */
  rowsGone: number;
}

/** The values of all history features at the steps that a scoring scored, as they are stored now. */
export function readScoredValues(db: PortfolioDb, scoring: number): ScoredValues {
  const features = readFeatures(db).filter(({ columnName }) => columnName !== null);
  const [scored, stored] = db
    .prepare<[number], [number, number]>(
      `SELECT count(*), count(h.customer) FROM scores s
       LEFT JOIN history h ON h.customer = s.customer AND h.step = s.step WHERE s.scoring = ?`,
    )
    .raw()
    .get(scoring)!;
  const columns = features.map(() => new Float32Array(stored));
  if (features.length > 0) {
    const names = features.map(({ columnName }) => `h.${quoted(columnName!)}`).join(', ');
    const rows = db
      .prepare<[number], (number | null)[]>(
        `SELECT ${names} FROM scores s JOIN history h ON h.customer = s.customer AND h.step = s.step
         WHERE s.scoring = ? ORDER BY s.customer`,
      )
      .raw();
    let row = 0;
    for (const values of rows.iterate(scoring)) {
      values.forEach((value, f) => (columns[f][row] = value ?? NaN));
      row++;
    }
  }
  return { values: new Map(features.map(({ name }, f) => [name, columns[f]])), rowsGone: scored - stored };
}

/** Ids as written, by number; only those asked for. */
export function idsOf(db: PortfolioDb, customers: Iterable<number>): Map<number, string> {
  const find = db.prepare<[number], string>('SELECT external_id FROM customers WHERE id = ?').pluck();
  return new Map(Array.from(new Set(customers), (customer) => [customer, find.get(customer) ?? String(customer)]));
}

/** Of these, whose event had passed by a step. */
export function countEvents(db: PortfolioDb, customers: readonly number[], upTo: number): number {
  const passed = db
    .prepare<[number, number], number>('SELECT EXISTS (SELECT 1 FROM outcomes WHERE customer = ? AND event_step <= ?)')
    .pluck();
  return customers.reduce((count, customer) => count + passed.get(customer, upTo)!, 0);
}
