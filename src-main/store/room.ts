import { statfsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { DuecastError } from '../ipc/errors.ts';

/**
 * A row takes about as much room in the portfolio as its text in the file, and until all is committed as much again in
 * the log beside it.
 */
const ROOM_A_BYTE = 2;
/** Kept free for the log of what comes after. */
const SPARE_BYTES = 64 * 2 ** 20;

/** Throws `portfolio-read-only` where a portfolio's disk has no room for so many bytes of a file. */
export function refuseWithoutRoom(path: string, bytes: number): void {
  let free: number;
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    free = bavail * bsize;
  } catch {
    // A file system that does not say how much is free is tried.
    return;
  }
  const needed = ROOM_A_BYTE * bytes + SPARE_BYTES;
  if (needed <= free) return;
  throw new DuecastError(
    'portfolio-read-only',
    `The disk of ${basename(path)} has ${sizeOf(free)} free, and this import may need ${sizeOf(needed)}. It was not ` +
      'begun, and nothing was changed. Make room there, save a copy of the portfolio on a larger disk and import into ' +
      'that, or import the file in parts.',
    `${free} bytes free, ${needed} needed`,
  );
}

function sizeOf(bytes: number): string {
  const units = ['MB', 'GB', 'TB'];
  let size = bytes / 1e6;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${size.toLocaleString('en', { maximumFractionDigits: size < 10 ? 1 : 0 })} ${units[unit]}`;
}
