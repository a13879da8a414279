import { isElf, readElf } from './elf.mjs';
import { isMachO, readMachO } from './mach-o.mjs';
import { isPe, readPe } from './pe.mjs';

/**
 * `imports`: libraries that the system's loader brings with it; `exports`: symbols; `searched`: where it looks for
 * libraries first.
 * @typedef {{format: 'ELF' | 'PE' | 'Mach-O', arch: string, imports: string[], exports: string[], searched: string[]}} Binary
 */

/** The format of the programs of a system. */
export const FORMATS = /** @type {const} */ ({ linux: 'ELF', win32: 'PE', darwin: 'Mach-O' });

/**
 * @param {Buffer} bytes a whole file
 * @returns {Binary | null} null for what is no program
 */
export function readBinary(bytes) {
  if (isElf(bytes)) return readElf(bytes);
  if (isPe(bytes)) return readPe(bytes);
  if (isMachO(bytes)) return readMachO(bytes);
  return null;
}
