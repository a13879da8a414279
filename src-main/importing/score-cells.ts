import type { EvaluateDocument, EvaluateRequest, SkippedRows } from '../ipc/evaluation.ts';
import { standsForNothing } from './numbers.ts';
import { canonical } from './outcome-values.ts';
import type { PlainRows } from './plain-table.ts';
import { shown } from './rejections.ts';

/** Rows that are not judged, by reason. */
export class Skipped {
  readonly list: SkippedRows[] = [];
  rows = 0;

  constructor({ unread }: PlainRows) {
    for (const { reason, line } of unread) this.add(reason, line);
  }

  add(reason: string, line: number): void {
    this.rows++;
    const known = this.list.find((entry) => entry.reason === reason);
    if (known === undefined) this.list.push({ reason, rows: 1, line });
    else {
      known.rows++;
      known.line = Math.min(known.line, line);
    }
  }
}

/** Python's and others' word for a missing value, but also a plain word for “no event”. */
const WORDS_FOR_NONE = ['none', 'nil'];

export interface OutcomeReader {
  read(cell: string): 0 | 1 | string;
  /** Counts the value of a row that is judged. */
  count(cell: string): void;
  /** Of the rows judged, or of all rows. */
  values(of?: 'all'): EvaluateDocument['label']['values'];
}

/** 1: the event, 0: none; else why the row can't be used. Values count without case; 1, 1.0 and 1,0 are one. */
export function outcomeReader(
  { positive, negative }: Pick<EvaluateRequest, 'positive' | 'negative'>,
  cells: readonly string[],
): OutcomeReader {
  const event = canonical(positive);
  const others = negative === null ? null : new Set(negative.map(canonical));
  const kinds = new Map<string, { value: string; rows: number }>();
  const canonicalOf = new Map<string, string>();
  for (const cell of cells) {
    const value = canonicalOf.get(cell) ?? canonical(cell);
    canonicalOf.set(cell, value);
    const known = kinds.get(value);
    if (known === undefined) kinds.set(value, { value: cell, rows: 1 });
    else known.rows++;
  }
  const isMissing = (value: string, written: string) =>
    value !== event && others?.has(value) !== true && (value === '' || standsForNothing(written));
  const filled = [...kinds].filter(([value, { value: written }]) => !isMissing(value, written));
  const onlyEvents = filled.every(([value]) => value === event);
  const missing = new Set(
    [...kinds].flatMap(([value, { value: written }]) =>
      isMissing(value, written) && !(onlyEvents && WORDS_FOR_NONE.includes(value)) ? [value] : [],
    ),
  );
  const isOther = (value: string) => !missing.has(value) && (others === null || others.has(value));
  const judged = new Map<string, number>();
  return {
    read(cell) {
      const value = canonicalOf.get(cell)!;
      if (value === event) return 1;
      if (isOther(value)) return 0;
      return missing.has(value) ? 'no label' : `the label “${shown(cell)}” is neither outcome`;
    },
    count(cell) {
      const value = canonicalOf.get(cell)!;
      judged.set(value, (judged.get(value) ?? 0) + 1);
    },
    values: (of) =>
      [...kinds]
        .filter(([value]) => (of === 'all' ? !missing.has(value) : judged.has(value)))
        .map(([value, { value: written, rows }]) => ({
          value: written,
          rows: of === 'all' ? rows : judged.get(value)!,
          event: value === event,
        }))
        .sort((a, b) => b.rows - a.rows),
  };
}

/** NaN where the cell holds no number. A percentage is read as a fraction: 12,5% is 0.125. */
export const scoreReader = (read: (text: string) => number) => (cell: string) => {
  const value = read(cell);
  return cell.includes('%') ? value / 100 : value;
};

export const whyNoScore = (cell: string, name: string) =>
  cell === '' || standsForNothing(cell) ? `no ${name}` : `“${shown(cell)}” in ${name} is no number`;
