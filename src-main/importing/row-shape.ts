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
  /** A key column whose cells begin and end with a digit in most rows, so that these are known at a glance; else -1. */
  quick: number;
  /** A key column of numbers, which a total or a balance may leave empty, else -1. */
  amount: number;
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
  /** Among them an identifier, which tells what the row is about. */
  coded: boolean;
  datesHeld: number;
  keys: number;
}

/** Holds the cells of a record against the key columns, as far as the record goes. */
function fitOf({ columns }: RowShape, fields: readonly string[]): Fit {
  const fit = { missing: 0, wrong: 0, held: 0, coded: false, datesHeld: 0, keys: 0 };
  const width = Math.min(columns.length, fields.length);
  for (let i = 0; i < width; i++) {
    const { kind, key } = columns[i]!;
    if (!key) continue;
    fit.keys++;
    const cell = fields[i]!;
    const found = kindOf(cell);
    if (found === 'empty') fit.missing++;
    else if (kind === 'text') continue;
    else if (!isOfKind(kind, cell, found)) fit.wrong++;
    else {
      fit.held++;
      if (kind === 'date') fit.datesHeld++;
      if (kind === 'code' || kind === 'integer') fit.coded = true;
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
  return beginsLikeRow(shape, fields);
}

/** Whether the cells of a record that is too short are as those of a row. */
export function beginsLikeRow(shape: RowShape, fields: readonly string[]): boolean {
  const { wrong, missing, held, keys } = fitOf(shape, fields);
  return wrong === 0 && missing === 0 && (held > 0 || keys === 0);
}

/**
 * Whether a record belongs around the rows and not among them: a heading, an opening balance, a total, a disclaimer.
 * It lacks what tells what a row is about (dates, identifiers) and has more than one bad cell, or says itself what it
 * is. Else it is a row, even if a bad one.
 */
export function isAlien(shape: RowShape, fields: readonly string[]): boolean {
  const { columns } = shape;
  const width = columns.length;
  const { missing, wrong, held, coded, datesHeld, keys } = fitOf(shape, fields);
  if (!fitsWidth(fields, width) && keys === 0) return fields.length === 1;
  if (fields.length < width) return wrong > 0 || missing > 0 || held === 0;
  if (fields.length > width && !fitsWidth(fields, width)) return held === 0;
  if (coded) return false;
  if (missing > 0 && fields.some(saysTotal)) return true;
  if (datesHeld > 0) return false;
  const misfits = missing + wrong;
  return misfits >= 2 && (missing > 0 || misfits * 2 > keys);
}

/**
 * Whether a line right below the header is a row all the same: words stand in place of its date (pending, reserved), with
 * an amount and other text beside it.
 */
export function isRowWithoutDate(shape: RowShape, fields: readonly string[]): boolean {
  const { columns } = shape;
  const date = columns.findIndex(({ kind, key }) => kind === 'date' && key);
  if (date < 0 || fields.length !== columns.length || fields.some(saysTotal)) return false;
  const amounts = fields.filter((cell, i) => columns[i]!.kind === 'number' && kindOf(cell) === 'number');
  const texts = fields.filter((cell, i) => i !== date && /\p{L}{2}/u.test(cell));
  return /^\D+$/.test(fields[date]!.trim()) && amounts.length > 0 && texts.length > 1;
}

/** Says by itself that it is no row: Total, Closing balance, Summe: 12, Saldo per 31.12.2023. */
const TOTAL = new RegExp(
  String.raw`^\W*(?:(?:grand |sub)?totals?|totales|totaal|totale|gesamt(?:summe|betrag)?|summen?|sum[ae]?|somme|soma|suma|` +
    String.raw`(?:saldo|solde|balance)(?: (?:inicial|final|initial|anterior|iniziale|finale|końcowe|początkowe))?|` +
    String.raw`(?:opening|closing|ending|available) balance|(?:anfangs|end|eind|begin|schluss)saldo|razem|celkem|összesen|` +
    String.raw`合計|总计|合计|итого)(?:\s(?:per|am|vom|bis|as of|on|at|au|al|do|de|em|na))?[\s\d./:-]*$`,
  'iu',
);

export const saysTotal = (cell: string) => TOTAL.test(cell);

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
