import { isoDate } from '../../sequences/calendar.ts';

/** How a cell's number is shown, as far as it changes what the number is. */
export type CellFormat =
  | { kind: 'number' }
  /** Shown with leading zeros up to so many digits, as identifiers are. */
  | { kind: 'padded'; digits: number }
  | { kind: 'date'; hasDate: boolean; hasTime: boolean };

const NUMBER: CellFormat = { kind: 'number' };
const DATE: CellFormat = { kind: 'date', hasDate: true, hasTime: false };
const TIME: CellFormat = { kind: 'date', hasDate: false, hasTime: true };
const DATE_AND_TIME: CellFormat = { kind: 'date', hasDate: true, hasTime: true };

/** Formats that a workbook names by number alone (ECMA-376, 18.8.30), those of East Asian editions included. */
export function builtInFormat(id: number): CellFormat {
  if (id === 22) return DATE_AND_TIME;
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return TIME;
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return DATE;
  return NUMBER;
}

/** A format by its code, such as `dd/mm/yyyy hh:mm` or `#,##0.00 "Kč"`; its first section counts. */
export function formatOfCode(code: string): CellFormat {
  const bare = code
    .replaceAll(/"[^"]*"|\\.|[_*]./g, '')
    .replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';')[0]!;
  if (/^0{2,}$/.test(bare)) return { kind: 'padded', digits: bare.length };
  if (/general|standard/i.test(bare)) return NUMBER;
  const hasTime = /[hs]/i.test(bare) || /am\/pm/i.test(bare);
  const hasDate = /[dy]/i.test(bare) || (!hasTime && /m/i.test(bare));
  if (!hasTime && (!hasDate || /[0#?]/.test(bare))) return NUMBER;
  return { kind: 'date', hasDate, hasTime };
}

/** Excel computes with so many significant digits and shows no more. */
const SIGNIFICANT = 15;

/** A number as it is stored in a cell as the shortest decimal text that says it: 0.1, not 0.1000000000000001. */
export function numberText(stored: string): string {
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return stored;
  if (Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
  // So short, it has no more digits than are significant.
  if (stored.length <= SIGNIFICANT && !/e/i.test(stored) && Math.abs(value) >= 1e-6) return String(value);
  return withoutExponent(String(Number(value.toPrecision(SIGNIFICANT))));
}

function withoutExponent(text: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (parts === null) return text;
  const [, sign, whole, fraction = '', exponent] = parts;
  const digits = whole! + fraction;
  const point = whole!.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

const SECONDS_A_DAY = 86_400;
/** 9999-12-31. */
const LAST_SERIAL = 2_958_466;
const EPOCH_SERIAL = 25_569;
/** Days between the two systems by which workbooks count. */
const DAYS_TO_1904 = 1_462;
/** The day that 1900 did not have: before it the count is one behind. */
const NO_SUCH_DAY = 60;

/** A cell's number as text in its format; dates as yyyy-MM-dd, with HH:mm:ss where the format or the number has a time. */
export function valueText(stored: string, format: CellFormat, is1904: boolean): string {
  if (format.kind === 'number') return numberText(stored);
  if (format.kind === 'padded') {
    const text = numberText(stored);
    return /^\d+$/.test(text) ? text.padStart(format.digits, '0') : text;
  }
  const value = Number(stored);
  const serial = is1904 ? value + DAYS_TO_1904 : value;
  if (stored.trim() === '' || !(serial >= 0 && serial < LAST_SERIAL)) return numberText(stored);
  const seconds = Math.round(serial * SECONDS_A_DAY);
  const day = Math.floor(seconds / SECONDS_A_DAY);
  const time = seconds % SECONDS_A_DAY;
  if (!format.hasDate) return timeText(day * 24, time);
  const date = isoDate((day < NO_SUCH_DAY && !is1904 ? day + 1 : day) - EPOCH_SERIAL);
  return format.hasTime || time > 0 ? `${date} ${timeText(0, time)}` : date;
}

function timeText(hours: number, seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(hours + Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
