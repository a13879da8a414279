import type { TimelineDocument, TimeStep } from '../../src-main/ipc/documents.ts';
import type { CustomerView } from '../../src-main/ipc/views.ts';
import { dayOfIso, dayOfStep, timeAxisLabel } from '../charts/calendar-axis.ts';
import type { XAxis } from '../charts/series.ts';
import type { Span } from '../charts/span.ts';

/** The time axis that all charts of a customer share. */
export interface CustomerAxis {
  kind: XAxis['kind'];
  label: string;
  timeStep: TimeStep;
  /** [steps]: days since 1970-01-01, or step numbers where there are no dates. */
  x: Float64Array;
  event: { x: number; label: string } | null;
  whole: Span;
}

export function customerAxis(view: CustomerView, timeline: TimelineDocument | null, timeStep: TimeStep): CustomerAxis {
  const isDated = view.firstDate !== null;
  const x = Float64Array.from({ length: view.steps }, (_, i) =>
    isDated ? dayOfStep(timeStep, view.firstStep + i) : view.firstStep + i,
  );
  const event = timeline?.event ?? view.event;
  const eventX =
    event === null || event.step === null ? null : isDated && event.date !== null ? dayOfIso(event.date) : event.step;
  const ends = [...(x.length === 0 ? [] : [x[0], x[x.length - 1]]), ...(eventX === null ? [] : [eventX])];
  return {
    kind: isDated ? 'date' : 'number',
    label: timeAxisLabel(isDated, timeStep),
    timeStep,
    x,
    event: eventX === null ? null : { x: eventX, label: 'event' },
    whole: ends.length === 0 ? { min: 0, max: 1 } : { min: Math.min(...ends), max: Math.max(...ends) },
  };
}

const AMOUNT = /amount|amt|salary|income|savings|balance|bal\b|expens|spend|payment|limit|debt|loan|price|revenue/i;
const NO_AMOUNT = /count|days?\b|delay|number|num\b|ratio|rate|pct|percent|share|flag|received|transactions|status/i;

/** Whether a feature's name speaks of money; files don't say. */
export const isAmount = (feature: string) => {
  const words = feature.replace(/[_\W]+/g, ' ');
  return AMOUNT.test(words) && !NO_AMOUNT.test(words);
};

/** The values of one feature, NaN where empty. */
export const columnOf = ({ values, features, steps }: CustomerView, feature: number): Float64Array =>
  Float64Array.from({ length: steps }, (_, step) => values[step * features.length + feature]);
