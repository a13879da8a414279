import {
  LEDGER_VOCABULARY,
  PAID_BACK,
  BOOKED,
  NOT_BOOKED,
  BALANCE_LINES,
  SIGN_PAIRS,
  SURE_SIGN_PAIRS,
  SIGN_WORDS,
} from './ledger-vocabulary.ts';

/** Lower case without accents, so that "Částka", "CASTKA" and "částka" are one word. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[łøæœßđðþı]/g, (letter) => FOLDED[letter]!)
    // Katakana and Hangul came apart above.
    .normalize('NFC');

const FOLDED: Record<string, string> = { ł: 'l', ø: 'o', æ: 'ae', œ: 'oe', ß: 'ss', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** The folded words of a name: "transactionDate" and "Transaction Date" are the same two. */
export const foldedWords = (name: string): string[] =>
  folded(name.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

type Matcher = (words: readonly string[], name: string) => Set<number>;

/**
 * Compiles a list of words: `word`, `begin*`, `*end`, `two_words` in a row, `=word` as the whole name. Words of scripts
 * without spaces between words are looked for anywhere in the name. A matcher answers with the places of the words that it covers.
 */
function matcherOf(list: string): Matcher {
  const patterns = list.split(/\s+/).filter((pattern) => pattern !== '');
  const unspaced = patterns.filter((pattern) => UNSPACED.test(pattern)).map(folded);
  const spaced = patterns
    .filter((pattern) => !/[=]/.test(pattern) && !UNSPACED.test(pattern))
    .map((pattern) => pattern.split('_'));
  const whole = new Set(patterns.filter((pattern) => pattern.startsWith('=')).map((pattern) => pattern.slice(1)));
  const fits = (pattern: string, word: string) =>
    pattern.endsWith('*')
      ? word.startsWith(pattern.slice(0, -1))
      : pattern.startsWith('*')
        ? word.endsWith(pattern.slice(1))
        : word === pattern;
  return (words, name) => {
    const covered = new Set<number>();
    if (words.length === 1 && whole.has(words[0]!)) covered.add(0);
    for (const pattern of spaced) {
      for (let at = 0; at + pattern.length <= words.length; at++) {
        if (pattern.every((part, i) => fits(part, words[at + i]!))) pattern.forEach((_, i) => covered.add(at + i));
      }
    }
    if (unspaced.some((pattern) => name.includes(pattern))) {
      words.forEach((word, i) => {
        if (UNSPACED.test(word)) covered.add(i);
      });
    }
    return covered;
  };
}

/** Chinese, Japanese, Korean and Thai. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

export type LedgerWord = keyof typeof LEDGER_VOCABULARY;

const MATCHERS = new Map(
  Object.entries(LEDGER_VOCABULARY).map(([key, list]) => [key as LedgerWord, matcherOf(list)] as const),
);
const FILLER = matcherOf(LEDGER_VOCABULARY.filler);

const coveredBy = (kind: LedgerWord, words: readonly string[], name: string) => MATCHERS.get(kind)!(words, name);

/** How much of a column's name the words of a kind make up, from 0 to 1; fillers such as a currency don't count. */
export function share(name: string, kind: LedgerWord): number {
  const words = foldedWords(name);
  const covered = coveredBy(kind, words, folded(name));
  if (covered.size === 0) return 0;
  const fillers = [...FILLER(words, folded(name))].filter((place) => !covered.has(place)).length;
  return covered.size / (words.length - fillers);
}

/** Whether some word of a name is of a kind, but for the words in `except`. */
export function says(name: string, kind: LedgerWord, except: readonly string[] = []): boolean {
  const words = foldedWords(name);
  return [...coveredBy(kind, words, folded(name))].some((place) => !except.includes(words[place]!));
}

/** Whether a name has a word of a kind and no words but of that kind, of the others, and fillers. */
export function consistsOf(name: string, kind: LedgerWord, others: readonly LedgerWord[]): boolean {
  const words = foldedWords(name);
  const plain = folded(name);
  const covered = coveredBy(kind, words, plain);
  if (covered.size === 0) return false;
  for (const other of others) for (const place of coveredBy(other, words, plain)) covered.add(place);
  for (const place of FILLER(words, plain)) covered.add(place);
  return covered.size === words.length;
}

/** Whether a cell of a column that says how far a transaction has come says that it was not booked. */
export const saysNotBooked = (cell: string): boolean => {
  const words = foldedWords(cell);
  return words.length <= 5 && NOT_BOOKED_MATCHER(words, folded(cell)).size > 0;
};
/** Whether it says that the transaction happened. */
export const saysBooked = (cell: string): boolean => {
  const words = foldedWords(cell);
  return words.length <= 5 && BOOKED_MATCHER(words, folded(cell)).size > 0 && !saysNotBooked(cell);
};
const BOOKED_MATCHER = matcherOf(BOOKED);
const NOT_BOOKED_MATCHER = matcherOf(NOT_BOOKED);

/** Whether a cell stands for a balance or a turnover that was printed as a line among the transactions. */
export function saysBalanceLine(cell: string): boolean {
  const words = foldedWords(cell);
  if (words.length > 8) return false;
  return BALANCE_LINES_MATCHER(words, folded(cell)).has(0) || BALANCE_LINES_MATCHER([words.join('')], '').has(0);
}
const BALANCE_LINES_MATCHER = matcherOf(BALANCE_LINES);

/** Whether a text of a card's account says that something was paid back to it. */
export const saysPaidBack = (text: string): boolean => PAID_BACK_MATCHER(foldedWords(text), folded(text)).size > 0;
const PAID_BACK_MATCHER = matcherOf(PAID_BACK);

/**
 * Which way the values of an indicator go, by their words: −1 out, 1 in, 0 neither; values that say nothing are absent.
 * Letters that may be anything (A and B) count only where the column's name says that it is one.
 */
export function signsOfValues(values: readonly string[], isNamed = true): Map<string, -1 | 0 | 1> {
  const plain = values.map((value) =>
    folded(value)
      .replaceAll(/[.\s]+/g, ' ')
      .trim(),
  );
  const signs = new Map<string, -1 | 0 | 1>();
  const pairs = isNamed ? [...SURE_SIGN_PAIRS, ...SIGN_PAIRS] : SURE_SIGN_PAIRS;
  const pair = pairs.find(([out, into]) => plain.every((value) => value === out || value === into) && plain.length > 0);
  plain.forEach((value, i) => {
    const sign = pair !== undefined ? (value === pair[0] ? -1 : 1) : signOfWord(value);
    if (sign !== null) signs.set(values[i]!, sign);
  });
  return signs;
}

/** A name such as "D/K" and "T/J" is made of the codes themselves. */
export function namesSignPair(name: string): boolean {
  const words = foldedWords(name);
  const isPair = ([out, into]: readonly [string, string]) => words.includes(out) && words.includes(into);
  return words.length === 2 && [...SURE_SIGN_PAIRS, ...SIGN_PAIRS].some(isPair);
}

function signOfWord(value: string): -1 | 0 | 1 | null {
  for (const [sign, matcher] of SIGN_MATCHERS) {
    const words = foldedWords(value);
    if (matcher(words, value).size > 0) return sign;
    if (sign === 0 && (value === '/' || value === '0')) return 0;
  }
  return value === '-' ? -1 : value === '+' ? 1 : null;
}
const SIGN_MATCHERS: readonly (readonly [-1 | 0 | 1, Matcher])[] = [
  [0, matcherOf(SIGN_WORDS.neither)],
  [-1, matcherOf(SIGN_WORDS.out)],
  [1, matcherOf(SIGN_WORDS.into)],
];
