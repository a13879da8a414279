import type { EvaluatedFigure, EvaluatedPair, EvaluatedScore } from '../ipc/evaluation.ts';
import { bootstrap, MINIMUM_RESAMPLES, type AucDifference, type BootstrapResult } from './bootstrap.ts';
import { deLong } from './delong.ts';
import { NO_INTERVAL } from './intervals.ts';
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

const FIGURES: readonly EvaluatedFigure[] = ['auc', 'gini', 'ks', 'prAuc', 'hMeasure', 'brier', 'logLoss'];

/**
 * Judges any scores on the same rows. Intervals come from 1,000 resamples: of whole customers with `groups`, [rows] of
 * whole numbers that stand for them, else of rows, which are independent then, so that those of AUC and Gini are DeLong's.
 * Both classes must be there. Throws `cancelled`.
 */
export async function judgeScores(
  labels: Uint8Array,
  columns: readonly ScoreColumn[],
  groups: Int32Array | null,
  options: RunOptions,
): Promise<JudgedScores> {
  const described = columns.map((column) => ({ column, ...rangeOf(column.values) }));
  const risks = described.map(({ column }) => risingWithRisk(column));
  const pds = described.map(({ column, isPd }) => (isPd && column.lowerIsRiskier ? pdsOf(column) : null));
  const rows = { customers: groups ?? Int32Array.from(labels.keys()), labels };
  const resampled = await bootstrap(rows, risks, { resamples: MINIMUM_RESAMPLES, seed: SEED, pds }, options);
  const independent = groups === null ? deLong(risks, labels)! : null;
  return {
    models: described.map(({ column, min, max, isPd }, m) => {
      const figures = { ...figuresOf(risks[m], labels), ...(isPd ? lossesOf(column, labels) : NO_LOSSES) };
      const own = independent?.aucs[m];
      const intervals = intervalsOf(resampled.metrics[m], isPd, own);
      return {
        column: column.column,
        lowerIsRiskier: column.lowerIsRiskier,
        isPd,
        min,
        max,
        ...figures,
        auc: own?.auc ?? figures.auc,
        aucVariance: own?.variance ?? null,
        aucLow: intervals.auc.low,
        aucHigh: intervals.auc.high,
        intervals,
      };
    }),
    pairs: resampled.pairs.map((pair, i) => {
      const { a, b } = pair;
      const known = independent?.pairs[i];
      const differences = differencesOf(pair, described[a].isPd && described[b].isPd, known);
      const { value, low, high, p } = differences.auc;
      return { a, b, deltaAuc: value ?? 0, low, high, z: known?.z ?? null, p, differences };
    }),
  };
}

interface Known {
  low: number | null;
  high: number | null;
}

/** `known`: DeLong's of the AUC. */
function intervalsOf(
  metrics: BootstrapResult['metrics'][number],
  isPd: boolean,
  known: Known | undefined,
): EvaluatedScore['intervals'] {
  const twiceLessOne = (auc: number | null) => (auc === null ? null : 2 * auc - 1);
  const intervalOf = (name: EvaluatedFigure) => {
    if (LOSSES.includes(name) && !isPd) return NO_INTERVAL;
    if (known !== undefined && name === 'auc') return { low: known.low, high: known.high };
    if (known !== undefined && name === 'gini') return { low: twiceLessOne(known.low), high: twiceLessOne(known.high) };
    const { low, high } = metrics[name];
    return { low, high };
  };
  return byFigure(intervalOf);
}

/** `known`: DeLong's of the AUC. */
function differencesOf(
  { differences }: AucDifference,
  arePds: boolean,
  known: (Known & { deltaAuc: number; p: number | null }) | undefined,
): EvaluatedPair['differences'] {
  const twice = (of: number | null) => (of === null ? null : 2 * of);
  return byFigure((name) => {
    if (LOSSES.includes(name) && !arePds) return { value: null, ...NO_INTERVAL, p: null };
    if (known === undefined || (name !== 'auc' && name !== 'gini')) return differences[name];
    const { deltaAuc: value, low, high, p } = known;
    return name === 'auc' ? { value, low, high, p } : { value: 2 * value, low: twice(low), high: twice(high), p };
  });
}

const byFigure = <T>(of: (name: EvaluatedFigure) => T) =>
  Object.fromEntries(FIGURES.map((name) => [name, of(name)])) as Record<EvaluatedFigure, T>;

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

const LOSSES: readonly EvaluatedFigure[] = ['brier', 'logLoss'];
const NO_LOSSES = { brier: null, logLoss: null };

const pdsOf = ({ values, lowerIsRiskier }: ScoreColumn) => (lowerIsRiskier ? values.map((value) => 1 - value) : values);

function lossesOf(column: ScoreColumn, labels: Uint8Array) {
  const { brier, logLoss } = measure(pdsOf(column), labels);
  return { brier, logLoss };
}
