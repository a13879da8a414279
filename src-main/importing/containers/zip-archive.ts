import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { TextDecoder } from 'node:util';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { DuecastError } from '../../ipc/errors.ts';
import type { FileBytes } from '../bytes.ts';
import { EncodingEvidence } from '../encodings/detect.ts';
import { limitExpansion } from './expansion-limit.ts';
import { streamOf } from './unpacking.ts';

/** More entries than that are no archive of tables. */
const MOST_ENTRIES = 10_000;

/** One file inside an archive. */
export interface ZipEntry {
  /** With its folders, `/` between them. */
  name: string;
  packedBytes: number;
  bytes: number;
  isEncrypted: boolean;
  /** The bytes, as they are unpacked; their checksum is compared at the end. Throws `data-refused`. */
  chunks(): AsyncGenerator<Uint8Array>;
}

/** Reads an archive through whatever holds its bytes. */
class FileBytesReader extends yauzl.RandomAccessReader {
  readonly #file: FileBytes;

  constructor(file: FileBytes) {
    super();
    this.#file = file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return streamOf(this.#file, start, end);
  }

  /** The file is closed by whoever opened it. */
  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}

/**
 * The files in an archive, in its order; folders are left out. The archive's bytes must stay open while they are read.
 *
 * Errors: `data-refused` where the archive is broken, and where it holds more than it may.
 */
export async function zipEntries(file: FileBytes): Promise<ZipEntry[]> {
  try {
    const archive = await yauzl.fromRandomAccessReaderPromise(new FileBytesReader(file), file.size, {
      autoClose: false,
      lazyEntries: true,
      decodeStrings: false,
    });
    if (archive.entryCount > MOST_ENTRIES) throw tooMany(file.name, archive.entryCount);
    const entries: Entry[] = [];
    for await (const entry of archive.eachEntry()) {
      entries.push(entry);
      if (entries.length > MOST_ENTRIES) throw tooMany(file.name, entries.length);
    }
    const nameOf = nameReader(entries);
    return entries
      .map((entry) => zipEntry(file, archive, entry, nameOf(entry)))
      .filter(({ name }) => !name.endsWith('/'));
  } catch (error) {
    throw error instanceof DuecastError ? error : brokenArchive(file.name, 'its list of files can’t be read', error);
  }
}

function zipEntry(file: FileBytes, archive: ZipFile, entry: Entry, name: string): ZipEntry {
  const shown = `${file.name}/${name}`;
  return {
    name,
    packedBytes: entry.compressedSize,
    bytes: entry.uncompressedSize,
    isEncrypted: entry.isEncrypted(),
    async *chunks() {
      limitExpansion(shown, entry.uncompressedSize, entry.compressedSize);
      if (entry.isEncrypted()) {
        throw new DuecastError(
          'data-refused',
          `${shown} is protected by a password; nothing was imported. Unpack it with the password and import the file.`,
        );
      }
      if (!entry.canDecodeFileData()) {
        throw new DuecastError(
          'data-refused',
          `${shown} is packed by a method that is not known here (${entry.compressionMethod}); nothing was imported. Unpack it and import the file.`,
        );
      }
      let checksum = 0;
      let bytes = 0;
      try {
        const stream = await archive.openReadStreamPromise(entry);
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          checksum = crc32(chunk, checksum);
          bytes += chunk.length;
          yield chunk;
        }
      } catch (error) {
        throw error instanceof DuecastError
          ? error
          : brokenArchive(shown, `it can’t be unpacked after ${bytes.toLocaleString('en-US')} bytes`, error);
      }
      if (checksum !== entry.crc32) throw brokenArchive(shown, 'its checksum is wrong', null);
    },
  };
}

/** Names are UTF-8, or in the encoding of the system that packed them, which the archive does not say. */
function nameReader(entries: readonly Entry[]): (entry: Entry) => string {
  const evidence = new EncodingEvidence();
  const line = Buffer.from('\n');
  for (const { fileNameRaw } of entries) evidence.add(Buffer.concat([fileNameRaw, line]));
  const { encoding } = evidence.decide();
  const isEastAsian = /^(gb|shift|euc)/.test(encoding);
  return ({ generalPurposeBitFlag, fileNameRaw, extraFields }) => {
    const isMarked = (generalPurposeBitFlag & 0x800) !== 0;
    const name =
      !isMarked && isEastAsian
        ? new TextDecoder(encoding).decode(fileNameRaw)
        : isUtf8(fileNameRaw)
          ? fileNameRaw.toString('utf8')
          : yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
    return name.replaceAll('\\', '/');
  };
}

const brokenArchive = (name: string, how: string, error: unknown) =>
  new DuecastError(
    'data-refused',
    `${name} is damaged: ${how}; nothing was imported. Fetch it again and check its size.`,
    error === null ? undefined : String(error),
  );

const tooMany = (name: string, count: number) =>
  new DuecastError(
    'data-refused',
    `${name} holds ${count.toLocaleString('en-US')} files; at most ${MOST_ENTRIES.toLocaleString('en-US')} are read from one archive. Nothing was imported. Unpack it and import the folder.`,
  );
