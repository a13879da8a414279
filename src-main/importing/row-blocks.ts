import type { ListedRow } from '../ipc/documents.ts';
import type { ImportContext } from './batches.ts';
import { fileChunks, hashing, type FileBytes } from './bytes.ts';
import { DoubtfulValues } from './doubtful-values.ts';
import { buffersOf, RowPacker, type PackedRows } from './packed-rows.ts';
import type { FileReading } from './reading.ts';
import { RecordReader } from './records.ts';
import type { Rejection } from './rejections.ts';
import { TextReader } from './text.ts';
import { typedRowReader, type TypedRow } from './typed-rows.ts';

/** Some records of a file, in its order. Plain data: it goes from thread to thread. */
export interface RowBlock {
  /** By record: the physical line where it starts, and where its text ends in `texts`. */
  lines: Float64Array;
  ends: Uint32Array;
  /** Records as they stand in the file, one behind the other, as UTF-16. Few are ever looked at. */
  texts: Uint8Array;
  /** Records that can't be read, by their place in the block. */
  rejections: { at: number; rejection: Rejection }[];
  /** All others, in order: packed where they are histories with one step each. */
  rows: { packed: PackedRows } | { plain: TypedRow[] };
  /** Bytes of the file read so far. */
  bytesRead: number;
  /** Of the file: values set aside so far that another format would read. */
  doubts: number;
  /** The file's, in hexadecimal, with its last block. */
  sha256: string | null;
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
  const reader = new RecordReader(table);
  const text = new TextReader(dialect.encoding);
  const builder = new BlockBuilder(reading);
  const takeRecords = () => {
    while (reader.next()) if (reader.line > table.lastLineBeforeData) builder.add(reader);
  };
  let bytesRead = 0;
  const hashed = hashing(fileChunks(file, signal, () => undefined));
  for await (const chunk of hashed.chunks) {
    reader.push(text.decode(chunk));
    takeRecords();
    bytesRead += chunk.length;
    yield builder.take(bytesRead, null);
  }
  reader.push(text.end());
  reader.end();
  takeRecords();
  yield builder.take(bytesRead, hashed.digest());
}

/** Gathers records into blocks. */
class BlockBuilder {
  readonly #read: (record: RecordReader) => TypedRow | Rejection;
  readonly #doubtful: DoubtfulValues;
  readonly #packer: RowPacker | null;
  #plain: TypedRow[] = [];
  #rejections: RowBlock['rejections'] = [];
  #lines: number[] = [];
  #ends: number[] = [];
  #texts: string[] = [];
  #bytes = 0;

  constructor(reading: FileReading) {
    const { layout, numbers, timeStep } = reading;
    const { kind, step, features, statics } = layout;
    const packs = kind === 'history' && step !== null && step.kind !== 'periods';
    this.#packer = packs ? new RowPacker(features.length, statics.length) : null;
    this.#read = typedRowReader(layout, numbers, timeStep, packs);
    this.#doubtful = new DoubtfulValues(reading);
  }

  add(record: RecordReader): void {
    const row = this.#read(record);
    if ('reason' in row) {
      this.#rejections.push({ at: this.#lines.length, rejection: row });
      this.#doubtful.note(row, record.fields);
    } else if (this.#packer !== null) {
      this.#packer.add(row);
    } else {
      this.#plain.push(row);
    }
    const { text } = record;
    this.#lines.push(record.line);
    this.#texts.push(text);
    this.#bytes += text.length * 2;
    this.#ends.push(this.#bytes);
  }

  take(bytesRead: number, sha256: string | null): RowBlock {
    // Of its own, not from a pool, so that it can move to another thread.
    const texts = Buffer.allocUnsafeSlow(this.#bytes);
    for (let i = 0, at = 0; i < this.#texts.length; i++) at += texts.write(this.#texts[i]!, at, 'utf16le');
    const block: RowBlock = {
      lines: Float64Array.from(this.#lines),
      ends: Uint32Array.from(this.#ends),
      texts,
      rejections: this.#rejections,
      rows: this.#packer === null ? { plain: this.#plain } : { packed: this.#packer.take() },
      bytesRead,
      doubts: this.#doubtful.count,
      sha256,
    };
    this.#plain = [];
    this.#rejections = [];
    this.#lines = [];
    this.#ends = [];
    this.#texts = [];
    this.#bytes = 0;
    return block;
  }
}

/** What moves to another thread with a block, where everything else is copied. */
export const movedWith = ({ lines, ends, texts, rows }: RowBlock): ArrayBuffer[] => [
  lines.buffer as ArrayBuffer,
  ends.buffer as ArrayBuffer,
  texts.buffer as ArrayBuffer,
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
    const { texts, ends } = this.#block!;
    const { buffer, byteOffset, byteLength } = texts;
    const start = this.#at === 0 ? 0 : ends[this.#at - 1]!;
    return Buffer.from(buffer, byteOffset, byteLength).toString('utf16le', start, ends[this.#at]!);
  }
}
