/** How a file writes numbers; `thousands` is empty where none is used. */
export interface NumberFormat {
  decimal: string;
  thousands: string;
  /** Columns whose own values are plainly written otherwise, as rates with a point beside amounts with a comma. */
  byColumn?: ReadonlyMap<number, NumberFormat>;
}

/** The format of one column's numbers. */
export const formatOfColumn = (format: NumberFormat, column: number): NumberFormat =>
  format.byColumn?.get(column) ?? format;

/** What a scan found. One object serves all cells of a reader, since there are millions of them. */
export interface Digits {
  negative: boolean;
  /** All digits as one whole number; exact up to 15 of them. */
  mantissa: number;
  count: number;
  /** How many of the digits stand behind the decimal sign. */
  fraction: number;
  exponent: number;
  /** Where the digits stand in the text, signs between them included. */
  start: number;
  end: number;
}

export const noDigits = (): Digits => ({
  negative: false,
  mantissa: 0,
  count: 0,
  fraction: 0,
  exponent: 0,
  start: 0,
  end: 0,
});

/** No number is longer, and no cell that is longer is looked at. */
export const LONGEST_NUMBER = 400;

const PLUS = 43;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;

export const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

export const isSpace = (code: number) =>
  code <= 32
    ? code === 32 || code === 9
    : code >= 0xa0 && (code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 0x3000);

export const isApostrophe = (code: number) => code === 39 || code === 0x2019 || code === 0x2018 || code === 0x2bc;

/** A space as a thousands sign stands for the no-break and thin ones too, the apostrophe for the typographic ones. */
const isSign = (code: number, sign: number) =>
  code === sign || (sign === 32 && isSpace(code)) || (sign === 39 && isApostrophe(code));

/**
 * Takes a plain number apart: a sign before it, digits in groups of three (or as in 12,34,567) where the format has a
 * thousands sign, one decimal sign, an exponent, spaces around it. False for everything else, the empty text included.
 * `decimal` and `thousands` are character codes; -1: none.
 */
export function scanDigits(text: string, decimal: number, thousands: number, found: Digits): boolean {
  let at = 0;
  let end = text.length;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  while (end > at && isSpace(text.charCodeAt(end - 1))) end--;
  if (end - at > LONGEST_NUMBER) return false;
  const sign = text.charCodeAt(at);
  if (sign === MINUS || sign === PLUS) at++;
  found.negative = sign === MINUS;
  found.start = at;

  let mantissa = 0;
  let count = 0;
  let sinceGroup = 0;
  let groups = 0;
  // Groups of two before the last three digits are lakhs and crores.
  let inner = 0;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      mantissa = mantissa * 10 + (code - ZERO);
      count++;
      sinceGroup++;
    } else if (isSign(code, thousands)) {
      if (groups === 0) {
        if (sinceGroup < 1 || sinceGroup > 3) return false;
      } else if (inner === 0) {
        inner = sinceGroup;
        if (inner !== 3 && (inner !== 2 || count > 4)) return false;
      } else if (sinceGroup !== inner) return false;
      groups++;
      sinceGroup = 0;
    } else break;
  }
  if (groups > 0 && sinceGroup !== 3) return false;

  let fraction = 0;
  if (at < end && text.charCodeAt(at) === decimal) {
    for (at++; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code < ZERO || code > NINE) break;
      mantissa = mantissa * 10 + (code - ZERO);
      fraction++;
    }
    count += fraction;
  }
  if (count === 0) return false;
  found.mantissa = mantissa;
  found.count = count;
  found.fraction = fraction;
  found.end = at;
  found.exponent = 0;
  return at === end || scanExponent(text, at, end, found);
}

function scanExponent(text: string, start: number, end: number, found: Digits): boolean {
  const letter = text.charCodeAt(start);
  if (letter !== 69 && letter !== 101) return false;
  let at = start + 1;
  const sign = text.charCodeAt(at);
  if (sign === MINUS || sign === PLUS) at++;
  if (at >= end || end - at > 4) return false;
  let exponent = 0;
  for (; at < end; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return false;
    exponent = exponent * 10 + digit;
  }
  found.exponent = sign === MINUS ? -exponent : exponent;
  return true;
}

/** The digits of a scanned text without the signs between them. */
export const plainDigits = (text: string, { start, end }: Digits): string =>
  text.slice(start, end).replaceAll(/\D/g, '');
