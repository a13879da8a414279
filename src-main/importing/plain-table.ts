import { DuecastError } from '../ipc/errors.ts';
import type { ImportContext } from './batches.ts';
import { fileChunks, type FileBytes } from './bytes.ts';
import { openTable } from './containers/open-table.ts';
import { sha256Of } from './containers/unpacking.ts';
import { detectTable, fitsWidth, type Table } from './dialect.ts';
import { detectEncoding } from './examine.ts';
import { createNumberJudge, looksNumeric, type NumberFormat } from './numbers.ts';
import { detached } from './records.ts';
import { readSample } from './sample.ts';
import { noSettings, readSettings, sheetOf, type ImportSettings } from './settings.ts';
import { TableReader } from './table-reader.ts';
import { TextReader } from './text.ts';

/** What can be said of how a table is written; what its columns mean is the caller's. */
const SETTINGS = ['sheet', 'encoding', 'delimiter', 'quote', 'decimal', 'thousands', 'dateFormat', 'headerLine'];

export interface PlainTableRequest {
  file: string;
  /** As with `--set`: encoding, delimiter, quote, decimal, thousands, dateFormat, headerLine, sheet. */
  settings: readonly { key: string; value: string }[];
}

/** A table of any kind with its columns found, and none of them given a meaning. */
export interface PlainTable {
  /** Without its folder. */
  file: string;
  /** Of the file as it was given; hexadecimal. */
  sha256: string;
  encoding: string;
  table: Table;
  settings: ImportSettings;
  notes: string[];
  /** Reads columns of every row. Throws `cancelled`, `file-unreadable`. */
  read(columns: readonly number[]): Promise<PlainRows>;
}

/** Rows that hold as many cells as the table has columns. */
export interface PlainRows {
  /** [columns][rows], trimmed, as written. */
  cells: string[][];
  /** [rows]: the physical line, from 1, where each starts. */
  lines: number[];
  /** Records that are no such row, by the reason. */
  unread: { reason: string; line: number }[];
}

/**
 * Opens a table whatever it comes in, and finds how it is written and where its header and rows are, as an import does:
 * text in any encoding, a workbook, packed or not. `work` gets it, and it is closed after. Unlike an import no line is
 * taken for a footer or for the rest of the row above because of its values; what is no row is counted.
 *
 * Errors: `file-missing`, `file-unreadable`, `cancelled`; `usage` for settings that don't exist or are of no use here;
 * `data-refused` where no table can be found.
 */
export async function withPlainTable<T>(
  { file: path, settings }: PlainTableRequest,
  context: ImportContext,
  work: (table: PlainTable) => Promise<T>,
): Promise<T> {
  const odd = settings.find(({ key }) => Object.hasOwn(noSettings(), key) && !SETTINGS.includes(key));
  if (odd !== undefined)
    throw new DuecastError('usage', `${odd.key}= is for imports. Here only these apply: ${SETTINGS.join(', ')}.`);
  const asked = readSettings(settings);
  const file = await openTable(path, { sheet: sheetOf(settings), signal: context.signal });
  try {
    // A workbook's text is written here: how, is no question.
    const given =
      file.delimiter === undefined ? asked : { ...asked, encoding: 'utf-8', delimiter: file.delimiter, quote: '"' };
    const { encoding } = await detectEncoding(file, { given, profile: null }, context);
    const table = detectTable(await readSample(file, encoding), given);
    const notes = [...(file.notes ?? [])];
    if (table.preambleLines > 0)
      notes.push(
        `${table.preambleLines === 1 ? 'One line' : `${table.preambleLines} lines`} above the table ${table.preambleLines === 1 ? 'was' : 'were'} passed over.`,
      );
    return await work({
      file: file.name,
      sha256: file.sha256 ?? (await sha256Of(file, context.signal)),
      encoding,
      table,
      settings: given,
      notes,
      read: (columns) => readRows(file, encoding, table, columns, context),
    });
  } finally {
    await file.close();
  }
}

async function readRows(
  file: FileBytes,
  encoding: string,
  table: Table,
  columns: readonly number[],
  { signal, progress }: ImportContext,
): Promise<PlainRows> {
  const width = table.names.length;
  // Every cell may be empty or wrong here: only the number of cells makes a row.
  const shape = table.shape.columns.map(({ optional }) => ({ kind: 'text' as const, key: false, optional }));
  const reader = new TableReader({ ...table, shape: { columns: shape, quick: -1, amount: -1, continued: [] } });
  const text = new TextReader(encoding);
  const rows: PlainRows = { cells: columns.map(() => []), lines: [], unread: [] };
  const take = () => {
    while (reader.next()) {
      const { fields, line, problem } = reader;
      if (problem !== null) rows.unread.push({ reason: problem, line });
      else if (!fitsWidth(fields, width))
        rows.unread.push({ reason: `${fields.length} cells where the table has ${width} columns`, line });
      else {
        columns.forEach((column, c) => rows.cells[c]!.push(detached(fields[column]!.trim())));
        rows.lines.push(line);
      }
    }
  };
  for await (const chunk of fileChunks(file, signal, (done) => progress({ phase: 'rows', done, total: file.size }))) {
    reader.push(text.decode(chunk));
    take();
  }
  reader.push(text.end());
  reader.end();
  take();
  for (let i = 0; i < reader.footerLines; i++)
    rows.unread.push({ reason: 'a line below the last row', line: (reader.footer[i] ?? reader.footer[0]!).line });
  return rows;
}

/**
 * A column by its name, whatever its case, else by its number from 0. `option` is what named it. Unknown or ambiguous:
 * `usage`, with the columns there are.
 */
export function columnNamed({ names, headerLine }: Table, option: string, reference: string): number {
  const plain = reference.trim();
  const wanted = plain.replaceAll(/\s+/g, ' ');
  const matches = (same: (name: string) => boolean) => names.flatMap((name, column) => (same(name) ? [column] : []));
  for (const found of [
    matches((name) => name === wanted),
    matches((name) => name.toLowerCase() === wanted.toLowerCase()),
  ]) {
    if (found.length === 1) return found[0]!;
    if (found.length > 1)
      throw new DuecastError(
        'usage',
        `${option} ${plain}: ${found.length} columns have that name; give one of their numbers: ${found.join(', ')}.`,
      );
  }
  if (/^\d{1,6}$/.test(plain) && Number(plain) < names.length) return Number(plain);
  const shown = names.slice(0, 40).join(', ') + (names.length > 40 ? ` and ${names.length - 40} more` : '');
  throw new DuecastError(
    'usage',
    headerLine === 0
      ? `${option} ${plain}: the file has no header; its columns are numbered 0 to ${names.length - 1}.`
      : `${option} ${plain}: there is no such column. The file has: ${shown}.`,
  );
}

/**
 * How numbers are written, from all cells of these columns; where they leave it open, from the sampled cells of the
 * others as well. Throws `data-refused` where both readings are possible, or both occur.
 */
export function numberFormatOf(
  { table, settings }: PlainTable,
  columns: readonly number[],
  cells: readonly (readonly string[])[],
): NumberFormat {
  const judge = createNumberJudge();
  columns.forEach((column, c) => {
    for (const cell of cells[c]!) if (cell !== '') judge.add(cell, column);
  });
  try {
    return judge.decide(table.delimiter, settings);
  } catch (error) {
    if (!(error instanceof DuecastError) || settings.decimal !== null) throw error;
    table.names.forEach((_, column) => {
      if (columns.includes(column)) return;
      const others = table.rows.map((row) => row[column]!.trim()).filter((cell) => cell !== '');
      if (others.filter(looksNumeric).length * 2 < others.length) return;
      for (const cell of others) judge.add(cell, column);
    });
    return judge.decide(table.delimiter, settings);
  }
}
