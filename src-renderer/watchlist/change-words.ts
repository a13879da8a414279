import type { ScoringSummary, Stability, Standing } from '../../src-main/ipc/changes.ts';
import type { Estimate, RiskLevel } from '../../src-main/ipc/documents.ts';
import { count, date, dateTime, LEVELS, MODEL_NAMES, NOT_AVAILABLE, percent } from '../ui/format.ts';

export const STANDINGS: readonly Standing[] = [...LEVELS, 'none'];

/** Where a PSI begins to be some drift, and much: a rule of thumb that is in wide use, and no test. */
const SOME = 0.1;
const MUCH = 0.25;

/** “little”, “some”, “much”. */
export const driftWord = (psi: number) => (psi < SOME ? 'little' : psi <= MUCH ? 'some' : 'much');

/** Samples of this size move as far without any drift. */
export const isWithinChance = ({ psi, byChance }: Pick<Stability, 'psi' | 'byChance'>) => psi <= byChance;

/** Whether somebody got riskier, safer, or neither; of who was not scored once it can't be said. */
export function directionOf(from: Standing, to: Standing): 'riskier' | 'safer' | 'same' | 'unknown' {
  if (from === 'none' || to === 'none') return 'unknown';
  const by = LEVELS.indexOf(from as RiskLevel) - LEVELS.indexOf(to as RiskLevel);
  return by > 0 ? 'riskier' : by < 0 ? 'safer' : 'same';
}

/** “30 Apr 2026”; in an undated portfolio “day 12”. */
export function asOfName({ asOf, asOfStep }: Pick<ScoringSummary, 'asOf' | 'asOfStep'>, timeStep: string | null) {
  return dayName(asOf, timeStep, asOfStep);
}

/** Of an ISO date, or of what stands for a step: `step 12`. */
export function dayName(text: string, timeStep: string | null, step: number | null = null): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return date(text);
  return `${timeStep ?? 'step'} ${step ?? text.replace('step ', '')}`;
}

/** A sentence of the engine's with its ISO dates as the screen writes them. */
export const withDates = (text: string) => text.replace(/\d{4}-\d{2}-\d{2}/g, (iso) => date(iso));

/** For a list of scorings: “30 Apr 2026 · LightGBM, model 3 · scored 2 May 2026, 09:12”. */
export const scoringName = (scoring: ScoringSummary, timeStep: string | null) =>
  `${asOfName(scoring, timeStep)} · ${MODEL_NAMES[scoring.kind]}, model ${scoring.modelId} · scored ${dateTime(scoring.createdAt)}`;

/** “[38.8, 83.7]%”; empty where there is no interval. */
export const percentInterval = ({ low, high }: Pick<Estimate, 'low' | 'high'>) =>
  low === null || high === null ? '' : `[${percent(low).replace('%', '')}, ${percent(high).replace('%', '')}]%`;

/** “64.3% [38.8, 83.7]%”. */
export const shareWithInterval = (share: Estimate) =>
  share.value === null ? NOT_AVAILABLE : `${percent(share.value)} ${percentInterval(share)}`.trimEnd();

/** “9 of 14”. */
export const partOf = (part: number, of: number) => `${count(part)} of ${count(of)}`;
