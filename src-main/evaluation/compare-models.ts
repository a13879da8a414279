import type { CalibrationMethod } from '../ipc/calibration.ts';
import type { DeLongJudgement } from '../ipc/judged-metrics.ts';
import type { CompareDocument, JudgedPart, LabelRule, ModelKind, StepAuc } from '../ipc/documents.ts';
import type { PredictionRows } from '../processes/store-api.ts';
import { aucByMonth } from './auc-by-month.ts';
import { aucByStep } from './auc-by-step.ts';
import { bootstrap } from './bootstrap.ts';
import { CALIBRATION_BINS } from './calibration-bins.ts';
import { calibrationNotes } from './calibration-notes.ts';
import { deLong } from './delong.ts';
import { HOSMER_LEMESHOW_GROUPS, hosmerLemeshow } from './hosmer-lemeshow.ts';
import { intervalNotes } from './interval-notes.ts';
import type { Scores } from './metrics.ts';
import type { RunOptions } from './pacing.ts';
import type { ScoreReference } from './stability.ts';
import { ALERT_RATE, CAPTURE_SHARE } from './weighted-metrics.ts';

export interface JudgedModel {
  id: string;
  kind: ModelKind;
  /** The PD of each row. */
  scores: Scores;
  /** Missing: as the model gives them. */
  calibration?: Exclude<CalibrationMethod, 'none'> | undefined;
  /** How its PDs spread in training, for the stability index; none, or null, where that is not known. */
  training?: ScoreReference | null;
}

/** A set of rows, and every model's PD on it. */
export interface JudgedRowsOfPart {
  rows: PredictionRows;
  models: readonly JudgedModel[];
}

export interface Comparison extends JudgedRowsOfPart {
  experimentId: string;
  /** Of test customers in the last fifth of the period; null where the dates don't reach far enough. */
  outOfTime: JudgedRowsOfPart | null;
  labelRule: LabelRule;
  /** The ISO date of a step, null in an undated portfolio. */
  dateOfStep: (step: number) => string | null;
  resamples: number;
  seed: number;
  testUses: number;
}

/**
 * Judges every model on the same rows: metrics with their intervals, paired differences, AUC by step, and notes on how
 * to read them; held-out customers, and apart from them what is out of time. Progress counts resamples of both. Throws
 * `too-small` without rows, and `cancelled`.
 */
export async function compareModels(comparison: Comparison, options: RunOptions = {}): Promise<CompareDocument> {
  const { experimentId, resamples, testUses, outOfTime } = comparison;
  const all = outOfTime === null ? resamples : 2 * resamples;
  const following = (before: number): RunOptions => ({
    ...options,
    progress: (done) => options.progress?.(before + done, all),
  });
  const judged = await judge(comparison, comparison, following(0));
  return {
    experimentId,
    ...judged,
    resamples,
    testUses,
    outOfTime: outOfTime === null ? null : await judge(outOfTime, comparison, following(resamples)),
  };
}

async function judge(
  { rows, models }: JudgedRowsOfPart,
  { labelRule, dateOfStep, resamples, seed }: Comparison,
  options: RunOptions,
): Promise<JudgedPart> {
  const scores = models.map((model) => model.scores);
  const references = models.map(({ training }) => training ?? null);
  const { metrics, pairs } = await bootstrap(rows, scores, { resamples, seed, references }, options);
  const steps = aucByStep(rows, models).map((entry) => ({ ...entry, date: dateOfStep(entry.step) }));
  const counts = countRows(rows);
  return {
    rows: counts,
    models: models.map(({ id, kind, scores: own }, m) => ({
      id,
      kind,
      metrics: metrics[m],
      hosmerLemeshow: hosmerLemeshow(own, rows.labels),
    })),
    pairs: pairs.map(({ a, b, ...difference }) => ({ a: models[a].id, b: models[b].id, ...difference })),
    aucByStep: steps,
    byMonth: aucByMonth(rows, models, dateOfStep),
    deLong: counts.customers === counts.windows ? judgeByDeLong(rows, models) : null,
    conventions: {
      captureShare: CAPTURE_SHARE,
      alertRate: ALERT_RATE,
      calibrationBins: CALIBRATION_BINS,
      hosmerLemeshowGroups: HOSMER_LEMESHOW_GROUPS,
    },
    notes: [
      ...(labelRule === 'constant' ? [calendarNote(models, steps)] : []),
      ...calibrationNotes(models),
      `PR-AUC is to be held against ${counts.prevalence.toFixed(3)}, the share of windows that carry the event: a model ` +
        `without any skill reaches that, not 0.5.`,
      ...intervalNotes(rows, resamples),
    ],
  };
}

/** For rows that are independent; null where they hold one class only. */
function judgeByDeLong({ labels }: PredictionRows, models: readonly JudgedModel[]): DeLongJudgement | null {
  const result = deLong(
    models.map(({ scores }) => scores),
    labels,
  );
  if (result === null) return null;
  return {
    models: result.aucs.map((auc, m) => ({ id: models[m].id, ...auc })),
    pairs: result.pairs.map(({ a, b, ...difference }) => ({ a: models[a].id, b: models[b].id, ...difference })),
  };
}

function countRows(rows: PredictionRows): CompareDocument['rows'] {
  const customers = new Set<number>();
  const withEvent = new Set<number>();
  let positives = 0;
  for (let i = 0; i < rows.labels.length; i++) {
    customers.add(rows.customers[i]);
    if (rows.labels[i] === 0) continue;
    withEvent.add(rows.customers[i]);
    positives++;
  }
  const windows = rows.labels.length;
  return { windows, customers: customers.size, events: withEvent.size, prevalence: positives / windows };
}

/** One flag for all windows of a customer makes an early window a positive long before anything can be seen in it. */
function calendarNote(models: readonly JudgedModel[], steps: StepAuc[]): string {
  const ranges = models.flatMap((model) => rangeOverSteps(model, steps) ?? []);
  const reading =
    ranges.length > 0 ? ` Read AUC by step beside it: ${ranges.join('; ')}.` : ' No single step holds both outcomes.';
  return (
    `One flag labels all windows of a customer, the early ones too, which look like anyone's. The pooled AUC mixes ` +
    `all steps, so part of it is the position in the calendar.${reading}`
  );
}

function rangeOverSteps({ id, kind }: JudgedModel, steps: StepAuc[]): string | null {
  let lowest: { at: string; auc: number } | null = null;
  let highest: { at: string; auc: number } | null = null;
  for (const { step, date, auc } of steps) {
    const value = auc[id];
    const at = date ?? `step ${step}`;
    if (value === null) continue;
    if (lowest === null || value < lowest.auc) lowest = { at, auc: value };
    if (highest === null || value > highest.auc) highest = { at, auc: value };
  }
  if (lowest === null || highest === null) return null;
  return `${kind} ${lowest.auc.toFixed(2)} (${lowest.at}) to ${highest.auc.toFixed(2)} (${highest.at})`;
}
