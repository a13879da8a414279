import type { PortfolioDb } from './database.ts';
import { refreshDerived } from './derived-history.ts';

/**
 * Makes daily behaviour of a ledger's transactions: the history rows of these customers from all of their transactions
 * and the rules that count. Returns how many rows were written. Belongs into the transaction that changes them, after
 * the portfolio's time step is set.
 */
export const deriveBehaviour = (db: PortfolioDb, batch: number, customers: readonly number[]): number =>
  refreshDerived(db, batch, customers).steps;
