/** What a Windows program or DLL is for, asks for and offers (Microsoft's PE format). 64-bit. */

const MACHINES = /** @type {Record<number, string>} */ ({ 0x8664: 'x64', 0xaa64: 'arm64', 0x14c: 'ia32' });
const PE32_PLUS = 0x20b;

/** @param {Buffer} bytes */
export function isPe(bytes) {
  if (bytes.length < 64 || bytes.toString('latin1', 0, 2) !== 'MZ') return false;
  const header = bytes.readUInt32LE(60);
  return header + 4 < bytes.length && bytes.toString('latin1', header, header + 4) === 'PE\0\0';
}

/**
 * @param {Buffer} bytes a whole file
 * @returns {import('./read.mjs').Binary}
 */
export function readPe(bytes) {
  const coff = bytes.readUInt32LE(60) + 4;
  const optional = coff + 20;
  const sectionCount = bytes.readUInt16LE(coff + 2);
  const sections = optional + bytes.readUInt16LE(coff + 16);
  const arch = MACHINES[bytes.readUInt16LE(coff)] ?? `machine ${bytes.readUInt16LE(coff)}`;
  const directories = optional + (bytes.readUInt16LE(optional) === PE32_PLUS ? 112 : 96);

  /** From an address in memory to one in the file. @param {number} address */
  function inFile(address) {
    for (let i = 0; i < sectionCount; i++) {
      const at = sections + i * 40;
      const start = bytes.readUInt32LE(at + 12);
      if (address >= start && address < start + bytes.readUInt32LE(at + 16)) {
        return address - start + bytes.readUInt32LE(at + 20);
      }
    }
    return -1;
  }
  /** @param {number} address */
  const text = (address) => {
    const at = inFile(address);
    return at < 0 ? '' : bytes.toString('latin1', at, bytes.indexOf(0, at));
  };
  /** @param {number} index */
  const directory = (index) => {
    const address = bytes.readUInt32LE(directories + index * 8);
    return address === 0 ? -1 : inFile(address);
  };

  /** @type {string[]} */
  const imports = [];
  const importTable = directory(1);
  for (let at = importTable; at >= 0 && bytes.readUInt32LE(at + 12) !== 0; at += 20) {
    imports.push(text(bytes.readUInt32LE(at + 12)));
  }
  /** @type {string[]} */
  const exports = [];
  const exportTable = directory(0);
  if (exportTable >= 0) {
    const names = inFile(bytes.readUInt32LE(exportTable + 32));
    for (let i = 0; i < bytes.readUInt32LE(exportTable + 24); i++)
      exports.push(text(bytes.readUInt32LE(names + i * 4)));
  }
  return { format: 'PE', arch, imports, exports, searched: [] };
}
