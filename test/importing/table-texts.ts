import { detectTable, type Table } from '../../src-main/importing/dialect.ts';
import { noSettings, type ImportSettings } from '../../src-main/importing/settings.ts';
import { TableReader } from '../../src-main/importing/table-reader.ts';

/** Finds the table of a text that is a whole file. */
export const detect = (head: string, settings: Partial<ImportSettings> = {}, spots: string[] = []): Table =>
  detectTable({ head, whole: spots.length === 0, spots }, { ...noSettings(), ...settings });

/** What an import reads of a text: each row as its line and its trimmed cells, or as its line and its problem. */
export interface ReadTable {
  table: Table;
  names: string[];
  rows: (string | number)[][];
  reader: TableReader;
}

export function readTable(text: string, settings: Partial<ImportSettings> = {}, pieceLength = Infinity): ReadTable {
  const table = detect(text, settings);
  return { table, names: table.names, ...readWith(table, text, pieceLength) };
}

/** Reads a text with a table that is known, in pieces of that length. */
export function readWith(table: Table, text: string, pieceLength: number): Pick<ReadTable, 'rows' | 'reader'> {
  const reader = new TableReader(table);
  const rows: (string | number)[][] = [];
  const take = () => {
    while (reader.next()) {
      const { line, fields, problem } = reader;
      rows.push(problem === null ? [line, ...fields.map((cell) => cell.trim())] : [line, problem]);
    }
  };
  for (let at = 0; at < text.length; at += pieceLength) {
    reader.push(text.slice(at, at + pieceLength));
    take();
  }
  reader.end();
  take();
  return { rows, reader };
}
