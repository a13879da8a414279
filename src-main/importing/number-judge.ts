import { DuecastError } from '../ipc/errors.ts';
import { anatomyOf } from './number-anatomy.ts';
import type { NumberFormat } from './number-digits.ts';
import { bareNumber } from './number-marks.ts';

/** What the analyst or a profile says of a file's numbers; null where the cells decide. */
export interface FixedSigns {
  decimal: string | null;
  thousands: string | null;
}

/** Takes a file's cells one at a time, in any order, and says at the end how its numbers are written. */
export interface NumberJudge {
  /** Cells that don't look like numbers are passed over. `column` tells the file's columns apart. */
  add(text: string, column?: number): void;
  /** Errors as `detectNumberFormat`; more cells may be added afterwards. */
  decide(delimiter: string, fixed: FixedSigns): NumberFormat;
}

interface Evidence {
  decimal: Record<'.' | ',', number>;
  thousands: Record<string, number>;
  /** Cells such as 1.234, by their sign: one thousand or one point two. */
  open: Record<'.' | ',', { count: number; example: string }>;
  /** Whole numbers without any sign: with three digits at most, and with more. */
  short: number;
  long: number;
  /** A number that shows each decimal sign. */
  example: Record<'.' | ',', string>;
}

/** So many numbers that say otherwise make a column one of its own. */
const OWN_COLUMN = 3;
/** Fewer than one in so many are strays, which are rejected row by row. */
const STRAYS = 20;

/** So many cells such as 1.234, and one whole number below a thousand for each so many. */
const OPEN_ENOUGH = 10;

const noEvidence = (): Evidence => ({
  decimal: { '.': 0, ',': 0 },
  thousands: {},
  open: { '.': { count: 0, example: '' }, ',': { count: 0, example: '' } },
  short: 0,
  long: 0,
  example: { '.': '', ',': '' },
});

export function createNumberJudge(): NumberJudge {
  const columns: Evidence[] = [];
  return {
    add(text, column = 0) {
      let evidence = columns[column];
      if (evidence === undefined) columns[column] = evidence = noEvidence();
      if (!weighPlain(text, evidence)) weigh(text, evidence);
    },
    decide: (delimiter, fixed) => decide(columns, delimiter, fixed),
  };
}

/**
 * The decimal and thousands signs that a file's cells show, taken over all of them together; `fixed` holds what is given.
 *
 * `data-refused` where both readings are possible (1.234 only) or both occur: a wrong guess would be off by a thousand.
 */
export function detectNumberFormat(cells: Iterable<string>, delimiter: string, fixed: FixedSigns): NumberFormat {
  const judge = createNumberJudge();
  for (const cell of cells) judge.add(cell);
  return judge.decide(delimiter, fixed);
}

/** The same as `weigh` for digits with at most one sign among them, as most cells of a large file are. */
function weighPlain(text: string, evidence: Evidence): boolean {
  let digits = 0;
  let sign = 0;
  let whole = 0;
  for (let at = text.charCodeAt(0) === 45 ? 1 : 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits++;
    else if (sign === 0 && (code === 46 || code === 44)) {
      sign = code;
      whole = digits;
    } else return false;
  }
  if (sign === 0) {
    if (digits > 3) evidence.long++;
    else if (digits > 0) evidence.short++;
    return true;
  }
  if (digits === 0 || digits - whole === 3) return false;
  const decimal = sign === 46 ? '.' : ',';
  evidence.decimal[decimal]++;
  evidence.example[decimal] ||= text;
  return true;
}

function weigh(text: string, evidence: Evidence): void {
  const body = bareNumber(text)?.body;
  const anatomy = body === undefined ? null : anatomyOf(body);
  if (anatomy === null) return;
  const { group, decimal, open } = anatomy;
  if (group !== '') evidence.thousands[group] = (evidence.thousands[group] ?? 0) + 1;
  if (decimal === '') {
    if (group === '.' || group === ',') evidence.example[group === '.' ? ',' : '.'] ||= text.trim();
  } else if (open) {
    const { count, example } = evidence.open[decimal];
    evidence.open[decimal] = { count: count + 1, example: example === '' ? text.trim() : example };
  } else {
    evidence.decimal[decimal]++;
    evidence.example[decimal] ||= text.trim();
  }
}

/** A number that is grouped by one sign for certain says as much as one with the other for decimals. */
const says = ({ decimal, thousands }: Evidence, sign: '.' | ',') =>
  decimal[sign] + (thousands[sign === '.' ? ',' : '.'] ?? 0);

const other = (sign: '.' | ',') => (sign === '.' ? ',' : '.');

function decide(columns: readonly Evidence[], delimiter: string, fixed: FixedSigns): NumberFormat {
  const all = sum(columns);
  const given = fixed.decimal ?? (fixed.thousands === '.' ? ',' : fixed.thousands === ',' ? '.' : null);
  if (given !== null) return withThousands(all, given, fixed);
  const point = says(all, '.');
  const comma = says(all, ',');
  if (point === 0 && comma === 0)
    return withThousands(all, openDecimal(all, columns, delimiter, fixed.thousands), fixed);

  const decimal = point > comma ? '.' : ',';
  const against = other(decimal);
  const isApart = (evidence: Evidence) =>
    says(evidence, against) >= OWN_COLUMN && says(evidence, decimal) * STRAYS <= says(evidence, against);
  const common = sum(columns.filter((evidence) => !isApart(evidence)));
  if (says(common, against) * STRAYS > says(common, decimal)) throw mixture(common);
  const format = withThousands(common, decimal, fixed);
  const byColumn = new Map<number, NumberFormat>();
  columns.forEach((own, column) => {
    if (isApart(own)) byColumn.set(column, withThousands(own, against, fixed));
  });
  return byColumn.size === 0 ? format : { ...format, byColumn };
}

function sum(parts: readonly Evidence[]): Evidence {
  const total = noEvidence();
  // Columns that no cell was added of are holes, which forEach passes over.
  parts.forEach((part) => {
    for (const sign of ['.', ','] as const) {
      total.decimal[sign] += part.decimal[sign];
      total.example[sign] ||= part.example[sign];
      total.open[sign].count += part.open[sign].count;
      total.open[sign].example ||= part.open[sign].example;
    }
    for (const [sign, count] of Object.entries(part.thousands)) {
      total.thousands[sign] = (total.thousands[sign] ?? 0) + count;
    }
  });
  return total;
}

const withThousands = (evidence: Evidence, decimal: string, fixed: FixedSigns): NumberFormat => ({
  decimal,
  thousands: fixed.thousands ?? thousandsOf(evidence, decimal),
});

/** The decimal sign where every pointed cell is as open as 1.234. */
function openDecimal(
  { open }: Evidence,
  columns: readonly Evidence[],
  delimiter: string,
  thousands: string | null,
): '.' | ',' {
  const { '.': openPoint, ',': openComma } = open;
  if (openPoint.count === 0 && openComma.count === 0) return '.';
  const shown = [...new Set(columns.map(byWholes).filter((decimal) => decimal !== null))];
  if (shown.length === 1) return shown[0]!;
  // Between commas, an unquoted point is the decimal sign in every program that writes such files.
  if (openComma.count === 0 && (delimiter === ',' || thousands === '')) return '.';
  if (openPoint.count === 0 && thousands === '') return ',';
  const example = openPoint.count > 0 ? openPoint.example : openComma.example;
  throw new DuecastError(
    'data-refused',
    `${example} can be read as a whole number with a thousands sign or as a decimal fraction, and no other number in the ` +
      'file decides it; nothing was imported. Say it with decimal=. or decimal=,',
  );
}

/**
 * What the whole numbers beside cells such as 1.234 say. Had these three decimals, hardly any other number of the column
 * could be whole; and where it was grouped, no whole number would have four digits in a row.
 */
function byWholes({ open, short, long }: Evidence): '.' | ',' | null {
  const sign = open['.'].count > 0 ? '.' : ',';
  const { count } = open[sign];
  if (count < OPEN_ENOUGH || open[other(sign)].count > 0) return null;
  if (long >= OPEN_ENOUGH) return sign;
  return long === 0 && short * OPEN_ENOUGH >= count ? other(sign) : null;
}

const mixture = ({ example }: Evidence) =>
  new DuecastError(
    'data-refused',
    `Some numbers are written with a decimal point (${example['.']}) and some with a decimal comma (${example[',']}); ` +
      'nothing was imported. Say which one is meant with decimal=. or decimal=, and the other rows are set aside.',
  );

function thousandsOf(evidence: Evidence, decimal: string): string {
  const sign = decimal === '.' ? ',' : '.';
  const counts: Record<string, number> = { ...evidence.thousands };
  counts[sign] = (counts[sign] ?? 0) + evidence.open[sign].count;
  delete counts[decimal];
  let best = '';
  for (const [found, count] of Object.entries(counts)) if (count > (counts[best] ?? 0)) best = found;
  return best;
}
