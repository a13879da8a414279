import type { LedgerRule } from '../ipc/ledger.ts';
import { createRuleBook } from './rule-book.ts';
import type { Country } from './shipped-rules.ts';

export interface CountryChoice {
  /** The leading one first; empty where nothing speaks for any. */
  countries: string[];
  /** For the analyst. */
  why: string;
}

/** Another country joins where its rules catch so large a share of the texts that are left. */
const JOINS_FROM = 0.05;
/** The currency decides alone where the rules of its country catch this share. */
const SURE_FROM = 0.2;
const MOST = 4;

/**
 * Whose rules fit: those of a country with this currency, and among several the one whose rules catch most of these
 * texts. `currency` is ISO 4217, or empty where nobody has said it; then the texts decide alone.
 */
export function chooseCountries(
  known: readonly Country[],
  rules: readonly LedgerRule[],
  currency: string,
  texts: readonly string[],
): CountryChoice {
  const codes = known.map(({ country }) => country);
  const titleOf = (code: string) => known.find(({ country }) => country === code)!.title;
  const book = createRuleBook(rules, codes);
  /** By text: the countries whose rules catch it. */
  const caughtBy = texts.map(
    (text) => new Set(book.candidatesOf(text).flatMap(({ rule }) => book.rules[rule]!.country ?? [])),
  );
  const share = (code: string, among: readonly Set<string>[]) =>
    texts.length === 0 ? 0 : among.filter((countries) => countries.has(code)).length / texts.length;
  const best = (among: readonly string[], left: readonly Set<string>[]) =>
    among.reduce<string | null>(
      (found, code) => (found === null || share(code, left) > share(found, left) ? code : found),
      null,
    );

  const ofCurrency = known.filter(({ currencies }) => currencies.includes(currency)).map(({ country }) => country);
  const leading = best(ofCurrency.length > 0 ? ofCurrency : codes, caughtBy);
  if (leading === null || (ofCurrency.length === 0 && share(leading, caughtBy) === 0)) {
    return { countries: [], why: 'Neither the currency nor the texts speak for the rules of a country.' };
  }
  const shareOfLeading = share(leading, caughtBy);
  const others = ofCurrency.length > 0 && shareOfLeading >= SURE_FROM ? ofCurrency : codes;
  const countries = [leading];
  let left = caughtBy.filter((found) => !found.has(leading));
  const joined: string[] = [];
  while (countries.length < MOST) {
    const next = best(
      others.filter((code) => !countries.includes(code)),
      left,
    );
    const more = next === null ? 0 : share(next, left);
    if (next === null || more < JOINS_FROM) break;
    countries.push(next);
    joined.push(`those of ${titleOf(next)} ${percent(more)} more`);
    left = left.filter((found) => !found.has(next));
  }
  const byCurrency = ofCurrency.length > 0 ? `The portfolio is in ${currency}` : '';
  const byTexts =
    texts.length === 0
      ? ''
      : `the rules of ${titleOf(leading)} catch ${percent(shareOfLeading)} of ${texts.length.toLocaleString('en-US')} texts`;
  const reasons = [byCurrency, [byTexts, ...joined].filter((words) => words !== '').join(', ')];
  const why = `${reasons.filter((words) => words !== '').join('; ')}.`;
  return { countries, why: why.charAt(0).toUpperCase() + why.slice(1) };
}

const percent = (share: number) => `${Math.round(100 * share)}%`;
