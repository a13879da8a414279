import { DuecastError } from '../ipc/errors.ts';

/** An opening quote that finds no end within so many characters is taken as a stray one. */
const LONGEST_QUOTED_RECORD = 1 << 20;
const LONGEST_LINE = 1 << 24;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** One character each; an empty quote means that none is special. */
export interface RecordDialect {
  delimiter: string;
  quote: string;
}

/**
 * Reads delimiter-separated records (RFC 4180, and lines that end in LF, CRLF or CR alone) from text that arrives in
 * pieces: `push` a piece, take records with `next` until it answers false, and after the last piece `end`.
 *
 * Blank lines are no records. A record whose quotes are broken gets a `problem` and covers its first line only, so that
 * one stray quote costs one line and not all that follow it.
 */
export class RecordReader {
  /** Of the current record; a view of the text pushed, so copy what outlives it (`detached`). */
  fields: string[] = [];
  /** The physical line, from 1, where the current record starts. */
  line = 0;
  /** Why the current record can't be read, else null. */
  problem: string | null = null;

  readonly #delimiter: number;
  readonly #quote: string;
  readonly #quoteCode: number;
  #buffer = '';
  #position = 0;
  #nextLine = 1;
  #skipLineFeed = false;
  #ended = false;
  #recordStart = 0;
  #recordEnd = 0;

  constructor(dialect: RecordDialect) {
    this.#delimiter = dialect.delimiter.charCodeAt(0);
    this.#quote = dialect.quote;
    this.#quoteCode = dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0);
  }

  push(text: string): void {
    this.#buffer = this.#position < this.#buffer.length ? this.#buffer.slice(this.#position) + text : text;
    this.#position = 0;
  }

  end(): void {
    this.#ended = true;
  }

  /** The current record as it stands in the file, without its line break; until the next `push`. */
  get text(): string {
    return this.#buffer.slice(this.#recordStart, this.#recordEnd);
  }

  /** All that `next` goes through: what was pushed last, behind what was left over before. */
  get pushed(): string {
    return this.#buffer;
  }

  /** Where the current record starts in `pushed`, and where it stops. */
  get start(): number {
    return this.#recordStart;
  }

  get stop(): number {
    return this.#recordEnd;
  }

  /** Goes to the next record; false where the text pushed so far holds no further whole one. */
  next(): boolean {
    for (;;) {
      if (this.#skipLineFeed && this.#position < this.#buffer.length) {
        if (this.#buffer.charCodeAt(this.#position) === LINE_FEED) this.#position++;
        this.#skipLineFeed = false;
      }
      if (this.#position >= this.#buffer.length) return false;
      if (!this.#readRecord()) {
        if (this.#buffer.length - this.#position > LONGEST_LINE) throw this.#lineTooLong();
        return false;
      }
      if (!this.#isBlank()) return true;
    }
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
      if (at < length && buffer.charCodeAt(at) === quoteCode) {
        const start = at + 1;
        let doubled = false;
        let close = buffer.indexOf(this.#quote, start);
        while (close >= 0 && close + 1 < length && buffer.charCodeAt(close + 1) === quoteCode) {
          doubled = true;
          close = buffer.indexOf(this.#quote, close + 2);
        }
        if (close < 0 || (close + 1 === length && !this.#ended)) {
          if (this.#ended || length - recordStart > LONGEST_QUOTED_RECORD) {
            return this.#breakRecord('a quote that is opened and never closed');
          }
          return false;
        }
        const text = buffer.slice(start, close);
        fields.push(doubled ? text.replaceAll(this.#quote + this.#quote, this.#quote) : text);
        linesInside += lineBreaksIn(buffer, start, close);
        at = close + 1;
      } else {
        const start = at;
        while (at < length) {
          const code = buffer.charCodeAt(at);
          if (code === delimiter || code === LINE_FEED || code === CARRIAGE_RETURN) break;
          at++;
        }
        if (at === length && !this.#ended) return false;
        fields.push(buffer.slice(start, at));
      }
      const after = at < length ? buffer.charCodeAt(at) : LINE_FEED;
      if (after === delimiter) {
        at++;
        continue;
      }
      if (after !== LINE_FEED && after !== CARRIAGE_RETURN) return this.#breakRecord('text after a closing quote');
      this.#finish(recordStart, at, linesInside);
      this.fields = fields;
      this.problem = null;
      return true;
    }
  }

  /** Gives the first physical line of the record at the position as a record that can't be read. */
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
    this.fields = [];
    this.problem = problem;
    return true;
  }

  /** Steps over the record that ends at `end`, and over its line break. */
  #finish(start: number, end: number, linesInside: number): void {
    this.#recordStart = start;
    this.#recordEnd = end;
    this.line = this.#nextLine;
    this.#nextLine += linesInside + 1;
    // The line feed that may follow a carriage return may not have been pushed yet.
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

function lineBreaksIn(text: string, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === LINE_FEED) count++;
    else if (code === CARRIAGE_RETURN && text.charCodeAt(i + 1) !== LINE_FEED) count++;
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
