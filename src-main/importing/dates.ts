import { shapeOfDate } from './date-shape.ts';
import { plainDateReader } from './date-format.ts';

export { dateReader, dayMonthOrder, hasDay, type DateReader } from './date-format.ts';
export { standsForNoDate } from './counted-dates.ts';
export { createDateJudge, detectDateFormat, type DateJudge } from './date-judge.ts';

/** Whether a text is a date in some format; digits alone only where they are eight or more (20260401). */
export function looksLikeDate(text: string): boolean {
  const trimmed = text.trim();
  if (/^\d{0,7}$/.test(trimmed)) return false;
  const shape = shapeOfDate(trimmed);
  if (shape === null) return false;
  return shape.orders.some(
    ({ rare, format }) => !rare && plainDateReader(format(false) + shape.suffix)(trimmed) !== null,
  );
}
