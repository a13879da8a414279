import type { AlertCosts, AlertRates, ConfusionMatrix } from '../../ipc/thresholds.ts';
import type { Scores } from '../metrics.ts';

/** 2·TP / (2·TP + FP + FN), the harmonic mean of precision and recall; null without alerts and events. */
export const f1Of = (hits: number, falseAlerts: number, missed: number): number | null =>
  hits + falseAlerts + missed === 0 ? null : (2 * hits) / (2 * hits + falseAlerts + missed);

export function ratesOf(matrix: ConfusionMatrix): AlertRates {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = matrix;
  const alerts = truePositives + falsePositives;
  const events = truePositives + falseNegatives;
  return {
    precision: alerts === 0 ? null : truePositives / alerts,
    recall: events === 0 ? null : truePositives / events,
    f1: f1Of(truePositives, falsePositives, falseNegatives),
    alertRate: alerts / (alerts + falseNegatives + trueNegatives),
  };
}

/** Of 1,000 units: what missed events and false alerts cost together. */
export function costPer1000(matrix: ConfusionMatrix, { missed, falseAlert }: AlertCosts): number {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = matrix;
  const units = truePositives + falsePositives + trueNegatives + falseNegatives;
  return (1_000 * (falseNegatives * missed + falsePositives * falseAlert)) / units;
}

/** Whether each unit is alerted: [units], 1 or 0. A threshold is rounded as the scores are; null alerts nobody. */
export function alertsFrom(threshold: number | null, scores: Scores): Uint8Array {
  const alerts = new Uint8Array(scores.length);
  if (threshold === null) return alerts;
  const least = scores instanceof Float32Array ? Math.fround(threshold) : threshold;
  for (let i = 0; i < scores.length; i++) alerts[i] = scores[i] >= least ? 1 : 0;
  return alerts;
}

/** Counts by group, [groups] each: of all units where there is one group, or of each customer. */
export interface GroupedMatrix {
  truePositives: Float64Array;
  falsePositives: Float64Array;
  trueNegatives: Float64Array;
  falseNegatives: Float64Array;
}

/** `place`, [units]: the group of each unit. */
export function countAlerts(alerts: Uint8Array, labels: Uint8Array, place: Int32Array, groups: number): GroupedMatrix {
  const counts: GroupedMatrix = {
    truePositives: new Float64Array(groups),
    falsePositives: new Float64Array(groups),
    trueNegatives: new Float64Array(groups),
    falseNegatives: new Float64Array(groups),
  };
  for (let i = 0; i < labels.length; i++) {
    const of =
      labels[i] === 1
        ? alerts[i] === 1
          ? counts.truePositives
          : counts.falseNegatives
        : alerts[i] === 1
          ? counts.falsePositives
          : counts.trueNegatives;
    of[place[i]]++;
  }
  return counts;
}

export function matrixOf(alerts: Uint8Array, labels: Uint8Array): ConfusionMatrix {
  const all = countAlerts(alerts, labels, new Int32Array(labels.length), 1);
  return {
    truePositives: all.truePositives[0],
    falsePositives: all.falsePositives[0],
    trueNegatives: all.trueNegatives[0],
    falseNegatives: all.falseNegatives[0],
  };
}

/** The matrix of a resample, in which each group counts as often as its weight says. */
export function weightedMatrix(counts: GroupedMatrix, weights: Float64Array): ConfusionMatrix {
  let [truePositives, falsePositives, trueNegatives, falseNegatives] = [0, 0, 0, 0];
  for (let g = 0; g < weights.length; g++) {
    const weight = weights[g];
    truePositives += weight * counts.truePositives[g];
    falsePositives += weight * counts.falsePositives[g];
    trueNegatives += weight * counts.trueNegatives[g];
    falseNegatives += weight * counts.falseNegatives[g];
  }
  return { truePositives, falsePositives, trueNegatives, falseNegatives };
}
