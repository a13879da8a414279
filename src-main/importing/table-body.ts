import { isCode, isPlainInteger, isRuleCell, kindOf, type CellKind } from './cell-kinds.ts';
import { findHeader } from './header.ts';
import {
  beginsLikeRow,
  fitsWidth,
  isContinuation,
  isCutShort,
  isOfKind,
  saysTotal,
  type ColumnShape,
  type RowShape,
} from './row-shape.ts';
import type { SampledRecord, TableBody } from './table-found.ts';

export type { SampledRecord, TableBody };

/** So many widths, the commonest, are tried. */
const WIDTHS_TRIED = 12;
/** Dates mark rows better than numbers, which totals and balances have too. */
const DATES_LEAD = 2.5;
const NAMED_LEADS = 2;

const kinds = new WeakMap<SampledRecord, CellKind[]>();

function kindsOf(record: SampledRecord): CellKind[] {
  let found = kinds.get(record);
  if (found === undefined) kinds.set(record, (found = record.fields.map(kindOf)));
  return found;
}

/** The likeliest table among records, of whatever width; null where no record has two columns. */
export function findBody(records: readonly SampledRecord[]): TableBody | null {
  const counts = new Map<number, number>();
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  const widths = [...counts.keys()]
    .filter((width) => width > 1)
    .sort((a, b) => counts.get(b)! - counts.get(a)! || b - a);
  let best: TableBody | null = null;
  for (const width of widths.slice(0, WIDTHS_TRIED)) {
    const body = bodyOfWidth(records, width);
    if (body === null) continue;
    // Names above rows say that they are a table.
    if (body.typed && body.first > 0 && findHeader(records, body) >= 0) body.score *= NAMED_LEADS;
    if (best === null || body.score > best.score) best = body;
  }
  return best;
}

/**
 * The rows of that width: those between the first and the last record in whose anchor, the column of dates or else of
 * numbers that goes on longest, such a value stands.
 */
export function bodyOfWidth(records: readonly SampledRecord[], width: number): TableBody | null {
  return bodyOf(
    records,
    width,
    [...records.keys()].filter((i) => fitsWidth(records[i]!.fields, width)),
  );
}

/**
 * The same table with the rows that were cut off behind their last filled cell, where there are several of them; what
 * they lack is empty.
 */
export function withCutRows(records: readonly SampledRecord[], body: TableBody): TableBody {
  const { width, shape } = body;
  const isCut = ({ fields }: SampledRecord) =>
    fields.length < width && fields.length * 2 > width && beginsLikeRow(shape, fields);
  const cut = new Set([...records.keys()].filter((i) => isCut(records[i]!)));
  if (cut.size < 3) return body;
  const rows = [...records.keys()].filter((i) => cut.has(i) || fitsWidth(records[i]!.fields, width));
  return bodyOf(records, width, rows) ?? body;
}

function bodyOf(records: readonly SampledRecord[], width: number, fitting: readonly number[]): TableBody | null {
  if (fitting.length === 0) return null;
  const anchor = anchorOf(records, fitting, width);
  const held = anchor === null ? fitting : fitting.filter((i) => kindsOf(records[i]!)[anchor.column] === anchor.kind);
  const rough = shapeOf(
    held.map((i) => records[i]!),
    width,
  );
  // The anchor may be empty in many rows, as the date of an event is.
  const within = fitting.filter((i) => i >= held[0]! && i <= held[held.length - 1]!);
  const above = new Set(records.slice(0, held[0]).map(({ text }) => text));
  const rows = within.filter((i) => {
    const { fields, text } = records[i]!;
    // A header may come again.
    return !above.has(text) && !isContinuation(rough, fields, null) && !(fields.some(saysTotal) && fields.includes(''));
  });
  if (rows.length === 0) rows.push(...within);
  const shape = shapeOf(
    rows.map((i) => records[i]!),
    width,
  );
  const first = anchor === null ? rows[0]! : (rows.find((i) => belongs(shape, records[i]!)) ?? rows[0]!);
  const last = rows[rows.length - 1]!;
  const filled = shape.columns.map((_, column) =>
    // In a row that is one wider, an unquoted delimiter has moved the cells.
    fitting.some(
      (i) => i >= first && records[i]!.fields.length <= width && (kindsOf(records[i]!)[column] ?? 'empty') !== 'empty',
    ),
  );
  const body = { width, shape, filled, first, last, typed: anchor !== null, count: rows.length };
  shape.continued = continuedColumns(records, body);
  return { ...body, score: scoreOf(records, rows, body) };
}

function anchorOf(
  records: readonly SampledRecord[],
  fitting: readonly number[],
  width: number,
): { column: number; kind: 'date' | 'number' } | null {
  let best: { column: number; kind: 'date' | 'number'; score: number } | null = null;
  for (let column = 0; column < width; column++) {
    const counts = { date: 0, number: 0 };
    for (const i of fitting) {
      const kind = kindsOf(records[i]!)[column];
      if (kind === 'date' || kind === 'number') counts[kind]++;
    }
    for (const kind of ['date', 'number'] as const) {
      const held = counts[kind];
      const at = fitting.map((i) => kindsOf(records[i]!)[column] === kind);
      const from = at.indexOf(true);
      const to = at.lastIndexOf(true);
      if (held === 0) continue;
      const score = held * (held / (to - from + 1)) * (kind === 'date' && counts.date > counts.number ? DATES_LEAD : 1);
      if (best === null || score > best.score + 1e-9) best = { column, kind, score };
    }
  }
  return best;
}

function shapeOf(rows: readonly SampledRecord[], width: number): RowShape {
  const columns: ColumnShape[] = [];
  // A few rows may lack what the others have.
  const stray = rows.length < 4 ? 0 : Math.max(1, Math.floor(rows.length / 20));
  /** All columns so far are. */
  let texts = true;
  for (let column = 0; column < width; column++) {
    const counts: Record<CellKind, number> = { empty: 0, number: 0, date: 0, text: 0 };
    let codes = 0;
    let integers = 0;
    for (const row of rows) {
      const held = kindsOf(row)[column] ?? 'empty';
      counts[held]++;
      const cell = row.fields[column] ?? '';
      if (held !== 'empty' && isCode(cell)) codes++;
      if (held !== 'empty' && isPlainInteger(cell)) integers++;
    }
    const filled = rows.length - counts.empty;
    const most = (count: number) => filled > 0 && count >= filled - Math.min(stray, filled / 5);
    const kind: ColumnShape['kind'] = most(counts.date)
      ? 'date'
      : texts && most(integers)
        ? 'integer'
        : most(counts.number)
          ? 'number'
          : most(codes)
            ? 'code'
            : 'text';
    texts &&= kind === 'text';
    columns.push({
      kind,
      key: filled > 0 && counts.empty <= stray,
      optional: counts.empty >= 3 && counts.empty * 10 >= rows.length,
    });
  }
  const amount = columns.findIndex(({ kind, key }) => key && kind === 'number');
  return { columns, quick: quickColumn(rows, columns), amount, continued: [] };
}

function quickColumn(rows: readonly SampledRecord[], columns: readonly ColumnShape[]): number {
  const usual = (i: number) =>
    rows.filter(({ fields }) => /^\s*\d(?:.*\d)?\s*$/.test(fields[i] ?? '')).length * 2 > rows.length;
  for (const kind of ['date', 'integer', 'number', 'code']) {
    const found = columns.findIndex((column, i) => column.key && column.kind === kind && usual(i));
    if (found >= 0) return found;
  }
  return -1;
}

/** A row for certain: fewer than half of its key cells are not as they should be. */
function belongs(shape: RowShape, record: SampledRecord): boolean {
  let keys = 0;
  let misfits = 0;
  shape.columns.forEach(({ kind, key }, i) => {
    if (!key) return;
    keys++;
    const found = kindsOf(record)[i] ?? 'empty';
    if (found === 'empty' || !isOfKind(kind, record.fields[i]!, found)) misfits++;
  });
  return misfits * 2 < keys || keys === 0;
}

/** The text columns that lines between the rows fill alone, if such lines are meant: several, or of one cell each. */
function continuedColumns(records: readonly SampledRecord[], body: Omit<TableBody, 'score'>): number[] {
  const found = new Set<number>();
  let lines = 0;
  let cells = 0;
  for (let i = body.first + 1; i < body.last; i++) {
    const { fields } = records[i]!;
    if (!isContinuation(body.shape, fields, null)) continue;
    lines++;
    fields.forEach((cell, column) => {
      if (cell.trim() === '') return;
      cells++;
      found.add(column);
    });
  }
  return lines > 1 || cells === 1 ? [...found].sort((a, b) => a - b) : [];
}

const isRule = ({ fields }: SampledRecord) => fields.length > 0 && fields.every(isRuleCell);

/** Rows by columns, those with numbers and dates above all, if most records between the first and the last are rows. */
function scoreOf(
  records: readonly SampledRecord[],
  rows: readonly number[],
  { width, shape, first, last }: Omit<TableBody, 'score'>,
): number {
  let others = 0;
  for (let i = first; i <= last; i++) {
    const record = records[i]!;
    if (isRule(record) || isContinuation(shape, record.fields, shape.continued)) continue;
    if (fitsWidth(record.fields, width) || (record.fields.length < width && isCutShort(shape, record.fields))) continue;
    others++;
  }
  const count = rows.filter((i) => i >= first).length;
  const regular = count / (count + others);
  const used = shape.columns.filter((_, i) => rows.some((row) => (kindsOf(records[row]!)[i] ?? 'empty') !== 'empty'));
  // A code may be two cells that were not cut apart.
  const typed = used.filter(({ kind }) => kind !== 'text' && kind !== 'code').length;
  return count * Math.max(used.length, 1) * (1 + typed) * regular ** 2;
}
