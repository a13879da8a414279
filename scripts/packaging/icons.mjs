import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tool } from './tools.mjs';

/** The icons of all systems, drawn from one SVG. */

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** Apple's names for pictures in an icon file, and how many pixels each has. */
const MAC_PICTURES = /** @type {const} */ ([
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
]);

/**
 * Writes `icon.ico`, `icon.icns` and, for Linux, one PNG a size (`16x16.png` …).
 * @param {string} svg
 * @param {string} folder
 */
export async function drawIcons(svg, folder) {
  mkdirSync(join(folder, 'linux'), { recursive: true });
  const drawing = readFileSync(svg);
  const sharp = tool('sharp');
  /** @type {Map<number, Buffer>} */
  const pictures = new Map();
  for (const size of SIZES) {
    // The drawing has 1024 units at 72 dots an inch.
    const picture = await sharp(drawing, { density: Math.max(72, (72 * size) / 256) })
      .resize(size, size)
      .png()
      .toBuffer();
    pictures.set(size, picture);
    writeFileSync(join(folder, 'linux', `${size}x${size}.png`), picture);
  }
  const of = (/** @type {number} */ size) => pictures.get(size) ?? Buffer.alloc(0);
  writeFileSync(join(folder, 'icon.ico'), windowsIcon(WINDOWS_SIZES.map((size) => ({ size, png: of(size) }))));
  writeFileSync(join(folder, 'icon.icns'), macIcon(MAC_PICTURES.map(([name, size]) => ({ name, png: of(size) }))));
}

/**
 * A Windows icon of PNG pictures: a header, an entry for each picture, the pictures.
 * @param {{size: number, png: Buffer}[]} pictures
 */
export function windowsIcon(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let place = header.length;
  pictures.forEach(({ size, png }, i) => {
    const at = 6 + 16 * i;
    // 256 is written as 0.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(place, at + 12);
    place += png.length;
  });
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/**
 * A macOS icon of PNG pictures: each with its name and length before it.
 * @param {{name: string, png: Buffer}[]} pictures
 */
export function macIcon(pictures) {
  const parts = pictures.map(({ name, png }) => Buffer.concat([block(name, png.length), png]));
  return Buffer.concat([
    block(
      'icns',
      parts.reduce((sum, part) => sum + part.length, 0),
    ),
    ...parts,
  ]);
}

/** @param {string} name @param {number} bytes */
function block(name, bytes) {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32BE(bytes + 8, 4);
  return head;
}
