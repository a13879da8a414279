import type { TimelineDocument, TimeStep } from '../../src-main/ipc/documents.ts';
import type { ExplainDocument } from '../../src-main/ipc/explanation.ts';
import type { CustomerView } from '../../src-main/ipc/views.ts';
import { dayOfStep, isoOfDay } from '../charts/calendar-axis.ts';
import { csvOf, type ChartTable } from '../charts/chart-table.ts';
import { MODEL_NAMES, points } from '../ui/format.ts';
import { MOST_REASONS } from './reason-words.ts';

/**
 * A customer's timeline as CSV: each step, where there are dates with its last day, with every model's PD and the
 * features' values as they are stored, and at the step that was explained what raises and lowers the PD; empty where
 * there is none.
 */
export function timelineCsv(
  view: CustomerView,
  timeline: TimelineDocument | null,
  explanation: ExplainDocument | null,
  timeStep: TimeStep,
): string {
  const models = (timeline?.models ?? []).map(({ kind, points }) => ({
    name: `PD ${MODEL_NAMES[kind]}`,
    pds: new Map(points.map(({ step, riskScore }) => [step, riskScore])),
  }));
  const width = view.features.length;
  const rows = Array.from({ length: view.steps }, (_, i): ChartTable['rows'][number] => {
    const step = view.firstStep + i;
    return [
      view.customer,
      step,
      view.firstDate === null ? null : isoOfDay(dayOfStep(timeStep, step)),
      ...models.map(({ pds }) => pds.get(step) ?? null),
      ...view.features.map((_, f) => {
        const value = view.values[i * width + f];
        return Number.isNaN(value) ? null : value;
      }),
      ...(explanation === null ? [] : [step === explanation.step ? reasonsCell(explanation) : null]),
    ];
  });
  const why = explanation === null ? [] : [`Reasons ${MODEL_NAMES[explanation.kind]}`];
  const columns = ['customer_id', 'step', 'date', ...models.map(({ name }) => name), ...view.features, ...why];
  return csvOf({ columns, rows });
}

const reasonsCell = ({ reasons }: ExplainDocument) =>
  reasons
    .slice(0, MOST_REASONS)
    // The sign stands behind: a cell that begins with one is taken for a formula.
    .map(({ contribution, words }) => `${words} (${points(contribution)})`)
    .join('; ');

/** A file name that every system takes. */
export const csvName = (customer: string) => `${customer.replace(/[\\/:*?"<>|]/g, '-').slice(0, 120)} timeline.csv`;
