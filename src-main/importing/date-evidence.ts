import type { Table } from './dialect.ts';
import { filledCells } from './dialect.ts';
import { createDateJudge } from './date-judge.ts';
import { dayMonthOrder } from './date-format.ts';
import { LATIN } from './encodings/languages.ts';

/** Which of day and month comes first in a file, beyond the values of a column that leave it open. */
export interface DayMonthEvidence {
  first: 'day' | 'month';
  /** For the analyst: what decided. */
  why: string;
}

/** Their countries write the year first too, so their words say nothing of 01/02/03. */
const YEAR_FIRST = ['Hungarian', 'Lithuanian'];
const ENGLISH = new Set(LATIN.find(({ name }) => name === 'English')!.words);
const DAY_FIRST_WRITINGS: Record<string, RegExp> = {
  Cyrillic: /\p{Script=Cyrillic}{3}/u,
  Greek: /\p{Script=Greek}{3}/u,
  Hebrew: /\p{Script=Hebrew}{2}/u,
  Arabic: /\p{Script=Arabic}{2}/u,
  Thai: /\p{Script=Thai}{2}/u,
};

/** Money of countries that write the day before the month. */
const DAY_FIRST_MONEY =
  /(?<![A-Z])(?:GBP|EUR|INR|AUD|NZD|IEP|SGD|HKD|MYR|PKR|BDT|LKR|NGN|GHS|UGX|ZMW|TZS|ILS|BRL|ARS|CLP|COP|MXN|PEN|UYU|PLN|CZK|RON|BGN|HRK|RSD|UAH|RUB|TRY|DKK|NOK|ISK|CHF|AED|SAR|EGP|MAD|TND|THB|IDR|VND)(?![A-Z])|[£€₹₪₽₺₴₦]/;
/** Money of countries that write the month first, or both ways. */
const OTHER_MONEY = /(?<![A-Z])(?:USD|CAD|PHP)(?![A-Z])|\$|₱/;
const SHORT = 24;

/**
 * What else in a file says whether day or month comes first: another column of dates, dates above the table, the language
 * of the header, the money, a decimal comma; null where nothing does. What speaks for both decides nothing.
 */
export function dayMonthEvidence(table: Table, column: number): DayMonthEvidence | null {
  return byOtherColumns(table, column) ?? byPreamble(table) ?? byLanguage(table) ?? byMoney(table) ?? byComma(table);
}

function byOtherColumns(table: Table, column: number): DayMonthEvidence | null {
  const found = table.shape.columns.flatMap(({ kind }, other) => {
    if (kind !== 'date' || other === column) return [];
    const first = orderOf(filledCells(table, other));
    return first === null ? [] : [{ first, why: `The dates in “${table.names[other]}” have the ${first} first.` }];
  });
  return agreed(found);
}

function byPreamble({ above }: Table): DayMonthEvidence | null {
  const dates = above.flatMap((cells) =>
    cells.flatMap((cell) => cell.match(/(?<!\d)\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)/g) ?? []),
  );
  const found = dates.flatMap((date) => {
    const first = orderOf([date]);
    return first === null ? [] : [{ first, why: `${date} above the rows has the ${first} first.` }];
  });
  return agreed(found);
}

function byLanguage({ names }: Table): DayMonthEvidence | null {
  const text = names.join(' ').toLowerCase();
  for (const [name, writing] of Object.entries(DAY_FIRST_WRITINGS)) {
    if (writing.test(text))
      return { first: 'day', why: `The header is in ${name} letters: there the day comes first.` };
  }
  const words = new Set((text.match(/\p{L}{3,}/gu) ?? []).filter((word) => !ENGLISH.has(word)));
  for (const language of LATIN) {
    if (language.name === 'English' || YEAR_FIRST.includes(language.name)) continue;
    const known = [...words].filter((word) => language.words.has(word));
    if (known.length >= 2) {
      const shown = known.slice(0, 2).join('” and “');
      return { first: 'day', why: `“${shown}” in the header are ${language.name}: there the day comes first.` };
    }
  }
  return null;
}

function byMoney(table: Table): DayMonthEvidence | null {
  const texts = [...table.names, ...table.above.flat()];
  for (const row of table.rows) texts.push(...row.filter((cell) => cell.length <= SHORT && !/\p{L}{4}/u.test(cell)));
  if (texts.some((text) => OTHER_MONEY.test(text))) return null;
  for (const text of texts) {
    const [money] = DAY_FIRST_MONEY.exec(text) ?? [];
    if (money !== undefined) return { first: 'day', why: `The money is ${money}: there the day comes first.` };
  }
  return null;
}

/** Who writes numbers with a decimal comma writes the day before the month. */
function byComma(table: Table): DayMonthEvidence | null {
  let comma = '';
  for (let column = 0; column < table.names.length; column++) {
    if (table.shape.columns[column]?.kind !== 'number') continue;
    for (const cell of filledCells(table, column)) {
      if (/\d\.\d{1,2}\D*$/.test(cell)) return null;
      if (/\d,\d{1,2}\D*$/.test(cell)) comma ||= cell;
    }
  }
  return comma === '' ? null : { first: 'day', why: `${comma} has a decimal comma: there the day comes first.` };
}

function agreed(found: readonly DayMonthEvidence[]): DayMonthEvidence | null {
  const [one] = found;
  return one !== undefined && found.every(({ first }) => first === one.first) ? one : null;
}

/** As the values alone show it. */
function orderOf(values: readonly string[]): 'day' | 'month' | null {
  const judge = createDateJudge('');
  for (const value of values) judge.add(value);
  try {
    const format = judge.decide();
    return format === null ? null : dayMonthOrder(format);
  } catch {
    return null;
  }
}
