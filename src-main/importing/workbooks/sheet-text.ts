import { DuecastError } from '../../ipc/errors.ts';
import { limitExpansion } from '../containers/expansion-limit.ts';
import { TemporaryFile } from '../containers/temporary-file.ts';
import { CHUNK_BYTES } from '../bytes.ts';
import { valueText } from './cell-text.ts';
import { mergedRanges, type MergedRange } from './merged-cells.ts';
import { cellText, type SheetPart, type WorkbookParts } from './parts.ts';
import { columnOf, LAST_COLUMN } from './references.ts';
import { readXml } from './xml.ts';

/** What delimits and quotes the cells of a sheet's text. */
export const SHEET_DELIMITER = ',';

const LAST_ROW = 1_048_576;
const NUMBER = { kind: 'number' } as const;

/** A sheet as text in UTF-8: one line a row, the sheet's row number its line number. */
export interface SheetText {
  bytes: TemporaryFile;
  /** At least two rows have two cells each. */
  isTable: boolean;
}

/** Writes a sheet as text into a temporary file, which the caller closes. Errors: those of the XML and the archive. */
export async function writeSheet(
  name: string,
  sheet: SheetPart,
  parts: WorkbookParts,
  signal: AbortSignal,
): Promise<SheetText> {
  const rows = new RowWriter(name, sheet.entry.packedBytes);
  const reading = new SheetReader(parts, await mergedRanges(sheet.entry), (row, cells) => rows.add(row, cells));
  try {
    await rows.begin();
    await readXml(sheet.entry.chunks(), reading, signal, () => rows.flush());
    return { bytes: await rows.end(), isTable: rows.tabular > 1 };
  } catch (error) {
    await rows.discard();
    throw error;
  }
}

/** Hears a sheet's XML and says each row with its number and the texts of its cells; empty ones may be missing. */
class SheetReader {
  readonly #parts: WorkbookParts;
  readonly #merged: Merged;
  readonly #say: (row: number, cells: string[]) => void;
  #row = 0;
  #column = -1;
  #cells: string[] = [];
  #type = '';
  #style = 0;
  #text = '';
  #inValue = false;
  #inReading = false;

  constructor(parts: WorkbookParts, merged: readonly MergedRange[], say: (row: number, cells: string[]) => void) {
    this.#parts = parts;
    this.#merged = new Merged(merged);
    this.#say = say;
  }

  open(tag: string, attributes: Record<string, string>): void {
    if (tag === 'c') {
      const reference = attributes['r'];
      const column = reference === undefined ? this.#column + 1 : columnOf(reference);
      if (column < 0 || column > LAST_COLUMN) throw damagedCell(reference ?? '');
      this.#column = column;
      this.#type = attributes['t'] ?? 'n';
      this.#style = Number(attributes['s'] ?? 0);
      this.#text = '';
    } else if (tag === 'v' || tag === 't') this.#inValue = !this.#inReading;
    else if (tag === 'rPh') this.#inReading = true;
    else if (tag === 'row') {
      const row = attributes['r'] === undefined ? this.#row + 1 : Number(attributes['r']);
      if (!(row > this.#row && row <= LAST_ROW)) throw damagedCell(`row ${attributes['r']}`);
      this.#row = row;
      this.#column = -1;
      this.#cells = [];
    }
  }

  text(piece: string): void {
    if (this.#inValue) this.#text += piece;
  }

  close(tag: string): void {
    if (tag === 'v' || tag === 't') this.#inValue = false;
    else if (tag === 'rPh') this.#inReading = false;
    else if (tag === 'c') {
      if (this.#text !== '') this.#cells[this.#column] = this.#value();
    } else if (tag === 'row') {
      this.#merged.fill(this.#row, this.#cells);
      this.#say(this.#row, this.#cells);
    }
  }

  #value(): string {
    switch (this.#type) {
      case 's': {
        const text = this.#parts.strings[Number(this.#text)];
        if (text === undefined) throw damagedCell(`text ${this.#text}`);
        return text;
      }
      case 'b':
        return this.#text.trim() === '1' || this.#text === 'true' ? 'TRUE' : 'FALSE';
      case 'd':
        return dateOfText(this.#text);
      case 'str':
      case 'inlineStr':
      case 'e':
        return cellText(this.#text);
      default:
        return valueText(this.#text, this.#parts.formats[this.#style] ?? NUMBER, this.#parts.is1904);
    }
  }
}

/** Dates that are stored as ISO text, as the strict form of the format has them: without a time of nought, and its T. */
const dateOfText = (text: string) =>
  text
    .trim()
    .replace(/T00:00(:00(\.0+)?)?Z?$/, '')
    .replace('T', ' ');

const damagedCell = (what: string) => new Error(`no such cell: ${what}`);

/** Repeats what a merged range says in the rows that it reaches over. */
class Merged {
  readonly #coming: MergedRange[];
  #active: (MergedRange & { text: string })[] = [];

  constructor(ranges: readonly MergedRange[]) {
    this.#coming = [...ranges].reverse();
  }

  fill(row: number, cells: string[]): void {
    if (this.#coming.length === 0 && this.#active.length === 0) return;
    this.#active = this.#active.filter(({ lastRow }) => lastRow >= row);
    // A row without a cell of its own stays blank.
    if (cells.some((text) => text !== '')) {
      for (const { column, text, isHeader, lastRow } of this.#active) {
        if ((cells[column] ?? '') === '' && (!isHeader || row === lastRow)) cells[column] = text;
      }
    }
    while ((this.#coming.at(-1)?.firstRow ?? Infinity) <= row) {
      const range = this.#coming.pop()!;
      const text = range.firstRow === row ? (cells[range.column] ?? '') : '';
      if (text === '') continue;
      this.#active.push({ ...range, text });
      if (range.isHeader) cells[range.column] = '';
    }
  }
}

/**
 * Writes rows as lines of one width: a row's cells that are empty at its end are not in the workbook. The width is that
 * of the widest row so far; where a wider one comes, the lines before it are made as wide at the end.
 */
class RowWriter {
  /** Rows with at least two cells. */
  tabular = 0;
  readonly #name: string;
  readonly #packedBytes: number;
  #file: TemporaryFile | null = null;
  #lines: string[] = [];
  #line = 0;
  #width = 0;
  /** From which line on lines have which width. */
  readonly #widths: { line: number; width: number }[] = [];

  constructor(name: string, packedBytes: number) {
    this.#name = name;
    this.#packedBytes = packedBytes;
  }

  async begin(): Promise<void> {
    this.#file = await TemporaryFile.create(this.#name, 0);
  }

  add(row: number, cells: string[]): void {
    for (; this.#line + 1 < row; this.#line++) this.#lines.push('');
    this.#line++;
    let width = cells.length;
    while (width > 0 && (cells[width - 1] ?? '') === '') width--;
    if (width > this.#width) {
      this.#width = width;
      this.#widths.push({ line: this.#line, width });
    }
    if (width === 0) {
      this.#lines.push('');
      return;
    }
    let filled = 0;
    let text = '';
    for (let i = 0; i < this.#width; i++) {
      const cell = cells[i] ?? '';
      if (cell !== '') filled++;
      text += (i === 0 ? '' : SHEET_DELIMITER) + quoted(cell);
    }
    if (filled > 1) this.tabular++;
    this.#lines.push(text);
  }

  async flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    const bytes = Buffer.from(`${this.#lines.join('\n')}\n`);
    this.#lines = [];
    const file = this.#file!;
    limitExpansion(this.#name, file.size + bytes.length, this.#packedBytes);
    await file.write(this.#name, bytes);
  }

  async end(): Promise<TemporaryFile> {
    await this.flush();
    const file = this.#file!;
    if (this.#widths.length <= 1) return file;
    const widened = await this.#widened(file);
    await file.close();
    return (this.#file = widened);
  }

  async #widened(file: TemporaryFile): Promise<TemporaryFile> {
    const wide = await TemporaryFile.create(this.#name, file.size);
    try {
      let line = 0;
      let width = 0;
      let next = 0;
      let carried = Buffer.alloc(0);
      for (let at = 0; at < file.size;) {
        const chunk = await file.readAt(at, CHUNK_BYTES);
        at += chunk.length;
        const bytes = Buffer.concat([carried, chunk]);
        const whole = bytes.lastIndexOf(10) + 1;
        carried = bytes.subarray(whole);
        const lines = bytes.subarray(0, whole).toString('utf8').split('\n');
        lines.pop();
        for (let i = 0; i < lines.length; i++) {
          line++;
          while (this.#widths[next]?.line === line) width = this.#widths[next++]!.width;
          if (lines[i] !== '') lines[i] += SHEET_DELIMITER.repeat(this.#width - width);
        }
        if (lines.length > 0) await wide.write(this.#name, Buffer.from(`${lines.join('\n')}\n`));
      }
      return wide;
    } catch (error) {
      await wide.close();
      throw error;
    }
  }

  async discard(): Promise<void> {
    await this.#file?.close();
  }
}

/** Quoted where it could be taken for more than one cell, or for one without its spaces. */
const quoted = (cell: string) => (/[",;\t|]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

export const damagedSheet = (name: string, sheet: string, error: unknown): DuecastError =>
  error instanceof DuecastError
    ? error
    : new DuecastError(
        'data-refused',
        `Sheet “${sheet}” of ${name} is damaged and can't be read; nothing was imported. Open it in Excel, save it again and import that.`,
        String(error),
      );
