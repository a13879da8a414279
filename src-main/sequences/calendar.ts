import type { TimeStep } from '../ipc/documents.ts';

/** 1970-01-05, the Monday from which weeks are counted, in days since 1970-01-01. */
const FIRST_MONDAY = 4;
const MS_PER_DAY = 86_400_000;

/** Days since 1970-01-01 of a date in the Gregorian calendar; null where there is no such date. */
export function epochDayOf(year: number, month: number, day: number): number | null {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1) return null;
  return Math.round(date.getTime() / MS_PER_DAY);
}

/** ISO date of a day counted from 1970-01-01. */
export const isoDate = (epochDay: number): string => new Date(epochDay * MS_PER_DAY).toISOString().slice(0, 10);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An ISO date's month: “Nov 2026”. */
export const monthInWords = (iso: string): string => `${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;

/** An ISO date: “23 Nov 2026”. */
export const dayInWords = (iso: string): string => `${Number(iso.slice(8, 10))} ${monthInWords(iso)}`;

/** The step that a day lies in: days since 1970-01-01, weeks since Monday 1970-01-05, or (year − 1970)·12 + month − 1. */
export function stepOfDate(timeStep: TimeStep, epochDay: number): number {
  if (timeStep === 'day') return epochDay;
  if (timeStep === 'week') return Math.floor((epochDay - FIRST_MONDAY) / 7);
  const date = new Date(epochDay * MS_PER_DAY);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** ISO date of a step's first day. */
export function firstDayOfStep(timeStep: TimeStep, step: number): string {
  if (timeStep === 'day') return isoDate(step);
  if (timeStep === 'week') return isoDate(FIRST_MONDAY + step * 7);
  return isoDate(Math.round(Date.UTC(1970, step, 1) / MS_PER_DAY));
}

/** ISO date of a step's last day. */
export function lastDayOfStep(timeStep: TimeStep, step: number): string {
  if (timeStep === 'day') return isoDate(step);
  if (timeStep === 'week') return isoDate(FIRST_MONDAY + step * 7 + 6);
  return isoDate(Math.round(Date.UTC(1970, step + 1, 1) / MS_PER_DAY) - 1);
}
