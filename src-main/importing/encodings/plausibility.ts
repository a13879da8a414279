import { CHINESE, HANGUL, KANJI, TRADITIONAL } from './east-asian.ts';
import { CYRILLIC, GREEK, HEBREW, LATIN, type Language } from './languages.ts';

/** The writing that an encoding is used for. */
export type Writing = 'latin' | 'cyrillic' | 'greek' | 'hebrew' | 'chinese' | 'traditional' | 'japanese' | 'korean';

export interface Plausibility {
  /** Roughly a logarithm of likelihood, so that sums of several texts compare; higher is likelier. */
  score: number;
  /** The language whose letters and words fit best; null where none was asked. */
  language: string | null;
}

/** Letters of any language may turn up in a name. */
const FOREIGN_SHARE = 0.1;
const LEAST_LETTER = 0.002;
const WORD_BONUS = 3;
const PAIR_BONUS = 0.6;
const MOST_COUNTED = 20;

const ALPHABETS: Partial<Record<Writing, readonly Language[]>> = {
  latin: LATIN,
  cyrillic: CYRILLIC,
  greek: GREEK,
  hebrew: HEBREW,
};

/** How likely it is that somebody wrote a text, in a writing, beyond its ASCII. */
export function plausibilityOf(text: string, writing: Writing): Plausibility {
  let signs = 0;
  const words = new Map<string, number>();
  for (const [token, count] of tokensOf(text)) {
    const weight = 1 + Math.log2(Math.min(count, MOST_COUNTED));
    signs += weight * scoreSigns(token, writing);
    for (const [word] of token.matchAll(/\p{L}[\p{L}\p{M}]*/gu)) words.set(word, (words.get(word) ?? 0) + weight);
  }
  const languages = ALPHABETS[writing];
  if (languages === undefined) return { score: signs + scoreCharacters(words, writing), language: null };
  const known = plainWordsOf(text);
  let best: Plausibility = { score: -Infinity, language: null };
  for (const language of languages) {
    const score = signs + scoreLetters(words, language, foreignLetters(languages)) + scorePlainWords(known, language);
    if (score > best.score) best = { score, language: language.name };
  }
  return best;
}

/** Runs with something beyond ASCII, with the character before and after, and how often each occurs. */
function tokensOf(text: string): Map<string, number> {
  const tokens = new Map<string, number>();
  for (const [token] of text.matchAll(/[^\n]?[A-Za-z'’]*[^\0-~][A-Za-z'’\u0080-\u{10ffff}]*[^\n]?/gu)) {
    tokens.set(token, (tokens.get(token) ?? 0) + 1);
  }
  return tokens;
}

const LETTER = /\p{L}/u;
const UPPER = /\p{Lu}/u;
const LOWER = /\p{Ll}/u;

/** Everything but which letters they are: signs between letters, capitals inside words, controls. */
function scoreSigns(token: string, writing: Writing): number {
  const characters = [...token];
  const isEastAsian = ALPHABETS[writing] === undefined;
  let score = 0;
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i]!;
    if (character < '\u0080') continue;
    const before = characters[i - 1] ?? ' ';
    const after = characters[i + 1] ?? ' ';
    const isDoubled = !isEastAsian && i > 0 && isSign(before) && isSign(character);
    if (isDoubled) score -= 3;
    if (!LETTER.test(character) || /[ªº]/.test(character))
      score += isEastAsian ? scoreWideSign(character, before + after) : scoreSign(character, before, after);
    else if (!isEastAsian) score += scoreCase(character, before, after);
  }
  return score;
}

const NUISANCE = -14;

/** What no text holds: controls, characters that don't exist, and those that stand for broken bytes. */
const isNuisance = (character: string) => /[\p{C}\ufffd]/u.test(character) && character !== '\u00ad';

/** Signs of CJK text stand anywhere. */
function scoreWideSign(character: string, beside: string): number {
  if (isNuisance(character)) return NUISANCE;
  // Of one byte, and never within a word of Latin letters.
  if (/[｡-･]/.test(character)) return /[A-Za-z?]/.test(beside) ? NUISANCE : -6;
  if (/[\u3000-\u303f\uff00-\uffef￥·]/.test(character)) return -4;
  return /[※●○◎★☆■□▲△▼▽→←↑↓〒℃]/.test(character) ? -7 : -11;
}

function scoreSign(character: string, before: string, after: string): number {
  if (isNuisance(character)) return NUISANCE;
  const letters = (LETTER.test(before) ? 1 : 0) + (LETTER.test(after) ? 1 : 0);
  if (character === '\u00a0') return [-1, -1.5, -4][letters]!;
  if (character === '’' || character === '·') return [-4, -4, -2.5][letters]!;
  if (/[€£¥]/.test(character)) return [-2, LOWER.test(after) && /[^\s\d]/.test(before) ? -9 : -4, -9][letters]!;
  if (/[–—„“”‘‚…«»]/.test(character)) return [-2.5, -3, -10][letters]!;
  if (/[°ºª№]/.test(character)) return [-2.5, -3.5, -9][letters]!;
  if (/[§®©™²³½¿¡±×•‹›†‡‰]/.test(character)) return [-4.5, -5.5, -10][letters]!;
  return [-7, -8.5, -11][letters]!;
}

const isSign = (character: string) => character > '\u00a0' && !LETTER.test(character);

/** A letter beyond a–z begins or continues a word; capitals stand at its start or throughout. */
function scoreCase(character: string, before: string, after: string): number {
  const isPlain = (other: string) => /[A-Za-z]/.test(other);
  const isLetter = (other: string) => LETTER.test(other);
  const isLatin = /\p{Script=Latin}/u.test(character);
  let score = 0;
  if (isLatin) score += isLetter(before) && !isPlain(before) ? -3.4 : -2.8;
  else score += isPlain(before) || isPlain(after) ? -7 : isLetter(before) ? -0.1 : -2.5;
  // Few words are one such letter.
  if (!isLetter(before) && !isLetter(after) && !/[àèéêâòóáíåøæöüÀÉÓÅØÖвсикуояВСИКУОЯ]/.test(character)) score -= 2.5;
  if (/[0-9]/.test(before)) score -= 1.5;
  if (UPPER.test(character) && LOWER.test(before)) score -= 4;
  if (LOWER.test(character) && character !== 'ß' && UPPER.test(before) && UPPER.test(after)) score -= 4;
  return score;
}

const folded = (text: string) => text.toLowerCase().replaceAll('i\u0307', 'İ');

const foreign = new Map<readonly Language[], ReadonlyMap<string, number>>();

/** How often a letter is among those of all languages of a writing. */
function foreignLetters(languages: readonly Language[]): ReadonlyMap<string, number> {
  let letters = foreign.get(languages);
  if (letters === undefined) {
    const sums = new Map<string, number>();
    for (const { letters: own } of languages) {
      for (const [letter, share] of own) sums.set(letter, (sums.get(letter) ?? 0) + share / languages.length);
    }
    foreign.set(languages, (letters = sums));
  }
  return letters;
}

function scoreLetters(
  words: ReadonlyMap<string, number>,
  { letters, pairs, words: known }: Language,
  anyone: ReadonlyMap<string, number>,
): number {
  let score = 0;
  for (const [written, weight] of words) {
    const word = folded(written);
    let own = 0;
    for (let i = 0; i < word.length; i++) {
      const letter = word[i]!;
      if (letter < '\u0080' || /[ªº]/.test(letter)) continue;
      const share = (letters.get(letter) ?? 0) * (1 - FOREIGN_SHARE);
      own += Math.log(share + Math.max(anyone.get(letter) ?? 0, LEAST_LETTER) * FOREIGN_SHARE);
      if (pairs.has((word[i - 1] ?? ' ') + letter)) own += PAIR_BONUS;
      if (pairs.has(letter + (word[i + 1] ?? ' '))) own += PAIR_BONUS;
    }
    score += weight * own;
    if (own !== 0 && known.has(word)) score += WORD_BONUS;
  }
  return score;
}

/** The words of a text that are written in a–z alone: they read the same in every encoding and tell the language. */
const plainWordsOf = (text: string) => new Set(folded(text).match(/(?<!\p{L})[a-z]{3,}(?!\p{L})/gu) ?? []);

function scorePlainWords(words: ReadonlySet<string>, language: Language): number {
  let found = 0;
  for (const word of language.words) if (words.has(word)) found++;
  return Math.min(found, 5);
}

const FREQUENT = -6.5;

/** How likely the characters of words in an East Asian writing are. */
function scoreCharacters(words: ReadonlyMap<string, number>, writing: Writing): number {
  const of = { chinese, traditional, japanese, korean }[writing as 'chinese' | 'traditional' | 'japanese' | 'korean'];
  let score = 0;
  for (const [word, weight] of words) {
    let own = 0;
    let begun = false;
    let plainBefore = false;
    for (const character of word) {
      if (character < '\u0080') {
        if (begun) own -= 1.5;
        begun = false;
        plainBefore = true;
        continue;
      }
      own += of(character) - (begun ? 0.2 : plainBefore ? 4 : 2.5);
      begun = true;
      plainBefore = false;
    }
    score += weight * own;
  }
  return score;
}

const isHan = (character: string) => /\p{Script=Han}/u.test(character);

function chinese(character: string): number {
  if (CHINESE.has(character)) return FREQUENT;
  if (!isHan(character)) return -13;
  return isLevelOne(character, 'gb2312') ? -9.5 : -13;
}

function traditional(character: string): number {
  if (TRADITIONAL.has(character)) return FREQUENT;
  if (!isHan(character)) return -13;
  return isLevelOne(character, 'big5') ? -9.5 : -13;
}

function japanese(character: string): number {
  if (/[ぁ-んァ-ヶー]/.test(character)) return -3.6;
  if (/[ｦ-ﾟ]/.test(character)) return -3.7;
  if (KANJI.has(character)) return FREQUENT;
  if (!isHan(character)) return /[Ａ-Ｚａ-ｚ]/.test(character) ? -6 : -13;
  return isLevelOne(character, 'jis') ? -9.5 : -13;
}

function korean(character: string): number {
  if (HANGUL.has(character)) return -5.6;
  if (/[가-힣]/.test(character)) return isLevelOne(character, 'ks') ? -10 : -13;
  return -13;
}

const levels = new Map<string, ReadonlySet<string>>();

/** Whether a character is in the part of its national standard that holds those in daily use. */
function isLevelOne(character: string, standard: 'gb2312' | 'big5' | 'jis' | 'ks'): boolean {
  let level = levels.get(standard);
  if (level === undefined) {
    const [encoding, first, last] = (
      {
        gb2312: ['gbk', 0xb0, 0xd7],
        big5: ['big5', 0xa4, 0xc6],
        jis: ['euc-jp', 0xb0, 0xcf],
        ks: ['euc-kr', 0xb0, 0xc8],
      } as const
    )[standard];
    const decoder = new TextDecoder(encoding);
    const found = new Set<string>();
    for (let lead = first; lead <= last; lead++) {
      for (let trail = encoding === 'big5' ? 0x40 : 0xa1; trail <= 0xfe; trail++) {
        found.add(decoder.decode(Uint8Array.of(lead, trail)));
      }
    }
    found.delete('\ufffd');
    levels.set(standard, (level = found));
  }
  return level.has(character);
}
