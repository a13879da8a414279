import type { TimeStep } from '../ipc/documents.ts';
import { lastDayOfStep, stepOfDate, isoDate } from '../sequences/calendar.ts';
import { hasDay } from './dates.ts';

/** A time step that was detected; `certain` where the dates could hardly mean another. */
export interface TimeStepReading {
  timeStep: TimeStep;
  certain: boolean;
}

/**
 * The time step that dates show. Months: no day in the format; all last or all first days of months, or all on one day
 * of the month; or three and more dates of which no two share a month. Weeks: all whole weeks apart. Else days.
 */
export function timeStepOfDates(epochDays: Iterable<number>, dateFormat: string): TimeStepReading {
  if (dateFormat !== '' && !hasDay(dateFormat)) return { timeStep: 'month', certain: true };
  const days = [...new Set(epochDays)].sort((a, b) => a - b);
  const certain = days.length >= 3;
  if (days.length === 0) return { timeStep: 'day', certain: false };

  const months = new Set(days.map((day) => stepOfDate('month', day)));
  const monthDays = new Set(days.map((day) => isoDate(day).slice(8)));
  const allLast = days.every((day) => lastDayOfStep('month', stepOfDate('month', day)) === isoDate(day));
  const allFirst = monthDays.size === 1 && monthDays.has('01');
  const sameDay = days.length > 1 && monthDays.size === 1;
  const oneAMonth = certain && months.size === days.length;
  if (allLast || allFirst || sameDay || oneAMonth) return { timeStep: 'month', certain };

  const wholeWeeks = days.length > 1 && days.every((day) => (day - days[0]!) % 7 === 0);
  return { timeStep: wholeWeeks ? 'week' : 'day', certain };
}
