import type { MonthAuc } from '../ipc/judged-metrics.ts';
import type { PredictionRows } from '../processes/store-api.ts';
import { aucOf, type Scores } from './metrics.ts';

/**
 * Each model's AUC among the windows that end in the same calendar month, oldest first: whether it holds as time goes
 * on. `dateOfStep` gives the ISO date of a step's last day; null where a step has none.
 */
export function aucByMonth(
  rows: PredictionRows,
  models: readonly { id: string; scores: Scores }[],
  dateOfStep: (step: number) => string | null,
): MonthAuc[] | null {
  const monthOfStep = new Map<number, string>();
  for (const step of new Set(rows.steps)) {
    const date = dateOfStep(step);
    if (date === null) return null;
    monthOfStep.set(step, date.slice(0, 'yyyy-MM'.length));
  }
  const byMonth = new Map<string, number[]>();
  for (let row = 0; row < rows.steps.length; row++) {
    const month = monthOfStep.get(rows.steps[row])!;
    const members = byMonth.get(month);
    if (members === undefined) byMonth.set(month, [row]);
    else members.push(row);
  }
  return [...byMonth]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, members]) => {
      const labels = Uint8Array.from(members, (row) => rows.labels[row]);
      const aucs = models.map(({ id, scores }) => {
        const own = Float64Array.from(members, (row) => scores[row]);
        return [id, aucOf(own, labels)] as const;
      });
      return {
        month,
        windows: members.length,
        customers: new Set(members.map((row) => rows.customers[row])).size,
        events: labels.reduce((sum, label) => sum + label, 0),
        auc: Object.fromEntries(aucs),
      };
    });
}
