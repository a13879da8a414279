import type { TimelineDocument, TimeStep } from '../../src-main/ipc/documents.ts';
import { counted, MODEL_NAMES, stepName } from '../ui/format.ts';

type TimelineModel = TimelineDocument['models'][number];

/**
 * Whose alerts are shown: one threshold at a time can be read. The champion's, else those of the model of the latest
 * scoring, else the first model's with any known.
 */
export function alertingModel(models: readonly TimelineModel[], scoredBy: string | null): TimelineModel | null {
  const alerting = models.filter(({ alerts }) => alerts !== null);
  return alerting.find(({ champion }) => champion) ?? alerting.find(({ id }) => id === scoredBy) ?? alerting[0] ?? null;
}

export function thresholdMark({ kind, alerts }: TimelineModel): { value: number; label: string } | null {
  if (alerts === null || alerts.threshold === null) return null;
  const percentage = `${Number((100 * alerts.threshold).toPrecision(2))}%`;
  return { value: alerts.threshold, label: `${MODEL_NAMES[kind]} alerts from ${percentage}` };
}

/** “LSTM: alert on 3 Apr 2026, 18 days before the event.” Where there are several, the first and the last. */
export function alertWords(
  { event }: Pick<TimelineDocument, 'event'>,
  model: TimelineModel | null,
  timeStep: TimeStep,
): string {
  if (model === null || model.alerts === null)
    return 'Alerts are shown once the models of this training have been compared.';
  const name = MODEL_NAMES[model.kind];
  const { threshold, raised } = model.alerts;
  if (threshold === null) return `${name}: no alert; only by never alerting it keeps within the alert budget.`;
  if (raised.length === 0) return `${name}: no alert${event === null ? '' : ' before the event'}.`;
  const on = ({ step, date }: (typeof raised)[number]) =>
    `${date === null ? 'at' : 'on'} ${stepName(step, date, timeStep)}${event === null ? '' : `, ${counted(event.step - step, timeStep)} before the event`}`;
  if (raised.length === 1) return `${name}: alert ${on(raised[0])}.`;
  return `${name}: ${raised.length} alerts, the first ${on(raised[0])}; the last ${on(raised[raised.length - 1])}.`;
}
