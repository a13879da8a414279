import type { ColumnPlan } from './column-plan.ts';
import { isNoAmount } from './ledger-cells.ts';
import {
  amountReader,
  createNumberJudge,
  detectNumberFormat,
  formatOfColumn,
  looksNumeric,
  type FixedSigns,
  type NumberFormat,
} from './numbers.ts';
import type { ImportSettings } from './settings.ts';

/** So many sampled rows show how balances move and which way amounts go. */
const ROWS_LOOKED_AT = 4_000;

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
  readonly #columns = new Map<number, Float64Array>();

  constructor(plan: ColumnPlan, format: NumberFormat) {
    this.rows = plan.table.rows.slice(0, ROWS_LOOKED_AT);
    this.format = format;
  }

  /** A value a row; NaN where a cell holds no amount. */
  of(column: number): Float64Array {
    const known = this.#columns.get(column);
    if (known !== undefined) return known;
    const read = amountReader(formatOfColumn(this.format, column));
    const values = Float64Array.from(this.rows, (row) => {
      const cell = row[column]!;
      return isNoAmount(cell) ? NaN : read(cell);
    });
    this.#columns.set(column, values);
    return values;
  }
}

/**
 * The formats in which the money of a table may be written: one where the cells decide it (`error` is null), else two,
 * the likelier first, between which balances may decide. Where 1.234 could be either, a thousand is likelier: money has no
 * three decimals in most currencies. `error` is what the cells alone give then.
 */
export function possibleFormats(
  plan: ColumnPlan,
  columns: readonly number[],
  { decimal, thousands }: ImportSettings,
): { formats: NumberFormat[]; error: unknown; isFromAbove?: boolean } {
  const judge = createNumberJudge();
  for (const column of columns) for (const cell of plan.cells(column)) judge.add(cell, column);
  try {
    return { formats: [judge.decide(plan.table.delimiter, { decimal, thousands })], error: null };
  } catch (error) {
    const above = formatAbove(plan, { decimal, thousands });
    if (above !== null) return { formats: [above], error: null, isFromAbove: true };
    const both = [
      { decimal: '.', thousands: ',' },
      { decimal: ',', thousands: '.' },
    ].filter((format) => decimal === null || decimal === format.decimal);
    const cells = columns.flatMap((column) => plan.cells(column));
    const readable = both.some((format) => {
      const read = amountReader(format);
      return cells.every((cell) => !looksNumeric(cell) || !Number.isNaN(read(cell)));
    });
    const byColumn = readable ? null : formatsByColumn(plan, columns, { decimal, thousands });
    if (byColumn !== null) return { formats: [{ ...byColumn.get(columns[0]!)!, byColumn }], error };
    const grouped = (format: NumberFormat) => cells.filter((cell) => cell.includes(format.thousands)).length;
    return { formats: both.sort((a, b) => grouped(b) - grouped(a)), error };
  }
}

/** As the amounts above the header are written, such as a balance of "3.600,00 €"; null where none of them decides it. */
function formatAbove({ table }: ColumnPlan, fixed: FixedSigns): NumberFormat | null {
  const cells = [...table.preamble.map(({ value }) => value), ...table.above.flat()].filter(
    (cell) => /\d[.,' ]?\d{3}[.,]\d{2}(?!\d)|^\D*\d+[.,]\d{2}(?!\d)\D*$/.test(cell) && looksNumeric(cell),
  );
  if (cells.length === 0) return null;
  try {
    return detectNumberFormat(cells, table.delimiter, fixed);
  } catch {
    return null;
  }
}

/** Of columns that are each written one way, but not all the same; null where one of them leaves it open. */
function formatsByColumn(
  plan: ColumnPlan,
  columns: readonly number[],
  fixed: FixedSigns,
): ReadonlyMap<number, NumberFormat> | null {
  try {
    const { delimiter } = plan.table;
    return new Map(columns.map((column) => [column, detectNumberFormat(plan.cells(column), delimiter, fixed)]));
  } catch {
    return null;
  }
}
