import type { FilePeriod, TimeStep } from '../ipc/documents.ts';
import { lastDayOfStep } from '../sequences/calendar.ts';
import type { CustomerHistories } from './customer-histories.ts';

/** From the first to the last step of a file; null where it has none. */
export function periodOf(customers: CustomerHistories, timeStep: TimeStep, dated: boolean): FilePeriod | null {
  let from = Infinity;
  let to = -Infinity;
  for (const { firstStep, lastStep } of customers.all()) {
    from = Math.min(from, firstStep);
    to = Math.max(to, lastStep);
  }
  if (from > to) return null;
  const dateOf = (step: number) => (dated ? lastDayOfStep(timeStep, step) : null);
  return { from, to, fromDate: dateOf(from), toDate: dateOf(to) };
}
