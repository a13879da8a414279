import { bookedPart } from './date-format.ts';
import { isMonthName } from './month-names.ts';

/** What a cell looks like, whatever the format: enough to tell the rows of a table from what stands around them. */
export type CellKind = 'empty' | 'number' | 'date' | 'text';

/**
 * Of a number: digits with any signs between them (a thousands' apostrophe ends none), a currency, a sign before or
 * after, brackets, CR or DR, a percent.
 */
const CURRENCY = String.raw`(?:\p{Sc}|[A-Z]{2}\$|[A-Z]?R?\$|[A-Z]{3}(?=[\s\d.,+−-]|$)|Rs\.?|kr\.?|zł|Kč|Ft|lei|元|円)`;
const NUMBER = new RegExp(
  String.raw`^\(?[+−–-]?\s?(?:${CURRENCY}\s?)?\(?[+−–-]?\s?(?:\d(?:[\d.,'’\s]*[\d.,\s])?|[.,]\d+)(?:[eE][+-]?\d+)?` +
    String.raw`\s?(?:${CURRENCY})?\s?(?:[+−–-]|%|[CcDd][Rr]\.?)?\)?$`,
  'u',
);

const TIME = String.raw`(?:[T ,]+\d{1,2}[:.h]\d{2}.{0,18})?`;
const DATES = [
  // 2024-01-31, 31.1.24, 1. 2. 2024, 2024.01.31., 2024-01, 01/2024, with a time behind
  new RegExp(String.raw`^\d{1,4}\s?[-./]\s?\d{1,2}(?:\s?[-./]\s?\d{1,4})?\.?${TIME}$`),
  // 31 Jan 2024, 31-Jan-24, 31. března 2024, 31 de enero de 2024
  new RegExp(
    String.raw`^\d{1,2}(?:st|nd|rd|th)?[\s./-]*(?:de\s)?[\p{L}]{3,12}\.?[\s./,-]*(?:de\s)?['’]?\d{2,4}${TIME}$`,
    'u',
  ),
  // January 31, 2024; 2024-Jan-31
  new RegExp(String.raw`^[\p{L}]{3,12}\.?[\s./-]+\d{1,2}(?:st|nd|rd|th)?,?[\s./-]+\d{4}${TIME}$`, 'u'),
  new RegExp(String.raw`^\d{4}[\s./-]+[\p{L}]{3,12}\.?[\s./-]+\d{1,2}${TIME}$`, 'u'),
  // 2024年1月31日, 令和6年1月31日, R6.1.31
  /^(?:[\p{L}]{0,2}\d{1,4}|\p{L}{2}元)年\s?\d{1,2}月(?:\s?\d{1,2}日)?.{0,12}$/u,
  /^[MTSHR]\d{1,2}[./]\d{1,2}[./]\d{1,2}$/,
];
/** Jan 2024, not Statement 2024. */
const MONTH_AND_YEAR = new RegExp(String.raw`^([\p{L}]{3,12}\.?)[\s./-]+\d{4}${TIME}$`, 'u');
const COMPACT_DATE = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{6})?$/;
/** 1.234 and 12.345.678 are numbers; 1.2 is too, but 1.2.2024 is a date. */
const TWO_PARTS = /^\d+[./]\d+$/;

export function kindOf(cell: string): CellKind {
  const text = bookedPart(cell.trim());
  if (text === '') return 'empty';
  if (text.length > 40 || !/\d/.test(text)) return text.includes('元年') ? 'date' : 'text';
  if (COMPACT_DATE.test(text)) return 'date';
  if (!(TWO_PARTS.test(text) && text.includes('.')) && DATES.some((date) => date.test(text))) return 'date';
  const month = MONTH_AND_YEAR.exec(text);
  if (month !== null && isMonthName(month[1]!)) return 'date';
  return NUMBER.test(text) ? 'number' : 'text';
}

/** An identifier: it holds a digit and no space. */
export const isCode = (cell: string): boolean => {
  const text = cell.trim();
  return text.length <= 60 && /\d/.test(text) && !/\s/.test(text);
};

/** DE89 3704 0044 0532 0130 00, with or without spaces. */
export const isIban = (cell: string): boolean => /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(cell.replaceAll(/\s+/g, ''));

/** Digits alone, as numbers of customers and accounts are. */
export const isPlainInteger = (cell: string): boolean => /^\s*\d{1,18}\s*$/.test(cell);

/** Drawn between rows or left empty: `----`, `====`, `:---:`, `*`; says nothing. */
export const isRuleCell = (cell: string): boolean => /^[-=_*+~#:.|—–─━═\s]*$/.test(cell);
