import { DuecastError } from '../ipc/errors.ts';
import { hidesRows, isEscaped, lenientFields, unescaped, type RecordDialect } from './quotes.ts';

export type { RecordDialect };

/** An opening quote that finds no end within so many characters is taken as a stray one. */
const LONGEST_QUOTED_RECORD = 1 << 20;
const LONGEST_LINE = 1 << 24;

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;

/** The cells of a record as they stand in a text, so that millions of them are read without being cut out of it. */
export interface CellPlaces {
  text: string;
  count: number;
  /** [cells, 2]: where each starts and stops in the text. */
  bounds: Int32Array;
  /** The whole record, without its line break. */
  start: number;
  stop: number;
}

const NONE: { at: number; cell: string }[] = [];
const UNCLOSED = 'a quote that is opened and never closed';

/**
 * Reads delimiter-separated records (RFC 4180, and lines that end in LF, CRLF, CRCRLF or CR alone) from text that
 * arrives in pieces: `push` a piece, take records with `next` until it answers false, and after the last piece `end`.
 *
 * Blank lines are no records. Spaces around quotes are passed over; a quote within an unquoted cell is text. A record
 * whose quotes are broken covers its first line only, so that one stray quote costs one line at most: it is read with a
 * closing quote before a delimiter or the end of the line, and gets a `problem` where that is no row of the table.
 */
export class RecordReader {
  /** The physical line, from 1, where the current record starts. */
  line = 0;
  /** Why the current record can't be read, else null. */
  problem: string | null = null;

  readonly #dialect: RecordDialect;
  readonly #delimiter: number;
  readonly #quote: string;
  readonly #quoteCode: number;
  readonly #reworks: boolean;
  readonly #places: CellPlaces = { text: '', count: 0, bounds: new Int32Array(64), start: 0, stop: 0 };
  /** Null until they are asked for. */
  #fields: string[] | null = [];
  /** What quoted cells say that doesn't stand there as it is, by their place among the cells. */
  #unescaped: { at: number; cell: string }[] = [];
  #isInPlace = false;
  #buffer = '';
  #position = 0;
  #nextLine = 1;
  #skipLineFeed = false;
  #ended = false;

  constructor(dialect: RecordDialect) {
    this.#dialect = dialect;
    this.#delimiter = dialect.delimiter.charCodeAt(0);
    this.#quote = dialect.quote;
    this.#quoteCode = dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0);
    this.#reworks = dialect.wrapped === true || dialect.edged === true;
  }

  push(text: string): void {
    // Some systems pad with zero bytes; they are no text.
    const piece = text.includes('\0') ? text.replaceAll('\0', '') : text;
    this.#buffer = this.#position < this.#buffer.length ? this.#buffer.slice(this.#position) + piece : piece;
    this.#position = 0;
  }

  end(): void {
    this.#ended = true;
  }

  /** The text that is being read, from the first record that was not complete before the last `push`. */
  get source(): string {
    return this.#buffer;
  }

  /** Of the current record, until the next `push`; views of the text pushed, so copy what outlives it (`detached`). */
  get fields(): string[] {
    this.#fields ??= this.#cut();
    return this.#fields;
  }

  /** The same cells where they stand, until the next `next` or `push`; null where a cell says something else than that. */
  get places(): CellPlaces | null {
    return this.#isInPlace ? this.#places : null;
  }

  /** How many cells the current record has. */
  get width(): number {
    return this.#isInPlace ? this.#places.count : this.fields.length;
  }

  /** The current record as it stands in the file, without its line break; until the next `push`. */
  get text(): string {
    return this.#buffer.slice(this.#places.start, this.#places.stop);
  }

  #cut(): string[] {
    const { text, count, bounds } = this.#places;
    const fields: string[] = [];
    for (let i = 0; i < count; i++) fields.push(text.slice(bounds[2 * i], bounds[2 * i + 1]));
    for (const { at, cell } of this.#unescaped) fields[at] = cell;
    return fields;
  }

  #setFields(fields: string[]): void {
    this.#fields = fields;
    this.#isInPlace = false;
  }

  /** Goes to the next record; false where the text pushed so far holds no further whole one. */
  next(): boolean {
    for (;;) {
      if (this.#skipLineFeed && !this.#passLineFeed()) return false;
      if (this.#position >= this.#buffer.length) return false;
      if (!this.#readRecord()) {
        if (this.#buffer.length - this.#position > LONGEST_LINE) throw this.#lineTooLong();
        return false;
      }
      if (this.#isBlank()) continue;
      if (this.#reworks && this.problem === null) this.#rework();
      return true;
    }
  }

  /** Steps over what is left of a line break behind its carriage return; false where it is not there yet. */
  #passLineFeed(): boolean {
    const buffer = this.#buffer;
    const at = this.#position;
    if (at >= buffer.length) return this.#ended;
    if (buffer.charCodeAt(at) === LINE_FEED) this.#position++;
    else if (buffer.charCodeAt(at) === CARRIAGE_RETURN) {
      if (at + 1 === buffer.length && !this.#ended) return false;
      if (buffer.charCodeAt(at + 1) === LINE_FEED) this.#position += 2;
    }
    this.#skipLineFeed = false;
    return true;
  }

  /** Reads the record at the position; false, and nothing changed, where its end is not there yet. */
  #readRecord(): boolean {
    const buffer = this.#buffer;
    const length = buffer.length;
    const delimiter = this.#delimiter;
    const quoteCode = this.#quoteCode;
    const recordStart = this.#position;
    let bounds = this.#places.bounds;
    let unescapedCells: { at: number; cell: string }[] = NONE;
    let count = 0;
    let linesInside = 0;
    let at = recordStart;
    for (;;) {
      if (2 * count === bounds.length) bounds = this.#widen();
      let open = at;
      if (at < length && buffer.charCodeAt(at) === SPACE && delimiter !== SPACE) {
        while (open < length && buffer.charCodeAt(open) === SPACE) open++;
      }
      let quoted = open < length && buffer.charCodeAt(open) === quoteCode;
      if (quoted) {
        const close = this.#closingQuote(open + 1);
        let behind = close + 1;
        if (close >= 0) {
          while (behind < length && isPadding(buffer.charCodeAt(behind), delimiter)) behind++;
        }
        if (close < 0 || (behind === length && !this.#ended)) {
          if (!this.#ended && length - recordStart <= LONGEST_QUOTED_RECORD) return false;
          if (open === at) return this.#breakRecord(UNCLOSED);
          quoted = false;
        } else if (!this.#endsCell(behind)) {
          // Behind a space it is an ordinary cell that begins with a quoted word.
          if (open === at) return this.#breakRecord('text after a closing quote');
          quoted = false;
        } else {
          const cell = unescaped(buffer.slice(open + 1, close), this.#dialect);
          if (cell.length !== close - open - 1) {
            if (unescapedCells === NONE) unescapedCells = [];
            unescapedCells.push({ at: count, cell });
          }
          bounds[2 * count] = open + 1;
          bounds[2 * count++ + 1] = close;
          linesInside += lineBreaksIn(buffer, open + 1, close);
          at = behind;
        }
      }
      if (!quoted) {
        const start = at;
        while (at < length) {
          const code = buffer.charCodeAt(at);
          if (code === delimiter || code === LINE_FEED || code === CARRIAGE_RETURN) break;
          at++;
        }
        if (at === length && !this.#ended) return false;
        bounds[2 * count] = start;
        bounds[2 * count++ + 1] = at;
      }
      if (at < length && buffer.charCodeAt(at) === delimiter) {
        at++;
        continue;
      }
      if (linesInside > 0 && hidesRows(buffer.slice(recordStart, at), this.#dialect))
        return this.#breakRecord(UNCLOSED);
      this.#finish(recordStart, at, linesInside);
      this.#places.text = buffer;
      this.#places.count = count;
      this.#unescaped = unescapedCells;
      this.#isInPlace = unescapedCells.length === 0;
      this.#fields = null;
      this.problem = null;
      return true;
    }
  }

  /** Makes room for more cells, and keeps those of the record that is being read. */
  #widen(): Int32Array {
    const wider = new Int32Array(2 * this.#places.bounds.length);
    wider.set(this.#places.bounds);
    this.#places.bounds = wider;
    return wider;
  }

  /** The place of the quote that ends the cell which begins at `start`; -1 where there is none. */
  #closingQuote(start: number): number {
    const buffer = this.#buffer;
    let close = buffer.indexOf(this.#quote, start);
    for (;;) {
      if (close < 0) return -1;
      if (this.#dialect.backslash === true && isEscaped(buffer, start, close)) {
        close = buffer.indexOf(this.#quote, close + 1);
      } else if (close + 1 < buffer.length && buffer.charCodeAt(close + 1) === this.#quoteCode) {
        close = buffer.indexOf(this.#quote, close + 2);
      } else return close;
    }
  }

  #endsCell(at: number): boolean {
    if (at >= this.#buffer.length) return true;
    const code = this.#buffer.charCodeAt(at);
    return code === this.#delimiter || code === LINE_FEED || code === CARRIAGE_RETURN;
  }

  /** Reads the first physical line of the record at the position by itself; where that fails it can't be read. */
  #breakRecord(problem: string): boolean {
    const start = this.#position;
    let end = start;
    while (end < this.#buffer.length) {
      const code = this.#buffer.charCodeAt(end);
      if (code === LINE_FEED || code === CARRIAGE_RETURN) break;
      end++;
    }
    if (end === this.#buffer.length && !this.#ended) return false;
    this.#finish(start, end, 0);
    const fields = lenientFields(this.text, this.#dialect);
    this.#setFields(fields ?? []);
    this.problem = fields === null ? problem : null;
    return true;
  }

  /** Takes the record out of the quotes around its line, or of the delimiters at both ends. */
  #rework(): void {
    const { wrapped, edged } = this.#dialect;
    if (wrapped === true && this.fields.slice(1).every((cell) => cell.trim() === '')) {
      const inner = new RecordReader({ ...this.#dialect, wrapped: false, edged: false });
      inner.push(this.fields[0]!);
      inner.end();
      if (inner.next()) {
        this.#setFields(inner.fields);
        this.problem = inner.problem;
      }
    }
    if (edged === true && this.fields.length > 2) {
      const fields = [...this.fields];
      if (fields[0]!.trim() === '') fields.shift();
      if (fields[fields.length - 1]!.trim() === '') fields.pop();
      this.#setFields(fields);
    }
  }

  /** Steps over the record that ends at `end`, and over its line break. */
  #finish(start: number, end: number, linesInside: number): void {
    this.#places.start = start;
    this.#places.stop = end;
    this.line = this.#nextLine;
    this.#nextLine += linesInside + 1;
    // What may follow a carriage return may not have been pushed yet.
    this.#skipLineFeed = this.#buffer.charCodeAt(end) === CARRIAGE_RETURN;
    this.#position = end + 1;
  }

  #isBlank(): boolean {
    return this.width === 1 && this.fields[0]!.trim() === '' && this.text.trim() === '';
  }

  #lineTooLong(): DuecastError {
    return new DuecastError(
      'data-refused',
      `Line ${this.#nextLine} is longer than ${LONGEST_LINE.toLocaleString('en')} characters, so this is not a table ` +
        'of rows; nothing was imported. Check the file, its encoding and its delimiter.',
    );
  }
}

const isPadding = (code: number, delimiter: number) => (code === SPACE || code === TAB) && code !== delimiter;

function lineBreaksIn(text: string, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === LINE_FEED) count++;
    else if (code === CARRIAGE_RETURN) {
      count++;
      if (text.charCodeAt(i + 1) === CARRIAGE_RETURN && text.charCodeAt(i + 2) === LINE_FEED) i += 2;
      else if (text.charCodeAt(i + 1) === LINE_FEED) i++;
    }
  }
  return count;
}

/** A copy that stands alone: a slice would keep the whole piece of text it was cut from in memory. */
export const detached = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');

/** Fields of one line in a dialect, for lists such as `features=a,"b, c"`. */
export function fieldsOf(text: string, dialect: RecordDialect): string[] {
  const reader = new RecordReader(dialect);
  reader.push(text);
  reader.end();
  return reader.next() && reader.problem === null ? reader.fields : [text];
}
