import type { Estimate, TimeStep } from '../ipc/documents.ts';
import type { SeedSpread } from '../ipc/seeds.ts';
import { dayInWords } from '../sequences/calendar.ts';

/**
 * How a report writes figures, dates and names: as the screens do (src-renderer/ui/format.ts), which can't be imported
 * here; a test holds the two to each other.
 */

export const NOT_AVAILABLE = 'n/a';
const MINUS = '−';

const orNone = (value: number | null, write: (value: number) => string) =>
  value === null || !Number.isFinite(value) ? NOT_AVAILABLE : write(value);

const withMinus = (text: string) => text.replace('-', MINUS);

function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : withMinus(text);
}

/** “0.912”. */
export const metric = (value: number | null, digits = 3) => orNone(value, (known) => fixed(known, digits));

/** “[0.897, 0.926]”; empty where there is no interval. */
export const interval = ({ low, high }: Pick<Estimate, 'low' | 'high'>, digits = 3) =>
  low === null || high === null ? '' : `[${metric(low, digits)}, ${metric(high, digits)}]`;

/** “0.912 [0.897, 0.926]”. */
export const estimate = (value: Estimate, digits = 3) =>
  `${metric(value.value, digits)} ${value.value === null ? '' : interval(value, digits)}`.trimEnd();

/** “+0.012”. */
export const signed = (value: number | null, digits = 3) =>
  orNone(value, (known) => (Number(known.toFixed(digits)) > 0 ? `+${fixed(known, digits)}` : fixed(known, digits)));

/** “+0.012 [−0.003, +0.027]”. */
export const signedEstimate = ({ value, low, high }: Estimate, digits = 3) =>
  value === null || low === null || high === null
    ? signed(value, digits)
    : `${signed(value, digits)} [${signed(low, digits)}, ${signed(high, digits)}]`;

/**
 * Decimals that show two digits of an interval's half width, from 3 to 5: for figures that are small beside a thousandth,
 * as ECE and differences of Brier and log loss.
 */
export function fineDigits({ low, high }: Pick<Estimate, 'low' | 'high'>): number {
  const halfWidth = low === null || high === null ? 0 : (high - low) / 2;
  return halfWidth > 0 ? Math.min(5, Math.max(3, 1 - Math.floor(Math.log10(halfWidth)))) : 3;
}

/** “48,750 [38,333, 66,250]” in any way of writing; a figure without interval stands alone. */
export const withInterval = ({ value, low, high }: Estimate, write: (value: number | null) => string) =>
  low === null || high === null ? write(value) : `${write(value)} [${write(low)}, ${write(high)}]`;

/** “32.1 ± 0.2”, mean and standard deviation. */
export const spread = ({ mean, sd }: SeedSpread, write: (value: number | null) => string) =>
  mean === null ? write(null) : `${write(mean)} ± ${write(sd)}`;

/** “32.1 ± 0.2 (31.9 to 32.3)”. */
export const spreadWithRange = (of: SeedSpread, write: (value: number | null) => string) =>
  of.mean === null ? write(null) : `${spread(of, write)} (${write(of.min)} to ${write(of.max)})`;

/** “86.4%”. */
export const percent = (share: number | null, digits = 1) => orNone(share, (known) => `${fixed(100 * known, digits)}%`);

/** “.041”; “< .001”. */
export const pValue = (p: number | null) =>
  orNone(p, (known) => (known < 0.001 ? '< .001' : known.toFixed(3).replace(/^0/, '')));

/** Inside a sentence: “p = .041”, “p < .001”. */
export const pInWords = (p: number | null) => (p !== null && p < 0.001 ? 'p < .001' : `p = ${pValue(p)}`);

/** “89,970”. */
export const count = (value: number | null) =>
  orNone(value, (known) => withMinus(known.toLocaleString('en-US', { maximumFractionDigits: 0 })));

/** “1 customer”, “2,000 customers”. */
export const counted = (value: number, one: string, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;

/** With as many decimals as its size asks for: “12,340”, “2.1”, “0.041”. */
export function quantity(value: number | null): string {
  return orNone(value, (known) => {
    const size = Math.abs(known);
    const digits = size >= 100 || Number.isInteger(known) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return withMinus(known.toLocaleString('en-US', { maximumFractionDigits: digits }));
  });
}

/** “23 Nov 2026” of an ISO date; of a moment, its date in UTC. */
export function date(iso: string | null): string {
  const match = /^\d{4}-\d{2}-\d{2}/.exec(iso ?? '');
  return match === null ? NOT_AVAILABLE : dayInWords(match[0]);
}

/** “23 Nov 2026, 14:05 UTC”: whoever reads a report may sit elsewhere. */
export function moment(iso: string): string {
  const clock = /T(\d{2}:\d{2})/.exec(iso)?.[1];
  return clock === undefined ? date(iso) : `${date(iso)}, ${clock} UTC`;
}

/** “23 Nov 2026”; in an undated portfolio “day 12”. */
export const stepName = (step: number, iso: string | null, timeStep: TimeStep | null) =>
  iso === null ? `${timeStep ?? 'step'} ${step}` : date(iso);

/** “4.2 s”, “48 s”, “3:05 min”. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${fixed(seconds, 1)} s`;
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  const two = (part: number) => String(part).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours === 0 ? `${minutes}:${two(whole % 60)} min` : `${hours}:${two(minutes)}:${two(whole % 60)} h`;
}
