/**
 * The reference recipe's rules for a synthetic portfolio: who the customers are and what one of their days looks like.
 * Day 0 is the first day of a 30-day month and of a week of 7 days.
 */
import type { Random } from '../sequences/random.ts';

export const DEFAULT_SHARE = 0.3;

const PAY_DAYS_OF_MONTH = [1, 15];
const UTILITY_DAYS_OF_MONTH = [5, 6];
const WEEKEND = [5, 6];

/** The share of a defaulter's span after which each habit changes. */
const SHIFT = { failedAutodebits: 0.4, upiLending: 0.5, atmWithdrawals: 0.6, savings: 0.7 };

export interface SampleCustomer {
  defaults: boolean;
  /** Days until the event, which falls on day `span`; without one, the days of the period. */
  span: number;
  /** Monthly amounts. */
  salary: number;
  savings: number;
  expenses: number;
}

export interface SampleDay {
  salaryAmount: number;
  salaryReceived: 0 | 1;
  savingsAmount: number;
  dailyExpenses: number;
  utilityPayment: number;
  utilityDelayDays: number;
  atmWithdrawals: number;
  upiLendingTransactions: number;
  failedAutodebits: number;
  discretionarySpending: number;
}

const between = (random: Random, low: number, high: number) => low + (high - low) * random.next();

/** Exactly round(.3 · customers) of them default, chosen at random. */
export function drawDefaulters(random: Random, customers: number): Uint8Array {
  const flags = new Uint8Array(customers).fill(1, 0, Math.round(DEFAULT_SHARE * customers));
  random.shuffle(flags);
  return flags;
}

/** A day in the last 60% of the period, which must have at least 2 days. */
export const drawEventDay = (random: Random, days: number) => random.integer(Math.ceil((days * 4) / 10), days - 1);

export function drawCustomer(random: Random, defaults: boolean, span: number): SampleCustomer {
  const salary = between(random, 20_000, 100_000);
  const savings = between(random, 5_000, 50_000);
  return { defaults, span, salary, savings, expenses: salary * between(random, 0.6, 0.9) };
}

export function drawDay(random: Random, customer: SampleCustomer, day: number): SampleDay {
  const { salary, savings, expenses, span } = customer;
  const dayOfMonth = (day % 30) + 1;
  const paid = PAY_DAYS_OF_MONTH.includes(dayOfMonth);
  const utility = UTILITY_DAYS_OF_MONTH.includes(dayOfMonth);
  const weekend = WEEKEND.includes(day % 7);
  const shifted = (share: number) => customer.defaults && day > share * span;

  const dailyExpenses = ((expenses * 0.8) / 20) * (weekend ? between(random, 1.2, 2) : between(random, 0.5, 1.2));
  return {
    salaryAmount: paid ? salary * between(random, 0.9, 1.1) : 0,
    salaryReceived: paid ? 1 : 0,
    savingsAmount: shifted(SHIFT.savings)
      ? savings * Math.max(0.1, 1 - (1.5 * day) / span)
      : savings * between(random, 0.8, 1.2),
    dailyExpenses,
    utilityPayment: utility ? 0.2 * expenses : 0,
    utilityDelayDays: utility ? random.integer(0, 3) : 0,
    atmWithdrawals: shifted(SHIFT.atmWithdrawals) ? random.integer(2, 5) : random.integer(0, 2),
    upiLendingTransactions: shifted(SHIFT.upiLending) ? random.integer(1, 4) : random.integer(0, 1),
    failedAutodebits: shifted(SHIFT.failedAutodebits) ? random.integer(1, 3) : random.integer(0, 1),
    discretionarySpending: dailyExpenses * between(random, 0.1, 0.4),
  };
}
