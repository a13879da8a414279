/**
 * The words of a bank's text, written one way: lower case, without accents, ligatures and special letters apart, `ae`,
 * `oe` and `ue` as the umlauts they may stand for (`Rücklastschrift`, `RUECKLASTSCHRIFT` and `RUCKLASTSCHRIFT` are the
 * same), one space between words, letters and digits parted (`SAL2024` is two words).
 */
export interface Words {
  /** UTF-16 codes of all words with a space between; valid up to `length`, until the next text is read. */
  codes: Uint16Array;
  length: number;
  /** [count]: where each word begins, and ends (not included). */
  starts: Int32Array;
  ends: Int32Array;
  count: number;
  /** [count]: 1 for a word that is part of a code or a date, which may stand between the words of a phrase. */
  codeLike: Uint8Array;
}

/** Longer texts are read up to here. */
const LONGEST = 1_000;
const SPACE = 32;
const DIGIT_0 = 48;
const DIGIT_9 = 57;
const [A, E, O, U, X] = ['a', 'e', 'o', 'u', 'x'].map((letter) => letter.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
  number,
];

const SPECIAL: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

const LONGEST_MONTH = 9;

/** Up to nine letters a to z as one number; NaN for anything else. */
function wordKey(length: number, codeAt: (i: number) => number): number {
  let key = 0;
  for (let i = 0; i < length; i++) {
    const letter = codeAt(i) - 96;
    if (letter < 1 || letter > 26) return NaN;
    key = key * 27 + letter;
  }
  return key;
}

const MONTHS = new Set(
  (
    'jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september ' +
    'october november december januar februar marz mai juni juli oktober dezember'
  )
    .split(' ')
    .map((month) => wordKey(month.length, (i) => month.charCodeAt(i))),
);

/** Codes below 128 as they are written; 0 for what parts words. */
const ASCII = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code).toLowerCase();
  return /[a-z0-9]/.test(character) ? character.charCodeAt(0) : 0;
});

const isAscii = (text: string) => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
};

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => SPECIAL[letter]!)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ');

/** Reads texts into words, one at a time; the same object is filled anew by each. */
export function createWordReader(): (text: string) => Words {
  const words: Words = {
    codes: new Uint16Array(3 * LONGEST),
    length: 0,
    starts: new Int32Array(LONGEST),
    ends: new Int32Array(LONGEST),
    count: 0,
    codeLike: new Uint8Array(LONGEST),
  };
  return (text) => {
    split(isAscii(text) ? text : plain(text.slice(0, LONGEST)), words);
    return words;
  };
}

function split(text: string, words: Words): void {
  const { codes, starts, ends, codeLike } = words;
  const length = Math.min(text.length, LONGEST);
  let at = 0;
  let count = 0;
  /** The first word of a run of letters and digits without anything between them. */
  let runStart = 0;
  let inWord = false;
  let inDigits = false;
  for (let i = 0; i <= length; i++) {
    const raw = i < length ? text.charCodeAt(i) : 0;
    const code = raw < 128 ? ASCII[raw]! : raw;
    const isDigit = code >= DIGIT_0 && code <= DIGIT_9;
    if (inWord && (code === 0 || isDigit !== inDigits)) {
      ends[count] = at;
      codeLike[count] = inDigits || isMask(codes, starts[count]!, at) || isMonth(codes, starts[count]!, at) ? 1 : 0;
      count++;
      inWord = false;
    }
    if (code === 0) {
      // Letters and digits in one run are a code, though its letters may be a word.
      if (count - runStart > 1) for (let word = runStart; word < count; word++) codeLike[word] = 1;
      runStart = count;
      continue;
    }
    if (!inWord) {
      if (count > 0) codes[at++] = SPACE;
      starts[count] = at;
      inWord = true;
      inDigits = isDigit;
    } else if (code === E) {
      const before = codes[at - 1];
      if (before === A || before === O || before === U) continue;
    }
    codes[at++] = code;
  }
  words.length = at;
  words.count = count;
}

function isMask(codes: Uint16Array, start: number, end: number): boolean {
  if (end - start < 2) return false;
  for (let i = start; i < end; i++) if (codes[i] !== X) return false;
  return true;
}

function isMonth(codes: Uint16Array, start: number, end: number): boolean {
  const length = end - start;
  return length >= 3 && length <= LONGEST_MONTH && MONTHS.has(wordKey(length, (i) => codes[start + i]!));
}

const reader = createWordReader();

const wordAt = ({ codes, starts, ends }: Words, i: number) =>
  String.fromCharCode(...codes.subarray(starts[i], ends[i]));

/** A text in the one way of writing it. */
export function foldText(text: string): string {
  const words = reader(text);
  return Array.from({ length: words.count }, (_, i) => wordAt(words, i)).join(' ');
}

/**
 * The first words of a text that are no codes: what texts of the same payer, payee or kind share, and a pattern that
 * catches them. Empty where a text has only codes.
 */
export function stemOf(text: string, most = 3): string {
  const words = reader(text);
  const found: string[] = [];
  for (let i = 0; i < words.count && found.length < most; i++) {
    if (words.codeLike[i] === 0 && words.ends[i]! - words.starts[i]! > 1) found.push(wordAt(words, i));
    // A phrase may step over codes, not over a letter that stands alone.
    else if (words.codeLike[i] === 0 && found.length > 0) break;
  }
  return found.join(' ');
}
