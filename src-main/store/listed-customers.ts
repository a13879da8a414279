import type { PortfolioDb } from './database.ts';
import { quoted, readFeatures } from './feature-columns.ts';

/** All customers in the natural order of their ids (“C2” before “C10”): what lists filter and sort. */
export interface ListedCustomers {
  /** [places]: `customers.id`. */
  numbers: Int32Array;
  /** As written in the files. */
  ids: string[];
  /** The ids without case. */
  searchable: string[];
  /** 1: models are fitted or tuned on this customer. */
  seen: Uint8Array;
  /** 1: there is something of this customer; an undone import may leave a bare number. */
  hasData: Uint8Array;
  /** By number: the place, −1 where there is no such customer. */
  placeOf: Int32Array;
}

const ALL = `
  SELECT c.id, c.external_id, c.part IN ('train', 'validation'),
    EXISTS (SELECT 1 FROM history WHERE customer = c.id)
      OR EXISTS (SELECT 1 FROM static_attributes WHERE customer = c.id)
      OR EXISTS (SELECT 1 FROM outcomes WHERE customer = c.id)
      OR EXISTS (SELECT 1 FROM transactions WHERE customer = c.id)
  FROM customers c`;

export function readListedCustomers(db: PortfolioDb): ListedCustomers {
  const rows = db.prepare<[], [number, string, 0 | 1 | null, 0 | 1]>(ALL).raw().all();
  const keyed = rows.map((row) => ({ row, key: naturalKey(row[1]) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row[1] < b.row[1] ? -1 : 1));
  const numbers = Int32Array.from(keyed, ({ row }) => row[0]);
  const placeOf = new Int32Array(numbers.reduce((most, number) => Math.max(most, number), 0) + 1).fill(-1);
  numbers.forEach((number, place) => (placeOf[number] = place));
  return {
    numbers,
    ids: keyed.map(({ row }) => row[1]),
    searchable: keyed.map(({ row }) => row[1].toLowerCase()),
    seen: Uint8Array.from(keyed, ({ row }) => row[2] ?? 0),
    hasData: Uint8Array.from(keyed, ({ row }) => row[3]),
    placeOf,
  };
}

const LONGEST_NUMBER = 20;

/** Runs of digits padded, so that comparing text compares their numbers; far faster than a collator. */
const naturalKey = (id: string) => id.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(LONGEST_NUMBER, '0'));

/**
 * [places]: the latest value that each customer has of a feature, or a static attribute's number; NaN where there is
 * none. A feature that is not there has none.
 */
export function readLatestValues(db: PortfolioDb, customers: ListedCustomers, name: string): Float64Array {
  const values = new Float64Array(customers.numbers.length).fill(NaN);
  const feature = readFeatures(db).find((stored) => stored.name === name);
  if (feature === undefined) return values;
  if (feature.columnName === null) {
    const rows = db
      .prepare<[number], [number, string]>('SELECT customer, value FROM static_attributes WHERE feature = ?')
      .raw();
    for (const [number, text] of rows.iterate(feature.position)) {
      values[customers.placeOf[number]] = text.trim() === '' ? NaN : Number(text);
    }
    return values;
  }
  // One step back along the key for most customers, whatever the length of their histories.
  const column = quoted(feature.columnName);
  const rows = db
    .prepare<[], [number, number | null]>(
      `SELECT id, (SELECT ${column} FROM history WHERE customer = id AND ${column} IS NOT NULL ORDER BY step DESC LIMIT 1)
       FROM customers`,
    )
    .raw();
  for (const [number, value] of rows.iterate()) values[customers.placeOf[number]] = value ?? NaN;
  return values;
}
