import type { EvaluatedPair, EvaluatedScore } from '../ipc/evaluation.ts';
import { bootstrap, MINIMUM_RESAMPLES } from './bootstrap.ts';
import { deLong } from './delong.ts';
import { hMeasure } from './h-measure.ts';
import { measure, rankRows } from './metrics.ts';
import type { RunOptions } from './pacing.ts';

export interface ScoreColumn {
  column: string;
  /** [rows], as written; a percentage as a fraction. */
  values: Float64Array;
  lowerIsRiskier: boolean;
}

export interface JudgedScores {
  models: EvaluatedScore[];
  /** Names are places in `models`. */
  pairs: (Omit<EvaluatedPair, 'a' | 'b'> & { a: number; b: number })[];
}

const SEED = 1;

/**
 * Judges any scores on the same rows. Without `groups` rows are independent and intervals are DeLong's; with them, [rows]
 * of whole numbers that stand for customers, whole customers are drawn (1,000 resamples). Both classes must be there.
 * Throws `cancelled`.
 */
export async function judgeScores(
  labels: Uint8Array,
  columns: readonly ScoreColumn[],
  groups: Int32Array | null,
  options: RunOptions,
): Promise<JudgedScores> {
  const described = columns.map((column) => ({ column, ...rangeOf(column.values) }));
  const risks = described.map(({ column }) => risingWithRisk(column));
  const models = described.map(({ column, min, max, isPd }, m) => ({
    column: column.column,
    lowerIsRiskier: column.lowerIsRiskier,
    isPd,
    min,
    max,
    ...figuresOf(risks[m], labels),
    ...(isPd ? lossesOf(column, labels) : { brier: null, logLoss: null }),
  }));
  if (groups === null) {
    const { aucs, pairs } = deLong(risks, labels)!;
    return {
      models: models.map((model, m) => ({
        ...model,
        auc: aucs[m].auc,
        aucVariance: aucs[m].variance,
        aucLow: aucs[m].low,
        aucHigh: aucs[m].high,
      })),
      pairs,
    };
  }
  const rows = { customers: groups, labels };
  const { metrics, pairs } = await bootstrap(rows, risks, { resamples: MINIMUM_RESAMPLES, seed: SEED }, options);
  return {
    models: models.map((model, m) => ({
      ...model,
      aucVariance: null,
      aucLow: metrics[m].auc.low,
      aucHigh: metrics[m].auc.high,
    })),
    pairs: pairs.map(({ a, b, deltaAuc, low, high, p }) => ({ a, b, deltaAuc: deltaAuc ?? 0, low, high, z: null, p })),
  };
}

function rangeOf(values: Float64Array): { min: number; max: number; isPd: boolean } {
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max, isPd: min >= 0 && max <= 1 };
}

/** Turned round, not subtracted from 1: that could make ties. */
const risingWithRisk = ({ values, lowerIsRiskier }: ScoreColumn): Float64Array =>
  lowerIsRiskier ? values.map((value) => -value) : values;

function figuresOf(scores: Float64Array, labels: Uint8Array) {
  const { auc, gini, ks, prAuc } = measure(scores, labels);
  let events = 0;
  for (const label of labels) events += label;
  return {
    auc: auc!,
    gini: gini!,
    ks: ks!,
    prAuc: prAuc!,
    hMeasure: hMeasure(rankRows(scores, labels), Float64Array.of(1), events, labels.length - events)!,
  };
}

function lossesOf({ values, lowerIsRiskier }: ScoreColumn, labels: Uint8Array) {
  const { brier, logLoss } = measure(lowerIsRiskier ? values.map((value) => 1 - value) : values, labels);
  return { brier, logLoss };
}
