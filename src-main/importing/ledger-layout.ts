import type { DateReader } from './dates.ts';
import type { NumberFormat } from './numbers.ts';
import type { BalanceCheck } from './running-balance.ts';

/** Money out is −1, money in 1; 0 stands for neither. */
export type Direction = -1 | 0 | 1;

/** Where a transaction's amount is, and what says its direction. */
export type AmountSource =
  /** With `bareIsOut` only money in is marked (CR, +), money out by nothing. */
  | { kind: 'signed'; column: number; factor: 1 | -1; bareIsOut?: true }
  /** A column for each direction; null where the file has only the other. */
  | { kind: 'sides'; debit: Side | null; credit: Side | null }
  | { kind: 'marked'; column: number; mark: number; directions: ReadonlyMap<string, Direction> }
  /** Without a sign: whether the balance rose or fell says it. */
  | { kind: 'by-balance'; column: number };

/** A filled cell times `factor` is the amount. */
export interface Side {
  column: number;
  factor: 1 | -1;
}

/** What the columns of a ledger mean, beside `Layout`. */
export interface LedgerLayout {
  /** The one customer whose file it is; null where a column says whose a row is. */
  customer: string | null;
  /** Of several accounts that customers have; null where there is no such column, or it says the customer. */
  account: number | null;
  date: { column: number; read: DateReader };
  amount: AmountSource;
  /** `mark`: a column that says whether the balance is owed. */
  balance: { column: number; mark: number | null } | null;
  /** In the file's order. */
  description: number[];
  /** Cells of these values stand for transactions that were not booked. */
  status: { column: number; notBooked: ReadonlySet<string> } | null;
  /** The account's own currency: rows of another one are set aside. */
  currency: { column: number; own: string } | null;
  newestFirst: boolean;
  /** What the sampled balances say about the amounts. */
  check: BalanceCheck | null;
  /** How numbers are written, where their cells alone leave it open; null where they decide. */
  numbers: NumberFormat | null;
}
