import type Database from 'better-sqlite3';
import type { PortfolioDb } from './database.ts';
import { quoted } from './feature-columns.ts';
import { SeenRows, rowHash } from './seen-rows.ts';
import { KnownSteps } from './known-steps.ts';
import { StoredRows, type StoredRow } from './stored-rows.ts';

/**
 * What a row of a file would be to the store: `new` (no such customer and step yet), `unchanged`, `filling` (values
 * where the store has none), `different`, or `contradicting` an earlier row of the same file.
 */
export type HistoryFate = 'new' | 'unchanged' | 'filling' | 'different' | 'contradicting';

/** SQLite takes a row fastest when a statement has about so many values, and no more than these rows. */
const VALUES_A_STATEMENT = 416;
const ROWS_A_STATEMENT = 32;
/** Customer and step. */
const KEY_WIDTH = 2;

/**
 * The history rows of one import. An empty value of a file says nothing: it is never compared and erases nothing.
 * Rows wait until a statement is full; `flush` writes those that are left.
 */
export class HistoryRows {
  /** Rows added or written over. */
  written = 0;
  readonly #batch: number;
  readonly #columns: readonly string[];
  readonly #seen = new SeenRows();
  readonly #known: KnownSteps;
  readonly #stored: StoredRows;
  readonly #insertMany: Database.Statement;
  readonly #insertOne: Database.Statement;
  readonly #merge: Database.Statement;
  readonly #save: Database.Statement;
  /** Values of the rows that wait, one row after the other. */
  readonly #waiting: (number | null)[];
  #waitingValues = 0;

  constructor(db: PortfolioDb, batch: number, columns: readonly string[]) {
    this.#batch = batch;
    this.#columns = columns;
    this.#known = new KnownSteps(db);
    this.#stored = new StoredRows(db, columns);
    const width = columns.length + KEY_WIDTH;
    const rows = Math.max(1, Math.min(ROWS_A_STATEMENT, Math.floor(VALUES_A_STATEMENT / width)));
    this.#waiting = new Array<number | null>(rows * width).fill(null);
    const names = columns.map((name) => `, ${quoted(name)}`).join('');
    const row = `(?, ?, ${batch}${', ?'.repeat(columns.length)})`;
    const insert = (count: number) =>
      db.prepare(`INSERT INTO history (customer, step, batch${names}) VALUES ${Array(count).fill(row).join(', ')}`);
    this.#insertMany = insert(rows);
    this.#insertOne = insert(1);
    const merged = columns.map((name) => `, ${quoted(name)} = coalesce(?, ${quoted(name)})`).join('');
    this.#merge = db.prepare(`UPDATE history SET batch = ?${merged} WHERE customer = ? AND step = ?`);
    this.#save = db.prepare(
      `INSERT INTO replaced_values (batch, source, customer, key, old_batch, old) VALUES (?, 'history', ?, ?, ?, ?)`,
    );
  }

  /** Whether there can be no row for this customer and step, neither stored nor earlier in the file: mostly so. */
  isBeyond(customer: number, step: number): boolean {
    return this.#known.isBeyond(customer, step);
  }

  /** Adds a row that was judged `new` or lies beyond those that are known. */
  add(customer: number, step: number, values: Float64Array, offset: number): void {
    const waiting = this.#waiting;
    let at = this.#waitingValues;
    waiting[at++] = customer;
    waiting[at++] = step;
    const end = offset + this.#columns.length;
    for (let i = offset; i < end; i++) waiting[at++] = finite(values[i]!);
    this.#waitingValues = at;
    if (at === waiting.length) {
      this.#waitingValues = 0;
      // As arguments: better-sqlite3 takes longer to bind what lies in an array.
      this.#insertMany.run(...waiting);
    }
    this.#known.add(customer, step);
    this.#stored.forget(customer);
    this.written++;
  }

  /** Writes the rows that wait. */
  flush(): void {
    const end = this.#waitingValues;
    const width = this.#columns.length + KEY_WIDTH;
    this.#waitingValues = 0;
    for (let at = 0; at < end; at += width) this.#insertOne.run(...this.#waiting.slice(at, at + width));
  }

  /** Changes nothing. */
  judge(customer: number, step: number, values: Float64Array, offset: number): HistoryFate {
    if (this.#known.isBeyond(customer, step)) return 'new';
    const width = this.#columns.length;
    const earlier = this.#seen.size > 0 ? this.#seen.find(customer, step) : null;
    if (earlier !== null) return earlier === rowHash(values, offset, width) ? 'unchanged' : 'contradicting';
    const stored = this.#find(customer, step);
    if (stored === undefined) return 'new';
    if (stored[1] === this.#batch) {
      for (let i = 0; i < width; i++) if (stored[i + 2] !== finite(values[offset + i]!)) return 'contradicting';
      return 'unchanged';
    }
    let fate: HistoryFate = 'unchanged';
    for (let i = 0; i < width; i++) {
      const value = finite(values[offset + i]!);
      if (value === null || value === stored[i + 2]) continue;
      if (stored[i + 2] !== null) return 'different';
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
    const stored = this.#find(customer, step);
    if (stored === undefined) return null;
    for (let feature = 0; feature < this.#columns.length; feature++) {
      const read = finite(values[offset + feature]!);
      const before = stored[feature + 2]!;
      if (read !== null && before !== null && read !== before) {
        return { feature, stored: String(before), read: String(read) };
      }
    }
    return null;
  }

  /** Writes a row's values over the stored ones, which are saved for undo. */
  merge(customer: number, step: number, values: Float64Array, offset: number): void {
    const stored = this.#find(customer, step)!;
    const old: Record<string, number | null> = {};
    const given: (number | null)[] = [];
    for (let i = 0; i < this.#columns.length; i++) {
      const value = finite(values[offset + i]!);
      given.push(value);
      if (value !== null && value !== stored[i + 2]) old[this.#columns[i]!] = stored[i + 2]!;
    }
    this.#save.run(this.#batch, customer, step, stored[1], JSON.stringify(old));
    this.#merge.run(this.#batch, ...given, customer, step);
    this.#stored.forget(customer);
    this.written++;
  }

  /** Remembers a row of the file that the store does not hold as the file has it, so that a second one is compared. */
  note(customer: number, step: number, values: Float64Array, offset: number): void {
    this.#seen.add(customer, step, rowHash(values, offset, this.#columns.length));
    this.#known.add(customer, step);
  }

  /** Whether two rows of a record are the same. */
  sameRow(values: Float64Array, a: number, b: number): boolean {
    for (let i = 0; i < this.#columns.length; i++) {
      if (finite(values[a + i]!) !== finite(values[b + i]!)) return false;
    }
    return true;
  }

  #find(customer: number, step: number): StoredRow | undefined {
    const width = this.#columns.length + KEY_WIDTH;
    for (let at = 0; at < this.#waitingValues; at += width) {
      if (this.#waiting[at] !== customer) continue;
      this.flush();
      break;
    }
    return this.#stored.find(customer, step);
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
