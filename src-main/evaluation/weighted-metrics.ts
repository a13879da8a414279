import { capturedAtCut, capturedEvents, sampleCuts, type SampleCut } from './captured-events.ts';
import { hMeasure } from './h-measure.ts';
import { distanceThere, sampleDistances, type SampleDistances } from './ks-interval.ts';
import { logLoss, logLossClip, rankMetrics, rankRows, squaredError, type Ranking, type Scores } from './metrics.ts';
import {
  calibrationIntercept,
  eachRow,
  recalibrationLine,
  type GroupedOutcomes,
  type RecalibrationLine,
} from './recalibration.ts';
import {
  calibrationSurplus,
  cutSegments,
  emptySums,
  expectedCalibrationError,
  rowsByStabilityBin,
  sumSegments,
  type ScoreSegments,
  type SegmentSums,
} from './score-segments.ts';
import { stabilityGradient, stabilityIndex, type ScoreReference } from './stability.ts';

/** The riskiest share of the rows in which events are looked for: capture and lift. */
export const CAPTURE_SHARE = 0.1;
/** The share of the rows that is alerted, for the recall at a fixed rate of alerts. */
export const ALERT_RATE = 0.05;

/** What is measured anew in every resample. */
export const RESAMPLED = [
  'auc',
  'ks',
  'prAuc',
  'hMeasure',
  'capture',
  'recallAtAlertRate',
  'brier',
  'brierSkill',
  'logLoss',
  'calibrationIntercept',
  'calibrationSlope',
  'ece',
  'psi',
] as const;
export type Resampled = (typeof RESAMPLED)[number];

/** NaN where the rows can't tell: most metrics need both classes. */
export type Measured = Record<Resampled, number>;

/**
 * With what the intervals of KS, of the error in calibration and of stability need beside these: `KsDraws`, `eceInterval`,
 * `straightened`.
 */
export interface MeasuredRows extends Measured {
  ksThere: number;
  ksOptimism: number;
  /** What the stability index would differ by from the sample's, if it went straight on from there; NaN without one. */
  psiSlope: number;
  /** [bins]. */
  surplus: Float64Array;
}

/** [customers]. */
export interface CustomerTotals {
  rows: Float64Array;
  events: Float64Array;
}

/** `place`, [rows]: the number of each row's customer, from 0. */
export function totalsByCustomer(labels: Uint8Array, place: Int32Array, customers: number): CustomerTotals {
  const rows = new Float64Array(customers);
  const events = new Float64Array(customers);
  for (let i = 0; i < labels.length; i++) {
    rows[place[i]]++;
    if (labels[i] === 1) events[place[i]]++;
  }
  return { rows, events };
}

/** A model's PDs, sorted and summed once, so that any weights of customers cost a pass or two. */
export interface PreparedModel {
  ranking: Ranking;
  distances: SampleDistances;
  alertCut: SampleCut;
  captureCut: SampleCut;
  /** [customers]: sums over the customer's rows. */
  squares: Float64Array;
  losses: Float64Array;
  segments: ScoreSegments;
  /** Filled anew by each measurement. */
  sums: SegmentSums;
  reference: ScoreReference | null;
  /** [bins of the reference]: of the stability index at the rows as they are. */
  gradient: Float64Array;
  /** Recalibration by all rows as they are, which a resample's starts from. */
  intercept: number | null;
  line: RecalibrationLine | null;
}

/**
 * `reference`: the PDs of training, for the stability index; null where they are not known. `pds`: what losses and
 * calibration are of, where the scores only rank as PDs do.
 */
export function prepareModel(
  scores: Scores,
  labels: Uint8Array,
  place: Int32Array,
  customers: number,
  reference: ScoreReference | null,
  pds = scores,
): PreparedModel {
  const squares = new Float64Array(customers);
  const losses = new Float64Array(customers);
  const clip = logLossClip(pds);
  for (let i = 0; i < scores.length; i++) {
    squares[place[i]] += squaredError(pds[i], labels[i]);
    losses[place[i]] += logLoss(pds[i], labels[i], clip);
  }
  const rows = eachRow(pds, labels);
  const segments = cutSegments(pds, reference);
  const ranking = rankRows(scores, labels, place);
  const once = new Float64Array(customers).fill(1);
  let events = 0;
  for (const label of labels) if (label === 1) events++;
  const { ksPlace } = rankMetrics(ranking, once, events, labels.length - events);
  const sums = emptySums(segments);
  sumSegments(segments, ranking, once, sums);
  const [alertCut, captureCut] = sampleCuts(ranking, [ALERT_RATE, CAPTURE_SHARE]);
  return {
    ranking,
    alertCut,
    captureCut,
    distances: sampleDistances(ranking, once, ksPlace),
    squares,
    losses,
    segments,
    sums,
    reference,
    gradient:
      reference === null
        ? new Float64Array(0)
        : stabilityGradient(reference.counts, rowsByStabilityBin(segments, sums, reference.counts.length)),
    intercept: calibrationIntercept(rows),
    line: recalibrationLine(rows),
  };
}

/** All rows as they are, once each: recalibrated row by row, and with the riskiest of them looked up. */
export function measureOnce(model: PreparedModel, totals: CustomerTotals): MeasuredRows {
  const once = new Float64Array(totals.rows.length).fill(1);
  const { intercept, line } = model;
  const events = weightedSum(totals.events, once);
  const others = weightedSum(totals.rows, once) - events;
  const [recallAtAlertRate, capture] = capturedEvents(model.ranking, once, events, others, [ALERT_RATE, CAPTURE_SHARE]);
  return {
    ...measureWeighted(model, totals, once),
    capture,
    recallAtAlertRate,
    calibrationIntercept: intercept ?? NaN,
    calibrationSlope: line?.slope ?? NaN,
  };
}

/** `weights`, [customers]: how often each customer counts. */
export function measureWeighted(model: PreparedModel, totals: CustomerTotals, weights: Float64Array): MeasuredRows {
  const { ranking, distances, segments, sums } = model;
  const rows = weightedSum(totals.rows, weights);
  const events = weightedSum(totals.events, weights);
  const others = rows - events;
  const { auc, ks, prAuc, ksPlace } = rankMetrics(ranking, weights, events, others);
  const brier = weightedSum(model.squares, weights) / rows;
  const prevalence = events / rows;
  sumSegments(segments, ranking, weights, sums);
  const surplus = calibrationSurplus(segments, sums);
  return {
    auc: auc ?? NaN,
    ks: ks ?? NaN,
    ksThere: ks === null ? NaN : distanceThere(ranking, weights, events, others, distances),
    ksOptimism: ks === null ? NaN : ks - Math.abs(distances.distances[ksPlace] ?? NaN),
    prAuc: prAuc ?? NaN,
    hMeasure: hMeasure(ranking, weights, events, others) ?? NaN,
    capture: capturedAtCut(ranking, weights, events, others, model.captureCut),
    recallAtAlertRate: capturedAtCut(ranking, weights, events, others, model.alertCut),
    brier,
    brierSkill: events > 0 && others > 0 ? 1 - brier / (prevalence * (1 - prevalence)) : NaN,
    logLoss: weightedSum(model.losses, weights) / rows,
    ...recalibrated(model, sums),
    ece: expectedCalibrationError(surplus),
    surplus,
    ...stabilityOf(model),
  };
}

/** Of the sums that were made last. */
function stabilityOf({ segments, sums, reference, gradient }: PreparedModel) {
  if (reference === null) return { psi: NaN, psiSlope: NaN };
  const rows = rowsByStabilityBin(segments, sums, reference.counts.length);
  let [all, slope] = [0, 0];
  for (let bin = 0; bin < rows.length; bin++) {
    all += rows[bin];
    slope += gradient[bin] * rows[bin];
  }
  return { psi: stabilityIndex(reference.counts, rows), psiSlope: slope / all };
}

/** Where all rows have no recalibration a resample's would mean nothing either. */
const recalibrated = ({ intercept, line }: PreparedModel, sums: GroupedOutcomes) => ({
  calibrationIntercept: intercept === null ? NaN : (calibrationIntercept(sums, intercept) ?? NaN),
  calibrationSlope: line === null ? NaN : (recalibrationLine(sums, line)?.slope ?? NaN),
});

function weightedSum(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * weights[i];
  return sum;
}
