import type { Estimate, ModelKind, RiskLevel } from '../ipc/documents.ts';
import { counted, grouped } from '../ipc/grouped.ts';
import { withInterval as writeWithInterval } from '../reporting/figures.ts';
import { MODEL_NAMES } from '../models/model-names.ts';
import { withModelNames } from '../reporting/words.ts';

/** How figures and names are written for people. */

export { counted, grouped, MODEL_NAMES };

/** A document's note on what our own models did; one on an analyst's columns has names that are not ours. */
export const noteLine = (note: string) => `Note: ${withModelNames(note)}`;

/** A score from elsewhere has a name of its own. */
export const modelName = ({ kind, name }: { kind: ModelKind; name?: string }) => name ?? MODEL_NAMES[kind];

export const LEVEL_MARKS: Record<RiskLevel, string> = { Critical: '▲', High: '◆', Medium: '◐', Low: '●' };

/** A metric to three decimals. */
export const metric = (value: number | null, decimals = 3) =>
  value === null ? 'n/a' : value.toFixed(decimals).replace('-', '−');

export const estimate = ({ value, low, high }: Estimate, decimals = 3) =>
  value === null ? 'n/a' : `${metric(value, decimals)} [${metric(low, decimals)}, ${metric(high, decimals)}]`;

/** The same in any way of writing; a figure without interval stands alone. */
export const withInterval = (of: Estimate, write: (value: number | null) => string = metric) =>
  writeWithInterval(of, write);

export const signed = (value: number | null, decimals = 3) => (value === null ? 'n/a' : withSign(value, decimals));

/** A number with its sign and so many decimals; a zero that rounding made has no sign. */
export function withSign(value: number, decimals: number): string {
  const size = Math.abs(value).toFixed(decimals);
  return Number(size) === 0 ? size : `${value < 0 ? '−' : '+'}${size}`;
}

/** A PD as a percentage with one decimal. */
export const percent = (pd: number) => `${(100 * pd).toFixed(1)}%`;

export const pValue = (p: number | null) =>
  p === null ? 'n/a' : p < 0.001 ? '< .001' : p.toFixed(3).replace(/^0/, '');

/** “2026-11-26 09:30”, in the time of this machine; of an ISO timestamp. */
export function moment(timestamp: string): string {
  const at = new Date(timestamp);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** “48 s”, “3:05 min”. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return `${clock(seconds)} min`;
}

/** “1:40”. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
