import type { ListedRow } from '../ipc/documents.ts';
import type { ImportContext } from './batches.ts';
import { fileChunks, hashing, type FileBytes } from './bytes.ts';
import { DoubtfulValues } from './doubtful-values.ts';
import { buffersOf, RowPacker, type PackedRows } from './packed-rows.ts';
import type { FileReading } from './reading.ts';
import type { Rejection } from './rejections.ts';
import { ledgerRowReader, type LedgerRow } from './ledger-rows.ts';
import { TableReader, type TableRecord } from './table-reader.ts';
import { TextReader } from './text.ts';
import { typedRowReader, type TypedRow } from './typed-rows.ts';

/** Some records of a file, in its order. Plain data: it goes from thread to thread. */
export interface RowBlock {
  /** By record: the physical line where it starts, and where its text starts and stops in `text`, in characters. */
  lines: Float64Array;
  starts: Uint32Array;
  stops: Uint32Array;
  /** The records as they stand in the file, as UTF-16: bytes move between threads, and few are ever looked at. */
  text: Uint8Array;
  /** Records that can't be read, by their place in the block. */
  rejections: { at: number; rejection: Rejection }[];
  /** All others, in order: packed where they are histories with one step each. */
  rows: { packed: PackedRows } | { plain: TypedRow[] | LedgerRow[] };
  /** Bytes of the file read so far. */
  bytesRead: number;
  /** Of the file: values set aside so far that another format would read. */
  doubts: number;
  /** The file's, in hexadecimal, with its last block. */
  sha256: string | null;
  /** What the last block says of lines that are no rows. */
  warnings: string[];
}

/**
 * The records of a file, a chunk's at a time: bytes → text → records → typed rows. Throws `cancelled`,
 * `file-unreadable`, `data-refused` for a line beyond all measure.
 */
export async function* rowBlocks(
  file: FileBytes,
  reading: FileReading,
  signal: ImportContext['signal'],
): AsyncGenerator<RowBlock> {
  const { table, dialect } = reading;
  const reader = new TableReader(table);
  const text = new TextReader(dialect.encoding);
  const builder = new BlockBuilder(reading);
  const takeRecords = () => {
    builder.open(reader.source);
    while (reader.next()) builder.add(reader);
  };
  let bytesRead = 0;
  const hashed = hashing(fileChunks(file, signal, () => undefined));
  for await (const chunk of hashed.chunks) {
    reader.push(text.decode(chunk));
    takeRecords();
    bytesRead += chunk.length;
    yield builder.take(bytesRead, null, []);
  }
  reader.push(text.end());
  reader.end();
  takeRecords();
  yield builder.take(bytesRead, hashed.digest(), reader.warnings());
}

/** Gathers records into blocks. */
class BlockBuilder {
  readonly #read: (record: TableRecord) => TypedRow | LedgerRow | Rejection;
  readonly #doubtful: DoubtfulValues;
  readonly #packer: RowPacker | null;
  #plain: (TypedRow | LedgerRow)[] = [];
  #rejections: RowBlock['rejections'] = [];
  #lines: number[] = [];
  #starts: number[] = [];
  #stops: number[] = [];
  /** What is being read, and after it the text of records that do not stand there as they are. */
  #source = '';
  #texts: string[] = [];
  #length = 0;

  constructor(reading: FileReading) {
    const { layout, numbers, timeStep } = reading;
    const { kind, step, features, statics } = layout;
    const packs = kind === 'history' && step !== null && step.kind !== 'periods';
    this.#packer = packs ? new RowPacker(features.length, statics.length) : null;
    this.#read =
      kind === 'ledger' ? ledgerRowReader(layout, numbers) : typedRowReader(layout, numbers, timeStep, packs);
    this.#doubtful = new DoubtfulValues(reading);
  }

  /** What `add` gets next stands in this text. */
  open(source: string): void {
    this.#source = source;
    this.#texts = [source];
    this.#length = source.length;
  }

  add(record: TableRecord): void {
    const row = this.#read(record);
    if ('reason' in row) {
      this.#rejections.push({ at: this.#lines.length, rejection: row });
      this.#doubtful.note(row, record.fields);
    } else if (this.#packer !== null) {
      this.#packer.add(row as TypedRow);
    } else {
      this.#plain.push(row);
    }
    this.#lines.push(record.line);
    const { places } = record;
    if (places !== null && places.text === this.#source) {
      this.#starts.push(places.start);
      this.#stops.push(places.stop);
      return;
    }
    const { text } = record;
    this.#texts.push(text);
    this.#starts.push(this.#length);
    this.#length += text.length;
    this.#stops.push(this.#length);
  }

  take(bytesRead: number, sha256: string | null, warnings: string[]): RowBlock {
    const text = this.#lines.length === 0 ? '' : this.#texts.join('');
    // Of its own, not from a pool, so that it can move to another thread.
    const bytes = Buffer.allocUnsafeSlow(text.length * 2);
    bytes.write(text, 'utf16le');
    const block: RowBlock = {
      lines: Float64Array.from(this.#lines),
      starts: Uint32Array.from(this.#starts),
      stops: Uint32Array.from(this.#stops),
      text: bytes,
      rejections: this.#rejections,
      rows:
        this.#packer === null ? { plain: this.#plain as TypedRow[] | LedgerRow[] } : { packed: this.#packer.take() },
      bytesRead,
      doubts: this.#doubtful.count,
      sha256,
      warnings,
    };
    this.#plain = [];
    this.#rejections = [];
    this.#lines = [];
    this.#starts = [];
    this.#stops = [];
    this.open('');
    return block;
  }
}

/** What moves to another thread with a block, where everything else is copied. */
export const movedWith = ({ lines, starts, stops, text, rows }: RowBlock): ArrayBuffer[] => [
  lines.buffer as ArrayBuffer,
  starts.buffer as ArrayBuffer,
  stops.buffer as ArrayBuffer,
  text.buffer as ArrayBuffer,
  ...('packed' in rows ? buffersOf(rows.packed) : []),
];

/** Goes through the records of blocks. */
export class BlockCursor implements ListedRow {
  #block: RowBlock | null = null;
  #at = 0;

  open(block: RowBlock): void {
    this.#block = block;
  }

  moveTo(at: number): void {
    this.#at = at;
  }

  get line(): number {
    return this.#block!.lines[this.#at]!;
  }

  get text(): string {
    const { text, starts, stops } = this.#block!;
    const { buffer, byteOffset, byteLength } = text;
    const bytes = Buffer.from(buffer, byteOffset, byteLength);
    return bytes.toString('utf16le', starts[this.#at]! * 2, stops[this.#at]! * 2);
  }
}
