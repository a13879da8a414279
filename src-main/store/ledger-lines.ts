import type { LedgerLine } from '../ledger/ledger-line.ts';
import type { PortfolioDb } from './database.ts';

/** A stored transaction and the import that brought it. */
export interface StoredLine extends LedgerLine {
  batch: number;
}

type LineRow = [
  account: string,
  bookingDay: number,
  amountE4: number,
  balanceE4: number | null,
  description: string,
  batch: number,
];

/** Reads the transactions of one customer by its number: by day, and within a day in the order of booking. */
export function ledgerReader(db: PortfolioDb): (customer: number) => StoredLine[] {
  const select = db
    .prepare<[number], LineRow>(
      `SELECT account, booking_day, amount_e4, balance_e4, description, batch FROM transactions
       WHERE customer = ? ORDER BY booking_day, sequence`,
    )
    .raw();
  return (customer) => select.all(customer).map(toLine);
}

const toLine = ([account, bookingDay, amountE4, balanceE4, description, batch]: LineRow): StoredLine => ({
  account,
  bookingDay,
  amountE4,
  balanceE4,
  description,
  batch,
});

/** Numbers of all customers with transactions, ascending. */
export const customersWithLedger = (db: PortfolioDb): number[] =>
  db
    .prepare<[], number>(
      'SELECT id FROM customers WHERE EXISTS (SELECT 1 FROM transactions WHERE customer = customers.id) ORDER BY id',
    )
    .pluck()
    .all();

const SAMPLED_TEXTS = 20_000;
const TEXTS_A_CUSTOMER = 500;

/**
 * Texts of whole customers, enough to see which country's banks wrote them. Which customers follows from their ids, not
 * from the order of the imports, so that the same transactions are judged alike however they came.
 */
export function sampleTexts(db: PortfolioDb): string[] {
  const select = db
    .prepare<[number], string>(
      `SELECT description FROM transactions WHERE customer = ?
       ORDER BY booking_day, amount_e4, description, account, occurrence LIMIT ${TEXTS_A_CUSTOMER}`,
    )
    .pluck();
  const texts: string[] = [];
  for (const customer of spreadCustomers(db)) {
    if (texts.length >= SAMPLED_TEXTS) break;
    texts.push(...select.all(customer));
  }
  return texts.slice(0, SAMPLED_TEXTS);
}

/** All customers with transactions in an order that is as good as drawn, but always the same. */
export function spreadCustomers(db: PortfolioDb): number[] {
  return db
    .prepare<[], [number, string]>(
      'SELECT id, external_id FROM customers WHERE EXISTS (SELECT 1 FROM transactions WHERE customer = customers.id)',
    )
    .raw()
    .all()
    .map(([number, id]) => ({ number, id, place: hashOf(id) }))
    .sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1))
    .map(({ number }) => number);
}

/** FNV-1a, mixed once more: ids mostly differ in their last digits only. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
