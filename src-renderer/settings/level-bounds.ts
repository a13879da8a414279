import type { RiskLevel } from '../../src-main/ipc/documents.ts';
import type { LevelBounds, ScoreCounts } from '../../src-main/ipc/views.ts';
import { percent } from '../ui/format.ts';

export type BoundName = keyof LevelBounds;
/** As they stand in the fields: percentages; null where there is no number. */
export type BoundsDraft = Record<BoundName, number | null>;

const ORDER: readonly { name: BoundName; level: RiskLevel }[] = [
  { name: 'critical', level: 'Critical' },
  { name: 'high', level: 'High' },
  { name: 'medium', level: 'Medium' },
];

const TENTHS = 10;
/** The percentage that a field shows, to a tenth. */
const toPercentage = (share: number) => Math.round(100 * TENTHS * share) / TENTHS;
const toShare = (percentage: number) => Math.round(TENTHS * percentage) / (100 * TENTHS);

export const draftOf = ({ critical, high, medium }: LevelBounds): BoundsDraft => ({
  critical: toPercentage(critical),
  high: toPercentage(high),
  medium: toPercentage(medium),
});

/** What is wrong with each field, and what would be right; empty where every level has a range of PDs. */
export function problemsOf(draft: BoundsDraft): Partial<Record<BoundName, string>> {
  const problems: Partial<Record<BoundName, string>> = {};
  ORDER.forEach(({ name, level }, place) => {
    const value = draft[name];
    const above = ORDER[place - 1];
    const least = above === undefined ? null : draft[above.name];
    if (value === null) problems[name] = 'A percentage, such as 50';
    else if (toShare(value) <= 0) problems[name] = 'Above 0%';
    else if (toShare(value) > 1) problems[name] = 'At most 100%';
    else if (least !== null && above !== undefined && toShare(value) >= toShare(least))
      problems[name] = `${level} must begin below ${above.level}, which begins at ${percent(toShare(least))}`;
  });
  return problems;
}

/** Null where something is wrong. */
export function boundsOf(draft: BoundsDraft): LevelBounds | null {
  const { critical, high, medium } = draft;
  if (critical === null || high === null || medium === null || Object.keys(problemsOf(draft)).length > 0) return null;
  return { critical: toShare(critical), high: toShare(high), medium: toShare(medium) };
}

export const areEqual = (a: LevelBounds, b: LevelBounds) =>
  a.critical === b.critical && a.high === b.high && a.medium === b.medium;

/** How many scored customers each level would have. Bounds lie on the bins' edges, which are tenths of a percent. */
export function countByLevel({ bins }: ScoreCounts, bounds: LevelBounds): Record<RiskLevel, number> {
  const counts: Record<RiskLevel, number> = { Critical: 0, High: 0, Medium: 0, Low: 0 };
  const [critical, high, medium] = [bounds.critical, bounds.high, bounds.medium].map((share) =>
    Math.round(share * (bins.length - 1)),
  );
  bins.forEach((count, bin) => {
    counts[bin >= critical ? 'Critical' : bin >= high ? 'High' : bin >= medium ? 'Medium' : 'Low'] += count;
  });
  return counts;
}
