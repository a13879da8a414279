import { noDigits, plainDigits, scanDigits, type Digits, type NumberFormat } from './number-digits.ts';
import { bareNumber, type BareNumber } from './number-marks.ts';

export { formatOfColumn, type NumberFormat } from './number-digits.ts';
export { directionOf, standsForNothing } from './number-marks.ts';
export { looksNumeric } from './number-anatomy.ts';
export { createNumberJudge, detectNumberFormat, type FixedSigns, type NumberJudge } from './number-judge.ts';

/** Powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const LARGEST = 3.4028234e38;
/** So many digits make a whole number that a double holds exactly. */
const EXACT_DIGITS = 15;

/** Decimals of a ten-thousandth. */
const AMOUNT_DECIMALS = 4;
const LARGEST_AMOUNT_E4 = 9e15;

const codeOf = (sign: string) => (sign === '' ? -1 : sign.charCodeAt(0));

/**
 * Makes a strict reader of numbers: digits, groups of three (or as in 12,34,567) where the format has a thousands sign,
 * one decimal sign, an exponent, and around it what `bareNumber` takes off: currency, sign, brackets, CR and DR, percent.
 * NaN for everything else, the empty text included, so that nothing is guessed.
 * The double is the nearest one (Clinger's fast path, else the engine's own conversion).
 */
export function numberReader(format: NumberFormat): (text: string) => number {
  const decimal = codeOf(format.decimal);
  const thousands = codeOf(format.thousands);
  const found = noDigits();

  return (text) => {
    const plain = plainNumber(text, 0, text.length, decimal);
    if (plain === plain) return plain;
    if (scanDigits(text, decimal, thousands, found)) return valueOf(text, found);
    const bare = bareOf(text);
    if (bare === null || !scanDigits(bare.body, decimal, thousands, found)) return NaN;
    const value = valueOf(bare.body, found);
    return bare.negative ? 0 - value : value;
  };
}

/**
 * The number that a part of a text is, where it is written as in most cells: digits, perhaps a minus before and a decimal
 * sign (a character code) among them. NaN for all others, whatever they are.
 */
export function plainNumber(text: string, start: number, stop: number, decimal: number): number {
  if (stop - start > EXACT_DIGITS) return NaN;
  const negative = text.charCodeAt(start) === 45;
  let mantissa = 0;
  let digits = 0;
  let whole = -1;
  for (let at = negative ? start + 1 : start; at < stop; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      mantissa = mantissa * 10 + (code - 48);
      digits++;
    } else if (code === decimal && whole < 0) whole = digits;
    else return NaN;
  }
  if (digits === 0) return NaN;
  const value = whole < 0 ? mantissa : mantissa / POWERS[digits - whole]!;
  return negative ? 0 - value : value;
}

function valueOf(text: string, found: Digits): number {
  const scale = found.exponent - found.fraction;
  let value: number;
  if (found.count <= EXACT_DIGITS && scale >= -22 && scale <= 22) {
    value = scale < 0 ? found.mantissa / POWERS[-scale]! : found.mantissa * POWERS[scale]!;
  } else value = Number(`${plainDigits(text, found)}e${scale}`);
  // Beyond single precision it would become infinite in the models.
  if (!(Math.abs(value) <= LARGEST)) return NaN;
  return found.negative ? 0 - value : value;
}

/** What is left of a cell that is no plain number; null where it is none at all, or has a sign inside other signs. */
function bareOf(text: string): BareNumber | null {
  if (text === '') return null;
  const bare = bareNumber(text);
  return bare === null || bare.body === text ? null : bare;
}

/**
 * Makes a strict reader of money in ten-thousandths of the currency unit, as safe integers and exact: NaN where the text
 * is no number or a percentage, has more than four decimals other than zeros, or is beyond 9e15 ten-thousandths.
 */
export function amountReader(format: NumberFormat): (text: string) => number {
  const decimal = codeOf(format.decimal);
  const thousands = codeOf(format.thousands);
  const found = noDigits();

  return (text) => {
    if (scanDigits(text, decimal, thousands, found)) return amountOf(text, found);
    const bare = bareOf(text);
    if (bare === null || bare.percent || !scanDigits(bare.body, decimal, thousands, found)) return NaN;
    const amountE4 = amountOf(bare.body, found);
    return bare.negative ? 0 - amountE4 : amountE4;
  };
}

function amountOf(text: string, found: Digits): number {
  const shift = AMOUNT_DECIMALS + found.exponent - found.fraction;
  let amountE4: number;
  if (found.count <= EXACT_DIGITS && shift >= 0 && shift <= 22) amountE4 = found.mantissa * POWERS[shift]!;
  else amountE4 = shifted(plainDigits(text, found), shift);
  if (!(amountE4 <= LARGEST_AMOUNT_E4)) return NaN;
  return found.negative ? 0 - amountE4 : amountE4;
}

/** A whole number of so many digits more or less; NaN where digits other than zeros would be lost. */
function shifted(digits: string, shift: number): number {
  const plain = digits.replace(/^0+/, '');
  if (plain === '') return 0;
  if (shift >= 0) return plain.length + shift > 17 ? NaN : Number(plain + '0'.repeat(shift));
  const kept = plain.slice(0, Math.max(0, plain.length + shift));
  const lost = plain.slice(kept.length);
  return /^0*$/.test(lost) && plain.length + shift > 0 ? Number(kept) : NaN;
}
