import type Database from 'better-sqlite3';
import type { PortfolioDb } from './database.ts';
import { quoted } from './feature-columns.ts';

/** Step, batch, then the values of the columns asked for. */
export type StoredRow = (number | null)[];

/** Of a customer whose rows come one after the other, so many are read at once. */
const READ_AHEAD = 256;

/** Looks stored history rows up, reading ahead where a file goes through a customer's steps. */
export class StoredRows {
  readonly #one: Database.Statement<[number, number], StoredRow>;
  readonly #upwards: Database.Statement<[number, number], StoredRow>;
  readonly #downwards: Database.Statement<[number, number], StoredRow>;
  #customer = 0;
  #step = 0;
  /** Reading ahead pays where rows are there. */
  #found = false;
  /** Rows of the customer between two steps, all that there are, in ascending order. */
  #ahead: { from: number; to: number; rows: StoredRow[] } | null = null;

  constructor(db: PortfolioDb, columns: readonly string[]) {
    const select = `SELECT step, batch${columns.map((name) => `, ${quoted(name)}`).join('')} FROM history WHERE customer = ?`;
    const prepare = (condition: string) => db.prepare<[number, number], StoredRow>(`${select} AND ${condition}`).raw();
    this.#one = prepare('step = ?');
    this.#upwards = prepare(`step >= ? ORDER BY step LIMIT ${READ_AHEAD}`);
    this.#downwards = prepare(`step <= ? ORDER BY step DESC LIMIT ${READ_AHEAD}`);
  }

  find(customer: number, step: number): StoredRow | undefined {
    const again = customer === this.#customer;
    const before = this.#step;
    this.#customer = customer;
    this.#step = step;
    if (!again) this.#ahead = null;
    let row: StoredRow | undefined;
    if (this.#ahead !== null && step >= this.#ahead.from && step <= this.#ahead.to) {
      row = found(this.#ahead.rows, step);
    } else if (again && this.#found) {
      this.#ahead = this.#read(customer, step, step >= before);
      row = found(this.#ahead.rows, step);
    } else {
      row = this.#one.get(customer, step);
    }
    this.#found = row !== undefined;
    return row;
  }

  /** The customer's rows have changed. */
  forget(customer: number): void {
    if (customer === this.#customer) this.#ahead = null;
  }

  #read(customer: number, step: number, upwards: boolean) {
    const rows = (upwards ? this.#upwards : this.#downwards).all(customer, step);
    const whole = rows.length < READ_AHEAD;
    const end = rows[rows.length - 1]?.[0] ?? step;
    if (upwards) return { from: step, to: whole ? Infinity : end, rows };
    return { from: whole ? -Infinity : end, to: step, rows: rows.reverse() };
  }
}

function found(rows: readonly StoredRow[], step: number): StoredRow | undefined {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]![0]! < step) low = middle + 1;
    else high = middle;
  }
  const row = rows[low];
  return row !== undefined && row[0] === step ? row : undefined;
}
