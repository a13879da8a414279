import type Database from 'better-sqlite3';
import type { PortfolioDb } from './database.ts';
import { quoted } from './feature-columns.ts';
import { SeenRows, rowHash } from './seen-rows.ts';

/**
 * What a row of a file would be to the store: `new` (no such customer and step yet), `unchanged`, `filling` (values
 * where the store has none), `different`, or `contradicting` an earlier row of the same file.
 */
export type HistoryFate = 'new' | 'unchanged' | 'filling' | 'different' | 'contradicting';

/** The history rows of one import. An empty value of a file says nothing: it is never compared and erases nothing. */
export class HistoryRows {
  /** Rows added or written over. */
  written = 0;
  readonly #batch: number;
  readonly #columns: readonly string[];
  readonly #seen = new SeenRows();
  readonly #insert: Database.Statement;
  readonly #select: Database.Statement<[number, number], (number | null)[]>;
  readonly #merge: Database.Statement;
  readonly #save: Database.Statement;
  readonly #row: (number | null)[];

  constructor(db: PortfolioDb, batch: number, columns: readonly string[]) {
    this.#batch = batch;
    this.#columns = columns;
    this.#row = new Array<number | null>(columns.length + 3).fill(null);
    const names = columns.map((name) => `, ${quoted(name)}`).join('');
    this.#insert = db.prepare(
      `INSERT INTO history (customer, step, batch${names}) VALUES (?, ?, ?${', ?'.repeat(columns.length)})
       ON CONFLICT (customer, step) DO NOTHING`,
    );
    this.#select = db
      .prepare<[number, number], (number | null)[]>(`SELECT batch${names} FROM history WHERE customer = ? AND step = ?`)
      .raw();
    const merged = columns.map((name) => `, ${quoted(name)} = coalesce(?, ${quoted(name)})`).join('');
    this.#merge = db.prepare(`UPDATE history SET batch = ?${merged} WHERE customer = ? AND step = ?`);
    this.#save = db.prepare(
      `INSERT INTO replaced_values (batch, source, customer, key, old_batch, old) VALUES (?, 'history', ?, ?, ?, ?)`,
    );
  }

  /** Adds a row unless there is one for this customer and step, or was one in this file; says whether it did. */
  add(customer: number, step: number, values: Float64Array, offset: number): boolean {
    if (this.#seen.size > 0 && this.#seen.find(customer, step) !== null) return false;
    const row = this.#row;
    row[0] = customer;
    row[1] = step;
    row[2] = this.#batch;
    for (let i = 0; i < this.#columns.length; i++) row[i + 3] = finite(values[offset + i]!);
    if (this.#insert.run(row).changes === 0) return false;
    this.written++;
    return true;
  }

  /** Changes nothing. */
  judge(customer: number, step: number, values: Float64Array, offset: number): HistoryFate {
    const width = this.#columns.length;
    const earlier = this.#seen.size > 0 ? this.#seen.find(customer, step) : null;
    if (earlier !== null) return earlier === rowHash(values, offset, width) ? 'unchanged' : 'contradicting';
    const stored = this.#select.get(customer, step);
    if (stored === undefined) return 'new';
    if (stored[0] === this.#batch) {
      for (let i = 0; i < width; i++) if (stored[i + 1] !== finite(values[offset + i]!)) return 'contradicting';
      return 'unchanged';
    }
    let fate: HistoryFate = 'unchanged';
    for (let i = 0; i < width; i++) {
      const value = finite(values[offset + i]!);
      if (value === null || value === stored[i + 1]) continue;
      if (stored[i + 1] !== null) return 'different';
      fate = 'filling';
    }
    return fate;
  }

  /** The first value of a row that differs from the stored one, by its place in the row; null where none does. */
  difference(
    customer: number,
    step: number,
    values: Float64Array,
    offset: number,
  ): { feature: number; stored: string; read: string } | null {
    const stored = this.#select.get(customer, step);
    if (stored === undefined) return null;
    for (let feature = 0; feature < this.#columns.length; feature++) {
      const read = finite(values[offset + feature]!);
      const before = stored[feature + 1]!;
      if (read !== null && before !== null && read !== before) {
        return { feature, stored: String(before), read: String(read) };
      }
    }
    return null;
  }

  /** Writes a row's values over the stored ones, which are saved for undo. */
  merge(customer: number, step: number, values: Float64Array, offset: number): void {
    const stored = this.#select.get(customer, step)!;
    const old: Record<string, number | null> = {};
    const given: (number | null)[] = [];
    for (let i = 0; i < this.#columns.length; i++) {
      const value = finite(values[offset + i]!);
      given.push(value);
      if (value !== null && value !== stored[i + 1]) old[this.#columns[i]!] = stored[i + 1]!;
    }
    this.#save.run(this.#batch, customer, step, stored[0], JSON.stringify(old));
    this.#merge.run(this.#batch, ...given, customer, step);
    this.written++;
  }

  /** Remembers a row of the file that the store does not hold as the file has it, so that a second one is compared. */
  note(customer: number, step: number, values: Float64Array, offset: number): void {
    this.#seen.add(customer, step, rowHash(values, offset, this.#columns.length));
  }

  /** Whether two rows of a record are the same. */
  sameRow(values: Float64Array, a: number, b: number): boolean {
    for (let i = 0; i < this.#columns.length; i++) {
      if (finite(values[a + i]!) !== finite(values[b + i]!)) return false;
    }
    return true;
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
