import { DuecastError } from '../ipc/errors.ts';

/** How a file writes numbers; `thousands` is empty where none is used. */
export interface NumberFormat {
  decimal: string;
  thousands: string;
}

const PLUS = 43;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;
const NO_BREAK_SPACE = 0xa0;
const NARROW_NO_BREAK_SPACE = 0x202f;

/** Powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const LARGEST = 3.4028234e38;
/** So many digits make a whole number that a double holds exactly. */
const EXACT_DIGITS = 15;

/**
 * Makes a strict reader of numbers: digits, groups of three (or as in 12,34,567) where the format has a thousands
 * sign, one decimal sign, an exponent, spaces around it. NaN for everything else, the empty text included, so that nothing is guessed.
 * The double is the nearest one (Clinger's fast path, else the engine's own conversion).
 */
export function numberReader(format: NumberFormat): (text: string) => number {
  const decimal = format.decimal.charCodeAt(0);
  const thousands = format.thousands === '' ? -1 : format.thousands.charCodeAt(0);

  return (text) => {
    let at = 0;
    let end = text.length;
    while (at < end && isSpace(text.charCodeAt(at))) at++;
    while (end > at && isSpace(text.charCodeAt(end - 1))) end--;
    const sign = text.charCodeAt(at);
    if (sign === MINUS || sign === PLUS) at++;
    const digitsStart = at;

    let mantissa = 0;
    let digits = 0;
    let sinceGroup = 0;
    let grouped = false;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code >= ZERO && code <= NINE) {
        mantissa = mantissa * 10 + (code - ZERO);
        digits++;
        sinceGroup++;
      } else if (isSign(code, thousands)) {
        // Groups of two before the last three digits are lakhs and crores.
        if (grouped ? sinceGroup !== 3 && sinceGroup !== 2 : sinceGroup < 1 || sinceGroup > 3) return NaN;
        grouped = true;
        sinceGroup = 0;
      } else break;
    }
    if (grouped && sinceGroup !== 3) return NaN;

    let fraction = 0;
    if (at < end && text.charCodeAt(at) === decimal) {
      for (at++; at < end; at++) {
        const code = text.charCodeAt(at);
        if (code < ZERO || code > NINE) break;
        mantissa = mantissa * 10 + (code - ZERO);
        fraction++;
      }
      digits += fraction;
    }
    if (digits === 0) return NaN;
    const digitsEnd = at;

    let exponent = 0;
    if (at < end) {
      const code = text.charCodeAt(at);
      if (code !== 69 && code !== 101) return NaN;
      at++;
      const exponentSign = text.charCodeAt(at);
      if (exponentSign === MINUS || exponentSign === PLUS) at++;
      if (at >= end || end - at > 4) return NaN;
      for (; at < end; at++) {
        const digit = text.charCodeAt(at) - ZERO;
        if (!(digit >= 0 && digit <= 9)) return NaN;
        exponent = exponent * 10 + digit;
      }
      if (exponentSign === MINUS) exponent = -exponent;
    }

    const scale = exponent - fraction;
    let value: number;
    if (digits <= EXACT_DIGITS && scale >= -22 && scale <= 22) {
      value = scale < 0 ? mantissa / POWERS[-scale]! : mantissa * POWERS[scale]!;
    } else {
      const plain = text.slice(digitsStart, digitsEnd).replaceAll(/\D/g, '');
      value = Number(`${plain}e${scale}`);
    }
    // Beyond single precision it would become infinite in the models.
    if (!(Math.abs(value) <= LARGEST)) return NaN;
    return sign === MINUS ? 0 - value : value;
  };
}

/**
 * Makes a strict reader of money in ten-thousandths of the currency unit, as safe integers: NaN where the text is no number,
 * has more than four decimals that count, or is beyond 9e15.
 */
export function amountReader(format: NumberFormat): (text: string) => number {
  const read = numberReader(format);
  return (text) => {
    const value = read(text);
    if (Number.isNaN(value)) return NaN;
    const amountE4 = Math.round(value * 10_000);
    const exact = Math.abs(value * 10_000 - amountE4) < 1e-3 && Math.abs(amountE4) <= 9e15;
    return exact ? amountE4 + 0 : NaN;
  };
}

const isSpace = (code: number) => code === 32 || code === 9 || code === NO_BREAK_SPACE;

/** A space as a thousands sign stands for the no-break ones too, the apostrophe for the typographic one. */
const isSign = (code: number, sign: number) =>
  code === sign ||
  (sign === 32 && (code === NO_BREAK_SPACE || code === NARROW_NO_BREAK_SPACE)) ||
  (sign === 39 && code === 0x2019);

/** Looks like a number in some format; 31.01.2024 does not. */
export const looksNumeric = (text: string) =>
  /^\s*[+-]?(?:\d{1,3}([.,'’ \u00a0\u202f])(?:\d{2,3}\1)*\d{3}(?:[.,]\d*)?|\d*[.,]?\d+|\d+[.,])(?:[eE][+-]?\d+)?\s*$/.test(
    text,
  );

interface Evidence {
  decimal: Record<'.' | ',', number>;
  thousands: Record<string, number>;
  /** Cells such as 1.234, by their sign: one thousand or one point two. */
  open: Record<'.' | ',', { count: number; example: string }>;
}

/**
 * The decimal and thousands signs that a file's cells show, taken over all of them together; `fixed` holds what is
 * given. Cells that don't look like numbers are passed over.
 *
 * `data-refused` where both readings are possible (1.234 only) or both occur: a wrong guess would be off by a thousand.
 */
export function detectNumberFormat(cells: Iterable<string>, delimiter: string, fixed: FixedSigns): NumberFormat {
  const judge = createNumberJudge();
  for (const cell of cells) judge.add(cell);
  return judge.decide(delimiter, fixed);
}

/** What the analyst or a profile says of a file's numbers; null where the cells decide. */
export interface FixedSigns {
  decimal: string | null;
  thousands: string | null;
}

/** Takes a file's cells one at a time, in any order, and says at the end how its numbers are written. */
export interface NumberJudge {
  /** Cells that don't look like numbers are passed over. */
  add(text: string): void;
  /** Errors as `detectNumberFormat`; more cells may be added afterwards. */
  decide(delimiter: string, fixed: FixedSigns): NumberFormat;
}

export function createNumberJudge(): NumberJudge {
  const evidence: Evidence = {
    decimal: { '.': 0, ',': 0 },
    thousands: {},
    open: { '.': { count: 0, example: '' }, ',': { count: 0, example: '' } },
  };
  return {
    add(text) {
      if (looksNumeric(text)) weigh(text.trim(), evidence);
    },
    decide(delimiter, fixed) {
      const decimal = fixed.decimal ?? decimalOf(evidence, delimiter, fixed.thousands);
      return { decimal, thousands: fixed.thousands ?? thousandsOf(evidence, decimal) };
    },
  };
}

function weigh(cell: string, evidence: Evidence): void {
  const number = cell.replace(/^[+-]/, '').replace(/[eE][+-]?\d+$/, '');
  const hasExponent = /[eE]/.test(cell);
  const seen = (sign: string) => (evidence.thousands[sign] = (evidence.thousands[sign] ?? 0) + 1);
  const spaced = /^\d{1,3}(?:([ \u00a0\u202f'’])\d{3})+(?:([.,])\d*)?$/.exec(number);
  if (spaced) {
    seen(spaced[1] === "'" || spaced[1] === '’' ? "'" : ' ');
    if (spaced[2]) evidence.decimal[spaced[2] as '.' | ',']++;
    return;
  }
  const grouped = /^\d{1,3}([.,])(?:\d{2,3}\1)*\d{3}(?:([.,])\d*)?$/.exec(number);
  if (grouped && grouped[2] !== undefined && grouped[2] !== grouped[1]) {
    seen(grouped[1]!);
    evidence.decimal[grouped[2] as '.' | ',']++;
    return;
  }
  if (/^\d{1,3}([.,])(?:\d{2,3}\1)+\d{3}$/.test(number)) {
    seen(grouped![1]!);
    return;
  }
  const single = /^(\d*)([.,])(\d*)$/.exec(number);
  if (!single) return;
  const sign = single[2] as '.' | ',';
  if (single[3]!.length !== 3 || single[1]!.length > 3 || /^0?$/.test(single[1]!) || hasExponent) {
    evidence.decimal[sign]++;
  } else {
    const open = evidence.open[sign];
    if (open.count++ === 0) open.example = cell;
  }
}

function decimalOf(evidence: Evidence, delimiter: string, thousands: string | null): string {
  if (thousands === '.') return ',';
  if (thousands === ',') return '.';
  const point = evidence.decimal['.'] + (evidence.thousands[','] ?? 0);
  const comma = evidence.decimal[','] + (evidence.thousands['.'] ?? 0);
  if (point > 0 && comma > 0) {
    // A few strays are rejected later, row by row; more than that and neither reading can be trusted.
    if (Math.min(point, comma) * 20 > Math.max(point, comma)) {
      throw new DuecastError(
        'data-refused',
        'Some numbers are written with a decimal point and some with a decimal comma; nothing was imported. ' +
          'Say which one is meant with decimal=. or decimal=, and the other rows are set aside.',
      );
    }
    return point > comma ? '.' : ',';
  }
  if (point > 0) return '.';
  if (comma > 0) return ',';
  const { '.': openPoint, ',': openComma } = evidence.open;
  if (openPoint.count === 0 && openComma.count === 0) return '.';
  // Between commas, an unquoted point is the decimal sign in every program that writes such files.
  if (openComma.count === 0 && (delimiter === ',' || thousands === '')) return '.';
  if (openPoint.count === 0 && thousands === '') return ',';
  const example = openPoint.count > 0 ? openPoint.example : openComma.example;
  throw new DuecastError(
    'data-refused',
    `${example} can be read as a whole number with a thousands sign or as a decimal fraction, and no other number in the ` +
      'file decides it; nothing was imported. Say it with decimal=. or decimal=,',
  );
}

function thousandsOf(evidence: Evidence, decimal: string): string {
  const other = decimal === '.' ? ',' : '.';
  const counts: Record<string, number> = { ...evidence.thousands };
  counts[other] = (counts[other] ?? 0) + evidence.open[other].count;
  delete counts[decimal];
  let best = '';
  for (const [sign, count] of Object.entries(counts)) if (count > (counts[best] ?? 0)) best = sign;
  return best;
}
