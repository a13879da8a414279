import type { ColumnPlan } from './column-plan.ts';
import { dateReader, detectDateFormat, hasDay } from './dates.ts';
import { says } from './ledger-words.ts';
import { bareNumber } from './number-marks.ts';
import { looksNumeric, standsForNothing } from './numbers.ts';
import type { ImportSettings } from './settings.ts';

/** What the values of a column look like, taken from a sample. */
export interface ColumnCells {
  column: number;
  name: string;
  /** `mark`: a sign or a few letters; `code`: one word with digits in it, such as a reference or an account. */
  kind: 'empty' | 'date' | 'time' | 'money' | 'currency' | 'mark' | 'code' | 'text';
  /** Of the rows looked at. */
  filled: number;
  distinct: number;
  /** The most frequent values first; at most 30. */
  values: string[];
  /** Of money: some amount has decimals, and some is below zero. */
  decimals: boolean;
  negative: boolean;
}

const ROWS_LOOKED_AT = 1_000;
const VALUES_KEPT = 30;
/** A share of the filled cells that is enough to say what a column holds. */
const MOST = 0.9;
/** And where its name says that it holds amounts: some may be written with a remark, and are set aside one by one. */
const MOST_OF_AMOUNTS = 0.7;

/** Whether an amount is written as one below zero. */
export const isBelowZero = (cell: string): boolean => bareNumber(cell)?.negative ?? false;

/** Whether something beside an amount says which way it went. */
export const isDirected = (cell: string): boolean => bareNumber(cell)?.directed ?? false;

/** Cells that stand for no amount, empty or not. */
export const isNoAmount = (cell: string): boolean => cell.trim() === '' || standsForNothing(cell);

const AMOUNT_WORDS = ['amount', 'balance', 'debit', 'credit'] as const;

const isTime = (cell: string) => /^\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( ?[AaPp]\.?[Mm]\.?)?$/.test(cell);
const CURRENCIES = new Set([...Intl.supportedValuesOf('currency'), 'RMB', 'NTD']);
const isCurrencyCode = (cell: string) =>
  CURRENCIES.has(cell) || /^(?:RMB|NT\$|US\$|€|£|\$|Kč|zł|₹|¥|人民币|元)$/.test(cell);
const isCode = (cell: string) =>
  /^[A-Z0-9*/_.:#'-]{5,}$/i.test(cell.replaceAll(/\s+/g, '')) && /\d/.test(cell) && !/\p{L}{4,}\s\p{L}{3,}/u.test(cell);

/** Looks at the values of every column. */
export function cellsOfColumns(plan: ColumnPlan, settings: ImportSettings): ColumnCells[] {
  return plan.table.names.map((name, column) => lookAt(plan, settings, name, column));
}

function lookAt(plan: ColumnPlan, settings: ImportSettings, name: string, column: number): ColumnCells {
  // A dash may be the sign of an indicator: unlike elsewhere, it is a value.
  const rows = plan.table.rows.slice(0, ROWS_LOOKED_AT);
  const cells = rows.map((row) => row[column]!.trim()).filter((cell) => cell !== '');
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const values = [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
  const amounts = cells.filter((cell) => !isNoAmount(cell));
  const enough = AMOUNT_WORDS.some((word) => says(name, word)) ? MOST_OF_AMOUNTS : MOST;
  const kind = kindOf(cells, amounts, values, enough, () => isDates(name, settings, cells));
  const money = kind === 'money';
  return {
    column,
    name,
    kind,
    filled: cells.length / Math.max(1, rows.length),
    distinct: counts.size,
    values: values.slice(0, VALUES_KEPT),
    decimals: money && amounts.some((cell) => /\d[.,]\d{1,2}(?!\d)/.test(cell)),
    negative: money && amounts.some(isBelowZero),
  };
}

function kindOf(
  cells: readonly string[],
  amounts: readonly string[],
  values: readonly string[],
  enoughAmounts: number,
  isDate: () => boolean,
): ColumnCells['kind'] {
  if (cells.length === 0) return 'empty';
  const most = (list: readonly string[], is: (cell: string) => boolean, enough = MOST) =>
    list.filter(is).length >= enough * list.length;
  if (most(cells, isTime)) return 'time';
  if (amounts.length > 0 && most(amounts, looksNumeric, enoughAmounts)) {
    // Dates without separators look like numbers; so do long references.
    const plain = most(amounts, (cell) => /^\d{6}$|^\d{8}$/.test(cell));
    if (plain && isDate()) return 'date';
    return most(amounts, (cell) => /^0\d|^\d{10,}$/.test(cell)) ? 'code' : 'money';
  }
  if (isDate()) return 'date';
  if (most(cells, isCurrencyCode) && values.length <= 40) return 'currency';
  if (values.length <= 6 && most(cells, (cell) => cell.length <= 2)) return 'mark';
  return most(cells, isCode) ? 'code' : 'text';
}

/** Dates with a day, in the format given or in one that is known. */
function isDates(name: string, { dateFormat }: ImportSettings, cells: readonly string[]): boolean {
  const looked = cells.slice(0, 200);
  if (looked.filter((cell) => /\d/.test(cell) && cell.length <= 40).length * 2 < looked.length) return false;
  if (dateFormat !== null) {
    const read = dateReader(dateFormat);
    if (looked.filter((cell) => read(cell) !== null).length * 2 >= looked.length) return true;
  }
  try {
    const found = detectDateFormat(name, looked);
    return found !== null && hasDay(found);
  } catch {
    // Day and month could be either way round, but dates they are.
    return true;
  }
}
