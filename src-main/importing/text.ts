import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { DuecastError } from '../ipc/errors.ts';

/**
 * The encoding that the first bytes show: by a byte order mark, or UTF-16 by its zero bytes. Null where only the whole
 * file can tell UTF-8 from windows-1252.
 */
export function encodingOfHead(head: Uint8Array): string | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  let zerosAtEven = 0;
  let zerosAtOdd = 0;
  const looked = Math.min(head.length, 4096);
  for (let i = 0; i < looked; i++) {
    if (head[i] === 0) {
      if (i % 2 === 0) zerosAtEven++;
      else zerosAtOdd++;
    }
  }
  if (zerosAtOdd > looked / 5 && zerosAtEven === 0) return 'utf-16le';
  if (zerosAtEven > looked / 5 && zerosAtOdd === 0) return 'utf-16be';
  return null;
}

/** UTF-8 where every byte of the file fits it, else windows-1252, which takes any byte. */
export async function encodingOfChunks(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  let carried: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    const bytes = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    const whole = lengthOfWholeCharacters(bytes);
    if (!isUtf8(bytes.subarray(0, whole))) return 'windows-1252';
    carried = bytes.slice(whole);
  }
  return carried.length === 0 ? 'utf-8' : 'windows-1252';
}

/** How many bytes stand before a character that the end of `bytes` may have cut. */
function lengthOfWholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** The Encoding Standard's name for an encoding as an analyst writes it. Unknown: `usage`. */
export function encodingNamed(name: string): string {
  const plain = name.trim().toLowerCase();
  const written = /^(ansi|cp-?1252)$/.test(plain) ? 'windows-1252' : plain;
  try {
    return new TextDecoder(written).encoding;
  } catch {
    throw new DuecastError(
      'usage',
      `encoding=${name} is not known. Known are, among others: utf-8, windows-1252, iso-8859-1, iso-8859-2, ` +
        'iso-8859-15, windows-1250, windows-1251, utf-16le, utf-16be, shift_jis, gb18030.',
    );
  }
}

/** Decodes bytes as they arrive; a byte order mark is dropped, and bytes that don't fit become U+FFFD. */
export class TextReader {
  readonly #decoder: TextDecoder;

  constructor(encoding: string) {
    this.#decoder = new TextDecoder(encoding);
  }

  // Always as a stream: Node 24 reads windows-1252 as Latin-1 (no euro sign) when given all bytes in one call.
  decode(bytes: Uint8Array): string {
    return this.#decoder.decode(bytes, { stream: true });
  }

  end(): string {
    return this.#decoder.decode();
  }
}

/** Refuses what is no text at all, by its first bytes, and says what it is. */
export function refuseBinary(name: string, head: Uint8Array): void {
  const startsWith = (...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);
  const what = startsWith(0x50, 0x4b, 0x03, 0x04)
    ? 'an Excel workbook or a zip archive'
    : startsWith(0xd0, 0xcf, 0x11, 0xe0)
      ? 'an old Excel workbook'
      : startsWith(0x25, 0x50, 0x44, 0x46)
        ? 'a PDF'
        : startsWith(0x1f, 0x8b)
          ? 'a gzip archive'
          : startsWith(0x53, 0x51, 0x4c, 0x69, 0x74, 0x65)
            ? 'an SQLite database'
            : null;
  if (what === null) return;
  throw new DuecastError(
    'data-refused',
    `${name} is ${what}, not a text file; nothing was imported. Save the table as CSV and import that.`,
  );
}
