import { endianness } from 'node:os';
import type { PortfolioDb } from './database.ts';
import { damaged } from './sqlite-errors.ts';

// A portfolio is read on other machines; every one that Duecast runs on is little-endian.
if (endianness() !== 'LE') throw new Error('Arrays are stored little-endian; this machine is big-endian');

/** The bytes of a typed array, without a copy. */
export const toBlob = (array: Float64Array | Float32Array | Int32Array | Uint8Array): Buffer =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength);

/** A copy with a buffer of its own: the bytes that SQLite hands out lie at any offset of a shared one. */
export const toBytes = (blob: Buffer): Uint8Array => new Uint8Array(blob);

export const toFloat32 = (db: PortfolioDb, blob: Buffer): Float32Array => new Float32Array(wholeWords(db, blob));
export const toInt32 = (db: PortfolioDb, blob: Buffer): Int32Array => new Int32Array(wholeWords(db, blob));
export const toFloat64 = (db: PortfolioDb, blob: Buffer): Float64Array => new Float64Array(wholeWords(db, blob, 8));

function wholeWords(db: PortfolioDb, blob: Buffer, bytes = 4): ArrayBuffer {
  if (blob.byteLength % bytes !== 0) throw damaged(db.name, `an array of ${blob.byteLength} bytes`);
  return new Uint8Array(blob).buffer;
}
