import type { StepAuc } from '../ipc/documents.ts';
import type { PredictionRows } from '../processes/store-api.ts';
import { aucOf, type Scores } from './metrics.ts';

/** The dates are the caller's: steps alone don't say what they are. */
export type UndatedStepAuc = Omit<StepAuc, 'date'>;

/**
 * Each model's AUC among the windows that end at the same step, oldest step first: what is left of the pooled AUC when
 * the position in the calendar can't help. A customer has at most one window a step, so `events` counts customers too.
 */
export function aucByStep(rows: PredictionRows, models: readonly { id: string; scores: Scores }[]): UndatedStepAuc[] {
  return groupByStep(rows.steps).map(({ step, rows: members }) => {
    const labels = Uint8Array.from(members, (row) => rows.labels[row]);
    let events = 0;
    for (const label of labels) events += label;
    const auc: UndatedStepAuc['auc'] = {};
    for (const { id, scores } of models)
      auc[id] = aucOf(
        Float64Array.from(members, (row) => scores[row]),
        labels,
      );
    return { step, windows: members.length, events, auc };
  });
}

/** The row numbers of each step, steps ascending. */
function groupByStep(steps: Int32Array): { step: number; rows: Uint32Array }[] {
  const order = new Uint32Array(steps.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  order.sort((a, b) => steps[a] - steps[b]);
  const groups = [];
  for (let start = 0, end = 0; start < order.length; start = end) {
    const step = steps[order[start]];
    while (end < order.length && steps[order[end]] === step) end++;
    groups.push({ step, rows: order.subarray(start, end) });
  }
  return groups;
}
