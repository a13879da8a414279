import type { EpochRecord, ModelKind, RiskLevel, TimelineDocument } from '../../../src-main/ipc/documents.ts';

/** Figures that look like a portfolio's, for looking at; they measure nothing. */

/** Numerical Recipes' linear congruential generator: the same page every time. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));
const levelOf = (pd: number): RiskLevel =>
  pd >= 0.75 ? 'Critical' : pd >= 0.5 ? 'High' : pd >= 0.25 ? 'Medium' : 'Low';
const isoOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** 1 February 2026. */
export const FIRST_DAY = 20_485;

export function timeline(kinds: readonly ModelKind[], dated: boolean): TimelineDocument {
  const random = randomFrom(11);
  const eventStep = 79;
  return {
    customer: 'C004217',
    experimentId: '3',
    event: { step: eventStep, date: dated ? isoOf(FIRST_DAY + eventStep) : null },
    models: kinds.map((kind, index) => ({
      id: String(index + 1),
      kind,
      seenInTraining: false,
      champion: index === 0,
      alerts: null,
      points: Array.from({ length: 50 }, (_, point) => {
        const step = 29 + point;
        const pd = sigmoid((step - 62 + 4 * index) / (5 + 2 * index) + 0.5 * (random() - 0.5)) * (0.93 - 0.07 * index);
        return { step, date: dated ? isoOf(FIRST_DAY + step) : null, riskScore: pd, riskLevel: levelOf(pd) };
      }),
    })),
  };
}

export function epochs(count: number, seed: number): EpochRecord[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index) => ({
    epoch: index + 1,
    loss: 0.21 + 0.42 * Math.exp(-index / 5) + 0.008 * random(),
    valLoss: 0.25 + 0.36 * Math.exp(-index / 4) + 0.0022 * Math.max(0, index - 10) + 0.02 * random(),
    valAuc: 0.93 - 0.24 * Math.exp(-index / 4) + 0.01 * random(),
    learningRate: 0.001,
    seconds: 3.2,
  }));
}

export interface Customer {
  id: string;
  pd: number;
  level: RiskLevel;
  /** Null: not scored before. */
  change: number | null;
  exposure: number;
  scores: number[];
}

export function customers(count: number): Customer[] {
  const random = randomFrom(5);
  return Array.from({ length: count }, (_, index) => {
    const pd = sigmoid(-3 + 7 * random() ** 3);
    const change = index % 17 === 3 ? null : 0.3 * (random() - 0.45) * pd;
    const scores = Array.from({ length: 12 }, (_, step) =>
      Math.max(0, Math.min(1, pd - (change ?? 0) * (1 - step / 11) + 0.06 * (random() - 0.5))),
    );
    const id = `C${String(index + 1).padStart(6, '0')}`;
    return { id, pd, level: levelOf(pd), change, exposure: Math.round(2_000_000 * random() ** 2), scores };
  });
}

/** A feature over 90 days, and one over 20,000 hours to be thinned out. */
export function feature(length: number, level: number, seed: number): { x: number[]; y: (number | null)[] } {
  const random = randomFrom(seed);
  let value = level;
  const y = Array.from({ length }, (_, index) => {
    value += 0.08 * level * (random() - 0.5 - (index > 0.6 * length ? 0.12 : 0));
    return index % 40 === 17 ? null : Math.max(0, value);
  });
  return { x: y.map((_, index) => FIRST_DAY + index), y };
}
