import { isCode, isPlainInteger, kindOf, type CellKind } from './cell-kinds.ts';

/** What a table's rows hold in a column: nearly all filled cells are of this kind, or of no one kind (text). */
export interface ColumnShape {
  /** `integer`: digits alone in the first columns, which may be a customer's number; `code`: an identifier with digits. */
  kind: 'date' | 'number' | 'integer' | 'code' | 'text';
  /** Nearly every row fills it. */
  key: boolean;
  /** Often empty, so that it may be missing at the end of a row. */
  optional: boolean;
}

/** What the rows of a table have in common. Plain data: it goes from process to process. */
export interface RowShape {
  /** As many as the table has columns. */
  columns: ColumnShape[];
  /** A key column whose cells begin and end with a digit in every row of the table, else -1. */
  quick: number;
  /** Columns that a line fills which only continues the text of the row above it; empty where there are none such. */
  continued: number[];
}

/** Whether a filled cell is as its column has it; `found`: its own kind. */
export function isOfKind(kind: ColumnShape['kind'], cell: string, found: CellKind): boolean {
  if (kind === 'text') return true;
  if (kind === 'code') return isCode(cell);
  return kind === 'integer' ? isPlainInteger(cell) : found === kind;
}

interface Fit {
  /** Key cells that are empty. */
  missing: number;
  /** Key cells of another kind. */
  wrong: number;
  /** Key cells of dates, numbers and codes that are as they should be. */
  held: number;
  /** Among them a date or a code, which tell what the row is about. */
  identified: boolean;
  keys: number;
  dates: number;
  datesMissing: number;
}

/** Holds the cells of a record against the key columns, as far as the record goes. */
function fitOf({ columns }: RowShape, fields: readonly string[]): Fit {
  const fit = { missing: 0, wrong: 0, held: 0, identified: false, keys: 0, dates: 0, datesMissing: 0 };
  const width = Math.min(columns.length, fields.length);
  for (let i = 0; i < width; i++) {
    const { kind, key } = columns[i]!;
    if (!key) continue;
    fit.keys++;
    const cell = fields[i]!;
    const found = kindOf(cell);
    if (kind === 'date') fit.dates++;
    if (found === 'empty') {
      fit.missing++;
      if (kind === 'date') fit.datesMissing++;
    } else if (kind === 'text') continue;
    else if (!isOfKind(kind, cell, found)) fit.wrong++;
    else {
      fit.held++;
      if (kind !== 'number') fit.identified = true;
    }
  }
  return fit;
}

/** A record is as wide as a table, or one wider with nothing behind a delimiter at the end of its line. */
export const fitsWidth = (fields: readonly string[], width: number) =>
  fields.length === width || (fields.length === width + 1 && fields[width]!.trim() === '');

/** Whether cells can be a row: as wide as the table, and no date, number or code where another kind stands. */
export function canBeRow(shape: RowShape, fields: readonly string[]): boolean {
  if (!fitsWidth(fields, shape.columns.length)) return false;
  const { wrong, held, keys } = fitOf(shape, fields);
  return wrong === 0 && (held > 0 || keys === 0);
}

/** Whether a record shorter than the table only lacks empty cells at its end. */
export function isCutShort(shape: RowShape, fields: readonly string[]): boolean {
  const { columns } = shape;
  for (let i = fields.length; i < columns.length; i++) if (!columns[i]!.optional) return false;
  const { wrong, missing, held, keys } = fitOf(shape, fields);
  return wrong === 0 && missing === 0 && (held > 0 || keys === 0);
}

/**
 * Whether a record belongs around the rows and not among them: a heading, an opening balance, a total, a disclaimer.
 * It lacks what tells what a row is about (dates, codes) and more than one bad cell. What has them is a row, even a
 * bad one.
 */
export function isAlien(shape: RowShape, fields: readonly string[]): boolean {
  const { columns } = shape;
  const width = columns.length;
  const fit = fitOf(shape, fields);
  const { missing, wrong, held, identified, keys, dates, datesMissing } = fit;
  if (!fitsWidth(fields, width) && keys === 0) return fields.length === 1;
  if (fields.length < width) return wrong > 0 || missing > 0 || held === 0;
  if (fields.length > width && !fitsWidth(fields, width)) return held === 0;
  if (identified) return false;
  const misfits = missing + wrong;
  if (misfits >= 2) return missing > 0 || misfits * 2 > keys;
  // All but the date is there: a row that lacks it, unless it says itself that it is none.
  return dates > 0 && datesMissing === dates && fields.some(saysTotal);
}

const TOTAL =
  /^\W*(?:(?:grand |sub)?totals?|totales|totaal|totale|gesamt(?:summe|betrag)?|summen?|sum[ae]?|somme|soma|suma|saldo|solde|(?:opening|closing|ending|available) balance|anfangs?saldo|endsaldo|(?:eind|begin)saldo|razem|celkem|součet|összesen|合計|总计|合计|итого)(?!\p{L})/iu;

const saysTotal = (cell: string) => TOTAL.test(cell);

/**
 * Whether a record only goes on with text of the row above it: date, amounts and all else that identifies a row are
 * empty, and text columns behind the first of these are filled.
 */
export function isContinuation(shape: RowShape, fields: readonly string[], allowed: readonly number[] | null): boolean {
  const { columns } = shape;
  if (fields.length > columns.length || fields.length < 2) return false;
  const identifying = columns.filter(({ kind, key }) => key && kind !== 'text').length;
  if (identifying < 2) return false;
  const first = columns.findIndex(({ kind, key }) => key && kind !== 'text');
  let filled = 0;
  for (let i = 0; i < fields.length; i++) {
    if (fields[i]!.trim() === '') continue;
    if (i < first || columns[i]!.kind !== 'text' || (allowed !== null && !allowed.includes(i))) return false;
    filled++;
  }
  return filled > 0;
}
