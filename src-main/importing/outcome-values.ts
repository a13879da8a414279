import { numberReader } from './numbers.ts';

/** 1: the event; 0: none; null: the cell is empty; undefined: a value that is neither. */
export type FlagReader = (text: string) => 0 | 1 | null | undefined;

const POSITIVE = new Set(['1', 'true', 'yes', 'y', 't', 'ja', 'wahr', 'default', 'defaulted', 'bad', 'delinquent']);
const NEGATIVE = new Set(['0', 'false', 'no', 'n', 'f', 'nein', 'falsch', 'non-default', 'good', 'current', 'paid']);

const plainNumber = numberReader({ decimal: '.', thousands: '' });

/** 1, 1.0 and 1.00E+00 are one value; letters count without case. */
function canonical(text: string): string {
  const trimmed = text.trim().toLowerCase();
  const value = plainNumber(trimmed);
  return Number.isNaN(value) ? trimmed : String(value);
}

/** The reader of a flag, or the distinct values that leave open which of them is the event. */
export type FlagReading = { read: FlagReader } | { values: string[] };

/**
 * Finds which value of a flag column means the event. With `positive` given the column must hold at most one other
 * value; without it, the usual words (1, true, yes, y, default …) must make up most of the cells. Cells with another
 * value are rejected later, row by row.
 */
export function readFlags(cells: readonly string[], positive: string | null): FlagReading {
  const counts = new Map<string, number>();
  const written = new Map<string, string>();
  for (const cell of cells) {
    const value = canonical(cell);
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (!written.has(value)) written.set(value, cell);
  }
  const values = [...written.values()];

  if (positive !== null) {
    const event = canonical(positive);
    const others = [...counts.keys()].filter((value) => value !== event);
    if (others.length > 1) return { values };
    const none = others.length === 1 ? new Set(others) : NEGATIVE;
    return { read: flagReader(new Set([event]), none) };
  }
  let known = 0;
  for (const [value, count] of counts) if (POSITIVE.has(value) || NEGATIVE.has(value)) known += count;
  return known * 2 > cells.length || cells.length === 0 ? { read: flagReader(POSITIVE, NEGATIVE) } : { values };
}

function flagReader(event: Set<string>, none: Set<string>): FlagReader {
  return (text) => {
    if (text === '0') return none.has('0') ? 0 : event.has('0') ? 1 : undefined;
    if (text === '1') return event.has('1') ? 1 : none.has('1') ? 0 : undefined;
    const value = canonical(text);
    if (value === '') return null;
    return event.has(value) ? 1 : none.has(value) ? 0 : undefined;
  };
}
