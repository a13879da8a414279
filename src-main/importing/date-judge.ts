import { DuecastError } from '../ipc/errors.ts';
import { CountedValues, saysDate, standsForNoDate } from './counted-dates.ts';
import { plainDateReader, type DateReader } from './date-format.ts';
import type { DateOrder } from './date-orders.ts';
import { shapeOfDate, type DateShape } from './date-shape.ts';
import { APART_SUFFIX } from './month-names.ts';
import { isDigit } from './number-digits.ts';
import { standsForNothing } from './number-marks.ts';
import { ReadingOrder } from './reading-order.ts';

/** Takes a column's values one at a time, in the order of the file, and says at the end how its dates are written. */
export interface DateJudge {
  /** Empty cells, and those that stand for nothing or for no date, are no evidence. */
  add(text: string): void;
  /** The one format, null where the values are no dates. Errors as `detectDateFormat`; more may be added afterwards. */
  decide(): string | null;
}

/** Fewer than one in so many are strays, which are rejected row by row. */
const STRAYS = 20;
/** So many different values are told apart; beyond that each counts as a new one. */
const KNOWN_VALUES = 20_000;
const KNOWN_SHAPES = 5_000;

/** One order of day, month and year, over all values of a family. */
interface Reading {
  order: DateOrder;
  days: ReadingOrder;
}

interface Example {
  values: number;
  example: string;
}

/** Values that are written alike, but for their time of day. */
interface Family {
  readings: Reading[];
  /** How many values fit, by the readings that they fit (one bit each). */
  fits: Map<number, Example>;
  /** By what follows the date: its format, and the readers of whole values in the order of the readings. */
  suffixes: Map<string, { values: number; readers: DateReader[] }>;
  padded: boolean;
  longName: boolean;
  /** By what the names of months say of their language. */
  languages: Map<string, Example>;
}

/** The one format of a column, by all of its values; see `createDateJudge`. */
export function detectDateFormat(
  column: string,
  values: Iterable<string>,
  first: 'day' | 'month' | null = null,
): string | null {
  const judge = createDateJudge(column, today(), first);
  for (const value of values) judge.add(value);
  return judge.decide();
}

/**
 * Finds the one format of a column: of the way in which most values are written, at least half, the order of day, month
 * and year that reads them. Where two orders read every value, the order of the rows decides if it is clear (one reading
 * goes steadily up or down, the other jumps about over a longer time), or dates that would lie far in the future. A time of
 * day may be there or not: both formats, separated by |. Numbers that count days or seconds are dates only where the
 * column's name says so. `todayEpochDay` is for tests; `first`: what comes first where the values leave
 * day and month open.
 *
 * `data-refused` where day and month could be either way round for every value, where both ways occur, or where dates are
 * written in several ways.
 */
export function createDateJudge(
  column: string,
  todayEpochDay: number = today(),
  first: 'day' | 'month' | null = null,
): DateJudge {
  const families = new Map<string, Family>();
  const known = new Map<string, { family: Family; days: (number | null)[] } | null>();
  const counted = new CountedValues();
  let total = 0;

  // Of two values that differ in their digits only, one is a date in some format if the other is.
  const shapes = new Map<string, DateShape | null>();
  let last: { text: string; shape: DateShape | null } = { text: '', shape: null };
  const shapeOf = (text: string): DateShape | null => {
    if (differInDigits(text, last.text)) return last.shape;
    const skeleton = text.replaceAll(/\d/g, '0');
    let shape = shapes.get(skeleton);
    if (shape === undefined) {
      shape = shapeOfDate(text);
      if (shapes.size < KNOWN_SHAPES) shapes.set(skeleton, shape);
    }
    last = { text, shape };
    return shape;
  };

  const look = (text: string) => {
    if (standsForNothing(text) || standsForNoDate(text)) return null;
    total++;
    counted.add(text);
    const shape = shapeOf(text);
    if (shape === null) return null;
    let family = families.get(shape.family);
    if (family === undefined) families.set(shape.family, (family = newFamily(shape, todayEpochDay)));
    return { family, days: weigh(family, shape, text) };
  };

  return {
    add(cell) {
      const text = cell.trim();
      if (text === '') return;
      let found = known.get(text);
      if (found === undefined) {
        found = look(text);
        if (known.size < KNOWN_VALUES) known.set(text, found);
      }
      found?.family.readings.forEach(({ days }, i) => days.add(found!.days[i]!));
    },
    decide() {
      if (total === 0) return null;
      const sized = [...families.values()].map((family) => ({ family, fitting: mostFitting(family) }));
      const ranked = sized.filter(({ fitting }) => fitting > 0).sort((a, b) => b.fitting - a.fitting);
      const fitting = ranked.reduce((sum, family) => sum + family.fitting, 0);
      const most = ranked[0];
      if (most === undefined || fitting * 2 < total) {
        return fitting * STRAYS <= total && saysDate(column) ? counted.format(total) : null;
      }
      if ((fitting - most.fitting) * STRAYS > most.fitting) {
        throw mixed(
          column,
          ranked.map(({ family }) => family),
        );
      }
      return most.fitting * 2 < total ? null : formatOf(column, most.family, first);
    },
  };
}

const today = () => Math.floor(Date.now() / 86_400_000);

/** Whether two texts have digits in the same places and are equal elsewhere. */
function differInDigits(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const one = a.charCodeAt(i);
    const other = b.charCodeAt(i);
    if (one !== other && !(isDigit(one) && isDigit(other))) return false;
  }
  return true;
}

const newFamily = ({ orders }: DateShape, todayEpochDay: number): Family => ({
  readings: orders.map((order) => ({ order, days: new ReadingOrder(todayEpochDay) })),
  fits: new Map(),
  suffixes: new Map(),
  padded: true,
  longName: false,
  languages: new Map(),
});

/** Notes a value; answers its day by each reading of its family. */
function weigh(family: Family, shape: DateShape, text: string): (number | null)[] {
  let suffix = family.suffixes.get(shape.suffix);
  if (suffix === undefined) {
    const readers = family.readings.map(({ order }) => plainDateReader(order.format(false) + shape.suffix));
    family.suffixes.set(shape.suffix, (suffix = { values: 0, readers }));
  }
  const days = suffix.readers.map((read) => read(text));
  const fits = days.reduce<number>((bits, day, i) => (day === null ? bits : bits | (1 << i)), 0);
  note(family.fits, fits, text);
  if (fits === 0) return days;
  suffix.values++;
  if (!shape.padded) family.padded = false;
  if (shape.longName) family.longName = true;
  if (shape.language !== null) note(family.languages, shape.language, text);
  return days;
}

function note<K>(counts: Map<K, Example>, key: K, example: string): void {
  const known = counts.get(key);
  if (known === undefined) counts.set(key, { values: 1, example });
  else known.values++;
}

/** How many values fit readings, as `which` says of a value's. */
function fitting({ fits }: Family, which: (has: (reading: number) => boolean) => boolean): Example {
  let found: Example = { values: 0, example: '' };
  for (const [bits, { values, example }] of fits) {
    if (!which((reading) => (bits & (1 << reading)) !== 0)) continue;
    found = { values: found.values + values, example: found.example || example };
  }
  return found;
}

const mostFitting = (family: Family) =>
  Math.max(...family.readings.map((_, i) => fitting(family, (has) => has(i)).values));

/** The order that reads the most values, where no other one could be meant. */
function formatOf(column: string, family: Family, preferred: 'day' | 'month' | null = null): string {
  const { readings } = family;
  const all = readings.map((_, i) => i);
  const counts = all.map((i) => fitting(family, (has) => has(i)).values);
  const isRare = (i: number) => readings[i]!.order.rare;
  const best = all.reduce((a, b) =>
    counts[b]! > counts[a]! || (counts[b] === counts[a] && isRare(a) && !isRare(b)) ? b : a,
  );
  const formats = (pair: readonly number[]) => pair.map((i) => wholeFormat(column, family, readings[i]!.order));

  const alike: number[] = [];
  for (const rival of all) {
    const both = fitting(family, (has) => has(best) && has(rival));
    const onlyBest = fitting(family, (has) => has(best) && !has(rival));
    const onlyRival = fitting(family, (has) => !has(best) && has(rival));
    if (both.values === 0) continue;
    if (onlyBest.values === 0 && onlyRival.values === 0) alike.push(rival);
    // A few strays are rejected later, row by row.
    else if (onlyRival.values * STRAYS > onlyBest.values && !isRare(rival)) {
      const [first, second] = formats([best, rival]);
      const [one, other] = [onlyBest.example, onlyRival.example];
      throw undecided(column, `some dates fit ${first} only (${one}) and some ${second} only (${other})`, [
        first!,
        second!,
      ]);
    }
  }
  const left = alike.filter((i) => !alike.some((rival) => rival !== i && clearOf(family, i, rival) === rival));
  if (left.length === 1) return formats(left)[0]!;
  const meant = left.filter((i) => preferred !== null && orderOf(readings[i]!.order) === preferred);
  if (meant.length === 1) return formats(meant)[0]!;
  const open = formats((left.length > 0 ? left : alike).slice(0, 2));
  const { example } = fitting(family, (has) => has(best));
  throw undecided(column, `every date, ${example} for one, can be read as ${open.join(' and as ')}`, open);
}

/** What comes first of a date that begins with day and month; null for others. */
function orderOf({ format }: DateOrder): 'day' | 'month' | null {
  const letters = format(true);
  if (letters.indexOf('y') < Math.max(letters.indexOf('d'), letters.indexOf('M'))) return null;
  return letters.indexOf('d') < letters.indexOf('M') ? 'day' : 'month';
}

/** Which of two readings of the same values is clearly meant; null where both may be. */
function clearOf({ readings }: Family, a: number, b: number): number | null {
  const [first, second] = [readings[a]!, readings[b]!];
  const yearsDiffer = first.order.yearFrom !== second.order.yearFrom;
  const isFirst = first.days.isClearOver(second.days, yearsDiffer);
  const isSecond = second.days.isClearOver(first.days, yearsDiffer);
  const oneIsRare = first.order.rare !== second.order.rare;
  // Day and month change places behind points nowhere, whatever the rows look like.
  if (isFirst !== isSecond && (yearsDiffer || !oneIsRare)) return isFirst ? a : b;
  return oneIsRare ? (first.order.rare ? b : a) : null;
}

/** With all that may follow the date, the most frequent first. */
function wholeFormat(column: string, family: Family, order: DateOrder): string {
  const format = order.format(family.padded);
  const date = family.longName ? format.replace('MMM', 'MMMM') : format;
  const suffixes = [...family.suffixes]
    .filter(([, { values }]) => values > 0)
    .sort(([, a], [, b]) => b.values - a.values);
  const written = new Set(suffixes.map(([suffix]) => suffix));
  // Where some hours have one digit, H reads them all.
  const loose = (suffix: string) => suffix.replace(/HH(?!m)/, 'H').replace(/hh(?!m)/, 'h');
  const kept = [...new Set([...written].map((suffix) => (written.has(loose(suffix)) ? loose(suffix) : suffix)))];
  const language = languageSuffix(column, family, date);
  return kept.map((suffix) => date + suffix + language).join('|');
}

function languageSuffix(column: string, { languages }: Family, date: string): string {
  const open = languages.get('open');
  if (open === undefined) return '';
  if (languages.has('common')) return '';
  if (languages.has('apart')) return APART_SUFFIX;
  throw undecided(
    column,
    `the month of ${open.example} is another one in Croatian than in Polish or Czech, and no other month decides it`,
    [date, date + APART_SUFFIX],
  );
}

const FAMILIES_SHOWN = 4;

function mixed(column: string, families: readonly Family[]): DuecastError {
  const shown = families.slice(0, FAMILIES_SHOWN).map((family) => {
    const { values, example } = fitting(family, (has) => family.readings.some((_, i) => has(i)));
    let format: string;
    try {
      format = formatOf(column, family);
    } catch {
      format = family.readings.map(({ order }) => order.format(family.padded)).join(' or ');
    }
    return { values, example, format };
  });
  const ways = shown.map(({ values, example, format }) => `${example} (${format}, ${values})`).join(', ');
  const more = families.length > FAMILIES_SHOWN ? ' and others' : '';
  return new DuecastError(
    'data-refused',
    `Column "${column}": dates are written in several ways: ${ways}${more}; nothing was imported. Give the formats in the ` +
      `order in which they are to be tried, separated by |, for example dateFormat=${shown.map(({ format }) => format).join('|')}, ` +
      'or the one that is meant, and the other rows are set aside.',
  );
}

const undecided = (column: string, why: string, formats: readonly string[]) =>
  new DuecastError(
    'data-refused',
    `Column "${column}": ${why}; nothing was imported. Say which it is: dateFormat=${formats.join(' or dateFormat=')}.`,
  );
