import type Database from 'better-sqlite3';
import type { PortfolioDb } from './database.ts';

export type OutcomeFate = 'new' | 'unchanged' | 'different' | 'contradicting';

/** The outcomes of one import. Their key is the customer and the event's step, null without one. */
export class OutcomeRows {
  readonly #batch: number;
  /** What this file said, by customer number and step. */
  readonly #file = new Map<string, 0 | 1>();
  readonly #select: Database.Statement<[number, number | null], { id: number; flag: 0 | 1; batch: number }>;
  readonly #insert: Database.Statement;
  readonly #save: Database.Statement;
  readonly #replace: Database.Statement;

  constructor(db: PortfolioDb, batch: number) {
    this.#batch = batch;
    this.#select = db.prepare<[number, number | null], { id: number; flag: 0 | 1; batch: number }>(
      'SELECT id, flag, batch FROM outcomes WHERE customer = ? AND event_step IS ?',
    );
    this.#insert = db.prepare('INSERT INTO outcomes (customer, event_step, flag, batch) VALUES (?, ?, ?, ?)');
    this.#save = db.prepare(
      `INSERT INTO replaced_values (batch, source, customer, key, old_batch, old)
       VALUES (?, 'outcome', ?, ?, ?, json_object('flag', ?))`,
    );
    this.#replace = db.prepare('UPDATE outcomes SET flag = ?, batch = ? WHERE id = ?');
  }

  /** Takes an outcome in; a different one is written only with `replace`. */
  take(customer: number, flag: 0 | 1, eventStep: number | null, replace: boolean): OutcomeFate {
    const key = `${customer} ${eventStep}`;
    const earlier = this.#file.get(key);
    if (earlier !== undefined) return earlier === flag ? 'unchanged' : 'contradicting';
    this.#file.set(key, flag);
    const stored = this.#select.get(customer, eventStep);
    if (stored === undefined) {
      this.#insert.run(customer, eventStep, flag, this.#batch);
      return 'new';
    }
    if (stored.flag === flag) return 'unchanged';
    if (replace) {
      this.#save.run(this.#batch, customer, eventStep, stored.batch, stored.flag);
      this.#replace.run(flag, this.#batch, stored.id);
    }
    return 'different';
  }
}
