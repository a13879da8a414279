import { folded } from './month-names.ts';
import { numberReader, standsForNothing } from './numbers.ts';

/** 1: the event; 0: none; null: the cell is empty; undefined: a value that is neither. */
export type FlagReader = (text: string) => 0 | 1 | null | undefined;

const words = (list: string) => new Set(list.split(/\s*,\s*/));

/** Folded: lower case, without accents; one kind of dash and space between words. */
const POSITIVE = words(
  '1, true, yes, y, t, j, ja, wahr, oui, vrai, si, verdadero, vero, sim, verdadeiro, tak, prawda, ano, igen, kylla, jah, ' +
    'taip, evet, ναι, default, defaulted, in default, defaulter, bad, delinquent, ausfall, ausgefallen, defaut, npl, npe, ' +
    'nonperforming, non performing, charged off, charge off, written off, write off, impaired, def',
);
const NEGATIVE = words(
  '0, false, no, n, f, nein, falsch, non, faux, falso, nao, nie, falsz, nem, nei, nej, nee, ei, ne, nu, hayir, οχι, ' +
    'non default, nondefault, no default, not default, not defaulted, non defaulted, not in default, nd, good, current, ' +
    'paid, fully paid, paid off, performing, pl, pe, healthy, regular, ok, kein ausfall, sain',
);

/** Letters that say yes or no beside each other only. */
const PAIRS: readonly (readonly [event: string, none: string])[] = [
  ['d', 'nd'],
  ['d', 'n'],
  ['d', 'p'],
  ['b', 'g'],
  ['s', 'n'],
  ['o', 'n'],
  ['a', 'n'],
  ['i', 'n'],
  ['k', 'e'],
  ['e', 'h'],
  ['v', 'f'],
  ['da', 'ne'],
  ['da', 'nu'],
];

const plainNumber = numberReader({ decimal: '.', thousands: '' });
const commaNumber = numberReader({ decimal: ',', thousands: '' });

/** 1, 1.0, 1,00 and 1.00E+00 are one value; letters count without case and accents. */
export function canonical(text: string): string {
  const trimmed = text.trim();
  const value = plainNumber(trimmed);
  const number = Number.isNaN(value) ? commaNumber(trimmed) : value;
  return Number.isNaN(number)
    ? folded(trimmed)
        .replaceAll(/[\s_–-]+/g, ' ')
        .trim()
    : String(number);
}

/** The reader of a flag, or the distinct values that leave open which of them is the event. */
export type FlagReading = { read: FlagReader } | { values: string[] };

/**
 * Finds which value of a flag column means the event. With `positive` given the column must hold at most one other
 * value; without it, the usual words (1, true, yes, y, default …) must make up most of the cells, or a usual pair
 * of letters (D and ND) all of them. Cells with another
 * value are rejected later, row by row.
 */
export function readFlags(cells: readonly string[], positive: string | null): FlagReading {
  const cellCounts = new Map<string, number>();
  for (const cell of cells) cellCounts.set(cell, (cellCounts.get(cell) ?? 0) + 1);
  const counts = new Map<string, number>();
  const written = new Map<string, string>();
  for (const [cell, count] of cellCounts) {
    const value = canonical(cell);
    counts.set(value, (counts.get(value) ?? 0) + count);
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
  const pair = PAIRS.find((letters) => counts.size === 2 && letters.every((letter) => counts.has(letter)));
  if (pair !== undefined) return { read: flagReader(new Set([pair[0]]), new Set([pair[1]])) };
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
    if (event.has(value)) return 1;
    if (none.has(value)) return 0;
    return standsForNothing(text) ? null : undefined;
  };
}
