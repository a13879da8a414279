import type Database from 'better-sqlite3';
import { detached } from '../importing/records.ts';
import type { PortfolioDb } from './database.ts';

export type StaticFate = 'unchanged' | 'filling' | 'different' | 'contradicting';

/** What one customer's attributes are in the store, and were in this file so far. */
interface Known {
  stored: (string | null)[];
  file: (string | null)[];
}

/**
 * The static attributes of one import. A file often repeats them in each row, so a customer's are read once and
 * compared in memory. An empty value says nothing, so two rows of a file contradict only where both have a value.
 */
export class StaticValues {
  readonly #batch: number;
  /** Positions in `features`, in the file's order. */
  readonly #features: readonly number[];
  readonly #known = new Map<number, Known>();
  readonly #select: Database.Statement<[number], { feature: number; value: string }>;
  readonly #insert: Database.Statement;
  readonly #save: Database.Statement;
  readonly #replace: Database.Statement;

  constructor(db: PortfolioDb, batch: number, features: readonly number[]) {
    this.#batch = batch;
    this.#features = features;
    this.#select = db.prepare<[number], { feature: number; value: string }>(
      'SELECT feature, value FROM static_attributes WHERE customer = ?',
    );
    this.#insert = db.prepare('INSERT INTO static_attributes (customer, feature, value, batch) VALUES (?, ?, ?, ?)');
    this.#save = db.prepare(
      `INSERT INTO replaced_values (batch, source, customer, key, old_batch, old)
       SELECT ?, 'static', customer, feature, batch, json_object('value', value)
       FROM static_attributes WHERE customer = ? AND feature = ?`,
    );
    this.#replace = db.prepare('UPDATE static_attributes SET value = ?, batch = ? WHERE customer = ? AND feature = ?');
  }

  /** Changes nothing. `customer` is undefined for one who is not in the store yet. */
  judge(customer: number | undefined, values: readonly (string | null)[]): StaticFate {
    if (this.#features.length === 0) return 'unchanged';
    const known = customer === undefined ? null : this.#knownOf(customer);
    let fate: StaticFate = 'unchanged';
    for (let i = 0; i < this.#features.length; i++) {
      const value = values[i] ?? null;
      if (value === null) continue;
      const file = known?.file[i] ?? null;
      if (file !== null && !sameValue(file, value)) return 'contradicting';
      const stored = known?.stored[i] ?? null;
      if (stored === null) fate = fate === 'different' ? fate : 'filling';
      else if (!sameValue(stored, value)) fate = 'different';
    }
    return fate;
  }

  /** The first value that differs from the stored one, by its place; null where none does. */
  difference(
    customer: number,
    values: readonly (string | null)[],
  ): { attribute: number; stored: string; read: string } | null {
    const known = this.#knownOf(customer);
    for (let attribute = 0; attribute < this.#features.length; attribute++) {
      const read = values[attribute] ?? null;
      const stored = known.stored[attribute] ?? null;
      if (read !== null && stored !== null && !sameValue(stored, read)) {
        return { attribute, stored, read: detached(read) };
      }
    }
    return null;
  }

  /** Remembers what the file says of a customer without storing it. */
  note(customer: number, values: readonly (string | null)[]): void {
    if (this.#features.length === 0) return;
    const { file } = this.#knownOf(customer);
    for (let i = 0; i < this.#features.length; i++) {
      const value = values[i] ?? null;
      if (value !== null) file[i] ??= detached(value);
    }
  }

  /** Stores the values, and saves those that differ for undo; says whether anything changed. */
  write(customer: number, values: readonly (string | null)[]): boolean {
    if (this.#features.length === 0) return false;
    const { stored } = this.#knownOf(customer);
    let changed = false;
    for (let i = 0; i < this.#features.length; i++) {
      const value = values[i] ?? null;
      const before = stored[i] ?? null;
      if (value === null || (before !== null && sameValue(before, value))) continue;
      const feature = this.#features[i]!;
      if (before === null) {
        this.#insert.run(customer, feature, value, this.#batch);
      } else {
        this.#save.run(this.#batch, customer, feature);
        this.#replace.run(value, this.#batch, customer, feature);
      }
      stored[i] = detached(value);
      changed = true;
    }
    this.note(customer, values);
    return changed;
  }

  #knownOf(customer: number): Known {
    let known = this.#known.get(customer);
    if (known === undefined) {
      const rows = new Map(this.#select.all(customer).map(({ feature, value }) => [feature, value]));
      known = {
        stored: this.#features.map((feature) => rows.get(feature) ?? null),
        file: this.#features.map(() => null),
      };
      this.#known.set(customer, known);
    }
    return known;
  }
}

const PLAIN_NUMBER = /^[-+]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;

/** Equal as text, or as plain numbers ("5.00E+05" and "500000", but not "007" and "7"). */
export const sameValue = (a: string, b: string): boolean =>
  a === b || (PLAIN_NUMBER.test(a) && PLAIN_NUMBER.test(b) && Number(a) === Number(b));
