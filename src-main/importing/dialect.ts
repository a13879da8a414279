import { DuecastError } from '../ipc/errors.ts';
import { kindOf } from './cell-kinds.ts';
import { findHeader, namesOf, namesOver } from './header.ts';
import { standsForNothing } from './numbers.ts';
import { readPreamble, type PreambleEntry } from './preamble.ts';
import { fitsWidth, isAlien, isRowWithoutDate } from './row-shape.ts';
import type { TextSample } from './sample.ts';
import type { ImportSettings } from './settings.ts';
import { detectDialect } from './dialect-detection.ts';
import { bodyOfWidth, findBody, withCutRows, type SampledRecord, type TableBody } from './table-body.ts';
import { TableReader, type TableCut } from './table-reader.ts';
import { markOf } from './text-marks.ts';
import type { Survey } from './shapes.ts';

export { fitsWidth };
export type { PreambleEntry };

/** A file taken apart into named columns, and a sample of its rows. */
export interface Table extends TableCut {
  /** Physical line of the header, 0 where there is none. */
  headerLine: number;
  /** As written, trimmed; "column 3" where the header is empty or missing, "Amount (2)" for the second of a name. */
  names: string[];
  rows: string[][];
  /** Lines with text that are passed over above the rows, the header left out. */
  preambleLines: number;
  /** What they say about the whole table, such as the account. */
  preamble: PreambleEntry[];
  /** Their fields, where they stand above the header. */
  above: string[][];
  /** As `preambleLines`, below the rows; of a long file what the end of the sample shows. */
  footerLines: number;
  /** Of the lines below the header that were looked at. */
  looked: { lines: number; fitting: number; quoted: number };
  /** What the whole file holds, where it had to be looked at. */
  survey?: Survey;
}

/**
 * Finds how a file is cut into columns, and where its header and its rows are, except where that is given.
 *
 * `data-refused` where no delimiter cuts the lines into columns, no row has the header's columns, or header and rows
 * don't go together; `usage` where the given header line is no record.
 */
export function detectTable(sample: TextSample, settings: ImportSettings): Table {
  if (sample.head.trim() === '') {
    throw new DuecastError('data-refused', 'The file holds no lines with text; nothing was imported.');
  }
  const { dialect, records } = detectDialect(sample, settings);
  if (records.length === 0) {
    throw new DuecastError('data-refused', 'The file holds no rows; nothing was imported.');
  }
  const { header, body } =
    settings.headerLine === null || settings.headerLine === 0
      ? findTable(records, settings.headerLine === 0)
      : tableBelow(records, settings.headerLine);

  const cells = header < 0 ? [] : namesOver(records[header]!.fields, records, body);
  const width = namedWidth(cells, body);
  body.shape.columns.length = width;
  const top = header < 0 ? firstRow(records, 0, body, settings.headerLine === 0) : firstRow(records, header + 1, body);
  const above = records.slice(0, top).filter((_, i) => i !== header);
  const table = {
    ...dialect,
    shape: body.shape,
    headerLine: header < 0 ? 0 : records[header]!.line,
    lastLineBeforeData: top > 0 ? records[top - 1]!.line : records[0]!.line - 1,
    names: namesOf(cells, width),
    header: cells.map((cell) => cell.trim()),
    marked: [],
    preambleLines: above.length,
    preamble: readPreamble(records.slice(0, header < 0 ? top : header)),
    above: records.slice(0, header < 0 ? top : header).map(({ fields }) => fields),
  };
  const sampled = sampleRows(sample, table);
  if (sampled.rows.length === 0) throw noRows(table.headerLine, width, records.slice(top));
  return { ...table, ...sampled };
}

/** The sampled rows that fit, and what the sample shows besides. */
function sampleRows(sample: TextSample, cut: TableCut): Pick<Table, 'rows' | 'marked' | 'footerLines' | 'looked'> {
  const { head, whole, spots } = sample;
  const read = (table: TableCut) => {
    const parts = [rowsOf(head, whole, table, false), ...spots.map((spot) => rowsOf(spot, true, table, true))];
    return { ...parts[0]!, rows: parts.flatMap(({ rows }) => rows), footerLines: parts[parts.length - 1]!.footerLines };
  };
  const found = read(cut);
  const marked = markedColumns(found.rows, cut.shape.columns.length);
  return marked.length === 0 ? { ...found, marked } : { ...read({ ...cut, marked }), marked };
}

function rowsOf(text: string, whole: boolean, table: TableCut, inside: boolean) {
  const reader = new TableReader(table, inside);
  reader.push(text);
  reader.end();
  const rows: string[][] = [];
  const looked = { lines: 0, fitting: 0, quoted: 0 };
  while (reader.next()) {
    const fits = reader.problem === null && fitsWidth(reader.fields, table.shape.columns.length);
    if (fits) rows.push(reader.fields);
    looked.lines++;
    if (fits) looked.fitting++;
    if (table.quote !== '' && reader.text.includes(table.quote)) looked.quoted++;
  }
  // The last record of a text that goes on may be cut.
  if (!whole && looked.lines > 1) rows.pop();
  return { rows, looked, footerLines: whole ? reader.footerLines : 0 };
}

function markedColumns(rows: readonly string[][], width: number): Table['marked'] {
  const marked: Table['marked'] = [];
  for (let column = 0; column < width; column++) {
    const counts = { '=': 0, "'": 0, '`': 0 };
    let filled = 0;
    for (const row of rows) {
      const cell = row[column] ?? '';
      if (cell.trim() === '') continue;
      filled++;
      const mark = markOf(cell);
      if (mark !== null) counts[mark]++;
    }
    // A formula says itself that it is text; one leading quote or two may belong to a name.
    if (counts['='] > 0) marked.push({ column, mark: '=' });
    for (const mark of ["'", '`'] as const) if (filled > 1 && counts[mark] === filled) marked.push({ column, mark });
  }
  return marked;
}

/** The table among records by their structure alone; `header` is -1 where there is none. */
function findTable(records: readonly SampledRecord[], unnamed: boolean): { header: number; body: TableBody } {
  const body = findBody(records)!;
  if (unnamed) return { header: -1, body };
  const header = findHeader(records, body);
  const own = namesAmongRows(records, body, header);
  if (own >= 0) return tableBelow(records, records[own]!.line);
  if (header >= 0) return { header, body: withCutRows(records, body) };
  // Empty cells may be cut off at the end of most rows.
  const widths = new Set(records.map(({ fields }) => fields.length).filter((width) => width > body.width));
  for (const width of [...widths].sort((a, b) => a - b)) {
    const found = bodyOfWidth(records, width);
    const wider = found === null ? null : withCutRows(records, found);
    const named = wider === null ? -1 : findHeader(records, wider);
    if (named < 0 || wider!.first <= named || records[named]!.fields.some((cell) => cell.trim() === '')) continue;
    if (records.some(({ fields }, i) => i > named && fields.length === width)) return { header: named, body: wider! };
  }
  const above = records[body.first - 1];
  if (above !== undefined && above.line + 1 === records[body.first]!.line && readsLikeNames(above, body)) {
    throw misfit(above, body.width);
  }
  return { header: -1, body };
}

/** A small table above the header, such as the account and its balance, has so many rows at most. */
const LONGEST_SMALL_TABLE = 20;

/**
 * The header of a table that stands below a smaller one of as many columns: names that fill most of its columns, over at
 * least as many rows as there are above them. -1 where there is none.
 */
function namesAmongRows(records: readonly SampledRecord[], body: TableBody, header: number): number {
  if (!body.typed) return -1;
  const end = Math.min(body.last, body.first + LONGEST_SMALL_TABLE);
  for (let i = body.first + 1; i < end; i++) {
    const { fields, text } = records[i]!;
    if (!fillsWithNames(fields) || (header >= 0 && text === records[header]!.text)) continue;
    const below = bodyOfWidth(records.slice(i + 1), fields.length);
    const above = records.slice(body.first, i).filter(({ fields: cells }) => fitsWidth(cells, body.width)).length;
    if (below === null || !below.typed || below.count < above || below.first > 2) continue;
    const shifted = { ...below, first: below.first + i + 1, last: below.last + i + 1 };
    if (findHeader(records, shifted) === i) return i;
  }
  return -1;
}

const fillsWithNames = (fields: readonly string[]) => {
  const filled = fields.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return (
    filled.length > 2 &&
    filled.length * 5 >= fields.length * 4 &&
    new Set(filled).size + 1 >= filled.length &&
    filled.every((cell) => /\p{L}{2}/u.test(cell) && !/\d{3}/.test(cell) && kindOf(cell) === 'text' && cell.length < 60)
  );
};

/** Texts, at least half as many as the rows have cells, but not as many. */
const readsLikeNames = ({ fields }: SampledRecord, { width }: TableBody) =>
  fields.length !== width &&
  fields.length > 1 &&
  fields.length * 2 >= width &&
  fields.every((cell) => kindOf(cell) === 'text' && !/\d/.test(cell));

const misfit = (header: SampledRecord, width: number) =>
  new DuecastError(
    'data-refused',
    `Line ${header.line} reads like a header of ${header.fields.length} columns, but the rows below it have ${width}, so ` +
      'it is open which name belongs to which column; nothing was imported. Correct the header, or give headerLine=0 ' +
      'and name the columns by number.',
  );

/** The table below the header line that is given. */
function tableBelow(records: readonly SampledRecord[], line: number): { header: number; body: TableBody } {
  const header = records.findIndex((record) => record.line === line);
  if (header < 0 || records[header]!.fields.length === 0) {
    throw new DuecastError(
      'usage',
      `headerLine=${line}: no record starts on that line. Lines are counted from 1; the first with text is ` +
        `line ${records[0]!.line}.`,
    );
  }
  const { fields } = records[header]!;
  const below = records.slice(header + 1);
  if (below.length === 0) throw noRows(line, fields.length, below);
  let width = fields.length;
  let found = bodyOfWidth(below, width);
  while (found === null && width > 1 && fields[width - 1]!.trim() === '') found = bodyOfWidth(below, --width);
  if (found === null) throw noRows(line, fields.length, below);
  const body = withCutRows(below, found);
  return { header, body: { ...body, first: body.first + header + 1, last: body.last + header + 1 } };
}

/** A last column without a name and without any value comes from a delimiter at the end of lines. */
function namedWidth(header: readonly string[], { width, shape, filled }: TableBody): number {
  const last = width - 1;
  const named = width > 1 && !filled[last] && (header[last] ?? '').trim() === '' ? last : width;
  shape.columns.length = named;
  return named;
}

/** The first record that is taken as a row: lines that don't belong to the table may stand above it. */
function firstRow(records: readonly SampledRecord[], from: number, body: TableBody, keepWide = false): number {
  let first = from;
  while (
    first < body.first &&
    records[first]!.fields.length > 0 &&
    isAlien(body.shape, records[first]!.fields) &&
    !(from > 0 && first === from && isRowWithoutDate(body.shape, records[first]!.fields)) &&
    !(keepWide && records[first]!.fields.length === body.width)
  ) {
    first++;
  }
  return first;
}

function noRows(headerLine: number, width: number, below: readonly SampledRecord[]): DuecastError {
  if (below.length === 0) {
    return new DuecastError('data-refused', 'The file holds a header and no rows below it; nothing was imported.');
  }
  return new DuecastError(
    'data-refused',
    `The header in line ${headerLine} has ${width} columns, but no row below it has as many; the first has ` +
      `${below[0]!.fields.length}. Nothing was imported. Check it, and give headerLine= or ` +
      'delimiter= if they were read wrongly.',
  );
}

/**
 * The column's sampled cells that hold something: neither empty nor a dash or n/a in the place of nothing. Of a file that
 * was looked at whole, evenly drawn ones and rare ones.
 */
export function filledCells({ rows, survey }: Table, column: number): string[] {
  const cells: string[] = [];
  for (const row of survey?.drawn ?? rows) {
    const cell = row[column]!.trim();
    if (cell !== '' && !standsForNothing(cell)) cells.push(cell);
  }
  if (survey !== undefined) cells.push(...survey.rare[column]!);
  return cells;
}

/** The cells by which the format of numbers is decided: all of the file's, by shape, where it was looked at whole. */
export const decidingCells = (table: Table, column: number): Iterable<string> =>
  table.survey === undefined ? filledCells(table, column) : byShape(table.survey.shapes[column]!);

function* byShape(shapes: Survey['shapes'][number]): Generator<string> {
  for (const { example, count } of shapes) for (let i = 0; i < count; i++) yield example;
}
