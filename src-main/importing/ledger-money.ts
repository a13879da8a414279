import type { ColumnPlan } from './column-plan.ts';
import { bareNumber, isBelowZero, isNoAmount } from './ledger-cells.ts';
import { amountReader, detectNumberFormat, type NumberFormat } from './numbers.ts';
import type { ImportSettings } from './settings.ts';

/** So many sampled rows show how balances move and which way amounts go. */
const ROWS_LOOKED_AT = 4_000;

/**
 * Makes a reader of cells of money in ten-thousandths: as `amountReader`, and with a currency, brackets for money out, a
 * minus behind and CR or DR. NaN where the cell is none; an owed (DR) amount is negative.
 */
export function moneyReader(format: NumberFormat): (text: string) => number {
  const read = amountReader(format);
  return (text) => {
    const plain = read(text);
    if (!Number.isNaN(plain)) return plain;
    const bare = read(bareNumber(text));
    const isOwed = /\bDR\b/i.test(text);
    return (isOwed || isBelowZero(text)) && bare > 0 ? -bare : bare;
  };
}

/** The decimals that a cell of money is written with. */
export function decimalsOf(text: string, decimal: string): number {
  const at = text.lastIndexOf(decimal);
  if (at < 0) return 0;
  let end = at + 1;
  while (end < text.length && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
  return Math.min(4, end - at - 1);
}

/** Ten-thousandths as an exact decimal text, with at least so many decimals. */
export function moneyText(amountE4: bigint, decimals: number): string {
  const isOut = amountE4 < 0n;
  const digits = (isOut ? -amountE4 : amountE4).toString().padStart(5, '0');
  const whole = digits.slice(0, -4);
  let fraction = digits.slice(-4);
  while (fraction.length > decimals && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  return `${isOut ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The sampled amounts of a table's columns, in ten-thousandths, each column read once. */
export class SampledMoney {
  readonly format: NumberFormat;
  readonly rows: readonly string[][];
  readonly #read: (text: string) => number;
  readonly #columns = new Map<number, Float64Array>();

  constructor(plan: ColumnPlan, format: NumberFormat) {
    this.rows = plan.table.rows.slice(0, ROWS_LOOKED_AT);
    this.format = format;
    this.#read = moneyReader(format);
  }


  /** A value a row; NaN where a cell holds no amount. */
  of(column: number): Float64Array {
    const known = this.#columns.get(column);
    if (known !== undefined) return known;
    const values = Float64Array.from(this.rows, (row) => {
      const cell = row[column]!;
      return isNoAmount(cell) ? NaN : this.#read(cell);
    });
    this.#columns.set(column, values);
    return values;
  }
}

/**
 * The formats in which the money of a table can be: one where the cells decide it, two where only balances could. The
 * error is what the cells alone give then.
 */
export function possibleFormats(
  plan: ColumnPlan,
  columns: readonly number[],
  settings: ImportSettings,
): { formats: NumberFormat[]; error: unknown } {
  const cells = columns.flatMap((column) => plan.cells(column).map(bareNumber));
  const fixed = { decimal: settings.decimal, thousands: settings.thousands };
  try {
    return { formats: [detectNumberFormat(cells, plan.table.delimiter, fixed)], error: null };
  } catch (error) {
    const formats = [
      { decimal: '.', thousands: ',' },
      { decimal: ',', thousands: '.' },
    ];
    return { formats, error };
  }
}
