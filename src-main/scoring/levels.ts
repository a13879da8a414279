import type { CustomerScore, ModelKind, RiskLevel } from '../ipc/documents.ts';

/** Least PD of each level, as the reference recipe sets them. */
export const LEVELS: readonly (readonly [RiskLevel, number])[] = [
  ['Critical', 0.75],
  ['High', 0.5],
  ['Medium', 0.25],
  ['Low', 0],
];

const WILL_DEFAULT = 0.5;

export const levelOf = (pd: number): RiskLevel => LEVELS.find(([, least]) => pd >= least)?.[0] ?? 'Low';

/** The PDs of a level: from `least` up to, but without, `below`. */
export function rangeOf(level: RiskLevel): { least: number; below: number } {
  const at = LEVELS.findIndex(([name]) => name === level);
  return { least: LEVELS[at][1], below: LEVELS[at - 1]?.[1] ?? Infinity };
}

export function countLevels(scores: Float32Array): Record<RiskLevel, number> {
  const counts: Record<RiskLevel, number> = { Critical: 0, High: 0, Medium: 0, Low: 0 };
  for (const score of scores) counts[levelOf(score)]++;
  return counts;
}

/** The reference recipe's score of one customer. */
export function describeScore(
  customer: string,
  asOf: string,
  pd: number,
  kind: ModelKind,
  seen: boolean,
): CustomerScore {
  return {
    customer_id: customer,
    as_of: asOf,
    risk_score: pd,
    risk_level: levelOf(pd),
    will_default: pd >= WILL_DEFAULT,
    confidence: Math.max(pd, 1 - pd),
    model_type: kind,
    seen_in_training: seen,
  };
}
