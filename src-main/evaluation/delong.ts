import { rankRows, type Scores } from './metrics.ts';
import { meanOf } from './moments.ts';
import { NORMAL_95, twoSidedNormalP } from './normal-distribution.ts';

export interface DeLongAuc {
  auc: number;
  /** Null where a class has one row only: nothing says how much it varies. */
  variance: number | null;
  /** 95%, AUC ± 1.96 standard errors, cut at 0 and 1; null without variance, since an interval without width is none. */
  low: number | null;
  high: number | null;
}

/** AUC of `a` minus AUC of `b`, both by their place in the list. */
export interface DeLongDifference {
  a: number;
  b: number;
  deltaAuc: number;
  low: number | null;
  high: number | null;
  /** Null where it would be infinite: a difference without any variance. p is 0 then. */
  z: number | null;
  /** Two-sided. */
  p: number | null;
}

export interface DeLongResult {
  aucs: DeLongAuc[];
  /** [models][models]; null where a class has one row only. */
  covariance: number[][] | null;
  /** Every two models once. */
  pairs: DeLongDifference[];
}

/**
 * AUCs with their covariance, intervals and paired tests (DeLong, DeLong & Clarke-Pearson 1988, Biometrics 44), by the
 * ranks of Sun & Xu 2014 (IEEE Signal Processing Letters 21). Rows must be independent, as they are with one row a
 * customer. Intervals are the plain normal ones that pROC prints. Scores that rank the rows alike have difference 0,
 * z 0 and p 1.
 *
 * `models`: scores of the same rows, higher meaning riskier; `labels`, [rows]: 1 is an event. Null where the rows hold
 * one class only.
 */
export function deLong(models: readonly Scores[], labels: Uint8Array): DeLongResult | null {
  let events = 0;
  for (const label of labels) if (label === 1) events++;
  const others = labels.length - events;
  if (events === 0 || others === 0) return null;

  const placed = models.map((scores) => placementsOf(scores, labels, events, others));
  const known = events > 1 && others > 1;
  const covariance = known ? placed.map((a) => placed.map((b) => covarianceOf(a, b))) : null;
  const aucs = placed.map(({ auc }, m): DeLongAuc => {
    const variance = covariance === null ? null : covariance[m][m];
    if (variance === null || variance === 0) return { auc, variance, low: null, high: null };
    const half = NORMAL_95 * Math.sqrt(variance);
    return { auc, variance, low: Math.max(0, auc - half), high: Math.min(1, auc + half) };
  });
  const pairs: DeLongDifference[] = [];
  for (let a = 0; a < placed.length; a++)
    for (let b = a + 1; b < placed.length; b++) pairs.push({ a, b, ...differenceOf(placed[a], placed[b]) });
  return { aucs, covariance, pairs };
}

/** In halves of a row, so that all are whole numbers and equal ones cancel exactly. */
interface Placements {
  auc: number;
  /** [events]: twice the number of others below the event, ties once. */
  events: Float64Array;
  /** [others]: twice the number of events above it, ties once. */
  others: Float64Array;
}

function placementsOf(scores: Scores, labels: Uint8Array, events: number, others: number): Placements {
  const ownPlace = Int32Array.from(labels, (_, row) => row);
  const ranking = rankRows(scores, labels, ownPlace);
  const placements = { events: new Float64Array(events), others: new Float64Array(others) };
  const place = numberWithinClass(labels);
  let eventsAbove = 0;
  let othersAbove = 0;
  let pairs = 0;
  for (let start = 0, end = 0; start < ranking.length; start = end) {
    let groupEvents = 0;
    do if ((ranking[end] & 2) === 2) groupEvents++;
    while ((ranking[end++] & 1) === 0);
    const groupOthers = end - start - groupEvents;
    const forEvents = 2 * (others - othersAbove) - groupOthers;
    const forOthers = 2 * eventsAbove + groupEvents;
    for (let i = start; i < end; i++) {
      const row = ranking[i] >> 2;
      if (labels[row] === 1) placements.events[place[row]] = forEvents;
      else placements.others[place[row]] = forOthers;
    }
    pairs += groupEvents * forEvents;
    eventsAbove += groupEvents;
    othersAbove += groupOthers;
  }
  return { ...placements, auc: pairs / (2 * events * others) };
}

/** [rows]: how many rows of its own class stand before each row. */
function numberWithinClass(labels: Uint8Array): Int32Array {
  const numbers = new Int32Array(labels.length);
  const next = [0, 0];
  for (let row = 0; row < labels.length; row++) numbers[row] = next[labels[row] === 1 ? 1 : 0]++;
  return numbers;
}

/** Of the two AUCs. */
function covarianceOf(a: Placements, b: Placements): number {
  const events = a.events.length;
  const others = a.others.length;
  return (
    sampleCovariance(a.events, b.events) / (4 * others * others * events) +
    sampleCovariance(a.others, b.others) / (4 * events * events * others)
  );
}

function differenceOf(a: Placements, b: Placements): Omit<DeLongDifference, 'a' | 'b'> {
  // Of the differences themselves: where they are all alike the variance is 0, and not what rounding leaves of three.
  const difference: Placements = {
    auc: a.auc - b.auc,
    events: a.events.map((value, i) => value - b.events[i]),
    others: a.others.map((value, i) => value - b.others[i]),
  };
  const deltaAuc = difference.auc;
  if (
    deltaAuc === 0 &&
    difference.events.every((value) => value === 0) &&
    difference.others.every((value) => value === 0)
  )
    return { deltaAuc, low: 0, high: 0, z: 0, p: 1 };
  if (a.events.length < 2 || a.others.length < 2) return { deltaAuc, low: null, high: null, z: null, p: null };
  const standardError = Math.sqrt(covarianceOf(difference, difference));
  if (standardError === 0) {
    const alike = deltaAuc === 0;
    return { deltaAuc, low: null, high: null, z: alike ? 0 : null, p: alike ? 1 : 0 };
  }
  const z = deltaAuc / standardError;
  const half = NORMAL_95 * standardError;
  return { deltaAuc, low: Math.max(-1, deltaAuc - half), high: Math.min(1, deltaAuc + half), z, p: twoSidedNormalP(z) };
}

function sampleCovariance(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
  return sum / (a.length - 1);
}
