/** What a macOS program or library is for, asks for and offers (mach-o/loader.h, nlist.h). 64-bit, one architecture. */

const MAGIC = 0xfeedfacf;
const HEADER_BYTES = 32;
const SYMBOLS = 0x2;
const LOAD_LIBRARY = [0xc, 0x80000018];
const SEARCH_PATH = 0x8000001c;
const SIGNATURE = 0x1d;
const EXTERNAL = 0x01;
const TYPE_MASK = 0x0e;
const MACHINES = /** @type {Record<number, string>} */ ({ 0x0100000c: 'arm64', 0x01000007: 'x64' });

/** @param {Buffer} bytes */
export const isMachO = (bytes) => bytes.length > HEADER_BYTES && bytes.readUInt32LE(0) === MAGIC;

/**
 * @param {Buffer} bytes a whole file
 * @returns {import('./read.mjs').Binary & {signed: boolean}}
 */
export function readMachO(bytes) {
  const arch = MACHINES[bytes.readUInt32LE(4)] ?? `machine ${bytes.readUInt32LE(4)}`;
  /** @type {ReturnType<typeof readMachO>} */
  const binary = { format: 'Mach-O', arch, imports: [], exports: [], searched: [], signed: false };
  for (const { type, at } of commandsOf(bytes)) {
    if (LOAD_LIBRARY.includes(type)) binary.imports.push(textIn(bytes, at));
    else if (type === SEARCH_PATH) binary.searched.push(textIn(bytes, at));
    else if (type === SIGNATURE) binary.signed = true;
    else if (type === SYMBOLS) binary.exports = externalSymbols(bytes, at);
  }
  return binary;
}

/**
 * A copy that looks for its libraries in another place, which must not be longer than the old one. A signature that it
 * had is void then.
 * @param {Buffer} bytes
 * @param {string} from
 * @param {string} to
 */
export function withSearchPath(bytes, from, to) {
  const copy = Buffer.from(bytes);
  const found = commandsOf(copy).find(({ type, at }) => type === SEARCH_PATH && textIn(copy, at) === from);
  if (found === undefined) throw new Error(`the library does not look in ${from}`);
  if (to.length > from.length) throw new Error(`${to} is longer than ${from}`);
  const start = found.at + copy.readUInt32LE(found.at + 8);
  copy.fill(0, start, start + from.length);
  copy.write(to, start, 'latin1');
  return copy;
}

/** @param {Buffer} bytes */
function commandsOf(bytes) {
  const commands = [];
  let at = HEADER_BYTES;
  for (let i = 0; i < bytes.readUInt32LE(16); i++) {
    commands.push({ type: bytes.readUInt32LE(at), at });
    at += bytes.readUInt32LE(at + 4);
  }
  return commands;
}

/** @param {Buffer} bytes @param {number} at a command whose third word says where its text begins */
function textIn(bytes, at) {
  const start = at + bytes.readUInt32LE(at + 8);
  return bytes.toString('latin1', start, bytes.indexOf(0, start));
}

/** @param {Buffer} bytes @param {number} at */
function externalSymbols(bytes, at) {
  const [symbols, count, texts] = [8, 12, 16].map((offset) => bytes.readUInt32LE(at + offset));
  const names = [];
  for (let i = 0; i < count; i++) {
    const entry = symbols + i * 16;
    const type = bytes[entry + 4];
    // Of type 0 is what this file asks for.
    if ((type & EXTERNAL) === 0 || (type & TYPE_MASK) === 0) continue;
    const start = texts + bytes.readUInt32LE(entry);
    names.push(bytes.toString('latin1', start, bytes.indexOf(0, start)));
  }
  return names;
}
