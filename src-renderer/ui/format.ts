import type { Estimate, ModelKind, RiskLevel, TimeStep } from '../../src-main/ipc/documents.ts';

/** How figures, dates and names are written on screen. Whoever shows `NOT_AVAILABLE` gives the reason beside it. */

export const NOT_AVAILABLE = 'n/a';
const MINUS = '−';

export const MODEL_NAMES: Record<ModelKind, string> = {
  lstm: 'LSTM',
  'cnn-lstm': 'CNN-LSTM',
  lightgbm: 'LightGBM',
  logistic: 'Logistic',
  ensemble: 'Ensemble',
  external: 'Score from elsewhere',
};

/** A score from elsewhere has a name of its own. */
export const modelName = ({ kind, name }: { kind: ModelKind; name?: string | undefined }) => name ?? MODEL_NAMES[kind];

/** By the names that engines have in documents; `none` trained no network. */
export const ENGINE_NAMES: Record<string, string> = { tensorflow: 'TensorFlow', wasm: 'WebAssembly', none: 'none' };

/** From the highest risk to the lowest. */
export const LEVELS: readonly RiskLevel[] = ['Critical', 'High', 'Medium', 'Low'];

/** What stands for a value that is not there or is no number. */
const orNone = (value: number | null, write: (value: number) => string) =>
  value === null || !Number.isFinite(value) ? NOT_AVAILABLE : write(value);

const withMinus = (text: string) => text.replace('-', MINUS);

/** With a minus sign, and no sign on a zero that rounding made: “0.912”, “−0.031”, “0.000”. */
function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : withMinus(text);
}

const withSign = (value: number, digits: number) =>
  Number(value.toFixed(digits)) > 0 ? `+${fixed(value, digits)}` : fixed(value, digits);

/** A metric to three decimals: “0.912”. */
export const metric = (value: number | null, digits = 3) => orNone(value, (known) => fixed(known, digits));

/** “[0.897, 0.926]”; empty where there is no interval. */
export const interval = ({ low, high }: Pick<Estimate, 'low' | 'high'>, digits = 3) =>
  low === null || high === null ? '' : `[${metric(low, digits)}, ${metric(high, digits)}]`;

/** “0.912 [0.897, 0.926]”. */
export const estimate = (value: Estimate, digits = 3) =>
  `${metric(value.value, digits)} ${value.value === null ? '' : interval(value, digits)}`.trimEnd();

/** A difference, with its sign: “+0.012”. */
export const signed = (value: number | null, digits = 3) => orNone(value, (known) => withSign(known, digits));

/**
 * Decimals that show two digits of an interval's half width, from 3 to 5: for figures that are small beside a thousandth,
 * as ECE and differences of Brier and log loss.
 */
export function fineDigits({ low, high }: Pick<Estimate, 'low' | 'high'>): number {
  const halfWidth = low === null || high === null ? 0 : (high - low) / 2;
  return halfWidth > 0 ? Math.min(5, Math.max(3, 1 - Math.floor(Math.log10(halfWidth)))) : 3;
}

/** A PD, or another share of 1, as a percentage with one decimal: “86.4%”. */
export const percent = (share: number | null, digits = 1) => orNone(share, (known) => `${fixed(100 * known, digits)}%`);

/** A difference of two PDs in percentage points: “+31.2 pts”. */
export const points = (difference: number | null) => orNone(difference, (known) => `${withSign(100 * known, 1)} pts`);

/** “.041”; “< .001”. */
export const pValue = (p: number | null) =>
  orNone(p, (known) => (known < 0.001 ? '< .001' : known.toFixed(3).replace(/^0/, '')));

/** How digits are grouped: 1,234,567, or in lakh and crore 12,34,567. */
export type Grouping = 'thousands' | 'lakh';

/** The currencies of countries that count in lakh. */
const LAKH_CURRENCIES = new Set(['INR', 'PKR', 'BDT', 'NPR', 'LKR']);

export const groupingOf = (currency: string): Grouping =>
  LAKH_CURRENCIES.has(currency.toUpperCase()) ? 'lakh' : 'thousands';

const LOCALES: Record<Grouping, string> = { thousands: 'en-US', lakh: 'en-IN' };
const formats = new Map<string, Intl.NumberFormat>();

/** Making a number format takes far longer than using one. */
function numberFormat(grouping: Grouping, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${grouping} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(LOCALES[grouping], options);
  formats.set(key, known);
  return known;
}

/** A whole number: “89,970”. */
export const count = (value: number | null, grouping: Grouping = 'thousands') =>
  orNone(value, (known) => withMinus(numberFormat(grouping, { maximumFractionDigits: 0 }).format(known)));

/** “1 customer”, “2,000 customers”. */
export const counted = (value: number, one: string, many = `${one}s`, grouping: Grouping = 'thousands') =>
  `${count(value, grouping)} ${value === 1 ? one : many}`;

/** A unit in the plural, as it stands behind a number: “week” behind 1, else “weeks”. */
export const unitOf = (value: number | null, unit: string) => (value === 1 ? unit.replace(/s$/, '') : unit);

/** “1 week”, “2 weeks”, of a unit in the plural. */
export const inUnit = (value: number, unit: string) => `${value} ${unitOf(value, unit)}`;

/** A feature's value, with as many decimals as its size asks for: “12,340”, “2.1”, “0.041”. */
export function quantity(value: number | null, grouping: Grouping = 'thousands'): string {
  return orNone(value, (known) => {
    const size = Math.abs(known);
    const digits = size >= 100 || Number.isInteger(known) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return withMinus(numberFormat(grouping, { maximumFractionDigits: digits }).format(known));
  });
}

export interface MoneyFormat {
  /** ISO 4217; anything else is written before the amount as it stands. */
  currency: string;
  /** The currency's own, unless set. */
  grouping?: Grouping | undefined;
  /** Decimals; 0 unless set. */
  digits?: number | undefined;
}

/** Other dollars and pesos share their narrow sign with the US dollar, and are told from it by their longer one. */
const displayOf = (currency: string) =>
  currency.toUpperCase() !== 'USD' && narrowSign(currency) === '$' ? 'symbol' : 'narrowSymbol';

const narrowSign = (currency: string) =>
  numberFormat('thousands', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    .formatToParts(0)
    .find(({ type }) => type === 'currency')?.value;

/** “₹12,34,567”, “−€1,200.50”, “NT$12,553”. */
export function money(amount: number | null, { currency, grouping, digits = 0 }: MoneyFormat): string {
  return orNone(amount, (known) => {
    const group = grouping ?? groupingOf(currency);
    const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    const rounded = Number(known.toFixed(digits)) === 0 ? 0 : known;
    try {
      const style = { style: 'currency', currency, currencyDisplay: displayOf(currency), ...decimals } as const;
      return withMinus(numberFormat(group, style).format(rounded));
    } catch {
      return withMinus(
        `${rounded < 0 ? MINUS : ''}${currency} ${numberFormat(group, decimals).format(Math.abs(rounded))}`,
      );
    }
  });
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** “23 Nov 2026” of an ISO date, whatever the time zone; of a moment, its date in UTC. */
export function date(iso: string | null): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? '');
  return match === null ? NOT_AVAILABLE : `${Number(match[3])} ${MONTHS[Number(match[2]) - 1]} ${match[1]}`;
}

/** “Nov 2026” of an ISO date: a step of a month. */
export const monthName = (iso: string | null) => date(iso).replace(/^\d+ /, '');

/** “23 Nov 2026, 14:05” of an ISO moment, in the analyst's own time zone. */
export function dateTime(iso: string | null): string {
  const moment = new Date(iso ?? NaN);
  if (Number.isNaN(moment.getTime())) return NOT_AVAILABLE;
  const clockTime = [moment.getHours(), moment.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
  return `${moment.getDate()} ${MONTHS[moment.getMonth()]} ${moment.getFullYear()}, ${clockTime}`;
}

/** A step by its date; in an undated portfolio by its number: “23 Nov 2026”, “day 12”. */
export const stepName = (step: number, iso: string | null, timeStep: TimeStep = 'day') =>
  iso === null ? `${timeStep} ${step}` : date(iso);

/** “1:40”, from an hour on “1:02:05”. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [first, ...rest] = parts[0] === 0 ? parts.slice(1) : parts;
  return [String(first), ...rest.map((part) => String(part).padStart(2, '0'))].join(':');
}

/** “4.2 s”, “48 s”, “3:05 min”, “1:02:05 h”. */
export const duration = (seconds: number | null) =>
  orNone(seconds, (known) => {
    if (known < 9.95) return `${fixed(known, 1)} s`;
    if (known < 99.5) return `${Math.round(known)} s`;
    return `${clock(known)} ${known < 3599.5 ? 'min' : 'h'}`;
  });

/** “1:40 left”. */
export const timeLeft = (seconds: number | null) =>
  seconds === null || !Number.isFinite(seconds) ? '' : `${clock(seconds)} left`;

/** “8,900 windows/s”. */
export const rate = (perSecond: number | null, what: string) =>
  orNone(perSecond, (known) => `${count(known < 100 ? known : Number(known.toPrecision(2)))} ${what}/s`);

/** “66 MB”, in powers of 1,000. */
export function fileSize(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const size = bytes / 1000 ** power;
  return `${fixed(size, power > 0 && size < 9.95 ? 1 : 0)} ${units[power]}`;
}
