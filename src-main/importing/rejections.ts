import type { ListedRow, RejectedRow } from '../ipc/documents.ts';
import { detached } from './records.ts';

/** The document holds so many; the portfolio holds all. */
const LISTED = 1_000;
const LONGEST_TEXT = 2_000;
/** Of a row as the portfolio keeps it: long enough for any that is worth mending. */
export const LONGEST_KEPT_TEXT = 1 << 16;

/** Why a record can't be taken. `sort` groups reasons that differ in a value only. */
export interface Rejection {
  column: string | null;
  sort: string;
  reason: string;
}

/** A cell as a reason shows it. */
export const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** The rejected rows of one import. */
export class Rejections {
  count = 0;
  readonly listed: RejectedRow[] = [];
  readonly #sorts = new Map<string, { count: number; first: RejectedRow }>();
  readonly #keep: (row: RejectedRow) => void;

  constructor(keep: (row: RejectedRow) => void) {
    this.#keep = keep;
  }

  /** Sets a record aside. */
  add({ line, text }: ListedRow, { column, sort, reason }: Rejection): void {
    const row: RejectedRow = { line, column, reason, text: detached(text.slice(0, LONGEST_TEXT)) };
    this.count++;
    if (this.listed.length < LISTED) this.listed.push(row);
    const key = `${sort} ${column}`;
    const known = this.#sorts.get(key);
    if (known === undefined) this.#sorts.set(key, { count: 1, first: row });
    else known.count++;
    this.#keep(text.length > LONGEST_TEXT ? { ...row, text: detached(text.slice(0, LONGEST_KEPT_TEXT)) } : row);
  }

  /** The reason that sets most rows aside, with the first of them; null without rejections. */
  mostCommon(): { count: number; first: RejectedRow } | null {
    let most: { count: number; first: RejectedRow } | null = null;
    for (const sort of this.#sorts.values()) if (most === null || sort.count > most.count) most = sort;
    return most;
  }
}
