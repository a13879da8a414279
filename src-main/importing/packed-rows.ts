import { detached } from './records.ts';
import type { TypedRow } from './typed-rows.ts';

/** An event's step where there is none. */
export const NO_STEP = -(2 ** 31);
/** A flag where the cell is empty. */
export const NO_FLAG = -1;
/** An attribute where the cell is empty. */
export const NO_TEXT = -1;

/** Rows of histories, a step each, as typed arrays: they go from thread to thread without being copied. */
export interface PackedRows {
  count: number;
  /** Numbers of customers, in the order in which the file names them first. */
  customers: Int32Array;
  /** Those that no earlier block had; the numbers go on from block to block. */
  newCustomers: string[];
  steps: Int32Array;
  /** [rows, features], NaN where empty. */
  values: Float64Array;
  /** NO_FLAG, 0 or 1. */
  flags: Int8Array;
  /** NO_STEP, or the event's. */
  events: Int32Array;
  /** [rows, attributes]: places in `texts`, NO_TEXT where empty. */
  statics: Int32Array;
  texts: string[];
}

/** The customers of a file by number, as one side of the packing and the other count them. */
export class CustomerNumbers {
  readonly #numbers = new Map<string, number>();
  #lastId = '';
  #last = -1;
  #added: string[] = [];

  of(id: string): number {
    // Files are mostly sorted by customer.
    if (this.#last >= 0 && id === this.#lastId) return this.#last;
    let number = this.#numbers.get(id);
    if (number === undefined) {
      number = this.#numbers.size;
      const own = detached(id);
      this.#numbers.set(own, number);
      this.#added.push(own);
    }
    this.#lastId = id;
    this.#last = number;
    return number;
  }

  /** Those that came since it was asked last. */
  takeAdded(): string[] {
    const added = this.#added;
    this.#added = [];
    // A view of the text that is let go now.
    this.#lastId = '';
    this.#last = -1;
    return added;
  }
}

/** Packs rows of one step each; `take` gives what has come since it was asked last. */
export class RowPacker {
  readonly #features: number;
  readonly #attributes: number;
  readonly #customers = new CustomerNumbers();
  #rows: PackedRows;
  #places = new Map<string, number>();
  #capacity = 0;

  constructor(features: number, attributes: number) {
    this.#features = features;
    this.#attributes = attributes;
    this.#rows = this.#emptyRows(0);
  }

  add({ customer, steps, values, statics, flag, eventStep }: TypedRow): void {
    if (this.#rows.count === this.#capacity) this.#grow();
    const rows = this.#rows;
    const at = rows.count++;
    rows.customers[at] = this.#customers.of(customer);
    rows.steps[at] = steps[0]!;
    rows.flags[at] = flag ?? NO_FLAG;
    rows.events[at] = eventStep ?? NO_STEP;
    let offset = at * this.#features;
    for (let i = 0; i < this.#features; i++) rows.values[offset++] = values[i]!;
    offset = at * this.#attributes;
    for (let i = 0; i < this.#attributes; i++) rows.statics[offset++] = this.#placeOf(statics[i] ?? null);
  }

  take(): PackedRows {
    const rows = this.#rows;
    const { count } = rows;
    const taken: PackedRows = {
      count,
      customers: rows.customers.slice(0, count),
      newCustomers: this.#customers.takeAdded(),
      steps: rows.steps.slice(0, count),
      values: rows.values.slice(0, count * this.#features),
      flags: rows.flags.slice(0, count),
      events: rows.events.slice(0, count),
      statics: rows.statics.slice(0, count * this.#attributes),
      texts: rows.texts,
    };
    rows.count = 0;
    rows.texts = [];
    this.#places = new Map();
    return taken;
  }

  #placeOf(text: string | null): number {
    if (text === null) return NO_TEXT;
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    const { texts } = this.#rows;
    const place = texts.length;
    const own = detached(text);
    texts.push(own);
    this.#places.set(own, place);
    return place;
  }

  #grow(): void {
    const from = this.#rows;
    this.#capacity = Math.max(1024, this.#capacity * 2);
    const to = this.#emptyRows(this.#capacity);
    for (const key of ['customers', 'steps', 'values', 'flags', 'events', 'statics'] as const) to[key].set(from[key]);
    this.#rows = { ...to, count: from.count, texts: from.texts };
  }

  #emptyRows(capacity: number): PackedRows {
    return {
      count: 0,
      customers: new Int32Array(capacity),
      newCustomers: [],
      steps: new Int32Array(capacity),
      values: new Float64Array(capacity * this.#features),
      flags: new Int8Array(capacity),
      events: new Int32Array(capacity),
      statics: new Int32Array(capacity * this.#attributes),
      texts: [],
    };
  }
}

/** What moves to another thread with rows. */
export const buffersOf = ({ customers, steps, values, flags, events, statics }: PackedRows): ArrayBuffer[] =>
  [customers, steps, values, flags, events, statics].map(({ buffer }) => buffer as ArrayBuffer);
