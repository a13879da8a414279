import type Database from 'better-sqlite3';
import type { PortfolioDb } from './database.ts';

/** No step is so large. */
const NONE = 2 ** 31 - 1;

/**
 * From the first to the last step of each customer, in the store and in one file so far. Files are mostly in order of
 * time, whichever way: most rows lie outside and need no look at what is stored.
 */
export class KnownSteps {
  /** By the customer's number; the first step is NONE where there is no row. */
  #first: Int32Array;
  #last: Int32Array;
  /** Customers up to this number were there before. */
  readonly #stored: number;
  /** 1 for those of them whose steps have been looked up. */
  readonly #looked: Uint8Array;
  readonly #range: Database.Statement<[number, number], [number | null, number | null]>;

  constructor(db: PortfolioDb) {
    this.#stored = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM customers').pluck().get()!;
    this.#first = new Int32Array(this.#stored + 1024).fill(NONE);
    this.#last = new Int32Array(this.#stored + 1024).fill(-NONE);
    this.#looked = new Uint8Array(this.#stored + 1);
    this.#range = db
      .prepare<[number, number], [number | null, number | null]>(
        `SELECT (SELECT min(step) FROM history WHERE customer = ?), (SELECT max(step) FROM history WHERE customer = ?)`,
      )
      .raw();
  }

  /** Whether a step lies before the first or behind the last one. */
  isBeyond(customer: number, step: number): boolean {
    this.#prepare(customer);
    return step < this.#first[customer]! || step > this.#last[customer]!;
  }

  add(customer: number, step: number): void {
    this.#prepare(customer);
    if (step < this.#first[customer]!) this.#first[customer] = step;
    if (step > this.#last[customer]!) this.#last[customer] = step;
  }

  #prepare(customer: number): void {
    if (customer > this.#stored) {
      if (customer >= this.#first.length) this.#grow(customer);
      return;
    }
    if (this.#looked[customer] === 1) return;
    this.#looked[customer] = 1;
    const [first, last] = this.#range.get(customer, customer)!;
    if (first === null || last === null) return;
    this.#first[customer] = first;
    this.#last[customer] = last;
  }

  #grow(customer: number): void {
    const length = Math.max(customer + 1, this.#first.length * 2);
    const first = new Int32Array(length).fill(NONE);
    const last = new Int32Array(length).fill(-NONE);
    first.set(this.#first);
    last.set(this.#last);
    this.#first = first;
    this.#last = last;
  }
}
