import type { Behaviour, LedgerRule } from '../../src-main/ipc/ledger.ts';

/** What each behaviour does, in the order in which rules are best tried. */
export const BEHAVIOURS: readonly { behaviour: Behaviour; title: string; makes: string }[] = [
  { behaviour: 'failed-autodebit', title: 'Failed autodebits', makes: 'counts in failed_autodebits' },
  { behaviour: 'return-fee', title: 'Fees for returned items', makes: 'counts where the returned item is missing' },
  { behaviour: 'salary', title: 'Salary', makes: 'adds to salary_amount' },
  { behaviour: 'peer-lending', title: 'App and peer lending', makes: 'counts in upi_lending_transactions' },
  { behaviour: 'loan-instalment', title: 'Loan instalments', makes: 'an expense' },
  { behaviour: 'utility', title: 'Utilities', makes: 'adds to utility_payment, with its delay' },
  { behaviour: 'atm-withdrawal', title: 'Cash withdrawals', makes: 'counts in atm_withdrawals' },
  { behaviour: 'not-spending', title: 'Own transfers and investments', makes: 'no expense' },
  { behaviour: 'discretionary', title: 'Discretionary spending', makes: 'adds to discretionary_spending' },
  { behaviour: 'fee', title: 'Bank charges', makes: 'an expense' },
  { behaviour: 'other', title: 'Other, known', makes: 'an expense where money goes out' },
];

export const titleOf = (behaviour: Behaviour) => BEHAVIOURS.find((known) => known.behaviour === behaviour)!.title;

export const signWords: Record<LedgerRule['sign'], string> = {
  in: 'Money in',
  out: 'Money out',
  any: 'Both ways',
};

/** An id that no rule has yet. */
export function freeId(rules: readonly LedgerRule[]): string {
  const ids = new Set(rules.map(({ id }) => id));
  for (let n = 1; ; n++) if (!ids.has(`own-${n}`)) return `own-${n}`;
}

/** Patterns as they are typed: one a line. */
export const patternsOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
