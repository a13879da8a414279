import { TextDecoder } from 'node:util';
import { EncodingEvidence, type FoundEncoding } from './encodings/detect.ts';

export { encodingNamed } from './encodings/names.ts';
export type { FoundEncoding };

/**
 * The encoding that the first bytes show: by a byte order mark, or UTF-16 by its zero bytes. Null where only the whole
 * file can tell.
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
  // Delimiters, digits and line breaks have a zero byte whatever the language; characters whose other byte is zero are rare.
  if (zerosAtOdd * 20 > looked && zerosAtEven * 20 <= zerosAtOdd) return isUtf16(head, 'utf-16le') ? 'utf-16le' : null;
  if (zerosAtEven * 20 > looked && zerosAtOdd * 20 <= zerosAtEven) return isUtf16(head, 'utf-16be') ? 'utf-16be' : null;
  return null;
}

/** Whether the first characters are text: a binary file has as many zeros, but controls and broken pairs as well. */
function isUtf16(head: Uint8Array, encoding: string): boolean {
  const text = new TextDecoder(encoding).decode(head.subarray(0, 4096), { stream: true });
  const odd = text.match(/[^\P{C}\t\n\v\f\r\ufeff\u00ad]|\ufffd/gu)?.length ?? 0;
  return odd * 50 <= text.length;
}

/** The encoding of a file whose first bytes don't show it; every byte is looked at. */
export async function encodingOfChunks(chunks: AsyncIterable<Uint8Array>): Promise<FoundEncoding> {
  const evidence = new EncodingEvidence();
  for await (const chunk of chunks) evidence.add(chunk);
  return evidence.decide();
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
