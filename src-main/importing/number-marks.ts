import { currencyWord } from './currencies.ts';
import { isDigit, isSpace, LONGEST_NUMBER } from './number-digits.ts';

/** A number without what stands around it. */
export interface BareNumber {
  /** Digits and the signs between them; no spaces around it, no sign before it. */
  body: string;
  negative: boolean;
  /** A sign, brackets or a word beside it says which way it goes. */
  directed: boolean;
  percent: boolean;
  /** Letters stand right before a whole number (EUR500, D1001): it may as well be the name of something. */
  couldBeName: boolean;
}

/** Debit is money out, so negative; credit is positive. German, Spanish and Nordic statements have words of their own. */
const MARKS = new Map<string, boolean>(
  Object.entries({
    cr: false,
    dr: true,
    c: false,
    d: true,
    h: false,
    s: true,
    k: false,
    db: true,
    credit: false,
    debit: true,
    haben: false,
    soll: true,
    kredit: false,
    debet: true,
  }),
);

const isMinus = (code: number) =>
  code === 45 || code === 0x2212 || (code >= 0x2010 && code <= 0x2014) || code === 0xfe63 || code === 0xff0d;
/** A letter or a currency sign, as far as a number can have one beside it. */
const isWordSign = (code: number) =>
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  code === 36 ||
  (code > 0xa0 && !isSpace(code) && !isMinus(code) && code !== 0x2019 && code !== 0x2018 && code !== 0x2bc);

const LONGEST_WORD = 7;
const BRACKETED_MARK = /\((cr|dr|c|d)\.?\)$/i;

/** Which way money goes, as a word or sign of its own says it (CR, DR, S, H, + …); null where it doesn't. */
export function directionOf(text: string): 'in' | 'out' | null {
  const word = text.trim().toLowerCase();
  if (word === '+') return 'in';
  if (word.length === 1 && isMinus(word.charCodeAt(0))) return 'out';
  const mark = MARKS.get(word.endsWith('.') ? word.slice(0, -1) : word);
  return mark === undefined ? null : mark ? 'out' : 'in';
}

/**
 * Takes off what stands around a number: its currency before or after it (a sign, a code, or both: $5 USD), a percent sign, and one thing that says which
 * way the money goes: a sign before or after, brackets for negative, or CR and DR (Cr. Dr. C D H S K) before or after,
 * each with or without a space. Null where something else stands there, or two things say which way: -5.00 DR is a debit
 * to one bank and a debit taken back to another.
 *
 * A dash in place of decimals (1.234,- and 1.234,--) goes as well. A single letter marks only an amount with two
 * decimals: 30D are days and 500K thousands. A percentage stays as written: 12.5% is 12.5.
 */
export function bareNumber(text: string): BareNumber | null {
  if (text.length > LONGEST_NUMBER) return null;
  const cell = /[\uff00-\uffef]/.test(text) ? text.normalize('NFKC') : text;
  let from = 0;
  let to = cell.length;
  let negative = false;
  let directed = false;
  let letterMark = false;
  const currencies = new Set<string>();
  let percent = false;
  let gluedName = false;

  const direct = (isNegative: boolean): boolean => {
    if (directed) return false;
    directed = true;
    negative = isNegative;
    return true;
  };

  const word = (found: string, before: boolean, glued: boolean): boolean => {
    const plain = (found.endsWith('.') ? found.slice(0, -1) : found).toLowerCase();
    const mark = MARKS.get(plain);
    if (mark !== undefined) {
      if (plain.length === 1) letterMark = true;
      if (before && glued) gluedName = true;
      return direct(mark);
    }
    const currency = currencyWord(found);
    if (currency === null || currencies.has(currency)) return false;
    currencies.add(currency);
    if (before && glued && (currency === 'code' || plain.length === 1) && currency !== 'sign') gluedName = true;
    return true;
  };

  for (;;) {
    while (from < to && isSpace(cell.charCodeAt(from))) from++;
    while (to > from && isSpace(cell.charCodeAt(to - 1))) to--;
    if (from >= to) return null;
    const first = cell.charCodeAt(from);
    const last = cell.charCodeAt(to - 1);
    if (isMinus(first) || first === 43) {
      if (!direct(first !== 43)) return null;
      from++;
    } else if (first === 40 && last === 41) {
      if (!direct(true)) return null;
      from++;
      to--;
    } else if (isMinus(last) || last === 43) {
      const dashes = decimalDashes(cell, from, to);
      if (dashes > 0) to -= dashes;
      else {
        if (!direct(last !== 43)) return null;
        to--;
      }
    } else if (last === 37) {
      if (percent) return null;
      percent = true;
      to--;
    } else if (isWordSign(first)) {
      const found = wordFrom(cell, from, to);
      if (found === null) return null;
      from += found.length;
      if (!word(found, true, from < to && isDigit(cell.charCodeAt(from)))) return null;
    } else if (isWordSign(last) || (last === 46 && to - 2 > from && isWordSign(cell.charCodeAt(to - 2)))) {
      const found = wordUpTo(cell, from, to);
      if (found === null) return null;
      to -= found.length;
      if (!word(found, false, false)) return null;
    } else if (last === 41) {
      // 5.00(Cr)
      const mark = BRACKETED_MARK.exec(cell.slice(Math.max(from, to - LONGEST_WORD - 2), to));
      if (mark === null || !word(mark[1]!, false, false)) return null;
      to -= mark[0].length;
    } else break;
  }
  const body = cell.slice(from, to);
  if (letterMark && !/[.,]\d\d$/.test(body)) return null;
  return { body, negative, directed, percent, couldBeName: gluedName && !/[.,]/.test(body) };
}

/** How many dashes stand at the end in place of decimals. */
function decimalDashes(cell: string, from: number, to: number): number {
  let at = to;
  while (at > from && isMinus(cell.charCodeAt(at - 1))) at--;
  const sign = cell.charCodeAt(at - 1);
  return at > from + 1 && to - at <= 2 && (sign === 44 || sign === 46) && isDigit(cell.charCodeAt(at - 2))
    ? to - at
    : 0;
}

function wordFrom(cell: string, from: number, to: number): string | null {
  let at = from;
  while (at < to && at - from <= LONGEST_WORD && isWordSign(cell.charCodeAt(at))) at++;
  if (at - from > LONGEST_WORD) return null;
  // S/ and B/. are Peru's and Panama's.
  if (cell.charCodeAt(at) === 47) at++;
  const isAbbreviated = cell.charCodeAt(at) === 46 && currencyOrMark(cell.slice(from, at + 1));
  return cell.slice(from, isAbbreviated ? at + 1 : at);
}

function wordUpTo(cell: string, from: number, to: number): string | null {
  let at = cell.charCodeAt(to - 1) === 46 ? to - 1 : to;
  while (at > from && to - at <= LONGEST_WORD + 1 && isWordSign(cell.charCodeAt(at - 1))) at--;
  const found = cell.slice(at, to);
  return found.length <= LONGEST_WORD + 1 && (!found.endsWith('.') || currencyOrMark(found)) ? found : null;
}

/** A word with a point at its end that may have one. */
function currencyOrMark(dotted: string): boolean {
  const kind = currencyWord(dotted);
  return kind === 'abbreviation' || kind === 'sign' || MARKS.has(dotted.slice(0, -1).toLowerCase());
}

/** What programs write in the place of nothing. None of it could be a number. */
const NOTHING = new Set([
  'n/a',
  '#n/a',
  'n.a.',
  'na',
  '#na',
  'nan',
  'null',
  '(null)',
  '<null>',
  'none',
  'nil',
  '\\n',
  '.',
]);

/**
 * Whether a cell stands for an empty one: dashes alone, n/a, NULL, #N/A and the like. In a column of numbers, dates or
 * flags it is read as empty, not as a fault; texts keep it as it is.
 */
export function standsForNothing(text: string): boolean {
  if (text.length > 12) return false;
  const trimmed = text.trim();
  if (trimmed === '') return false;
  let dashes = 0;
  while (dashes < trimmed.length && isMinus(trimmed.charCodeAt(dashes))) dashes++;
  return dashes === trimmed.length ? dashes <= 3 : NOTHING.has(trimmed.toLowerCase());
}
