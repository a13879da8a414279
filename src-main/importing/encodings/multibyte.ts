/** Encodings of several bytes a character whose sequences can be checked. */
export type MultibyteName = 'utf-8' | 'gb18030' | 'big5' | 'shift_jis' | 'euc-jp' | 'euc-kr';

/**
 * How long the character at `at` is, by the rules of an encoding; 0 where the bytes are none. `end` is the end of the
 * line: no character reaches over it.
 */
type Measure = (bytes: Uint8Array, at: number, end: number) => number;

const within = (byte: number, low: number, high: number) => byte >= low && byte <= high;

const MEASURES: Record<MultibyteName, Measure> = {
  'utf-8': (bytes, at, end) => {
    const lead = bytes[at]!;
    if (lead < 0xc2 || lead > 0xf4) return 0;
    const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (at + length > end) return 0;
    const second = bytes[at + 1]!;
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (!within(second, low, high)) return 0;
    for (let i = 2; i < length; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) return 0;
    return length;
  },
  gb18030: (bytes, at, end) => {
    if (!within(bytes[at]!, 0x81, 0xfe) || at + 1 >= end) return 0;
    const second = bytes[at + 1]!;
    if (within(second, 0x40, 0xfe) && second !== 0x7f) return 2;
    const isLong = within(second, 0x30, 0x39) && at + 3 < end;
    return isLong && within(bytes[at + 2]!, 0x81, 0xfe) && within(bytes[at + 3]!, 0x30, 0x39) ? 4 : 0;
  },
  big5: (bytes, at, end) => {
    if (!within(bytes[at]!, 0x81, 0xfe) || at + 1 >= end) return 0;
    const second = bytes[at + 1]!;
    return within(second, 0x40, 0x7e) || within(second, 0xa1, 0xfe) ? 2 : 0;
  },
  shift_jis: (bytes, at, end) => {
    const lead = bytes[at]!;
    if (within(lead, 0xa1, 0xdf)) return 1;
    if (!(within(lead, 0x81, 0x9f) || within(lead, 0xe0, 0xfc)) || at + 1 >= end) return 0;
    const second = bytes[at + 1]!;
    return within(second, 0x40, 0xfc) && second !== 0x7f ? 2 : 0;
  },
  'euc-jp': (bytes, at, end) => {
    const lead = bytes[at]!;
    const length = lead === 0x8f ? 3 : 2;
    if (at + length > end) return 0;
    if (lead === 0x8e) return within(bytes[at + 1]!, 0xa1, 0xdf) ? 2 : 0;
    if (lead !== 0x8f && !within(lead, 0xa1, 0xfe)) return 0;
    for (let i = 1; i < length; i++) if (!within(bytes[at + i]!, 0xa1, 0xfe)) return 0;
    return length;
  },
  'euc-kr': (bytes, at, end) => {
    if (!within(bytes[at]!, 0x81, 0xfe) || at + 1 >= end) return 0;
    const second = bytes[at + 1]!;
    const isTrail = within(second, 0x41, 0x5a) || within(second, 0x61, 0x7a) || within(second, 0x81, 0xfe);
    return isTrail ? 2 : 0;
  },
};

/** Counts the characters beyond ASCII that an encoding has in lines of bytes, and the bytes that are none. */
export class Validity {
  characters = 0;
  broken = 0;
  readonly name: MultibyteName;
  readonly #measure: Measure;

  constructor(name: MultibyteName) {
    this.name = name;
    this.#measure = MEASURES[name];
  }

  /** A line from `start` up to `end`. */
  addLine(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end;) {
      if (bytes[at]! < 0x80) {
        at++;
        continue;
      }
      const length = this.#measure(bytes, at, end);
      if (length === 0) {
        this.broken++;
        at++;
      } else {
        this.characters++;
        at += length;
      }
    }
  }

  /** A few bytes may have been broken on the way; more mean another encoding. */
  get isPossible(): boolean {
    return this.characters > 0 && this.broken * 40 <= this.characters;
  }
}
