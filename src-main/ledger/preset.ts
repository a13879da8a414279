import type { Feature } from '../sequences/panel.ts';

/** Places of the derived values in a row, in the preset's order. */
export const SALARY_AMOUNT = 0;
export const SALARY_RECEIVED = 1;
export const SAVINGS_AMOUNT = 2;
export const DAILY_EXPENSES = 3;
export const UTILITY_PAYMENT = 4;
export const UTILITY_DELAY_DAYS = 5;
export const ATM_WITHDRAWALS = 6;
export const UPI_LENDING_TRANSACTIONS = 7;
export const FAILED_AUTODEBITS = 8;
export const DISCRETIONARY_SPENDING = 9;

const NAMES = [
  'salary_amount',
  'salary_received',
  'savings_amount',
  'daily_expenses',
  'utility_payment',
  'utility_delay_days',
  'atm_withdrawals',
  'upi_lending_transactions',
  'failed_autodebits',
  'discretionary_spending',
];

/** What ledgers become: amounts in units of the currency, days, counts, and 0 or 1 for a salary received. */
export const PRESET_FEATURES: readonly Feature[] = NAMES.map((name, place) => ({
  name,
  kind: 'history',
  fill: place === SAVINGS_AMOUNT ? 'carry' : 'zero',
  modelInput: true,
}));

export const WIDTH = NAMES.length;
