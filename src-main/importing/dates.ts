import { DuecastError } from '../ipc/errors.ts';
import { epochDayOf } from '../sequences/calendar.ts';

/** Dates outside are typing errors; they would stretch the calendar by centuries. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Unicode date tokens, with the text each one matches; the time of day is read over. */
const TOKENS: Record<string, string> = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<shortYear>\\d{2})',
  MMM: '(?<monthName>[A-Za-z]{3})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '\\d{2}',
  H: '\\d{1,2}',
  mm: '\\d{2}',
  ss: '\\d{2}',
  SSS: '\\d{3}',
};

/** The formats that are tried, in this order. */
const DETECTED = [
  'yyyy-MM-dd',
  'yyyy-MM',
  'dd.MM.yyyy',
  'dd/MM/yyyy',
  'MM/dd/yyyy',
  'yyyyMMdd',
  'yyyy-MM-dd HH:mm:ss',
  'yyyy-MM-dd HH:mm',
  "yyyy-MM-dd'T'HH:mm:ss",
  'yyyy/MM/dd',
  'dd-MM-yyyy',
  'MM-dd-yyyy',
  'd.M.yyyy',
  'd/M/yyyy',
  'M/d/yyyy',
  'dd-MMM-yyyy',
  'd MMM yyyy',
  'yyyyMM',
];

const monthFirst = (pattern: string) => /^M/.test(pattern);

/** Days since 1970-01-01, a month without a day counting as its first; null where the text is no such date. */
export type DateReader = (text: string) => number | null;

/**
 * Makes a strict reader of dates in a pattern of Unicode tokens (yyyy yy MMM MM M dd d, HH H mm ss SSS for a time that
 * is read over, text in 'quotes'). Two-digit years from 70 are 19xx. Years outside 1900 … 2100 are no dates.
 *
 * A pattern with other letters, or without a year and a month: `usage`.
 */
export function dateReader(pattern: string): DateReader {
  const expression = expressionOf(pattern);
  // A history repeats its dates for every customer.
  const known = new Map<string, number | null>();
  return (text) => {
    const trimmed = text.trim();
    const found = known.get(trimmed);
    if (found !== undefined) return found;
    const value = readDate(expression, trimmed);
    if (known.size < 20_000) known.set(trimmed, value);
    return value;
  };
}

/** Whether a pattern says months only. */
export const hasDay = (pattern: string) => /d/.test(pattern.replaceAll(/'[^']*'/g, ''));

function expressionOf(pattern: string): RegExp {
  let source = '';
  for (const [part, quoted, letters] of pattern.matchAll(/'([^']*)'|([A-Za-z])\2*|[^A-Za-z]/g)) {
    if (quoted !== undefined) source += escaped(quoted === '' ? "'" : quoted);
    else if (letters === undefined) source += escaped(part);
    else if (TOKENS[part] === undefined) throw unknownPattern(pattern);
    else source += TOKENS[part];
  }
  const names = [...source.matchAll(/\?<(\w+)>/g)].map((match) => match[1]);
  const has = (name: string) => names.includes(name);
  if (!(has('year') || has('shortYear')) || !(has('month') || has('monthName'))) throw unknownPattern(pattern);
  if (new Set(names).size !== names.length) throw unknownPattern(pattern);
  return new RegExp(`^${source}$`);
}

const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

function readDate(expression: RegExp, text: string): number | null {
  const parts = expression.exec(text)?.groups;
  if (!parts) return null;
  const year = parts['year'] === undefined ? fullYear(Number(parts['shortYear'])) : Number(parts['year']);
  const month =
    parts['monthName'] === undefined ? Number(parts['month']) : MONTHS.indexOf(parts['monthName'].toLowerCase()) + 1;
  if (year < FIRST_YEAR || year > LAST_YEAR) return null;
  return epochDayOf(year, month, parts['day'] === undefined ? 1 : Number(parts['day']));
}

const fullYear = (twoDigits: number) => twoDigits + (twoDigits < 70 ? 2000 : 1900);

const unknownPattern = (pattern: string) =>
  new DuecastError(
    'usage',
    `dateFormat=${pattern} is not understood. Use yyyy or yy, MM, M or MMM (Jan), dd or d, with the signs between them, ` +
      'for example yyyy-MM-dd, dd.MM.yyyy or MM/dd/yyyy; a time may follow as HH:mm:ss.',
  );

/**
 * The one format of a column, by all of its values: the one that reads most of them, at least half. Null where no
 * format does.
 *
 * `data-refused` where day and month could be either way round for every value, or where both ways occur.
 */
export function detectDateFormat(column: string, values: Iterable<string>): string | null {
  const distinct = [...new Set([...values].map((value) => value.trim()).filter((value) => value !== ''))];
  if (distinct.length === 0) return null;
  const reads = DETECTED.map((pattern) => {
    const read = dateReader(pattern);
    return { pattern, days: distinct.map(read) };
  }).map((candidate) => ({ ...candidate, count: candidate.days.filter((day) => day !== null).length }));
  let best = reads[0]!;
  for (const candidate of reads) if (candidate.count > best.count) best = candidate;
  if (best.count * 2 < distinct.length) return null;

  const rivals = reads.filter((other) => other.count > 0 && monthFirst(other.pattern) !== monthFirst(best.pattern));
  for (const rival of rivals) {
    const onlyBest = best.days.filter((day, i) => day !== null && rival.days[i] === null).length;
    const onlyRival = rival.days.filter((day, i) => day !== null && best.days[i] === null).length;
    const both = best.count - onlyBest;
    if (both > 0 && onlyBest === 0 && onlyRival === 0) {
      throw undecided(
        column,
        `every date, ${distinct[0]} for one, can be read as ${best.pattern} and as ${rival.pattern}`,
      );
    }
    // Only a rival of the same shape casts doubt; a few strays are rejected later, row by row.
    if (both > 0 && onlyRival * 20 > onlyBest) {
      throw undecided(column, `some dates fit ${best.pattern} only and some ${rival.pattern} only`);
    }
  }
  return best.pattern;
}

/** Takes a column's values one at a time, in the order of the file, and says at the end how its dates are written. */
export interface DateJudge {
  add(text: string): void;
  /** The one format, null where the values are no dates. Errors as `detectDateFormat`; more values may be added afterwards. */
  decide(): string | null;
}

export function createDateJudge(column: string): DateJudge {
  const values = new Set<string>();
  return { add: (text) => void values.add(text), decide: () => detectDateFormat(column, values) };
}

/** Whether a text is a date in some format. */
export const looksLikeDate = (text: string) => DETECTED.some((pattern) => dateReader(pattern)(text) !== null);

const undecided = (column: string, why: string) =>
  new DuecastError(
    'data-refused',
    `Column "${column}": ${why}; nothing was imported. Say which it is, for example dateFormat=dd/MM/yyyy or ` +
      'dateFormat=MM/dd/yyyy.',
  );
