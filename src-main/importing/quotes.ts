import { canBeRow, type RowShape } from './row-shape.ts';

const BACKSLASH = 92;

/** One character each; an empty quote means that none is special. */
export interface RecordDialect {
  delimiter: string;
  quote: string;
  /** A backslash before a quote makes it text. */
  backslash?: boolean;
  /** Each line is one quoted cell that holds the line itself, as spreadsheets make it when a CSV is saved twice. */
  wrapped?: boolean;
  /** Delimiters stand at both ends of a line too: | a | b |. */
  edged?: boolean;
  /** What rows look like, where it is known: with it, broken quotes are read where only one reading is a row. */
  shape?: RowShape | null;
}

/** What a quoted cell says. */
export function unescaped(cell: string, { quote, backslash }: RecordDialect): string {
  const plain = cell.includes(quote) ? cell.replaceAll(quote + quote, quote) : cell;
  if (backslash !== true || !plain.includes('\\')) return plain;
  return plain.replaceAll(`\\${quote}`, quote).replaceAll('\\\\', '\\');
}

/** Whether an odd number of backslashes stands before a place; `start`: where the cell begins. */
export function isEscaped(text: string, start: number, at: number): boolean {
  let before = at;
  while (before > start && text.charCodeAt(before - 1) === BACKSLASH) before--;
  return (at - before) % 2 === 1;
}

/**
 * The cells of one line whose quotes are broken, where a quote ends its cell only before a delimiter or the end of the
 * line. No other reading has as many cells, so that what makes a row is the only reading that does. Null where it makes none.
 */
export function lenientFields(line: string, dialect: RecordDialect): string[] | null {
  const { delimiter, quote, shape } = dialect;
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (line.startsWith(quote, at)) {
      let close = line.indexOf(quote, at + 1);
      while (close >= 0 && close + 1 < line.length && line[close + 1] !== delimiter) {
        close = line.indexOf(quote, close + 1);
      }
      if (close < 0) return null;
      fields.push(unescaped(line.slice(at + 1, close), dialect));
      at = close + 1;
    } else {
      const next = line.indexOf(delimiter, at);
      const end = next < 0 ? line.length : next;
      fields.push(line.slice(at, end));
      at = end;
    }
    if (at >= line.length) break;
    at++;
  }
  return shape === undefined || shape === null || canBeRow(shape, fields) ? fields : null;
}

/** Whether the lines of a record with line breaks inside quotes are rows by themselves: then nobody meant its quote. */
export function hidesRows(record: string, { delimiter, quote, shape }: RecordDialect): boolean {
  if (shape === undefined || shape === null) return false;
  const isRow = (line: string) =>
    canBeRow(
      shape,
      line.split(delimiter).map((cell) => stripped(cell, quote)),
    );
  const [first, ...more] = record.split(/\r{0,2}\n|\r/);
  return isRow(first!) && more.some(isRow);
}

function stripped(cell: string, quote: string): string {
  const text = cell.trim();
  return text.slice(text.startsWith(quote) ? 1 : 0, text.endsWith(quote) ? -1 : undefined);
}
