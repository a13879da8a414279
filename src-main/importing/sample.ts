import type { FileBytes } from './bytes.ts';
import { TextReader } from './text.ts';

const HEAD_BYTES = 1 << 20;
const SPOT_BYTES = 1 << 16;
const SPOTS = 8;

/** The text from which a file's dialect and columns are decided. */
export interface TextSample {
  head: string;
  /** The head is the whole file. */
  whole: boolean;
  /** Runs of whole lines from further on in a long file: its first rows may all be of one kind, or of one month. */
  spots: string[];
}

/** Reads the first MB of a file and, of longer ones, eight evenly spread places. */
export async function readSample(file: FileBytes, encoding: string): Promise<TextSample> {
  const reader = new TextReader(encoding);
  const whole = file.size <= HEAD_BYTES;
  const head = reader.decode(await file.readAt(0, HEAD_BYTES)) + (whole ? reader.end() : '');
  const spots: string[] = [];
  for (let i = 1; i <= SPOTS && !whole; i++) {
    const room = file.size - HEAD_BYTES - SPOT_BYTES;
    if (room <= 0) break;
    // Even, so that UTF-16 keeps its step.
    const offset = HEAD_BYTES + 2 * Math.floor((room * i) / SPOTS / 2);
    const text = new TextReader(encoding).decode(await file.readAt(offset, SPOT_BYTES));
    // Both ends may be cut, inside a character or inside a record.
    const lines = /[\r\n]([^]*[\r\n])/.exec(text)?.[1];
    if (lines !== undefined) spots.push(lines);
  }
  return { head, whole, spots };
}
