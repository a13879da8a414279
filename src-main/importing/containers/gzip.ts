import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream';
import { DuecastError } from '../../ipc/errors.ts';
import type { FileBytes } from '../bytes.ts';
import { streamOf, unpack, type Unpacked } from './unpacking.ts';

/** Unpacks a gzip file, all of its members. Errors as `unpack`. */
export function gunzip(file: FileBytes, signal: AbortSignal): Promise<Unpacked> {
  const what = { name: file.name, packedBytes: file.size, expectedBytes: 0 };
  return unpack(gunzipped(file), what, (error, soFar) => brokenGzip(file.name, error, soFar), signal);
}

/** Begins when the first chunk is asked for: a stream that fails while nobody listens would end the process. */
async function* gunzipped(file: FileBytes): AsyncGenerator<Uint8Array> {
  const gunzipping = createGunzip({ chunkSize: 1 << 17 });
  // Errors of either end come out where the chunks are taken.
  pipeline(streamOf(file), gunzipping, () => undefined);
  yield* gunzipping as AsyncIterable<Buffer>;
}

function brokenGzip(name: string, error: unknown, soFar: number): DuecastError {
  const isCut = (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR';
  const how = isCut ? 'ends too early, as if it had not been copied to its end' : 'is damaged';
  return new DuecastError(
    'data-refused',
    `${name} ${how} (after ${soFar.toLocaleString('en-US')} unpacked bytes); nothing was imported. Fetch it again and check its size.`,
    String(error),
  );
}
