import type { Estimate, JudgedPart } from '../../src-main/ipc/documents.ts';
import { METRICS, type MetricName } from './metric-words.ts';

type Pairs = JudgedPart['pairs'];

/** A difference whose interval does not hold 0. */
export const isBeyondInterval = ({ value, low, high }: Estimate) =>
  value !== null && low !== null && high !== null && (low > 0 || high < 0);

/** Model `a` minus model `b`, whichever way round the document has them; null where they were not compared. */
export function differenceOf(pairs: Pairs, a: string, b: string, metric: MetricName): Estimate | null {
  for (const pair of pairs) {
    const isSame = pair.a === a && pair.b === b;
    if (!isSame && !(pair.a === b && pair.b === a)) continue;
    const difference = pair.differences[metric];
    if (difference === undefined) return null;
    const { value, low, high } = difference;
    return isSame ? { value, low, high } : { value: minus(value), low: minus(high), high: minus(low) };
  }
  return null;
}

const minus = (value: number | null) => (value === null ? null : -value);

/**
 * By metric and model, the models that it beats beyond the interval of their difference; empty for a model that is
 * itself beaten by another, so that what is marked as better is not second best.
 */
export function betterThan({
  models,
  pairs,
}: Pick<JudgedPart, 'models' | 'pairs'>): Record<MetricName, Record<string, string[]>> {
  const ids = models.map(({ id }) => id);
  const byMetric = METRICS.map(({ name, better }) => {
    const beats = (a: string, b: string) => {
      if (better === null) return false;
      const difference = a === b ? null : differenceOf(pairs, a, b, name);
      if (difference === null || difference.value === null || !isBeyondInterval(difference)) return false;
      return better === 'higher' ? difference.value > 0 : difference.value < 0;
    };
    const cells = ids.map((id) => {
      const beaten = ids.some((other) => beats(other, id));
      return [id, beaten ? [] : ids.filter((other) => beats(id, other))] as const;
    });
    return [name, Object.fromEntries(cells)] as const;
  });
  return Object.fromEntries(byMetric) as Record<MetricName, Record<string, string[]>>;
}

/** Beside differences, as the command line and the report say it. */
export const UNCORRECTED =
  'Two models differ where the interval does not hold 0. Nothing is corrected for how many pairs there are.';
