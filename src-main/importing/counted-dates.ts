import { wordsOf } from './column-words.ts';
import { COUNTED, plainDateReader } from './date-format.ts';

/** Fewer values than one in so many may be something else. */
const STRAYS = 20;

/** Words in the name of a column of dates: numbers that count days or seconds are dates in no other column. */
const DATE_WORD =
  /^(?:date|datum|dato|data|fecha|datums|kuupaev|kuupäev|paiva|päivä|pvm|tarih|dátum|timestamp|datetime|stichtag|valuta|ημερομηνία)$|(?:date|datum|dato|päivä|dátum|tarihi|timestamp)$/;

/** Whether a column's name says that it holds dates. */
export const saysDate = (column: string) => wordsOf(column).some((word) => DATE_WORD.test(word));

/** Counts the values that are numbers of days or seconds, by their format. */
export class CountedValues {
  readonly #readers = COUNTED.map((format) => ({ format, read: plainDateReader(format), values: 0 }));

  add(text: string): void {
    if (!/^\d{5}/.test(text)) return;
    for (const reader of this.#readers) if (reader.read(text) !== null) reader.values++;
  }

  /** The format that nearly all of so many values have. */
  format(total: number): string | null {
    return this.#readers.find(({ values }) => (total - values) * STRAYS <= total)?.format ?? null;
  }
}

/**
 * Whether a text stands for no date at all: zeros (00.00.0000, 0), the year 9999, the first day of the year 1. Systems
 * write it where there is none (yet), so it is read as empty.
 */
export function standsForNoDate(text: string): boolean {
  if (text.length > 30) return false;
  const trimmed = text.trim();
  return (
    (/^[0\-/.: T]+$/.test(trimmed) && trimmed.includes('0')) ||
    /^9999(?:\D|1231|$)|(?:\D|^3112|^1231)9999(?:\D|$)/.test(trimmed) ||
    /^0001(?:-01-01|\/01\/01|0101)|^01([./-])01\1(?:0001)/.test(trimmed)
  );
}
