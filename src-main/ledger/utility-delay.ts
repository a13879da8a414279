import { epochDayOf, isoDate } from '../sequences/calendar.ts';

/** A payment up to so many days before a due day is early for that one, not late for the one before. */
const EARLY_DAYS = 10;
/** Payments that show on which day of the month a payee is paid. */
const SHOWING_PAYMENTS = 3;

/**
 * How late payments to one payee are. The usual day is the median day of the month of the first three payments, known
 * once the third is made: the first two have no delay, so that no value depends on what came after it. A due day that
 * the analyst gives counts from the first payment on; that one is knowledge from outside the file.
 *
 * A payment is measured against the latest usual day that has come, where nothing was paid for that one yet, not even
 * some days before; a further payment, or one before the usual day, has no delay. A month that lacks the day (the 31st)
 * has it on its last.
 */
export class UtilityDelay {
  #usualDay: number | null;
  readonly #showing: number[] = [];
  #lastPaid = -Infinity;

  /** `dueDay`: of the month, 1 to 31; null where payments have to show it. */
  constructor(dueDay: number | null) {
    this.#usualDay = dueDay;
  }

  /** Takes the next payment, in order of days since 1970-01-01; the days that it is late. */
  pay(day: number): number {
    if (this.#usualDay === null) {
      this.#showing.push(Number(isoDate(day).slice(8)));
      if (this.#showing.length === SHOWING_PAYMENTS) {
        this.#usualDay = [...this.#showing].sort((a, b) => a - b)[(SHOWING_PAYMENTS - 1) / 2]!;
      }
    }
    const paidBefore = this.#lastPaid;
    this.#lastPaid = day;
    if (this.#usualDay === null) return 0;
    const due = latestDay(this.#usualDay, day);
    return paidBefore >= due - EARLY_DAYS ? 0 : day - due;
  }
}

/** The latest day on or before `day` that is that day of a month, or the last of a shorter month. */
function latestDay(dayOfMonth: number, day: number): number {
  const [year, month] = isoDate(day).split('-').map(Number) as [number, number];
  const own = inMonth(year, month, dayOfMonth);
  if (own <= day) return own;
  return month === 1 ? inMonth(year - 1, 12, dayOfMonth) : inMonth(year, month - 1, dayOfMonth);
}

function inMonth(year: number, month: number, dayOfMonth: number): number {
  for (let day = dayOfMonth; ; day--) {
    const found = epochDayOf(year, month, day);
    if (found !== null) return found;
  }
}
