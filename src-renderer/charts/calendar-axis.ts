import type { TimeStep } from '../../src-main/ipc/documents.ts';
import { date, monthName } from '../ui/format.ts';

const MS_PER_DAY = 86_400_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export interface Tick {
  value: number;
  label: string;
}

/** Days since 1970-01-01 of an ISO date. */
export const dayOfIso = (iso: string) => Math.round(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / MS_PER_DAY);

export const isoOfDay = (day: number) => new Date(Math.round(day) * MS_PER_DAY).toISOString().slice(0, 10);

/** “23 Nov 2026” of a day since 1970-01-01. */
export const dateOfDay = (day: number) => date(isoOfDay(day));

/** “Nov 2026” of a day in it. */
export const monthNameOfDay = (day: number) => monthName(isoOfDay(day));

/** “23 Nov”. */
export const shortDateOfDay = (day: number) => dateOfDay(day).replace(/ \d+$/, '');

const monthOfDay = (day: number) => {
  const moment = new Date(day * MS_PER_DAY);
  return moment.getUTCFullYear() * 12 + moment.getUTCMonth();
};
const dayOfMonth = (month: number) => Math.round(Date.UTC(Math.floor(month / 12), month % 12, 1) / MS_PER_DAY);

const DAYS_TO_FIRST_SUNDAY = 10;

/** Days since 1970-01-01 of a step's last day; weeks are counted from Monday 1970-01-05, months from January 1970. */
export function dayOfStep(timeStep: TimeStep, step: number): number {
  if (timeStep === 'day') return step;
  return timeStep === 'week' ? step * 7 + DAYS_TO_FIRST_SUNDAY : dayOfMonth(1970 * 12 + step + 1) - 1;
}

/** What the axis of a portfolio's steps says. */
export const timeAxisLabel = (isDated: boolean, timeStep: TimeStep) =>
  isDated ? 'Date' : timeStep[0].toUpperCase() + timeStep.slice(1);

const DAY_STEPS = [1, 2, 7, 14];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120];
const MONDAY = 4;
const SUNDAY = 3;

/**
 * At most `most` ticks on whole days, Mondays or firsts of a month, between two days since 1970-01-01. Where steps are
 * longer than a day, on days that end one: weeks' Sundays, or the last days of months; never finer than a step. The
 * first, and the first of each year, name the year.
 */
export function calendarTicks(first: number, last: number, most: number, timeStep: TimeStep = 'day'): Tick[] {
  const dayStep =
    timeStep === 'month'
      ? undefined
      : DAY_STEPS.find((step) => (last - first) / step + 1 <= most && (timeStep === 'day' || step >= 7));
  const dayOf = (month: number) => (timeStep === 'month' ? dayOfMonth(month + 1) - 1 : dayOfMonth(month));
  const days: number[] = [];
  if (dayStep !== undefined) {
    const anchor = dayStep % 7 !== 0 ? 0 : timeStep === 'week' ? SUNDAY : MONDAY;
    const start = anchor + Math.ceil((first - anchor) / dayStep) * dayStep;
    for (let day = start; day <= last; day += dayStep) days.push(day);
  } else {
    const months = monthOfDay(last) - monthOfDay(first);
    const step = MONTH_STEPS.find((size) => months / size + 1 <= most) ?? Math.ceil(months / most / 120) * 120;
    for (let month = Math.ceil(monthOfDay(first) / step) * step; dayOf(month) <= last; month += step) {
      if (dayOf(month) >= first) days.push(dayOf(month));
    }
  }
  return days.map((value, index) => {
    const [year, month, day] = isoOfDay(value).split('-').map(Number);
    const short = dayStep === undefined ? MONTHS[month - 1] : `${day} ${MONTHS[month - 1]}`;
    const isNewYear = index === 0 || isoOfDay(days[index - 1]).slice(0, 4) !== String(year).padStart(4, '0');
    return { value, label: isNewYear ? `${short} ${year}` : short };
  });
}
