import type { LedgerRule } from '../../src-main/ipc/ledger.ts';
import { deriveHistory, type CustomerKnowledge, type LineTrace } from '../../src-main/ledger/derive-history.ts';
import type { LedgerLine } from '../../src-main/ledger/ledger-line.ts';
import { PRESET_FEATURES, WIDTH } from '../../src-main/ledger/preset.ts';
import { createRuleBook, type RuleBook } from '../../src-main/ledger/rule-book.ts';
import { completeRule, type WrittenRule } from '../../src-main/ledger/rule-sets.ts';
import { shippedRules } from '../../src-main/ledger/shipped-rules.ts';
import { lastDayOfStep } from '../../src-main/sequences/calendar.ts';

export const dayOf = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

/** Date, amount, description, and what else a file may have. */
export function line(
  date: string,
  amount: number,
  description: string,
  { balance = null, account = '' }: { balance?: number | null; account?: string } = {},
): LedgerLine {
  const e4 = (units: number) => Math.round(units * 10_000);
  return {
    account,
    bookingDay: dayOf(date),
    amountE4: e4(amount),
    balanceE4: balance === null ? null : e4(balance),
    description,
  };
}

export const rule = (id: string, written: Omit<WrittenRule, 'id' | 'title'>): LedgerRule =>
  completeRule({ id, title: id, ...written });

/** The shipped rules of some countries. */
export const bookOf = (...countries: string[]): RuleBook => createRuleBook(shippedRules().rules, countries);

export const NOTHING_KNOWN: CustomerKnowledge = { startE4: () => 0, dueDay: () => null };

/** Rows by the date of the step's last day, values by feature; what is 0 is left out. */
export function derived(
  lines: LedgerLine[],
  book: RuleBook,
  { knowledge = NOTHING_KNOWN, timeStep = 'day' as 'day' | 'week' | 'month', trace = null as LineTrace[] | null } = {},
): Record<string, Record<string, number>> {
  const { firstStep, steps, values } = deriveHistory(lines, book, knowledge, timeStep, trace);
  return Object.fromEntries(
    Array.from({ length: steps }, (_, row) => [
      lastDayOfStep(timeStep, firstStep + row),
      Object.fromEntries(
        PRESET_FEATURES.map(({ name }, i): [string, number] => [name, values[row * WIDTH + i]!]).filter(
          ([, value]) => value !== 0,
        ),
      ),
    ]),
  );
}
