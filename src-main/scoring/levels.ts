import type { CustomerScore, ModelKind, RiskLevel } from '../ipc/documents.ts';
import type { Reason } from '../ipc/reasons.ts';
import type { LevelBounds } from '../ipc/views.ts';

/** Least PD of each level, as the reference recipe sets them. */
export const RECIPE_BOUNDS: LevelBounds = { critical: 0.75, high: 0.5, medium: 0.25 };

/** Riskiest first. */
export const LEVELS: readonly RiskLevel[] = ['Critical', 'High', 'Medium', 'Low'];

const WILL_DEFAULT = 0.5;

/** Least PD of each of `LEVELS`. */
const leastOf = ({ critical, high, medium }: LevelBounds) => [critical, high, medium, 0];

export const levelOf = (pd: number, { critical, high, medium }: LevelBounds = RECIPE_BOUNDS): RiskLevel =>
  pd >= critical ? 'Critical' : pd >= high ? 'High' : pd >= medium ? 'Medium' : 'Low';

/** The PDs of a level: from `least` up to, but without, `below`. */
export function rangeOf(level: RiskLevel, bounds: LevelBounds = RECIPE_BOUNDS): { least: number; below: number } {
  const least = leastOf(bounds);
  const at = LEVELS.indexOf(level);
  return { least: least[at], below: least[at - 1] ?? Infinity };
}

export function countLevels(scores: Float32Array, bounds: LevelBounds = RECIPE_BOUNDS): Record<RiskLevel, number> {
  const counts: Record<RiskLevel, number> = { Critical: 0, High: 0, Medium: 0, Low: 0 };
  for (const score of scores) counts[levelOf(score, bounds)]++;
  return counts;
}

/** Whether bounds leave every level a range of PDs. */
export const areBounds = ({ critical, high, medium }: LevelBounds) =>
  critical <= 1 && critical > high && high > medium && medium > 0;

/** The reference recipe's score of one customer. */
export function describeScore(
  customer: string,
  asOf: string,
  pd: number,
  kind: ModelKind,
  seen: boolean,
  bounds: LevelBounds = RECIPE_BOUNDS,
  topReasons: Reason[] | null = null,
): CustomerScore {
  return {
    customer_id: customer,
    as_of: asOf,
    risk_score: pd,
    risk_level: levelOf(pd, bounds),
    will_default: pd >= WILL_DEFAULT,
    confidence: Math.max(pd, 1 - pd),
    model_type: kind,
    seen_in_training: seen,
    top_reasons: topReasons,
  };
}
