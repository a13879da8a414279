import { gzipSync } from 'node:zlib';
import type { Random } from '../../src-main/sequences/random.ts';

const pick = <T>(random: Random, choices: ArrayLike<T>): T => choices[random.integer(0, choices.length - 1)]!;

/** From one byte up, small ones being as likely as large ones of ten times the size. */
const someLength = (random: Random, longest: number) => Math.floor(Math.exp(random.next() * Math.log(longest)));

const SPECIAL = '"\',;\t|\n\r\0\ufffd\u00a0.-+()=0';

/** One to eight things done to a file's bytes: flipped, cut, repeated, swapped, or a sign put in that means something. */
export function broken(random: Random, original: Uint8Array): Uint8Array {
  let bytes = Buffer.from(original);
  for (let n = random.integer(1, 8); n > 0 && bytes.length > 1; n--) {
    const at = random.integer(0, bytes.length - 1);
    const end = Math.min(bytes.length, at + random.integer(1, 80));
    switch (random.integer(0, 6)) {
      case 0:
        bytes[at]! ^= 1 << random.integer(0, 7);
        break;
      case 1:
        bytes[at] = random.integer(0, 255);
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
        break;
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(pick(random, SPECIAL)), bytes.subarray(at)]);
        break;
      case 5:
        bytes = bytes.subarray(0, at + 1);
        break;
      default:
        bytes = Buffer.concat([bytes.subarray(at), bytes.subarray(0, at)]);
    }
  }
  return bytes;
}

type Maker = (random: Random, longest: number) => Uint8Array;

const MAKERS: Maker[] = [
  // Noise.
  (random, longest) => Uint8Array.from({ length: someLength(random, longest) }, () => random.integer(0, 255)),
  // Letters, digits and signs in no order.
  (random, longest) => {
    const letters = '0123456789,,,;;;\t|"\'\n\n\r.-/: abcXYZäé€年月日';
    return Buffer.from(Array.from({ length: someLength(random, longest) }, () => pick(random, letters)).join(''));
  },
  // Tables whose cells hold anything.
  (random, longest) => Buffer.from(tableOfAnything(random, longest)),
  (random, longest) => Buffer.from(tableOfAnything(random, longest), 'utf16le'),
  (random, longest) => Buffer.from(tableOfAnything(random, longest), 'latin1'),
  (random, longest) => gzipSync(tableOfAnything(random, longest)),
  // Archives that are none, and one sign over and over.
  (random, longest) => Buffer.concat([Buffer.from('PK\x03\x04'), noise(random, longest)]),
  (random, longest) => Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), noise(random, longest)]),
  (random, longest) =>
    Buffer.from(pick(random, ['\n', '"', ',', '\0', ';"', ' ', '\r', '1', '\n"'])!.repeat(someLength(random, longest))),
];

const noise = (random: Random, longest: number) =>
  Uint8Array.from({ length: someLength(random, longest) }, () => random.integer(0, 255));

/** A file of any kind. */
export const anyFile = (random: Random, longest: number): Uint8Array => pick(random, MAKERS)(random, longest);

const NAMES = [
  'Date',
  'Datum',
  'Betrag',
  'Amount',
  'Debit',
  'Credit',
  'Soll',
  'Haben',
  'Saldo',
  'Text',
  'customer',
  'day',
  'x',
  '',
  'Dr / Cr',
  '1',
  '日付',
  'default',
  '"',
  'IBAN',
];

function tableOfAnything(random: Random, longest: number): string {
  const delimiter = pick(random, [',', ';', '\t', '|']);
  const end = pick(random, ['\n', '\r\n', '\r']);
  const width = random.integer(1, 9);
  const kinds = Array.from({ length: width }, () => pick(random, CELLS));
  const length = someLength(random, longest);
  const lines = [Array.from({ length: width }, () => pick(random, NAMES)).join(delimiter)];
  for (let size = 0; size < length;) {
    const stray = random.next() < 0.05;
    const cells = kinds.map((kind) => (random.next() < 0.03 ? pick(random, CELLS) : kind)(random));
    if (stray) cells.splice(random.integer(0, width), random.integer(0, 2), pick(random, ['"', '', 'x', delimiter]));
    lines.push(cells.join(delimiter));
    size += lines.at(-1)!.length + 1;
  }
  return lines.join(end);
}

const CELLS: ((random: Random) => string)[] = [
  (random) => `${random.integer(1, 31)}.${random.integer(1, 12)}.${random.integer(1990, 2030)}`,
  (random) =>
    `20${random.integer(10, 30)}-${String(random.integer(1, 13)).padStart(2, '0')}-${String(random.integer(1, 32)).padStart(2, '0')}`,
  (random) => `${random.integer(1, 13)}/${random.integer(1, 32)}/${random.integer(10, 30)}`,
  (random) => `${random.integer(-999, 999)}.${random.integer(0, 99)}`,
  (random) => `${random.integer(-9, 9)}.${random.integer(100, 999)},${random.integer(10, 99)}`,
  (random) => `${random.integer(0, 1e9)}${pick(random, ['', ' CR', 'DR', '-', ' €'])}`,
  (random) => `"${pick(random, ['a', 'b ""c""', 'd\ne', 'f;g,h', ''])}"`,
  (random) =>
    pick(random, ['', ' ', 'S', 'H', 'ja', 'nein', 'C-1', 'C-2', 'n/a', '-', '1e999', 'nan', '__proto__', "'", '=1+1']),
  (random) => String(random.integer(0, 3)),
];
