import { grouped } from '../../ipc/grouped.ts';
import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { Validity, type MultibyteName } from './multibyte.ts';
import { plausibilityOf, type Writing } from './plausibility.ts';

/** What a file's bytes show about its encoding. */
export interface FoundEncoding {
  encoding: string;
  /** Why, for the analyst. */
  why: string;
  /** Bytes of the file that the encoding does not have. */
  brokenBytes: number;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** So many lines from the start are looked at whatever they hold: they name the columns. */
const HEAD_BYTES = 4_096;
const LARGEST_SAMPLE = 160 * 1024;
const FIRST_SAMPLE = 48 * 1024;
/** Lines longer than that are taken in pieces. */
const LONGEST_LINE = 1 << 20;
/** After so many bytes of lines with something beyond ASCII only every so many pieces of the file are taken apart. */
const CLOSELY_READ = 6 << 20;
const STRIDE = 16;
/** A file with so many characters of UTF-8 needs no further proof. */
const PROVEN = 5_000;

/** By liking: of two that read a file alike the first is named. `prior` is how much more others have to fit. */
const CANDIDATES: readonly { encoding: string; writing: Writing; prior: number; multibyte?: MultibyteName }[] = [
  { encoding: 'windows-1252', writing: 'latin', prior: 0 },
  { encoding: 'windows-1250', writing: 'latin', prior: -0.7 },
  { encoding: 'windows-1254', writing: 'latin', prior: -1 },
  { encoding: 'windows-1257', writing: 'latin', prior: -1 },
  { encoding: 'iso-8859-15', writing: 'latin', prior: -1.2 },
  { encoding: 'iso-8859-2', writing: 'latin', prior: -1.2 },
  { encoding: 'windows-1251', writing: 'cyrillic', prior: -0.7 },
  { encoding: 'koi8-r', writing: 'cyrillic', prior: -12 },
  { encoding: 'ibm866', writing: 'cyrillic', prior: -12 },
  { encoding: 'windows-1253', writing: 'greek', prior: -1 },
  { encoding: 'windows-1255', writing: 'hebrew', prior: -1 },
  { encoding: 'macintosh', writing: 'latin', prior: -2 },
  { encoding: 'gb18030', writing: 'chinese', prior: -0.5, multibyte: 'gb18030' },
  { encoding: 'big5', writing: 'traditional', prior: -0.7, multibyte: 'big5' },
  { encoding: 'shift_jis', writing: 'japanese', prior: -0.5, multibyte: 'shift_jis' },
  { encoding: 'euc-jp', writing: 'japanese', prior: -0.7, multibyte: 'euc-jp' },
  { encoding: 'euc-kr', writing: 'korean', prior: -0.5, multibyte: 'euc-kr' },
];

/** Gathers evidence about the encoding of a file without a mark, chunk by chunk; `decide` after the last one. */
export class EncodingEvidence {
  readonly #validities = (['utf-8', 'gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr'] as const).map(
    (name) => new Validity(name),
  );
  readonly #utf8 = this.#validities[0]!;
  /** How often each byte from 0x80 on occurs. */
  readonly #high = new Float64Array(128);
  readonly #sample: Uint8Array[] = [];
  #sampled = 0;
  #seen = 0;
  #examined = 0;
  #pieces = 0;
  #carried: Uint8Array = new Uint8Array(0);

  /** A piece of the file; it is not kept. */
  add(chunk: Uint8Array): void {
    const bytes = this.#carried.length === 0 ? chunk : Buffer.concat([this.#carried, chunk]);
    const whole = Math.max(bytes.lastIndexOf(LINE_FEED), bytes.lastIndexOf(CARRIAGE_RETURN)) + 1;
    const taken = whole === 0 && bytes.length > LONGEST_LINE ? bytes.length : whole;
    this.#carried = bytes.slice(taken);
    if (taken > 0) this.#addLines(bytes.subarray(0, taken));
  }

  decide(): FoundEncoding {
    if (this.#carried.length > 0) this.#addLines(this.#carried);
    const isCut = endsInsideCharacter(this.#carried);
    this.#carried = new Uint8Array(0);
    const { characters, broken } = this.#utf8;
    if (characters + broken === 0) {
      return { encoding: 'utf-8', why: 'It holds plain ASCII only, which is valid UTF-8.', brokenBytes: 0 };
    }
    const sample = Buffer.concat(this.#sample);
    if (this.#isUtf8(sample, isCut)) {
      const why =
        broken === 0
          ? 'Every byte of the file is valid UTF-8.'
          : `${grouped(characters)} characters are valid UTF-8 and only ${grouped(broken)} bytes are not.`;
      return { encoding: 'utf-8', why, brokenBytes: broken };
    }
    return this.#bestOf(sample);
  }

  #addLines(bytes: Uint8Array): void {
    this.#seen += bytes.length;
    const head = this.#sampled === 0 ? endOfLine(bytes, Math.min(bytes.length, HEAD_BYTES) - 1) + 1 : 0;
    if (head > 0) this.#keep(bytes.subarray(0, head));
    if (isAscii(bytes)) return;
    if (this.#utf8.characters > PROVEN && this.#utf8.broken * 100 < this.#utf8.characters && isUtf8(bytes)) return;
    if (this.#examined > CLOSELY_READ && this.#pieces++ % STRIDE !== 0) return;
    const room = Math.min(LARGEST_SAMPLE, FIRST_SAMPLE + this.#seen / 64);
    const validities = this.#validities.filter((validity) => !isHopeless(validity));
    let at = 0;
    while (at < bytes.length) {
      if (bytes[at]! < 0x80) {
        at++;
        continue;
      }
      const start = startOfLine(bytes, at);
      const end = endOfLine(bytes, at);
      for (let i = at; i < end; i++) if (bytes[i]! >= 0x80) this.#high[bytes[i]! - 0x80]!++;
      for (const validity of validities) validity.addLine(bytes, start, end);
      if (start >= head && this.#sampled < room) this.#keep(bytes.subarray(start, end + 1));
      this.#examined += end - start;
      at = end + 1;
    }
  }

  #keep(bytes: Uint8Array): void {
    this.#sample.push(bytes.slice());
    this.#sampled += bytes.length;
  }

  /**
   * By proportion: bytes that were broken on the way leave most of a UTF-8 file whole. Text of another encoding has
   * hardly a sequence that is valid UTF-8, and these few make letters of two writings stand in one word.
   */
  #isUtf8(sample: Uint8Array, isCut: boolean): boolean {
    const { characters, broken } = this.#utf8;
    return (
      characters > 0 && characters >= 2 * (isCut ? broken - 1 : broken) && (characters > 50 || !mixesWritings(sample))
    );
  }

  #bestOf(sample: Uint8Array): FoundEncoding {
    const controls = this.#high.subarray(0, 32).reduce((sum, count) => sum + count, 0);
    let best = { encoding: 'windows-1252', score: -Infinity, language: null as string | null, brokenBytes: 0 };
    for (const { encoding, writing, prior, multibyte } of CANDIDATES) {
      const validity = this.#validities.find(({ name }) => name === multibyte);
      if (validity !== undefined && !validity.isPossible) continue;
      // The ISO sets have controls where Windows has letters, dashes and the euro.
      if (encoding.startsWith('iso') && controls > 0) continue;
      const text = new TextDecoder(encoding).decode(sample, { stream: true });
      const { score, language } = plausibilityOf(text, writing);
      if (score + prior > best.score + 1e-6) {
        best = { encoding, score: score + prior, language, brokenBytes: validity?.broken ?? 0 };
      }
    }
    const { encoding, language, brokenBytes } = best;
    const why =
      language === null
        ? 'Some bytes are no valid UTF-8; read so, they give the characters of everyday text.'
        : `Some bytes are no valid UTF-8; read so, the letters fit best (${language}).`;
    return { encoding, why, brokenBytes };
  }
}

const isHopeless = ({ characters, broken }: Validity) => broken > 100 && broken * 10 > characters;

function startOfLine(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start > 0 && bytes[start - 1] !== LINE_FEED && bytes[start - 1] !== CARRIAGE_RETURN) start--;
  return start;
}

/** The place of the line break after a byte, or of the end. */
function endOfLine(bytes: Uint8Array, at: number): number {
  let end = at;
  while (end < bytes.length && bytes[end] !== LINE_FEED && bytes[end] !== CARRIAGE_RETURN) end++;
  return end;
}

/** Whether bytes end with the beginning of a character in UTF-8, as a file does that was cut off. */
function endsInsideCharacter(bytes: Uint8Array): boolean {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0xc2) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back;
    if (byte < 0x80) return false;
  }
  return false;
}

/** Whether words, read as UTF-8, mix letters of different writings: “SPӣKA” was SPÓŁKA in another encoding. */
function mixesWritings(sample: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(sample);
  let mixed = 0;
  let pure = 0;
  for (const [word] of text.matchAll(/[\p{L}\p{M}]*[^\0-~\ufffd][\p{L}\p{M}]*/gu)) {
    if (WRITINGS.filter((writing) => writing.test(word)).length > 1) mixed++;
    else pure++;
  }
  return mixed > pure;
}

const WRITINGS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /[\u0530-\u10ff\u1200-\u1cff]/];
