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
  /** Of the current record; a view of the text pushed, so copy what outlives it (`detached`). */
  fields: string[] = [];
  /** The physical line, from 1, where the current record starts. */
  line = 0;
  /** Why the current record can't be read, else null. */
  problem: string | null = null;

  readonly #dialect: RecordDialect;
  readonly #delimiter: number;
  readonly #quote: string;
  readonly #quoteCode: number;
  readonly #reworks: boolean;
  #buffer = '';
  #position = 0;
  #nextLine = 1;
  #skipLineFeed = false;
  #ended = false;
  #recordStart = 0;
  #recordEnd = 0;

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

  /** The current record as it stands in the file, without its line break; until the next `push`. */
  get text(): string {
    return this.#buffer.slice(this.#recordStart, this.#recordEnd);
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
    const fields: string[] = [];
    let linesInside = 0;
    let at = recordStart;
    for (;;) {
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
          fields.push(unescaped(buffer.slice(open + 1, close), this.#dialect));
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
        fields.push(buffer.slice(start, at));
      }
      if (at < length && buffer.charCodeAt(at) === delimiter) {
        at++;
        continue;
      }
      if (linesInside > 0 && hidesRows(buffer.slice(recordStart, at), this.#dialect))
        return this.#breakRecord(UNCLOSED);
      this.#finish(recordStart, at, linesInside);
      this.fields = fields;
      this.problem = null;
      return true;
    }
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
    this.fields = fields ?? [];
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
        this.fields = inner.fields;
        this.problem = inner.problem;
      }
    }
    if (edged === true && this.fields.length > 2) {
      if (this.fields[0]!.trim() === '') this.fields.shift();
      if (this.fields[this.fields.length - 1]!.trim() === '') this.fields.pop();
    }
  }

  /** Steps over the record that ends at `end`, and over its line break. */
  #finish(start: number, end: number, linesInside: number): void {
    this.#recordStart = start;
    this.#recordEnd = end;
    this.line = this.#nextLine;
    this.#nextLine += linesInside + 1;
    // What may follow a carriage return may not have been pushed yet.
    this.#skipLineFeed = this.#buffer.charCodeAt(end) === CARRIAGE_RETURN;
    this.#position = end + 1;
  }

  #isBlank(): boolean {
    return this.fields.length === 1 && this.fields[0]!.trim() === '' && this.text.trim() === '';
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
