import type { ScoreCounts } from '../ipc/views.ts';
import type { PortfolioDb } from './database.ts';

const BINS = 1_000;

/** How the PDs of the latest scoring spread; null while nothing is scored. */
export function countScores(db: PortfolioDb): ScoreCounts | null {
  const scoring = db.prepare<[], number | null>('SELECT max(id) FROM scorings').pluck().get() ?? null;
  if (scoring === null) return null;
  const bins = Array<number>(BINS).fill(0);
  let customers = 0;
  const scores = db.prepare<[number], number>('SELECT score FROM scores WHERE scoring = ?').pluck();
  for (const score of scores.iterate(scoring)) {
    bins[Math.max(0, Math.min(BINS - 1, Math.floor(score * BINS)))]++;
    customers++;
  }
  return { bins, customers };
}
