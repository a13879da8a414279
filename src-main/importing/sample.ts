import type { FileBytes } from './bytes.ts';
import { TextReader } from './text.ts';

/** How much is read of a long file: its beginning, and places spread evenly behind it, the last one at its end. */
interface SampleSize {
  head: number;
  spot: number;
  spots: number;
}

const USUAL: SampleSize = { head: 1 << 18, spot: 1 << 15, spots: 8 };
/** For what is shown at once. */
const QUICK: SampleSize = { head: 1 << 17, spot: 1 << 13, spots: 8 };

/** The text from which a file's dialect and columns are decided. */
export interface TextSample {
  head: string;
  /** The head is the whole file. */
  whole: boolean;
  /** Runs of whole lines from further on in a long file: its first rows may all be of one kind, or of one month. */
  spots: string[];
}

/** Of a file up to this size all is sampled. */
const WHOLE_BYTES = 1 << 20;

/** Reads a file of up to a MB, or the beginning of a longer one and eight evenly spread places; `quick`: less of it. */
export async function readSample(file: FileBytes, encoding: string, quick = false): Promise<TextSample> {
  const reader = new TextReader(encoding);
  const whole = file.size <= WHOLE_BYTES;
  const [first, ...places] = await samplePieces(file, quick);
  const head = reader.decode(first!) + (whole ? reader.end() : '');
  // Both ends of a place may be cut, inside a character or inside a record.
  const spots = places.flatMap((bytes) => linesWithin(new TextReader(encoding).decode(bytes)) ?? []);
  return { head, whole, spots };
}

const linesWithin = (text: string): string | undefined => /[\r\n]([^]*[\r\n])/.exec(text)?.[1];

/** The bytes of whole lines of a quick sample, from which an encoding is guessed before the file has been read. */
export async function quickLines(file: FileBytes): Promise<Uint8Array[]> {
  const pieces = await samplePieces(file, true);
  return pieces.map((bytes, i) => {
    const start = i === 0 ? 0 : bytes.indexOf(LINE_FEED) + 1;
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    return end > start ? bytes.subarray(start, end) : bytes.subarray(0, 0);
  });
}

const LINE_FEED = 10;

/** The head, then the places behind it. */
async function samplePieces(file: FileBytes, quick: boolean): Promise<Uint8Array[]> {
  if (file.size <= WHOLE_BYTES) return [await file.readAt(0, WHOLE_BYTES)];
  const { head, spot, spots } = quick ? QUICK : USUAL;
  const pieces = [await file.readAt(0, head)];
  const room = file.size - head - spot;
  for (let i = 1; i <= spots && room > 0; i++) {
    // Even, so that UTF-16 keeps its step.
    const offset = head + 2 * Math.floor((room * i) / spots / 2);
    pieces.push(await file.readAt(offset, spot));
  }
  return pieces;
}
