import { LONGEST_DATE } from './date-format.ts';
import { isWeekday, languageOfName, monthOfName } from './month-names.ts';

/** An order in which a date's parts may be read. */
export interface DateOrder {
  /** A format for values of this shape; `padded`: days and months have two digits throughout. */
  format(padded: boolean): string;
  /** Where the year comes from: orders that differ in it differ by decades. */
  yearFrom: string;
  /** Hardly ever written; counts only where the values decide for it. */
  rare: boolean;
}

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

interface Token {
  kind: 'digits' | 'word' | 'signs';
  text: string;
}

/** A part of the date: a number, a month's name, or what stands between. */
type Part = { kind: 'number'; length: number } | { kind: 'name' } | { kind: 'text'; format: string };

const TOKENS = /\p{Nd}+|[年月日년월일號号]|(?:(?![年月日년월일號号])[\p{L}\p{M}])+|[^\p{Nd}\p{L}\p{M}]+/gu;
const SEPARATOR = /^(?:[:_]| ?['’]| ?[-/–] ?|[,.\s]{1,3})$/;
const ORDINAL = /^(?:st|nd|rd|th|er|re|[ºª])$/i;
const JOINING = /^(?:de|del|of|di|do)$/i;
/** Words before and after a time of day. */
const LEADING = /^(?:klo|kl|um|at|à)$/i;
const CLOSING = /^(?:h|Uhr)$/i;
const CJK = /^[年月日년월일號号]$/;

/** How a value is written if it may be a date; null where it is none in any format. */
export function shapeOfDate(text: string): DateShape | null {
  if (text.length > LONGEST_DATE || text.length < 5) return null;
  const tokens = tokensOf(text);
  if (tokens.length > 30) return null;
  const date = datePart(tokens);
  if (date === null) return null;
  const orders = ordersOf(date.parts);
  if (orders.length === 0) return null;
  const suffix = suffixOf(tokens, date.next, date.parts);
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

/** Builds formats from parts with the letters of each number and name in their order. */
function order(parts: readonly Part[], letters: string, rare = false): DateOrder {
  const format = (padded: boolean) => {
    let i = 0;
    return parts
      .map((part) => {
        if (part.kind === 'text') return part.format;
        const letter = letters[i++]!;
        if (part.kind === 'name') return 'MMM';
        if (letter === 'y') return 'y'.repeat(part.length);
        return padded ? letter.repeat(2) : letter;
      })
      .join('');
  };
  return { format, yearFrom: String(letters.indexOf('y')), rare };
}

const run = (format: string, rare = false): DateOrder => ({
  format: () => format,
  yearFrom: String(format.indexOf('y')),
  rare,
});

/** Days without their zero, as spreadsheets leave them in numbers: 1042026. */
const runOfDay = (format: string, rare = false): DateOrder => ({
  ...run(format, rare),
  format: (padded) => (padded ? format : format.replace(/^(\w)\1/, '$1')),
});

function ordersOf(parts: readonly Part[]): DateOrder[] {
  const fields = parts.filter((part) => part.kind !== 'text');
  const text = parts.map((part) => (part.kind === 'text' ? part.format : '')).join('');
  const before = parts.filter((part) => part.kind === 'text' && part.format.startsWith('EEE'));
  const is = (field: Part | undefined, length: number) => field?.kind === 'number' && field.length === length;
  const [a, b, c] = fields;
  const withName = fields.some((field) => field.kind === 'name');

  if (fields.length === 1) {
    if (!is(a, 6) && !is(a, 8) && !is(a, 12) && !is(a, 14) && !is(a, 17)) return [];
    const prefix = before.length > 0 ? text : '';
    return runs((a as { length: number }).length).map((found) => ({
      ...found,
      format: (padded) => prefix + found.format(padded),
    }));
  }
  if (fields.length === 2) {
    if (withName) {
      if (a!.kind === 'name') return is(b, 4) || is(b, 2) ? [order(parts, 'My')] : [];
      return is(a, 4) ? [order(parts, 'yM')] : [];
    }
    if (is(a, 4) && is(b, 2)) return [order(parts, 'yM')];
    return is(a, 2) && is(b, 4) ? [order(parts, 'My')] : [];
  }
  if (fields.length !== 3 || fields.some((field) => field.kind === 'number' && field.length > 4)) return [];
  if (withName) {
    if (a!.kind === 'name') return is(b, 2) && (is(c, 4) || is(c, 2)) ? [order(parts, 'Mdy')] : [];
    if (b!.kind === 'name') {
      if (is(a, 4)) return is(c, 2) ? [order(parts, 'yMd')] : [];
      if (is(c, 4)) return [order(parts, 'dMy')];
      return is(c, 2) ? [order(parts, 'dMy'), order(parts, 'yMd', true)] : [];
    }
    return is(a, 4) && is(b, 2) ? [order(parts, 'ydM', true)] : [];
  }
  if (is(b, 4)) return [];
  if (is(a, 4)) return is(c, 2) ? [order(parts, 'yMd'), order(parts, 'ydM', true)] : [];
  // 12:30:45 is a time, 10 11 12 are three numbers.
  if (text.includes(':') || (/^[ ,]*$/.test(text) && !is(c, 4))) return [];
  const pointed = /^(?:EEE)?[,. ]*\./.test(text);
  const orders = [order(parts, 'dMy'), order(parts, 'Mdy', pointed)];
  return is(c, 4) ? orders : [...orders, order(parts, 'yMd', !text.includes('-'))];
}

function runs(length: number): DateOrder[] {
  switch (length) {
    case 6:
      return [run('yyyyMM'), run('MMyyyy'), run('ddMMyy', true), run('yyMMdd', true), run('MMddyy', true)];
    case 8:
      return [run('yyyyMMdd'), runOfDay('ddMMyyyy'), runOfDay('MMddyyyy')];
    case 12:
      return [run('yyyyMMddHHmm')];
    case 14:
      return [run('yyyyMMddHHmmss')];
    default:
      return [run('yyyyMMddHHmmssSSS')];
  }
}

/** What follows a date: a time of day with any signs, AM or PM, a zone. Null where it is something else. */
function suffixOf(tokens: readonly Token[], from: number, parts: readonly Part[]): string | null {
  let format = '';
  const units = ['H', 'm', 's'];
  let fields = 0;
  let inFraction = false;
  let zoned = false;
  let half = false;
  const isMonthsOnly = parts.filter((part) => part.kind !== 'text').length === 2;
  for (let at = from; at < tokens.length; at++) {
    const { kind, text } = tokens[at]!;
    const following = tokens[at + 1];
    if (kind === 'digits') {
      if (isMonthsOnly || zoned) return null;
      if (inFraction) {
        if (text.length > 9) return null;
        format += 'SSS';
        inFraction = false;
        fields = 4;
      } else if (fields === 0 && (text.length === 4 || text.length === 6)) {
        format += text.length === 4 ? 'HHmm' : 'HHmmss';
        fields = text.length / 2;
      } else if (fields < 3 && text.length <= 2) {
        format += units[fields]!.repeat(text.length);
        fields++;
      } else return null;
    } else if (kind === 'signs') {
      const sign = /([+−-])$/.exec(text)?.[1];
      if (sign !== undefined && fields >= 2 && following?.kind === 'digits') {
        const rest = tokens.slice(at + 1);
        const zone = /^(?:\d{4}|\d{2}(?::\d{2})?)$/.exec(rest.map((token) => token.text).join(''))?.[0];
        if (zone === undefined) return null;
        return `${format}${text.slice(0, -1).replaceAll(/\s+/g, ' ')}${zone.includes(':') ? 'XXX' : zone.length === 4 ? 'Z' : 'X'}`;
      }
      if (fields === 3 && following?.kind === 'digits') {
        if (text !== '.' && text !== ',' && text !== ':') return null;
        inFraction = true;
      } else if (!/^[-:. ,_]{1,3}$/.test(text)) return null;
      // At the end only a point may stand.
      if (following === undefined && text !== '.') return null;
      format += text.replace(/\s+/g, ' ');
    } else {
      if (isMonthsOnly) return null;
      const dotted = /^[ap]$/i.test(text) && following?.text === '.' && /^m$/i.test(tokens[at + 2]?.text ?? '');
      if (text.toUpperCase() === 'T' && fields === 0 && following?.kind === 'digits') format += `'${text}'`;
      else if (fields === 0 && LEADING.test(text)) format += `'${text}'`;
      else if (fields === 0) return null;
      else if ((/^[ap]m$/i.test(text) || dotted) && !half) {
        half = true;
        format = format.replace(/H/g, 'h') + 'a';
        if (dotted) at += tokens[at + 3]?.text.startsWith('.') ? 3 : 2;
      } else if (text === 'Z' && following === undefined) {
        format += 'XXX';
        zoned = true;
      } else if (/^[A-Z]{2,5}$/.test(text) && !zoned) {
        const rest = tokens
          .slice(at + 1)
          .map((token) => token.text)
          .join('');
        if (rest !== '' && !/^[+-]\d{1,2}(?::?\d{2})?$/.test(rest)) return null;
        return `${format}z`;
      } else if (CLOSING.test(text)) format += `'${text}'`;
      else return null;
    }
  }
  return inFraction ? null : format;
}
