import type { CalendarCheck } from '../ipc/sanity.ts';
import type { PredictionRows } from '../processes/store-api.ts';
import { aucByStep } from './auc-by-step.ts';
import type { JudgedModel } from './compare-models.ts';
import { aucOf } from './metrics.ts';

/**
 * AUC of all steps pooled beside the AUC among windows that end at the same step, where the position in the calendar
 * can't help: its mean over the steps, each counted by its pairs of an event and a non-event.
 */
export function checkCalendar(
  rows: PredictionRows,
  models: readonly JudgedModel[],
  dateOfStep: (step: number) => string | null,
): CalendarCheck {
  const steps = aucByStep(rows, models).map((entry) => ({ ...entry, date: dateOfStep(entry.step) }));
  return {
    models: models.map(({ id, kind, scores, calibration }) => {
      let pairs = 0;
      let won = 0;
      for (const { windows, events, auc } of steps) {
        const value = auc[id];
        if (value === null) continue;
        pairs += events * (windows - events);
        won += value * events * (windows - events);
      }
      const withinSteps = pairs === 0 ? null : won / pairs;
      // Platt's sigmoid keeps the order.
      return { id, kind, pooled: aucOf(scores, rows.labels), withinSteps, fittedHere: calibration === 'isotonic' };
    }),
    steps,
  };
}
