import { DuecastError } from '../ipc/errors.ts';
import { epochDayOf } from '../sequences/calendar.ts';
import { hasMonthNames, monthOfName } from './month-names.ts';
import { isDigit } from './number-digits.ts';

/** Dates outside are typing errors; they would stretch the calendar by centuries. */
export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2100;

/** No date is longer, and no cell that is longer is looked at. */
export const LONGEST_DATE = 80;

/** “04/17/2023 as of 04/15/2023” was booked on the first of these days. */
export const bookedPart = (text: string): string => text.replace(/ as of \d[\d/.-]*\s*$/i, '');

/** Days since 1970-01-01, a month without a day counting as its first; null where the text is no such date. */
export type DateReader = (text: string) => number | null;

/** Formats of numbers that count days or seconds; they have no Unicode token. */
export const COUNTED = ['excel', 'unix', 'unixMs'] as const;
type Counted = (typeof COUNTED)[number];

/** What a date's text has given so far, and where the reading stands. */
interface Place {
  at: number;
  year: number;
  month: number;
  day: number;
}

/** Reads one part of a date from where the place stands; false where the text has something else there. */
type PartReader = (text: string, place: Place) => boolean;

/**
 * Makes a strict reader of dates in a format of Unicode tokens: yyyy yy y, MMMM MMM (names, full or short, of any of the
 * languages) MM M, dd d (1st as well), EEE (a weekday), HH H hh h mm m ss s S a and a zone X Z z, which are read over, and
 * text in 'quotes'. The date as written counts: a zone moves no booking to the day before. A space stands for several.
 * Several formats in the order in which they are tried: separated by |. `excel`, `unix` and `unixMs` are numbers that
 * count the days or seconds. Two-digit years from 70 are 19xx. Years outside 1900 … 2100 are no dates; 31 February neither.
 *
 * A format with other letters, or without a year and a month: `usage`.
 */
export function dateReader(pattern: string): DateReader {
  const read = plainDateReader(pattern);
  // A history repeats its dates for every customer.
  const known = new Map<string, number | null>();
  return (text) => {
    if (text.length > LONGEST_DATE) return null;
    const found = known.get(text);
    if (found !== undefined) return found;
    const value = read(text.trim());
    if (known.size < 20_000) known.set(text, value);
    return value;
  };
}

/** The same, without a memory of the dates read. */
export function plainDateReader(pattern: string): DateReader {
  const readers = formatsOf(pattern).map((format) => readerOf(format, pattern));
  const read = readers.length === 1 ? readers[0]! : firstOf(readers);
  return (text) => read(bookedPart(text));
}

function firstOf(readers: readonly DateReader[]): DateReader {
  return (text) => {
    for (const read of readers) {
      const day = read(text);
      if (day !== null) return day;
    }
    return null;
  };
}

/** The formats of a setting, which has several in the order in which they are tried. */
export const formatsOf = (pattern: string): string[] =>
  (pattern.match(/(?:'[^']*'|[^|'])+|'[^']*$/g) ?? ['']).map((format) => format.trim());

/** The letters of a format, without quoted text. */
const lettersOf = (pattern: string) => pattern.replace(/@[a-z]{2}$/, '').replaceAll(/'[^']*'/g, '');

/** Whether a format says days, not months only. */
export const hasDay = (pattern: string): boolean =>
  formatsOf(pattern).some((format) => isCounted(format) || /d/.test(lettersOf(format)));

/** Which of day and month a format has first, null where their order is no question: names, the year first, numbers. */
export function dayMonthOrder(pattern: string): 'day' | 'month' | null {
  const letters = lettersOf(formatsOf(pattern)[0]!).replaceAll(/E+/g, '').trim();
  if (isCounted(pattern) || letters.includes('MMM')) return null;
  return /^d/.test(letters) ? 'day' : /^M.*d/.test(letters) ? 'month' : null;
}

const isCounted = (pattern: string): pattern is Counted => (COUNTED as readonly string[]).includes(pattern);

function readerOf(format: string, pattern: string): DateReader {
  return isCounted(format) ? countedReader(format) : patternReader(format, pattern);
}

function patternReader(format: string, pattern: string): DateReader {
  const parts = partsOf(format, pattern);
  return (text) => {
    const place: Place = { at: 0, year: 0, month: 0, day: 1 };
    for (const part of parts) if (!part(text, place)) return null;
    const { at, year, month, day } = place;
    if (at !== text.length || year < FIRST_YEAR || year > LAST_YEAR) return null;
    return epochDayOf(year, month, day);
  };
}

const fullYear = (twoDigits: number) => twoDigits + (twoDigits < 70 ? 2000 : 1900);

function partsOf(format: string, pattern: string): PartReader[] {
  const language = /@([a-z]{2})$/.exec(format)?.[1] ?? null;
  if (language !== null && !hasMonthNames(language)) throw unknownPattern(pattern);
  const tokens = [...format.replace(/@[a-z]{2}$/, '').matchAll(/'([^']*)'|([A-Za-z])\2*|[^A-Za-z']|'/g)];
  const seen = { year: false, month: false, day: false };
  const say = (what: keyof typeof seen) => {
    if (seen[what]) throw unknownPattern(pattern);
    seen[what] = true;
  };
  const parts = tokens.map(([token, quoted, letter], i): PartReader => {
    if (quoted !== undefined) return literal(quoted === '' ? "'" : quoted);
    if (letter === undefined) return /\s/.test(token) ? spaces : literal(token);
    // Digits that follow at once, so that 1042026 is the first of April.
    let after = 0;
    for (let next = i + 1; fixedWidth(tokens[next]?.[0]) > 0; next++) after += fixedWidth(tokens[next]![0]);
    switch (token) {
      case 'yyyy':
      case 'yy':
      case 'y':
        say('year');
        return year(token === 'y' ? 0 : token.length, after);
      case 'MMMM':
      case 'MMM':
        say('month');
        return monthName(language, tokens[i + 1]?.[0] === '.');
      case 'MM':
      case 'M':
        say('month');
        return digits(token.length, 2, after, (place, value) => {
          place.month = value;
        });
      case 'dd':
      case 'd':
        say('day');
        return day(token.length, after);
      case 'HH':
      case 'H':
      case 'hh':
      case 'h':
        return clock(token.length, after, 24);
      case 'mm':
      case 'm':
        return clock(token.length, after, 59);
      case 'ss':
      case 's':
        return clock(token.length, after, 60);
      case 'a':
        return dayHalf;
    }
    if (/^E+$/.test(token)) return weekday;
    if (/^S+$/.test(token)) return fraction;
    if (/^(?:X{1,3}|x{1,3}|Z{1,5})$/.test(token)) return offset;
    if (/^z+$/.test(token)) return zone;
    throw unknownPattern(pattern);
  });
  if (!seen.year || !seen.month) throw unknownPattern(pattern);
  return parts;
}

/** How many digits a token always has, 0 where it may have more or fewer. */
const fixedWidth = (token: string | undefined) =>
  token === 'yyyy' ? 4 : ['yy', 'MM', 'dd', 'HH', 'hh', 'mm', 'ss'].includes(token ?? '') ? 2 : 0;

/** How many digits stand there, `most` at most. */
function digitsFrom(text: string, at: number, most: number): number {
  let count = 0;
  while (count < most && isDigit(text.charCodeAt(at + count))) count++;
  return count;
}

/** A number of `least` to `most` digits, with `after` more digits behind it that belong to others. */
function digits(least: number, most: number, after: number, take: (place: Place, value: number) => void): PartReader {
  const isFixed = least === most;
  return (text, place) => {
    const { at } = place;
    const width = isFixed ? most : Math.min(most, digitsFrom(text, at, most + after) - after);
    if (width < least) return false;
    let value = 0;
    for (let i = at; i < at + width; i++) {
      const code = text.charCodeAt(i);
      if (!isDigit(code)) return false;
      value = value * 10 + (code - 48);
    }
    take(place, value);
    place.at = at + width;
    return true;
  };
}

const year = (width: number, after: number): PartReader => {
  const four = digits(4, 4, after, (place, value) => {
    place.year = value;
  });
  const two = digits(2, 2, after, (place, value) => {
    place.year = fullYear(value);
  });
  if (width === 4) return four;
  return width === 2 ? two : (text, place) => four(text, place) || two(text, place);
};

/** 1, 1st, 1er and 1º. */
function day(least: number, after: number): PartReader {
  const number = digits(least, 2, after, (place, value) => {
    place.day = value;
  });
  return (text, place) => {
    if (!number(text, place)) return false;
    const code = text.charCodeAt(place.at);
    // Most dates have a sign here.
    if (code < 65) return true;
    place.at += /^(?:st|nd|rd|th|er|re|[ºª°])(?!\p{L})/iu.exec(text.slice(place.at, place.at + 3))?.[0].length ?? 0;
    return true;
  };
}

function clock(least: number, after: number, highest: number): PartReader {
  let read = 0;
  const number = digits(least, 2, after, (_, value) => {
    read = value;
  });
  return (text, place) => number(text, place) && read <= highest;
}

const fraction: PartReader = digits(1, 9, 0, () => undefined);

const isLetter = (char: string) => /\p{L}|\p{M}/u.test(char);

function wordFrom(text: string, at: number): string {
  let end = at;
  while (end < text.length && isLetter(text[end]!)) end++;
  return text.slice(at, end);
}

const POINT = 46;

/** A point behind a short name is part of it, unless the format has one there. */
function monthName(language: string | null, hasPoint: boolean): PartReader {
  return (text, place) => {
    const word = wordFrom(text, place.at);
    place.month = monthOfName(word, language);
    place.at += word.length;
    if (!hasPoint && text.charCodeAt(place.at) === POINT) place.at++;
    return place.month > 0;
  };
}

const weekday: PartReader = (text, place) => {
  const word = wordFrom(text, place.at);
  place.at += word.length;
  if (text.charCodeAt(place.at) === POINT) place.at++;
  return word !== '';
};

const match =
  (expression: RegExp): PartReader =>
  (text, place) => {
    const found = expression.exec(text.slice(place.at))?.[0];
    place.at += found?.length ?? 0;
    return found !== undefined;
  };

const dayHalf = match(/^(?:[ap]\.? ?m\.?|[上下]午|午[前後]|오[전후])/i);
const offset = match(/^(?:Z|[+\-−]\d{2}(?::?\d{2})?)/);
const zone = match(
  /^(?:[A-Za-z]{1,20}(?:\/[A-Za-z_]{1,30})?(?:[+\-−]\d{1,2}(?::?\d{2})?)?|\[[+\-−]?\d{1,2}(?:\.\d{1,2})?(?::[A-Za-z]{2,5})?\])/,
);

const spaces: PartReader = (text, place) => {
  const start = place.at;
  while (place.at < text.length && /\s/.test(text[place.at]!)) place.at++;
  return place.at > start;
};

const literal =
  (wanted: string): PartReader =>
  (text, place) => {
    if (!text.startsWith(wanted, place.at)) return false;
    place.at += wanted.length;
    return true;
  };

/** Excel's first of January 1970. */
const EXCEL_EPOCH = 25_569;
const FIRST_EXCEL = 20_000;
const LAST_EXCEL = 60_000;
/** 2101-01-01 */
const LAST_COUNTED = 47_847;
const SECONDS_PER_DAY = 86_400;

/** Numbers that count days (Excel, since 1900) or seconds and milliseconds (since 1970, in UTC). */
function countedReader(format: Counted): DateReader {
  const shape = { excel: /^\d{5}(?:[.,]\d{0,15})?$/, unix: /^\d{9,10}(?:\.\d{0,9})?$/, unixMs: /^\d{12,13}$/ }[format];
  const unit = { excel: 1, unix: SECONDS_PER_DAY, unixMs: SECONDS_PER_DAY * 1000 }[format];
  return (text) => {
    if (!shape.test(text)) return null;
    const count = Number(text.replace(',', '.'));
    if (format !== 'excel') return count / unit < LAST_COUNTED ? Math.floor(count / unit) : null;
    return count >= FIRST_EXCEL && count < LAST_EXCEL ? Math.floor(count) - EXCEL_EPOCH : null;
  };
}

const unknownPattern = (pattern: string) =>
  new DuecastError(
    'usage',
    `dateFormat=${pattern} is not understood. Use yyyy or yy, MM, M or MMM (Jan), dd or d, with the signs between them, ` +
      'for example yyyy-MM-dd, dd.MM.yyyy or MM/dd/yyyy; a time may follow as HH:mm:ss. Several formats, in the order in ' +
      'which they are tried, are separated by |; numbers that count are excel, unix or unixMs.',
  );
