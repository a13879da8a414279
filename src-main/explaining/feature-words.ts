import type { TimeStep } from '../ipc/documents.ts';

/** How a feature is spoken of. */
export interface FeatureWords {
  /** Within a sentence. */
  name: string;
  /**
   * `count`: how often a step; `flow`: money a step; `level`: money that stands; `days`: a delay, which counts where
   * there is one; `value`: any other number.
   */
  sort: 'count' | 'flow' | 'level' | 'days' | 'value';
}

const PRESET: Record<string, FeatureWords> = {
  salary_amount: { name: 'salary', sort: 'flow' },
  salary_received: { name: 'salary payments', sort: 'count' },
  savings_amount: { name: 'savings', sort: 'level' },
  daily_expenses: { name: 'expenses', sort: 'flow' },
  utility_payment: { name: 'utility payments', sort: 'flow' },
  utility_delay_days: { name: 'delay of utility payments', sort: 'days' },
  atm_withdrawals: { name: 'ATM withdrawals', sort: 'count' },
  upi_lending_transactions: { name: 'transfers to UPI lenders', sort: 'count' },
  failed_autodebits: { name: 'failed autodebits', sort: 'count' },
  discretionary_spending: { name: 'discretionary spending', sort: 'flow' },
};

/** Of the preset by its own words, of any other column by its name. */
export const wordsOf = (feature: string): FeatureWords =>
  PRESET[feature] ?? { name: feature.replaceAll('_', ' ').trim() || feature, sort: 'value' };

/** An amount as people write it in that currency (ISO 4217; empty: a plain number). */
export function money(amount: number, currency: string): string {
  const style =
    currency === '' ? {} : { style: 'currency' as const, currency, currencyDisplay: 'narrowSymbol' as const };
  const digits = { maximumFractionDigits: Math.abs(amount) < 10 ? 2 : 0, minimumFractionDigits: 0 };
  try {
    return new Intl.NumberFormat(currency === 'INR' ? 'en-IN' : 'en', { ...style, ...digits }).format(amount);
  } catch {
    return new Intl.NumberFormat('en', digits).format(amount);
  }
}

/** A number with as many digits as tell it apart: 0.04, 2.1, 312. */
export function plainNumber(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 1 || size === 0 ? 1 : 2;
  return new Intl.NumberFormat('en', { maximumFractionDigits: digits }).format(value).replace('-', '−');
}

const STEPS_LONGER: Record<TimeStep, { unit: string; steps: number }[]> = {
  day: [
    { unit: 'day', steps: 1 },
    { unit: 'week', steps: 7 },
    { unit: 'month', steps: 30 },
  ],
  week: [
    { unit: 'week', steps: 1 },
    { unit: 'month', steps: 52 / 12 },
  ],
  month: [
    { unit: 'month', steps: 1 },
    { unit: 'year', steps: 12 },
  ],
};

/** The unit of time in which the larger of some means a step is not a small fraction. */
export function rateUnit(timeStep: TimeStep, ...means: number[]): { unit: string; steps: number } {
  const units = STEPS_LONGER[timeStep];
  const most = Math.max(...means.map(Math.abs));
  return units.find(({ steps }) => most * steps >= 0.5) ?? units[units.length - 1];
}
