import type Database from 'better-sqlite3';
import type { ImportedTransaction, TransactionFate } from '../importing/target.ts';
import type { ConflictRules } from './conflict-rules.ts';
import type { PortfolioDb } from './database.ts';

interface StoredRow {
  amount_e4: number;
  description: string;
  account: string;
  occurrence: number;
  sequence: number;
  balance_e4: number | null;
  batch: number;
}

/** A stored row or a new one, in the day's order. */
type Placed = { stored: StoredRow } | { row: ImportedTransaction };

const ACCEPTED: TransactionFate = { fate: 'accepted', storedE4: null };
const TWIN: TransactionFate = { ...ACCEPTED, twin: true };
const UNCHANGED: TransactionFate = { fate: 'unchanged', storedE4: null };

/**
 * The transactions of one import. Equal bookings of a customer's day (amount, description, account) are told apart by
 * their number, and by their balances where the file has them: so a file that was cut in the middle of a day and the
 * whole one agree.
 */
export class TransactionRows {
  readonly #batch: number;
  readonly #rules: ConflictRules;
  readonly #changed = new Set<number>();
  readonly #select: Database.Statement<[number, number], StoredRow>;
  readonly #insert: Database.Statement;
  readonly #fill: Database.Statement;
  readonly #save: Database.Statement;
  readonly #move: Database.Statement;

  constructor(db: PortfolioDb, batch: number, rules: ConflictRules) {
    this.#batch = batch;
    this.#rules = rules;
    this.#select = db.prepare<[number, number], StoredRow>(
      `SELECT amount_e4, description, account, occurrence, sequence, balance_e4, batch FROM transactions
       WHERE customer = ? AND booking_day = ? ORDER BY sequence`,
    );
    this.#insert = db.prepare(
      `INSERT INTO transactions (customer, booking_day, amount_e4, description, account, occurrence, sequence, balance_e4, batch)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#fill = db.prepare(`UPDATE transactions SET balance_e4 = ?, batch = ? WHERE ${KEY}`);
    this.#move = db.prepare(`UPDATE transactions SET sequence = ? WHERE ${KEY}`);
    this.#save = db.prepare(
      `INSERT INTO replaced_values (batch, source, customer, key, old_batch, old) VALUES (?, 'transaction', ?, ?, ?, ?)`,
    );
  }

  /** Customers with a transaction that is new or another. */
  get changed(): number[] {
    return [...this.#changed];
  }

  /** Takes in what the file has of a customer's day, oldest first, and says what became of each row. */
  take(customer: number, day: number, rows: readonly ImportedTransaction[]): TransactionFate[] {
    const stored = this.#select.all(customer, day);
    if (stored.length === 0) {
      const counts = new Map<string, number>();
      rows.forEach((row, i) =>
        this.#add(customer, day, row, rows.length === 1 ? 1 : numbered(counts, keyOf(row)), i + 1),
      );
      return rows.map(() => ACCEPTED);
    }
    // What this import wrote itself is another booking, not the same once more.
    const matches = matched(
      rows,
      stored.filter(({ batch }) => batch !== this.#batch),
    );
    const others = stored.filter((found) => found.batch !== this.#batch && !matches.includes(found));
    const fates = rows.map((row, i) => {
      const known = matches[i] ?? null;
      return known === null && takeTwin(row, others) ? TWIN : this.#fateOf(customer, day, row, known);
    });
    this.#place(customer, day, rows, stored, matches);
    return fates;
  }

  #fateOf(customer: number, day: number, row: ImportedTransaction, known: StoredRow | null): TransactionFate {
    if (known === null) return ACCEPTED;
    if (row.balanceE4 === null || row.balanceE4 === known.balance_e4) return UNCHANGED;
    const isFilling = known.balance_e4 === null;
    if (isFilling || this.#rules.replaces(row.line)) {
      const { amount_e4: amount, description, account, occurrence, balance_e4: balance } = known;
      const old = JSON.stringify({ amount, description, account, occurrence, balance });
      this.#save.run(this.#batch, customer, day, known.batch, old);
      this.#fill.run(row.balanceE4, this.#batch, customer, day, amount, description, account, occurrence);
      this.#changed.add(customer);
    }
    return isFilling ? ACCEPTED : { fate: 'conflicting', storedE4: known.balance_e4 };
  }

  /** Adds new rows where the file has them, behind the row that stands before them there; stored rows keep their order. */
  #place(
    customer: number,
    day: number,
    rows: readonly ImportedTransaction[],
    stored: readonly StoredRow[],
    matches: readonly (StoredRow | undefined)[],
  ): void {
    if (!rows.some((_, i) => matches[i] === undefined)) return;
    const order: Placed[] = stored.map((found) => ({ stored: found }));
    const placeOf = (found: StoredRow) => order.findIndex((placed) => 'stored' in placed && placed.stored === found);
    const firstKnown = matches.find((found) => found !== undefined);
    let at = firstKnown === undefined ? order.length : placeOf(firstKnown);
    rows.forEach((row, i) => {
      const known = matches[i];
      if (known !== undefined) at = placeOf(known) + 1;
      else order.splice(at++, 0, { row });
    });
    const counts = new Map<string, number>();
    for (const found of stored) {
      const key = keyOf({ amountE4: found.amount_e4, description: found.description, account: found.account });
      counts.set(key, Math.max(counts.get(key) ?? 0, found.occurrence));
    }
    order.forEach((placed, i) => {
      if ('row' in placed) this.#add(customer, day, placed.row, numbered(counts, keyOf(placed.row)), i + 1);
      else if (placed.stored.sequence !== i + 1) {
        const { amount_e4, description, account, occurrence } = placed.stored;
        this.#move.run(i + 1, customer, day, amount_e4, description, account, occurrence);
      }
    });
  }

  #add(customer: number, day: number, row: ImportedTransaction, occurrence: number, sequence: number): void {
    const { amountE4, description, account, balanceE4 } = row;
    this.#insert.run(customer, day, amountE4, description, account, occurrence, sequence, balanceE4, this.#batch);
    this.#changed.add(customer);
  }
}

const KEY = 'customer = ? AND booking_day = ? AND amount_e4 = ? AND description = ? AND account = ? AND occurrence = ?';

const keyOf = ({ amountE4, description, account }: Pick<ImportedTransaction, 'amountE4' | 'description' | 'account'>) =>
  `${amountE4}\n${account}\n${description}`;

function numbered(counts: Map<string, number>, key: string): number {
  const number = (counts.get(key) ?? 0) + 1;
  counts.set(key, number);
  return number;
}

/**
 * The stored row that each row of a file is: one with its key and its balance before one without a balance, and that
 * before one with another; each is taken once. A row for which none is left is undefined.
 */
function matched(rows: readonly ImportedTransaction[], stored: readonly StoredRow[]): (StoredRow | undefined)[] {
  const byKey = new Map<string, StoredRow[]>();
  for (const found of stored) {
    const key = keyOf({ amountE4: found.amount_e4, description: found.description, account: found.account });
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [found]);
    else same.push(found);
  }
  const matches = new Array<StoredRow | undefined>(rows.length).fill(undefined);
  const ways: ((row: ImportedTransaction, found: StoredRow) => boolean)[] = [
    (row, found) => row.balanceE4 === found.balance_e4,
    (row, found) => row.balanceE4 === null || found.balance_e4 === null,
    () => true,
  ];
  for (const fits of ways) {
    rows.forEach((row, i) => {
      if (matches[i] !== undefined) return;
      const same = byKey.get(keyOf(row));
      const at = same?.findIndex((found) => fits(row, found)) ?? -1;
      if (at >= 0) matches[i] = same!.splice(at, 1)[0];
    });
  }
  return matches;
}

/** Takes the stored row of the same amount and, where both have one, the same balance from those left; false for none. */
function takeTwin({ amountE4, balanceE4 }: ImportedTransaction, left: StoredRow[]): boolean {
  const at = left.findIndex(
    (found) =>
      found.amount_e4 === amountE4 &&
      (balanceE4 === null || found.balance_e4 === null || found.balance_e4 === balanceE4),
  );
  if (at >= 0) left.splice(at, 1);
  return at >= 0;
}

/** Writes back what an import filled or replaced of a transaction; `old` as it was saved. */
export function transactionRestorer(db: PortfolioDb) {
  const restore = db.prepare(`UPDATE transactions SET balance_e4 = ?, batch = ? WHERE ${KEY}`);
  return (old: string, batch: number, customer: number, day: number): void => {
    const { amount, description, account, occurrence, balance } = JSON.parse(old) as {
      amount: number;
      description: string;
      account: string;
      occurrence: number;
      balance: number | null;
    };
    restore.run(balance, batch, customer, day, amount, description, account, occurrence);
  };
}

/** After rows were removed: the days' numbers run from 1 again, in the same order. */
export function closeGaps(db: PortfolioDb): void {
  db.exec(
    `UPDATE transactions SET sequence = (
       SELECT count(*) FROM transactions other WHERE other.customer = transactions.customer
         AND other.booking_day = transactions.booking_day AND other.sequence <= transactions.sequence)
     WHERE (customer, booking_day) IN (
       SELECT customer, booking_day FROM transactions GROUP BY customer, booking_day HAVING max(sequence) > count(*))`,
  );
}
