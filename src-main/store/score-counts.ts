import type { ScoreCounts } from '../ipc/views.ts';
import type { PortfolioDb } from './database.ts';

const PER_UNIT = 1_000;

/** How the PDs of the latest scoring spread; null while nothing is scored. */
export function countScores(db: PortfolioDb): ScoreCounts | null {
  const scoring = db.prepare<[], number | null>('SELECT max(id) FROM scorings').pluck().get() ?? null;
  if (scoring === null) return null;
  const bins = Array<number>(PER_UNIT + 1).fill(0);
  let customers = 0;
  const scores = db.prepare<[number], number>('SELECT score FROM scores WHERE scoring = ?').pluck();
  for (const score of scores.iterate(scoring)) {
    bins[Math.max(0, Math.min(PER_UNIT, Math.floor(score * PER_UNIT)))]++;
    customers++;
  }
  return { bins, customers };
}
