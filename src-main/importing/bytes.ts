import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { cancelled, DuecastError } from '../ipc/errors.ts';

/** Small enough that cancelling and progress are felt, large enough that reading costs nothing beside parsing. */
export const CHUNK_BYTES = 256 * 1024;

/** A file opened for one import: what is looked at first and what is imported are the same bytes. */
export interface FileBytes {
  /** Without its folder; of a file inside an archive with the archive's name before it, `april.zip/cards.csv`. */
  readonly name: string;
  readonly size: number;
  /** Of the file as it was given, where these bytes were unpacked from it; hexadecimal. */
  readonly sha256?: string;
  /** What delimits cells, where these bytes were written from a workbook. */
  readonly delimiter?: string;
  /** The sheets of the workbook that these bytes were written from, and the one that was read. */
  readonly sheets?: { all: readonly string[]; read: string };
  /** How the bytes were found, for the analyst: the sheet that was read, files that were passed over. */
  readonly notes?: readonly string[];
  /** Up to `length` bytes from `offset`; fewer at the end of the file. */
  readAt(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * Opens a file for reading.
 *
 * Errors: `file-missing`; `file-unreadable` (permissions, hardware); `data-refused` for a folder and for an empty file.
 */
export async function openFileBytes(path: string): Promise<FileBytes> {
  const name = basename(path);
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    throw openingFailure(path, error);
  }
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) throw folderRefused(path);
    if (stat.size === 0) {
      throw new DuecastError(
        'data-refused',
        `${name} is empty; nothing was imported. Export it again and check its size.`,
      );
    }
    return {
      name,
      size: stat.size,
      readAt: (offset, length) => readFully(handle, name, offset, length),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error instanceof DuecastError ? error : unreadable(name, error);
  }
}

/**
 * The whole file, a chunk at a time. `onChunk` hears the bytes read so far. Throws `cancelled` between two chunks when
 * the signal is aborted; every chunk is read asynchronously, so messages get through meanwhile.
 */
export async function* fileChunks(
  file: FileBytes,
  signal: AbortSignal,
  onChunk: (bytesRead: number) => void,
): AsyncGenerator<Uint8Array> {
  let offset = 0;
  for (;;) {
    if (signal.aborted) throw cancelled();
    const chunk = await file.readAt(offset, CHUNK_BYTES);
    if (chunk.length === 0) return;
    offset += chunk.length;
    yield chunk;
    onChunk(offset);
  }
}

/** Passes chunks on and hashes them; `digest` is the sha256 in hexadecimal, to be asked for after the last chunk. */
export function hashing(chunks: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  async function* passing(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return { chunks: passing(), digest: () => hash.digest('hex') };
}

async function readFully(handle: FileHandle, name: string, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  try {
    while (filled < length) {
      const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
  } catch (error) {
    throw unreadable(name, error);
  }
  return bytes.subarray(0, filled);
}

function openingFailure(path: string, error: unknown): DuecastError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new DuecastError('file-missing', `There is no file ${path}. Check the name and the folder.`, String(error));
  }
  // Opening a folder fails here on Windows and succeeds elsewhere.
  if (code === 'EISDIR') return folderRefused(path);
  return unreadable(basename(path), error);
}

const folderRefused = (path: string) =>
  new DuecastError('data-refused', `${path} is a folder; nothing was imported. Name a file inside it.`);

const unreadable = (name: string, error: unknown) =>
  new DuecastError(
    'file-unreadable',
    `${name} can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}); nothing was imported. ` +
      'Check that you may read it and that no other program holds it.',
    String(error),
  );
