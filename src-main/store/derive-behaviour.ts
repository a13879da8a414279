import type { PortfolioDb } from './database.ts';

/**
 * Brings the history that follows from the transactions of these customers up to date, after a ledger was imported
 * (`batch` wrote the transactions) or undone (`batch` is the undone one). Answers how many history rows were written.
 */
export function deriveBehaviour(_db: PortfolioDb, _batch: number, _customers: readonly number[]): number {
  return 0;
}
