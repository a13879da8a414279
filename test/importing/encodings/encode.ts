import { TextDecoder } from 'node:util';

const tables = new Map<string, Map<string, number[]>>();

/** The bytes of every character that an encoding writes with one or two bytes, found by decoding all of them. */
function tableOf(encoding: string): Map<string, number[]> {
  let table = tables.get(encoding);
  if (table !== undefined) return table;
  tables.set(encoding, (table = new Map()));
  const note = (...bytes: number[]) => {
    const text = new TextDecoder(encoding).decode(Uint8Array.from(bytes), { stream: true });
    if ([...text].length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, bytes);
  };
  for (let byte = 0; byte < 256; byte++) note(byte);
  if (/^(windows|iso|koi8|mac)/.test(encoding)) return table;
  for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) note(lead, trail);
  return table;
}

/** Text in an encoding; throws where the encoding lacks a character. */
export function encode(text: string, encoding: string): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const table = tableOf(encoding);
  const bytes: number[] = [];
  for (const character of text) {
    const found = table.get(character);
    if (found === undefined) throw new Error(`${encoding} has no “${character}”`);
    bytes.push(...found);
  }
  return Buffer.from(bytes);
}
