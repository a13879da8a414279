import type Database from 'better-sqlite3';
import type { PortfolioDb } from './database.ts';

/** SQLite takes many rows of a statement faster than many statements. */
const ROWS_A_STATEMENT = 32;

/** The customers' numbers in the store, by the names that files give them. Nothing else may add customers meanwhile. */
export class CustomerNumbers {
  readonly #numbers: Map<string, number>;
  readonly #insertMany: Database.Statement;
  readonly #insertOne: Database.Statement;
  /** Number, name and batch of the customers that are not written yet, one after the other. */
  #waiting: (number | string)[] = [];
  #last: number;

  constructor(db: PortfolioDb) {
    this.#numbers = new Map(db.prepare<[], [string, number]>('SELECT external_id, id FROM customers').raw().iterate());
    // A number is never used again, not even after its customer's import was undone.
    const last = db.prepare<[], number>(`SELECT seq FROM sqlite_sequence WHERE name = 'customers'`).pluck();
    this.#last = last.get() ?? 0;
    const insert = (count: number) =>
      db.prepare(`INSERT INTO customers (id, external_id, batch) VALUES ${Array(count).fill('(?, ?, ?)').join(', ')}`);
    this.#insertMany = insert(ROWS_A_STATEMENT);
    this.#insertOne = insert(1);
  }

  get(externalId: string): number | undefined {
    return this.#numbers.get(externalId);
  }

  /** Of a customer that is not known; written with others, by `flush` at the latest. */
  add(externalId: string, batch: number): number {
    const number = ++this.#last;
    this.#numbers.set(externalId, number);
    this.#waiting.push(number, externalId, batch);
    if (this.#waiting.length === 3 * ROWS_A_STATEMENT) {
      this.#insertMany.run(...this.#waiting);
      this.#waiting = [];
    }
    return number;
  }

  flush(): void {
    for (let at = 0; at < this.#waiting.length; at += 3) this.#insertOne.run(...this.#waiting.slice(at, at + 3));
    this.#waiting = [];
  }
}
