import { TextDecoder } from 'node:util';

const tables = new Map<string, Map<string, number[]>>();

/** Every letter that one or two bytes give in an encoding, found by decoding them all. */
function tableOf(encoding: string): Map<string, number[]> {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const table = new Map<string, number[]>();
  // As a stream: Node 24 reads windows-1252 as Latin-1 when given all bytes in one call.
  const decode = (...bytes: number[]) =>
    new TextDecoder(encoding, { ignoreBOM: true }).decode(Uint8Array.from(bytes), { stream: true });
  const note = (text: string, bytes: number[]) => {
    if ([...text].length === 1 && !text.includes('\ufffd') && !table.has(text)) table.set(text, bytes);
  };
  for (let byte = 0; byte < 256; byte++) note(decode(byte), [byte]);
  for (let lead = 0x81; lead < 0xff; lead++) {
    if (decode(lead) !== '') continue;
    for (let trail = 0x40; trail < 0xff; trail++) note(decode(lead, trail), [lead, trail]);
  }
  tables.set(encoding, table);
  return table;
}

/** Text as bytes of any encoding that decoders know; throws where a letter has none. */
export function encodeText(text: string, encoding: string): Uint8Array {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const table = tableOf(encoding);
  const bytes: number[] = [];
  for (const letter of text) {
    const code = table.get(letter);
    if (code === undefined) throw new Error(`${encoding} has no ${letter}`);
    bytes.push(...code);
  }
  return Uint8Array.from(bytes);
}
