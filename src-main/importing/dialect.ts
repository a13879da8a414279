import { DuecastError } from '../ipc/errors.ts';
import { looksNumeric } from './numbers.ts';
import { RecordReader, type RecordDialect } from './records.ts';
import type { TextSample } from './sample.ts';
import type { ImportSettings } from './settings.ts';
import type { Survey } from './surveyed.ts';

const DELIMITERS = [',', ';', '\t', '|'];
/** So many records show the delimiter and the header. */
const LOOKED_AT = 200;
const LONGEST_PREAMBLE = 50;

/** A file taken apart into named columns, and a sample of its rows. */
export interface Table extends RecordDialect {
  /** Physical line of the header, 0 where there is none. */
  headerLine: number;
  /** Records that start on this line or before are not data. */
  lastLineBeforeData: number;
  /** As written, trimmed; "column 3" where the header is empty or missing. */
  names: string[];
  rows: string[][];
  /** What the whole file holds, where it had to be looked at. */
  survey?: Survey;
}

interface SampledRecord {
  line: number;
  /** Empty where quotes are broken. */
  fields: string[];
  text: string;
}

/**
 * Finds the delimiter and the header line of a file, except where they are given.
 *
 * `data-refused` where no delimiter cuts the lines into columns, or no row has the header's columns; `usage` where the
 * given header line is no record.
 */
export function detectTable(sample: TextSample, settings: ImportSettings): Table {
  if (sample.head.trim() === '') {
    throw new DuecastError('data-refused', 'The file holds no lines with text; nothing was imported.');
  }
  const quote = settings.quote ?? '"';
  const announced = /^\ufeff?sep=(.)\s*[\r\n]/i.exec(sample.head)?.[1] ?? null;
  const delimiter = settings.delimiter ?? announced ?? detectDelimiter(sample, quote);
  const dialect = { delimiter, quote };

  const firstLine = announced === null ? 0 : 1;
  const records = recordsOf(sample.head, sample.whole, dialect).filter((record) => record.line > firstLine);
  if (records.length === 0) {
    throw new DuecastError('data-refused', 'The file holds no rows; nothing was imported.');
  }
  const width = usualWidth(records);
  const header = settings.headerLine === null ? detectHeader(records, width) : headerAt(records, settings.headerLine);

  const names = header === null ? numbered(width) : namesOf(header.fields);
  const lastLineBeforeData = Math.max(header?.line ?? 0, firstLine);
  const rows = records.filter((record) => record.line > lastLineBeforeData);
  for (const spot of sample.spots) rows.push(...recordsOf(spot, true, dialect));
  return {
    ...dialect,
    headerLine: header?.line ?? 0,
    lastLineBeforeData,
    names,
    rows: fittingRows(rows, names.length, header?.line ?? 0),
  };
}

function fittingRows(records: readonly SampledRecord[], width: number, headerLine: number): string[][] {
  if (records.length === 0) {
    throw new DuecastError('data-refused', 'The file holds a header and no rows below it; nothing was imported.');
  }
  const rows = records.map((record) => record.fields).filter((fields) => fitsWidth(fields, width));
  if (rows.length > 0) return rows;
  throw new DuecastError(
    'data-refused',
    `The header in line ${headerLine} has ${width} columns, but no row below it has as many; the first has ` +
      `${records[0]!.fields.length}. Nothing was imported. Check it, and give headerLine= or ` +
      'delimiter= if they were read wrongly.',
  );
}

/** Whether a record has a table's columns; one more that is empty comes from a delimiter at the end of the line. */
export const fitsWidth = (fields: readonly string[], width: number) =>
  fields.length === width || (fields.length === width + 1 && fields[width]!.trim() === '');

/** The records of a text; the last one of a text that goes on may be cut, and is left out. */
function recordsOf(text: string, whole: boolean, dialect: RecordDialect, limit = Infinity): SampledRecord[] {
  const reader = new RecordReader(dialect);
  reader.push(text);
  reader.end();
  const records: SampledRecord[] = [];
  while (records.length < limit && reader.next()) {
    records.push({ line: reader.line, fields: reader.fields, text: reader.text });
  }
  if (!whole && records.length > 1 && records.length < limit) records.pop();
  return records;
}

/**
 * The delimiter that cuts the most records into the same number of columns, at least two, and leaves the fewest numbers
 * behind another delimiter inside a cell (1,5;2,5 are two numbers with a decimal comma); the one with more columns
 * where two are alike.
 */
function detectDelimiter(sample: TextSample, quote: string): string {
  let best = { delimiter: '', score: 0, width: 0 };
  for (const delimiter of DELIMITERS) {
    const records = recordsOf(sample.head, sample.whole, { delimiter, quote }, LOOKED_AT);
    const width = usualWidth(records);
    if (width < 2) continue;
    const regular = records.filter((record) => fitsWidth(record.fields, width));
    const others = DELIMITERS.filter((other) => other !== delimiter && other !== ',');
    let cells = 0;
    let clean = 0;
    for (const { fields } of regular) {
      for (const cell of fields) {
        cells++;
        if (!others.some((other) => cell.includes(other) && cell.split(other).some(looksNumeric))) clean++;
      }
    }
    const score = (regular.length / records.length) * (clean / cells) ** 2;
    if (score > best.score + 1e-9 || (score > best.score - 1e-9 && width > best.width))
      best = { delimiter, score, width };
  }
  if (best.width === 0) {
    throw new DuecastError(
      'data-refused',
      'No delimiter (comma, semicolon, tab, |) cuts the lines of this file into columns; nothing was imported. ' +
        'Check that it is a table saved as CSV, and say the delimiter with delimiter=.',
    );
  }
  return best.delimiter;
}

/** The number of columns that most records have. */
function usualWidth(records: readonly SampledRecord[]): number {
  const counts = new Map<number, number>();
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  let usual = 0;
  for (const [width, count] of counts) {
    const most = counts.get(usual) ?? 0;
    if (count > most || (count === most && width > usual)) usual = width;
  }
  return usual;
}

/** The first record as wide as the table, if it reads like names and not like the rows below it. */
function detectHeader(records: readonly SampledRecord[], width: number): SampledRecord | null {
  const below = records.filter(({ fields }) => fitsWidth(fields, width)).slice(0, LOOKED_AT);
  // Rows that end in a delimiter are one wider than their header; any other shorter record is preamble.
  const rowsEndInDelimiter = below.every(({ fields }) => fields[width - 1]!.trim() === '');
  const wide = records
    .slice(0, LONGEST_PREAMBLE)
    .filter(({ fields }) => fitsWidth(fields, width) || (rowsEndInDelimiter && fields.length === width - 1));
  // Spreadsheets give a letterhead as many cells as the table has, most of them empty.
  const candidate = wide.find(({ fields }) => mostlyFilled(fields)) ?? wide[0];
  if (candidate === undefined) return null;
  if (below[0] === candidate) below.shift();
  const cells = candidate.fields;
  if (cells.every(isName)) return candidate;
  const distinct = new Set(cells.map((cell) => cell.trim().toLowerCase()));
  if (distinct.size < cells.length || distinct.has('')) return null;
  const standsOut = cells.some((cell, column) => {
    const kinds = below.map(({ fields }) => kindOf(fields[column]!)).filter((kind) => kind !== 'empty');
    return (['number', 'date'] as const).some(
      (kind) => kind !== kindOf(cell) && kinds.filter((other) => other === kind).length * 2 > kinds.length,
    );
  });
  return standsOut ? candidate : null;
}

const mostlyFilled = (fields: readonly string[]) =>
  fields.filter((cell) => cell.trim() !== '').length * 2 > fields.length;

function kindOf(cell: string): 'empty' | 'number' | 'date' | 'text' {
  if (cell.trim() === '') return 'empty';
  if (looksNumeric(cell)) return 'number';
  return cell.length <= 24 && /^\s*\d[\d./T: -]*\s*$/.test(cell) ? 'date' : 'text';
}

const isName = (cell: string) => kindOf(cell) === 'text' || kindOf(cell) === 'empty';

function headerAt(records: readonly SampledRecord[], line: number): SampledRecord | null {
  if (line === 0) return null;
  const header = records.find((record) => record.line === line);
  if (header !== undefined && header.fields.length > 0) return header;
  throw new DuecastError(
    'usage',
    `headerLine=${line}: no record starts on that line. Lines are counted from 1; the first with text is ` +
      `line ${records[0]!.line}.`,
  );
}

function namesOf(fields: readonly string[]): string[] {
  let width = fields.length;
  // A header that ends in a delimiter names no further column.
  if (width > 1 && fields[width - 1]!.trim() === '') width--;
  return fields.slice(0, width).map((field, i) => (field.trim() === '' ? `column ${i}` : field.trim()));
}

const numbered = (width: number) => Array.from({ length: width }, (_, i) => `column ${i}`);

/** The records from which the delimiter and the header were found. */
export const headRecords = (sample: TextSample, dialect: RecordDialect): readonly SampledRecord[] =>
  recordsOf(sample.head, sample.whole, dialect, LOOKED_AT);

/** The column's sampled cells that aren't empty; of a file that was looked at whole, evenly drawn ones and rare ones. */
export function filledCells({ rows, survey }: Table, column: number): string[] {
  const cells: string[] = [];
  for (const row of survey?.drawn ?? rows) {
    const cell = row[column]!.trim();
    if (cell !== '') cells.push(cell);
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
