import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { cancelled, DuecastError } from '../../ipc/errors.ts';
import { CHUNK_BYTES, type FileBytes } from '../bytes.ts';
import { limitExpansion } from './expansion-limit.ts';
import { TemporaryFile } from './temporary-file.ts';

/** The bytes of a stretch of a file as a stream. */
export function streamOf(file: FileBytes, start = 0, end = file.size): Readable {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = start; at < end;) {
      const chunk = await file.readAt(at, Math.min(CHUNK_BYTES, end - at));
      if (chunk.length === 0) return;
      at += chunk.length;
      yield chunk;
    }
  }
  return Readable.from(chunks(), { objectMode: false });
}

/** sha256 of a whole file, in hexadecimal. Throws `cancelled`. */
export async function sha256Of(file: FileBytes, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < file.size;) {
    if (signal.aborted) throw cancelled();
    const chunk = await file.readAt(at, CHUNK_BYTES);
    if (chunk.length === 0) break;
    hash.update(chunk);
    at += chunk.length;
  }
  return hash.digest('hex');
}

export interface Unpacked {
  bytes: TemporaryFile;
  sha256: string;
}

/**
 * Writes what comes out of something packed into a temporary file, which the caller closes. `broken` makes an error of
 * what the unpacking throws. Errors: `data-refused` (broken, or too large to be a table), `file-unreadable`, `cancelled`.
 */
export async function unpack(
  chunks: AsyncIterable<Uint8Array>,
  what: { name: string; packedBytes: number; expectedBytes: number },
  broken: (error: unknown, bytesSoFar: number) => DuecastError,
  signal: AbortSignal,
): Promise<Unpacked> {
  limitExpansion(what.name, what.expectedBytes, what.packedBytes);
  const bytes = await TemporaryFile.create(what.name, what.expectedBytes);
  const hash = createHash('sha256');
  try {
    for await (const chunk of chunks) {
      if (signal.aborted) throw cancelled();
      limitExpansion(what.name, bytes.size + chunk.length, what.packedBytes);
      hash.update(chunk);
      await bytes.write(what.name, chunk);
    }
    return { bytes, sha256: hash.digest('hex') };
  } catch (error) {
    await bytes.close();
    throw error instanceof DuecastError ? error : broken(error, bytes.size);
  }
}
