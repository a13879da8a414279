import { detached } from './records.ts';
import type { Rejection } from './rejections.ts';
import type { TypedRow } from './typed-rows.ts';

/** What one file has said of a customer so far. Steps that have not been seen are infinite. */
export interface CustomerHistory {
  /** As written; stands alone in memory. */
  readonly id: string;
  firstStep: number;
  lastStep: number;
  /** The earliest step flagged 1 and the latest flagged 0. */
  firstFlagged: number;
  lastClear: number;
  eventStep: number | null;
  statics: (string | null)[];
  /** Where its first record that was found unchanged starts. */
  unchangedLine: number | null;
}

/** What is noted of a row. */
export type NotedRow = Pick<TypedRow, 'steps' | 'flag' | 'eventStep' | 'statics'>;

/** The names of the columns that a contradiction is about. */
export interface CheckedColumns {
  outcome: string | null;
  outcomeDate: string | null;
  statics: readonly string[];
}

/** The customers of one file: a few numbers for each, never its rows. */
export class CustomerHistories {
  readonly #byId = new Map<string, CustomerHistory>();
  #last: CustomerHistory | null = null;

  get size(): number {
    return this.#byId.size;
  }

  all(): IterableIterator<CustomerHistory> {
    return this.#byId.values();
  }

  find(id: string): CustomerHistory | undefined {
    // Files are mostly sorted by customer.
    if (this.#last?.id === id) return this.#last;
    const found = this.#byId.get(id);
    if (found !== undefined) this.#last = found;
    return found;
  }

  /** The customer of that id, added where it is new. */
  of(id: string): CustomerHistory {
    const known = this.find(id);
    if (known !== undefined) return known;
    const customer: CustomerHistory = {
      id: detached(id),
      firstStep: Infinity,
      lastStep: -Infinity,
      firstFlagged: Infinity,
      lastClear: -Infinity,
      eventStep: null,
      statics: [],
      unchangedLine: null,
    };
    this.#byId.set(customer.id, customer);
    this.#last = customer;
    return customer;
  }
}

/**
 * What a row says against earlier rows of its customer in the same file: another event date, or another value of an
 * attribute that never changes. Null where it agrees. A flag that goes back to 0 is no contradiction: the customer was
 * cured, and the first 1 stays the event.
 */
export function contradictionOf(customer: CustomerHistory, row: NotedRow, columns: CheckedColumns): Rejection | null {
  const { eventStep, statics } = row;
  if (eventStep !== null && customer.eventStep !== null && eventStep !== customer.eventStep) {
    return { column: columns.outcomeDate, sort: 'event', reason: differs(columns.outcomeDate!) };
  }
  for (let i = 0; i < statics.length; i++) {
    const known = customer.statics[i] ?? null;
    if (statics[i] !== null && known !== null && statics[i] !== known) {
      return {
        column: columns.statics[i]!,
        sort: 'static',
        reason: `${differs(columns.statics[i]!)} (it was "${known}")`,
      };
    }
  }
  return null;
}

const differs = (column: string) => `${column} differs from an earlier row of this file for the same customer`;

/** Takes in what an accepted row says. */
export function noteRow(customer: CustomerHistory, { steps, flag, eventStep, statics }: NotedRow): void {
  const first = steps[0]!;
  const last = steps[steps.length - 1]!;
  if (first < customer.firstStep) customer.firstStep = first;
  if (last > customer.lastStep) customer.lastStep = last;
  if (flag === 1 && first < customer.firstFlagged) customer.firstFlagged = first;
  if (flag === 0 && last > customer.lastClear) customer.lastClear = last;
  if (eventStep !== null) customer.eventStep = eventStep;
  for (let i = 0; i < statics.length; i++) {
    const value = statics[i]!;
    if (value !== null && (customer.statics[i] ?? null) === null) customer.statics[i] = detached(value);
  }
}
