import { DuecastError } from '../ipc/errors.ts';
import type { Metrics } from '../ipc/documents.ts';

/** One PD a row; metrics of ranking take any score of which a higher one means riskier. */
export type Scores = Float32Array | Float64Array;

/** One weight a row, none negative. */
export type RowWeights = ArrayLike<number>;

export interface RankMetrics {
  /** Share of the pairs of an event and a non-event in which the event has the higher score, ties half (midranks). */
  auc: number | null;
  /** Largest distance between the score distributions of events and non-events (Kolmogorov–Smirnov). */
  ks: number | null;
  /** Average precision Σ (Rₙ − Rₙ₋₁)·Pₙ over the distinct scores: steps without interpolation, as in scikit-learn. */
  prAuc: number | null;
  /** Where in the ranking the largest distance is, if there is any; −1 elsewhere. */
  ksPlace: number;
}

/**
 * A PD of exactly 0 or 1 that turns out wrong would cost an infinite log-loss: PDs are kept so far from both, the
 * resolution of their type, as scikit-learn has it from 1.2 on. A double's is 2⁻⁵², a float's 2⁻²³.
 */
export const logLossClip = (scores: Scores) => (scores instanceof Float32Array ? 2 ** -23 : 2 ** -52);

/**
 * Rows from the riskiest to the safest, [rows], each as (place of its weight · 4) + (event · 2) + (last of its group of
 * equal scores). Sorted once, it serves any weights.
 */
export type Ranking = Int32Array;

const MOST_WEIGHTS = 2 ** 29;

/** The rows, those of the highest score first. Throws where one has none. */
export function riskiestFirst(scores: Scores): Uint32Array {
  const order = new Uint32Array(scores.length);
  for (let i = 0; i < order.length; i++) {
    if (Number.isNaN(scores[i])) throw new TypeError(`the score of row ${i} is not a number`);
    order[i] = i;
  }
  return order.sort((a, b) => scores[b] - scores[a]);
}

/** `weightPlace`, [rows], says where in the weights a row finds its own; without it all rows share the first. */
export function rankRows(scores: Scores, labels: Uint8Array, weightPlace?: Int32Array): Ranking {
  const rows = scores.length;
  if (labels.length !== rows || (weightPlace && weightPlace.length !== rows)) throw new RangeError('rows differ');
  if (rows > MOST_WEIGHTS) throw new RangeError(`${rows} rows cannot be ranked`);
  const order = riskiestFirst(scores);
  const ranking = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    const row = order[i];
    const last = i === rows - 1 || scores[row] !== scores[order[i + 1]];
    ranking[i] = ((weightPlace?.[row] ?? 0) << 2) | (labels[row] === 1 ? 2 : 0) | (last ? 1 : 0);
  }
  return ranking;
}

const EVENTS_ABOVE = 0;
const OTHERS_ABOVE = 1;
const PAIRS = 2;
const PRECISION = 3;
const DISTANCE = 4;
const PLACE = 5;

/**
 * AUC, KS and PR-AUC in one pass down a ranking; all null unless both classes carry weight. `events` and `others` are
 * the total weights of the two classes.
 */
export function rankMetrics(ranking: Ranking, weights: Float64Array, events: number, others: number): RankMetrics {
  if (!(events > 0 && others > 0)) return { auc: null, ks: null, prAuc: null, ksPlace: -1 };
  let eventsSoFar = 0;
  let othersSoFar = 0;
  // In an array, because V8 boxes numbers that a loop updates in one branch only: twice as slow.
  const sums = new Float64Array(6);
  sums[PLACE] = -1;
  for (let i = 0; i < ranking.length; i++) {
    const code = ranking[i];
    const weight = weights[code >> 2];
    const eventWeight = weight * ((code >> 1) & 1);
    eventsSoFar += eventWeight;
    othersSoFar += weight - eventWeight;
    if ((code & 1) === 0) continue;
    const groupEvents = eventsSoFar - sums[EVENTS_ABOVE];
    const groupOthers = othersSoFar - sums[OTHERS_ABOVE];
    sums[PAIRS] += groupOthers * (sums[EVENTS_ABOVE] + groupEvents / 2);
    // So far all rows may weigh nothing.
    sums[PRECISION] += (groupEvents * eventsSoFar) / (eventsSoFar + othersSoFar || 1);
    const distance = Math.abs(eventsSoFar * others - othersSoFar * events);
    if (distance > sums[DISTANCE]) {
      sums[DISTANCE] = distance;
      sums[PLACE] = i;
    }
    sums[EVENTS_ABOVE] = eventsSoFar;
    sums[OTHERS_ABOVE] = othersSoFar;
  }
  const allPairs = events * others;
  return {
    auc: sums[PAIRS] / allPairs,
    ks: sums[DISTANCE] / allPairs,
    prAuc: sums[PRECISION] / events,
    ksPlace: sums[PLACE],
  };
}

export const squaredError = (score: number, label: number) => (score - label) ** 2;

export function logLoss(score: number, label: number, clip: number): number {
  const clipped = Math.min(Math.max(score, clip), 1 - clip);
  return -Math.log(label === 1 ? clipped : 1 - clipped);
}

export const giniOf = (auc: number | null) => (auc === null ? null : 2 * auc - 1);

export const noRows = () => new DuecastError('too-small', 'There are no rows to judge a model on.');

/**
 * All metrics of PDs against labels (1: event). Those of ranking are null where the rows hold one class only. Throws
 * `too-small` where there are no rows, or none with a weight.
 */
export function measure(scores: Scores, labels: Uint8Array, weights?: RowWeights): Metrics {
  let events = 0;
  let others = 0;
  let squares = 0;
  let losses = 0;
  const clip = logLossClip(scores);
  for (let i = 0; i < scores.length; i++) {
    const weight = weights ? weights[i] : 1;
    if (labels[i] === 1) events += weight;
    else others += weight;
    squares += weight * squaredError(scores[i], labels[i]);
    losses += weight * logLoss(scores[i], labels[i], clip);
  }
  const total = events + others;
  if (!(total > 0)) throw noRows();
  const { auc, ks, prAuc } = weightedRankMetrics(scores, labels, weights, events, others);
  return { auc, gini: giniOf(auc), ks, prAuc, brier: squares / total, logLoss: losses / total };
}

/** The area under the ROC curve alone; null where the rows hold one class only. */
export function aucOf(scores: Scores, labels: Uint8Array): number | null {
  let events = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] === 1) events++;
  return weightedRankMetrics(scores, labels, undefined, events, labels.length - events).auc;
}

function weightedRankMetrics(
  scores: Scores,
  labels: Uint8Array,
  weights: RowWeights | undefined,
  events: number,
  others: number,
): RankMetrics {
  if (!weights) return rankMetrics(rankRows(scores, labels), Float64Array.of(1), events, others);
  const ownPlace = Int32Array.from({ length: scores.length }, (_, i) => i);
  return rankMetrics(rankRows(scores, labels, ownPlace), Float64Array.from(weights), events, others);
}
