/** What an ELF file is for, asks for and offers (System V ABI, chapters 4 and 5). 64-bit, little-endian. */

const DYNAMIC = 6;
const DYNAMIC_SYMBOLS = 11;
const NEEDED = 1n;
const RUNPATHS = [15n, 29n];
const MACHINES = /** @type {Record<number, string>} */ ({ 62: 'x64', 183: 'arm64' });

/** @param {Buffer} bytes */
export const isElf = (bytes) => bytes.length > 64 && bytes.readUInt32BE(0) === 0x7f454c46;

/**
 * @param {Buffer} bytes a whole file
 * @returns {import('./read.mjs').Binary}
 */
export function readElf(bytes) {
  const sections = sectionsOf(bytes);
  /** @type {import('./read.mjs').Binary} */
  const binary = {
    format: 'ELF',
    arch: MACHINES[bytes.readUInt16LE(18)] ?? `machine ${bytes.readUInt16LE(18)}`,
    imports: [],
    exports: [],
    searched: [],
  };
  for (const section of sections) {
    const text = textAt(bytes, sections[section.link]?.offset ?? 0);
    if (section.type === DYNAMIC) {
      for (let at = section.offset; at < section.offset + section.size; at += 16) {
        const tag = bytes.readBigUInt64LE(at);
        const value = Number(bytes.readBigUInt64LE(at + 8));
        if (tag === NEEDED) binary.imports.push(text(value));
        if (RUNPATHS.includes(tag)) binary.searched.push(...text(value).split(':'));
      }
    }
    if (section.type === DYNAMIC_SYMBOLS) {
      for (let at = section.offset; at < section.offset + section.size; at += 24) {
        // Section 0: a symbol that this file asks for.
        if (bytes.readUInt16LE(at + 6) !== 0) binary.exports.push(text(bytes.readUInt32LE(at)));
      }
    }
  }
  return binary;
}

/** @param {Buffer} bytes */
function sectionsOf(bytes) {
  const start = Number(bytes.readBigUInt64LE(40));
  const [size, count] = [bytes.readUInt16LE(58), bytes.readUInt16LE(60)];
  return Array.from({ length: count }, (_, i) => {
    const at = start + i * size;
    return {
      type: bytes.readUInt32LE(at + 4),
      offset: Number(bytes.readBigUInt64LE(at + 24)),
      size: Number(bytes.readBigUInt64LE(at + 32)),
      link: bytes.readUInt32LE(at + 40),
    };
  });
}

/** @param {Buffer} bytes @param {number} table */
const textAt = (bytes, table) => (/** @type {number} */ index) =>
  bytes.toString('latin1', table + index, bytes.indexOf(0, table + index));
