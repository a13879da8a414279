import { isRuleCell, kindOf } from './cell-kinds.ts';
import { isDigit } from './number-digits.ts';
import { RecordReader, type CellPlaces, type RecordDialect } from './records.ts';
import { unmarked, type TextMark } from './text-marks.ts';
import { fitsWidth, isAlien, isContinuation, isCutShort, isOfKind, type RowShape } from './row-shape.ts';

/** How the rows of a table are read. Plain data: it goes from process to process. */
export interface TableCut extends RecordDialect {
  /** Records that start on this line or before are not data. */
  lastLineBeforeData: number;
  /** The header's cells, trimmed, by which it is known when it comes again; empty where there is none. */
  header: string[];
  shape: RowShape;
  /** Columns whose cells begin with a sign that only marks them as text. */
  marked: { column: number; mark: TextMark }[];
}

/** A row of a table as it stands in the file. */
export interface TableRecord {
  readonly fields: string[];
  /** The same cells where they stand in the text that is being read; null where they are not as they stand there. */
  readonly places: CellPlaces | null;
  /** The physical line, from 1, where it starts. */
  readonly line: number;
  readonly text: string;
  /** Why it can't be read, else null. */
  readonly problem: string | null;
}

/** So many lines that don't fit may end a file; more, and they are rows that are read wrongly. */
const LONGEST_FOOTER = 10_000;
const FOOTER_SHOWN = 5;
const ALIKE = 4;
const LONGEST_SHOWN = 120;

const SPACE = 32;

/**
 * Reads the rows of a table from text that arrives in pieces, as `RecordReader` does records. What is no row is passed
 * over and counted: what stands above the table, drawn lines and lines of delimiters, a header that comes again, and
 * the lines after the last row. Lines that only continue the text of a row are joined to it, empty cells that were cut
 * off at the end of a row are added. All else is a row, also where it doesn't fit.
 *
 * Lines that don't fit are held back until it is known whether a row comes after them.
 */
export class TableReader implements TableRecord {
  places: CellPlaces | null = null;
  line = 0;
  problem: string | null = null;
  /** Lines after the last row; known at the end. */
  footerLines = 0;
  /** The first of these. */
  readonly footer: { line: number; text: string }[] = [];
  repeatedHeaders = 0;
  /** Lines that were joined to the row above them. */
  joinedLines = 0;

  readonly #records: RecordReader;
  readonly #table: TableCut;
  readonly #shape: RowShape;
  readonly #width: number;
  readonly #quick: number;
  readonly #amount: number;
  readonly #joins: boolean;
  readonly #firstLine: number;
  /** Both are null where they are the record's own. */
  #text: string | null = null;
  #fields: string[] | null = [];
  #ended = false;
  #continues = false;
  #emitted = false;
  #pending: TableRecord[] = [];
  #queue: TableRecord[] = [];
  #held: TableRecord | null = null;

  /** `inside`: the text starts among the rows. */
  constructor(table: TableCut, inside = false) {
    this.#records = new RecordReader(table);
    this.#table = table;
    this.#shape = table.shape;
    this.#width = table.shape.columns.length;
    this.#quick = table.shape.quick;
    this.#amount = table.shape.amount;
    this.#joins = table.shape.continued.length > 0;
    this.#firstLine = inside ? 0 : table.lastLineBeforeData;
  }

  push(text: string): void {
    this.#records.push(text);
  }

  end(): void {
    this.#ended = true;
    this.#records.end();
  }

  get fields(): string[] {
    return this.#fields ?? this.#records.fields;
  }

  /** What was pushed last, behind the beginning of a record that was there before; records have their places in it. */
  get source(): string {
    return this.#records.source;
  }

  /** The current row as it stands in the file, without its line break; until the next `push`. */
  get text(): string {
    return this.#text ?? this.#records.text;
  }

  /** What was passed over below the rows, and joined to them, in words; at the end. */
  warnings(): string[] {
    const found: string[] = [];
    const [first] = this.footer;
    if (first !== undefined) {
      const text = first.text.trim().slice(0, LONGEST_SHOWN);
      found.push(
        this.footerLines === 1
          ? `Line ${first.line}, below the last row, is no row and was passed over: ${text}`
          : `${this.footerLines} lines below the last row are no rows and were passed over, from line ${first.line}: ${text}`,
      );
    }
    if (this.joinedLines > 0) {
      found.push(
        `${this.joinedLines} ${this.joinedLines === 1 ? 'line continues' : 'lines continue'} the text of the row above and ` +
          `${this.joinedLines === 1 ? 'was' : 'were'} joined to it.`,
      );
    }
    return found;
  }

  /** Goes to the next row; false where the text pushed so far holds no further one that is certain. */
  next(): boolean {
    if (!this.#joins) return this.#nextRow();
    while (this.#nextRow()) {
      const held = this.#held;
      if (this.#continues && held !== null) {
        this.#held = joined(held, this);
        this.joinedLines++;
        continue;
      }
      this.#held = stored(this);
      if (held !== null) return this.#emit(held);
    }
    if (!this.#ended || this.#held === null) return false;
    const last = this.#held;
    this.#held = null;
    return this.#emit(last);
  }

  #nextRow(): boolean {
    const records = this.#records;
    this.#continues = false;
    for (;;) {
      if (this.#queue.length > 0) return this.#emit(this.#queue.shift()!);
      if (!records.next()) {
        if (this.#ended) this.#endPending();
        if (this.#queue.length > 0) continue;
        return false;
      }
      if (records.line <= this.#firstLine) continue;
      if (this.#isPlain() && this.#pending.length === 0) return this.#show();
      const { fields } = records;
      if (this.#isNoRow(fields)) continue;
      this.#level(fields);
      if (records.problem === null && this.#pending.length === 0 && this.#isContinuation(fields)) {
        this.#continues = true;
        return this.#show();
      }
      if (records.problem === null && isAlien(this.#shape, fields)) {
        this.#pending.push(stored(records));
        if (this.#pending.length > LONGEST_FOOTER) this.#release();
        continue;
      }
      if (this.#pending.length === 0) return this.#show();
      this.#show();
      this.#pending.push(stored(this));
      this.#release();
    }
  }

  /** The cheap test that nearly every row of a plain table passes: it has a date or number, and an amount. */
  #isPlain(): boolean {
    const quick = this.#quick;
    const amount = this.#amount;
    if (quick < 0 || this.#records.width !== this.#width) return false;
    const { places } = this.#records;
    if (places === null) {
      const { fields } = this.#records;
      return (amount < 0 || fields[amount] !== '') && isBetweenDigits(fields[quick]!, 0, fields[quick]!.length);
    }
    const { text, bounds } = places;
    if (amount >= 0 && bounds[2 * amount] === bounds[2 * amount + 1]) return false;
    return isBetweenDigits(text, bounds[2 * quick]!, bounds[2 * quick + 1]!);
  }

  #isNoRow(fields: readonly string[]): boolean {
    if (fields.length === 0) return false;
    if (fields.every(isRuleCell)) return true;
    const { header } = this.#table;
    const again =
      header.length > 0 &&
      header.length <= fields.length &&
      fields.every((cell, i) => cell.trim() === (header[i] ?? ''));
    if (again) this.repeatedHeaders++;
    return again;
  }

  /** Brings a record to the table's width where only empty cells lack or are too many. */
  #level(fields: string[]): void {
    if (fields.length > this.#width && fitsWidth(fields, this.#width)) fields.length = this.#width;
    else if (fields.length > 1 && fields.length < this.#width && isCutShort(this.#shape, fields)) {
      while (fields.length < this.#width) fields.push('');
    }
  }

  #isContinuation(fields: readonly string[]): boolean {
    return this.#joins && this.#held !== null && isContinuation(this.#shape, fields, this.#shape.continued);
  }

  #release(): void {
    this.#queue = this.#pending;
    this.#pending = [];
  }

  #endPending(): void {
    if (this.#pending.length === 0) return;
    // Without a row before them nothing says that they are none; and many alike are rows, as customers without an event.
    if ((!this.#emitted && this.#held === null) || this.#areAlike()) return this.#release();
    this.footerLines += this.#pending.length;
    for (const { line, text } of this.#pending.slice(0, FOOTER_SHOWN)) this.footer.push({ line, text });
    this.#pending = [];
  }

  /** Whether most of the lines held back fill the same key columns, with what stands there in the rows. */
  #areAlike(): boolean {
    const { columns } = this.#shape;
    const patterns = new Map<string, number>();
    for (const { fields } of this.#pending) {
      if (!fitsWidth(fields, this.#width)) continue;
      const filled = [...columns.keys()].filter((i) => fields[i]!.trim() !== '');
      const fits = filled.every((i) => columns[i]!.key && isOfKind(columns[i]!.kind, fields[i]!, kindOf(fields[i]!)));
      if (fits) patterns.set(filled.join(), (patterns.get(filled.join()) ?? 0) + 1);
    }
    const most = Math.max(0, ...patterns.values());
    return most >= ALIKE && most * 2 > this.#pending.length;
  }

  #emit({ fields, places, line, text, problem }: TableRecord): true {
    this.#emitted = true;
    this.#fields = fields;
    this.places = places;
    this.line = line;
    this.problem = problem;
    this.#text = text;
    return true;
  }

  /** Goes on with the record that was read last, which is a row. */
  #show(): true {
    const { places, line, problem } = this.#records;
    this.#emitted = true;
    this.line = line;
    this.problem = problem;
    this.#text = null;
    this.#fields = null;
    const { marked } = this.#table;
    this.places = marked.length === 0 && places?.count === this.#width ? places : null;
    if (marked.length > 0) this.#fields = this.#unmarked();
    return true;
  }

  #unmarked(): string[] {
    const fields = [...this.#records.fields];
    for (const { column, mark } of this.#table.marked) {
      const cell = fields[column];
      if (cell !== undefined) fields[column] = unmarked(cell, mark);
    }
    return fields;
  }
}

/** Whether a part of a text begins and ends with a digit, but for spaces. */
function isBetweenDigits(text: string, start: number, stop: number): boolean {
  let first = start;
  let last = stop - 1;
  if (last < first) return false;
  while (first < last && text.charCodeAt(first) <= SPACE) first++;
  while (last > first && text.charCodeAt(last) <= SPACE) last--;
  return isDigit(text.charCodeAt(first)) && isDigit(text.charCodeAt(last));
}

/** A copy that outlives the next record, though not the text that was pushed. */
const stored = ({ fields, line, text, problem }: Omit<TableRecord, 'places'>): TableRecord => ({
  fields,
  places: null,
  line,
  text,
  problem,
});

/** A row with the text of the next line behind its own, cell by cell. */
function joined(row: TableRecord, next: TableRecord): TableRecord {
  const fields = row.fields.map((cell, i) => {
    const more = (next.fields[i] ?? '').trim();
    return more === '' ? cell : `${cell.trim()} ${more}`.trim();
  });
  return { ...row, fields, text: `${row.text}\n${next.text}` };
}
