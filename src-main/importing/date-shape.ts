import { bookedPart, LONGEST_DATE } from './date-format.ts';
import { ordersOf, type DateOrder, type Part } from './date-orders.ts';
import { isWeekday, languageOfName, monthOfName } from './month-names.ts';
import { timeFormatOf, type Token } from './time-of-day.ts';

/** How one value is written, without what its digits and names say. */
export interface DateShape {
  /** Equal for values that differ in the time of day only. */
  family: string;
  orders: readonly DateOrder[];
  /** The format of what follows the date: a time, a zone. */
  suffix: string;
  /** Days and months have two digits. */
  padded: boolean;
  /** The month is a name that is written out. */
  longName: boolean;
  /** What the month's name says of its language. */
  language: ReturnType<typeof languageOfName> | null;
}

const TOKENS = /\p{Nd}+|[年月日년월일號号]|(?:(?![年月日년월일號号])[\p{L}\p{M}])+|[^\p{Nd}\p{L}\p{M}]+/gu;
const SEPARATOR = /^(?:[:_]| ?['’]| ?[-/–] ?|[,.\s]{1,3})$/;
const ORDINAL = /^(?:st|nd|rd|th|er|re|[ºª])$/i;
const JOINING = /^(?:de|del|of|di|do)$/i;
const CJK = /^[年月日년월일號号]$/;

/** How a value is written if it may be a date; null where it is none in any format. */
export function shapeOfDate(written: string): DateShape | null {
  const text = bookedPart(written);
  if (text.length > LONGEST_DATE || text.length < 5 || !mayBegin(text)) return null;
  const tokens = tokensOf(text);
  if (tokens.length > 30) return null;
  const date = datePart(tokens);
  if (date === null) return null;
  const orders = ordersOf(date.parts);
  if (orders.length === 0) return null;
  const rest = tokens.slice(date.next);
  const isMonth = date.parts.filter((part) => part.kind !== 'text').length === 2;
  const suffix = isMonth && rest.length > 0 ? null : timeFormatOf(rest);
  if (suffix === null) return null;
  return {
    family: date.parts.map(familyOf).join(''),
    orders,
    suffix,
    padded: date.padded,
    longName: date.name.length > LONGEST_SHORT_NAME,
    language: date.name === '' ? null : languageOfName(date.name),
  };
}

/** Most texts begin with a word that no date begins with. */
function mayBegin(text: string): boolean {
  const word = /^\s*([\p{L}\p{M}]+)/u.exec(text)?.[1];
  return word === undefined ? /^\s*\d/.test(text) : isWeekday(word) || monthOfName(word) > 0;
}

function tokensOf(text: string): Token[] {
  return (text.trim().match(TOKENS) ?? []).map((part) => ({
    kind: /^\p{Nd}/u.test(part) ? 'digits' : /^[\p{L}\p{M}]/u.test(part) ? 'word' : 'signs',
    text: part,
  }));
}

const familyOf = (part: Part) => (part.kind === 'number' ? `${part.length}` : part.kind === 'name' ? 'L' : part.format);

/** Sept and août are short or full, longer names are written out. */
const LONGEST_SHORT_NAME = 4;

/** Digits that are a date by themselves. */
const RUNS = new Set([6, 7, 8, 12, 14, 17]);

/** The tokens of the date itself, and where the rest begins. */
function datePart(tokens: readonly Token[]): { parts: Part[]; next: number; padded: boolean; name: string } | null {
  const parts: Part[] = [];
  const numbers: number[] = [];
  let name = '';
  let padded = true;
  let next = 0;
  const isWhole = () =>
    numbers.length + (name === '' ? 0 : 1) === 3 || (numbers.length === 1 && name === '' && RUNS.has(numbers[0]!));
  for (; next < tokens.length && !isWhole(); next++) {
    const { kind, text } = tokens[next]!;
    const before = parts[parts.length - 1];
    if (kind === 'digits') {
      const length = numberLength(text);
      if (length === 0) return null;
      if (text.length === 1 || text.length === 7) padded = false;
      numbers.push(length);
      parts.push({ kind: 'number', length });
    } else if (kind === 'word') {
      const weekday = parts.length === 0 && isWeekday(text) && hasMonthBehind(tokens, next);
      if (!weekday && name === '' && monthOfName(text) > 0) {
        name = text;
        parts.push({ kind: 'name' });
      } else if (weekday) parts.push({ kind: 'text', format: 'EEE' });
      else if (CJK.test(text) && before?.kind === 'number') parts.push({ kind: 'text', format: text });
      else if (JOINING.test(text) && parts.length > 0) parts.push({ kind: 'text', format: `'${text}'` });
      else if (!(ORDINAL.test(text) && before?.kind === 'number')) return null;
    } else {
      const sign =
        before?.kind === 'name' || (before?.kind === 'text' && before.format === 'EEE') ? pointless(text) : text;
      // 1° aprile, like 1st.
      const plain = before?.kind === 'number' ? sign.replace(/^°/, '') : sign;
      if (plain === '') continue;
      if (!SEPARATOR.test(plain)) return null;
      parts.push({ kind: 'text', format: plain.replace(/\s+/g, ' ').replaceAll("'", "''") });
    }
  }
  // A sign right behind the day belongs to the date: 2026. 4. 1. and 2026年4月1日.
  const closing = tokens[next];
  if (closing !== undefined && numbers.length > 0) {
    if (closing.kind === 'word' && CJK.test(closing.text)) {
      parts.push({ kind: 'text', format: closing.text });
      next++;
    } else if (/^\.(?:\s|$)/.test(closing.text)) {
      parts.push({ kind: 'text', format: '.' });
      if (closing.text === '.') next++;
      else (tokens as Token[])[next] = { kind: 'signs', text: closing.text.slice(1) };
    } else if (parts[parts.length - 1]?.kind === 'number' && /^[ºª]$|^(?:st|nd|rd|th)$/i.test(closing.text)) next++;
  }
  return { parts, next, padded, name };
}

/** The point of a short name goes with it, unless it separates: 1. Apr. 2026, but 1.Apr.2026. */
const pointless = (signs: string) => (/^\../.test(signs) ? signs.slice(1) : signs);

/** One and two digits are alike; 0: no part of a date. */
function numberLength(digits: string): number {
  if (!/^\d+$/.test(digits)) return 0;
  if (digits.length <= 2) return 2;
  if (digits.length === 4) return 4;
  return digits.length === 7 ? 8 : RUNS.has(digits.length) ? digits.length : 0;
}

/** A word that is a weekday and perhaps a month (mar, lis) is the weekday where the whole date still follows. */
function hasMonthBehind(tokens: readonly Token[], at: number): boolean {
  const rest = tokens.slice(at + 1);
  if (rest.some(({ kind, text }) => kind === 'word' && monthOfName(text) > 0)) return true;
  const text = rest.map((token) => token.text).join('');
  return /^\W*(?:\d{1,4}[-/. ]{1,2}\d{1,2}[-/. ]{1,2}\d{1,4}(?![\d:])|\d{6,14}(?!\d)|\d{4}年)/.test(text);
}
