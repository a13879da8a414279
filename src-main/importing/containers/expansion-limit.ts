import { DuecastError } from '../../ipc/errors.ts';

/** Below this nothing is suspected. */
const HARMLESS_BYTES = 256 * 1024 * 1024;
/** Tables pack to a tenth, very regular ones to a fiftieth; what packs to less was made to fill a disk. */
const LARGEST_RATIO = 250;
const LARGEST_BYTES = 64 * 1024 ** 3;

/**
 * Throws `data-refused` where something packed grows into more than any table would: `bytes` so far, or as the archive
 * itself says, from `packedBytes`.
 */
export function limitExpansion(name: string, bytes: number, packedBytes: number): void {
  const isBomb = bytes > HARMLESS_BYTES && bytes > packedBytes * LARGEST_RATIO;
  if (!isBomb && bytes <= LARGEST_BYTES) return;
  throw new DuecastError(
    'data-refused',
    `${name} grows to ${sizeInWords(bytes)} or more from ${sizeInWords(packedBytes)}, which no table does; nothing was imported. ` +
      'If it is what you expect, unpack it yourself and import the file.',
  );
}

export function sizeInWords(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toLocaleString('en-US', { maximumSignificantDigits: 3 })} ${units[unit]}`;
}
