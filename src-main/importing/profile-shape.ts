import { dateReader } from './dates.ts';
import { filledCells, type Table } from './dialect.ts';
import type { Layout } from './layout.ts';
import { looksNumeric } from './numbers.ts';
import type { ColumnKind, Profile } from './profiles.ts';

/** The share of a column's cells that must be of its kind; the rest may be slips. */
const ENOUGH = 0.95;

/** What each column of a table without a header holds: what such a file is known again by. */
export function shapeOf(table: Table, { step, outcomeDate }: Layout): ColumnKind[] {
  const dates = [step?.kind === 'date' ? step.column : null, outcomeDate?.read ? outcomeDate.column : null];
  return table.names.map((_, column) => {
    if (dates.includes(column)) return 'date';
    const cells = filledCells(table, column);
    if (cells.length === 0) return 'empty';
    return mostly(cells, looksNumeric) ? 'number' : 'text';
  });
}

/** The profile of a table without a header: as many columns, of the same kinds; null where none or several fit. */
export function profileOfShape(profiles: readonly Profile[], table: Table): Profile | null {
  const fitting = profiles.filter((profile) => fitsShape(profile, table));
  return fitting.length === 1 ? fitting[0]! : null;
}

function fitsShape({ shape, settings }: Profile, table: Table): boolean {
  if (shape === undefined || table.headerLine !== 0 || shape.length !== table.names.length) return false;
  if (table.rows.length === 0) return false;
  const format = settings['dateFormat'];
  const read = format === undefined ? null : dateReader(format);
  return shape.every((kind, column) => {
    if (kind === 'empty') return true;
    const cells = filledCells(table, column);
    const isOne = kind === 'date' ? (cell: string) => (read?.(cell) ?? null) !== null : looksNumeric;
    if (kind === 'text') return cells.length === 0 || !mostly(cells, isOne);
    // A line of names above the rows would be a slip like another; it is none.
    const first = table.rows[0]![column]!;
    return mostly(cells, isOne) && (first.trim() === '' || isOne(first));
  });
}

const mostly = (cells: readonly string[], isOne: (cell: string) => boolean) =>
  cells.filter(isOne).length >= ENOUGH * cells.length;
