import type { PortfolioDb } from './database.ts';

/** A stored transaction; money in ten-thousandths of the currency unit. */
export interface StoredTransaction {
  /** Of the store. */
  customer: number;
  /** Days since 1970-01-01. */
  bookingDay: number;
  /** From 1 within the customer's day, in the order of booking. */
  sequence: number;
  /** Empty where the file named none beside the customer. */
  account: string;
  /** Money out is negative. */
  amountE4: number;
  /** Of the account after it; null where the file does not say. */
  balanceE4: number | null;
  description: string;
}

const ROW = `SELECT customer, booking_day AS bookingDay, sequence, account, amount_e4 AS amountE4,
  balance_e4 AS balanceE4, description FROM transactions`;
const ORDER = 'ORDER BY customer, booking_day, sequence';

/** A customer's transactions of the days from first to last, in the order of booking. */
export const transactionsOf = (
  db: PortfolioDb,
  customer: number,
  firstDay = -Number.MAX_SAFE_INTEGER,
  lastDay = Number.MAX_SAFE_INTEGER,
): StoredTransaction[] =>
  db
    .prepare<[number, number, number], StoredTransaction>(
      `${ROW} WHERE customer = ? AND booking_day BETWEEN ? AND ? ${ORDER}`,
    )
    .all(customer, firstDay, lastDay);

/** All transactions by customer, day and order of booking. Nothing may be written while it is iterated. */
export const eachTransaction = (db: PortfolioDb): IterableIterator<StoredTransaction> =>
  db.prepare<[], StoredTransaction>(`${ROW} ${ORDER}`).iterate();

export const hasTransactions = (db: PortfolioDb): boolean =>
  db.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM transactions)').pluck().get() === 1;
