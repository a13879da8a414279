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
  readonly #own: ReadonlyMap<number, NumberFormat>;
  readonly #columns = new Map<number, Float64Array>();

  constructor(plan: ColumnPlan, format: NumberFormat, own: ReadonlyMap<number, NumberFormat>) {
    this.rows = plan.table.rows.slice(0, ROWS_LOOKED_AT);
    this.format = format;
    this.#own = own;
  }

  formatOf(column: number): NumberFormat {
    return this.#own.get(column) ?? this.format;
  }

  /** A value a row; NaN where a cell holds no amount. */
  of(column: number): Float64Array {
    const known = this.#columns.get(column);
    if (known !== undefined) return known;
    const read = moneyReader(this.formatOf(column));
    const values = Float64Array.from(this.rows, (row) => {
      const cell = row[column]!;
      return isNoAmount(cell) ? NaN : read(cell);
    });
    this.#columns.set(column, values);
    return values;
  }
}

/** In which formats the money of a table may be written. */
export interface PossibleFormats {
  /** One where the cells decide it; else two, the likelier first, between which balances may decide. */
  formats: NumberFormat[];
  /** Columns that are written another way than the rest: exports of one account come from several programs. */
  own: ReadonlyMap<number, NumberFormat>;
  /** What the cells alone give; null where they decide. */
  error: unknown;
}

/**
 * Looks at columns of money, all together. Where 1.234 could be either, a thousand is likelier: money has no three
 * decimals in most currencies.
 */
export function possibleFormats(
  plan: ColumnPlan,
  columns: readonly number[],
  settings: ImportSettings,
): PossibleFormats {
  const { delimiter } = plan.table;
  const fixed = { decimal: settings.decimal, thousands: settings.thousands };
  const cellsOf = (column: number) => plan.cells(column).map(bareNumber);
  const cells = columns.flatMap(cellsOf);
  try {
    return { formats: [detectNumberFormat(cells, delimiter, fixed)], own: new Map(), error: null };
  } catch (error) {
    const both = [
      { decimal: '.', thousands: ',' },
      { decimal: ',', thousands: '.' },
    ].filter(({ decimal }) => fixed.decimal === null || fixed.decimal === decimal);
    const fitting = both.filter((format) => {
      const read = amountReader(format);
      return cells.every((cell) => cell === '' || !/\d/.test(cell) || !Number.isNaN(read(cell)));
    });
    if (fitting.length > 0) {
      const grouped = ({ thousands }: NumberFormat) => cells.filter((cell) => cell.includes(thousands)).length;
      return { formats: fitting.sort((a, b) => grouped(b) - grouped(a)), own: new Map(), error };
    }
    const own = new Map<number, NumberFormat>();
    for (const column of columns) {
      try {
        own.set(column, detectNumberFormat(cellsOf(column), delimiter, fixed));
      } catch {
        // It stays with the rest.
      }
    }
    return { formats: both, own, error };
  }
}
