import type { LedgerLine } from './ledger-line.ts';
import { stemOf } from './words.ts';

/** A month between two salaries, in days: what holidays and weekends make of it. */
const FEWEST_DAYS = 25;
const MOST_DAYS = 36;
/** Amounts may differ by this share of the larger one. */
const SIMILAR = 0.25;
/** Months running before money in is taken for a salary. */
const MONTHS = 3;
/** A salary is at least this share of the largest sum that came in within a month before. */
const SHARE_OF_LARGEST = 0.25;
/** While words have told a salary within these days, rhythm says nothing. */
const WORDS_LEAD_DAYS = 62;
const PAYER_WORDS = 6;

/**
 * Salaries that no words tell, by their rhythm: the third credit from the same payer, a month after one of similar
 * size that itself came a month after such a one, and every one that goes on from there. Looks back only: the first two
 * are no salary, also once the third has come.
 *
 * `isSalary` and `isOpen` say by a line's place whether words tell a salary, and whether no rule has caught it. Lines in
 * the order of their days. Returns the places found.
 */
export function salariesByRhythm(
  lines: readonly LedgerLine[],
  isSalary: (place: number) => boolean,
  isOpen: (place: number) => boolean,
): number[] {
  const found: number[] = [];
  const byPayer = new Map<string, { day: number; amountE4: number; months: number }[]>();
  const credits: { day: number; amountE4: number }[] = [];
  let firstCredit = 0;
  let toldByWords = -Infinity;
  lines.forEach(({ bookingDay: day, amountE4, description }, place) => {
    if (amountE4 <= 0) return;
    if (isSalary(place)) toldByWords = day;
    credits.push({ day, amountE4 });
    if (!isOpen(place)) return;
    const payer = stemOf(description, PAYER_WORDS);
    let earlier = byPayer.get(payer);
    if (earlier === undefined) byPayer.set(payer, (earlier = []));
    let months = 1;
    for (let i = earlier.length - 1; i >= 0 && day - earlier[i]!.day <= MOST_DAYS; i--) {
      const before = earlier[i]!;
      const difference = Math.abs(amountE4 - before.amountE4);
      if (day - before.day < FEWEST_DAYS || difference > SIMILAR * Math.max(amountE4, before.amountE4)) continue;
      months = Math.max(months, before.months + 1);
    }
    earlier.push({ day, amountE4, months });
    if (months < MONTHS || day - toldByWords <= WORDS_LEAD_DAYS) return;
    while (day - credits[firstCredit]!.day > MOST_DAYS) firstCredit++;
    let largest = 0;
    for (let i = firstCredit; i < credits.length; i++) largest = Math.max(largest, credits[i]!.amountE4);
    if (amountE4 >= SHARE_OF_LARGEST * largest) found.push(place);
  });
  return found;
}
