import type { LedgerTotals } from '../../src-main/ipc/documents.ts';
import { percent, type Grouping } from '../ui/format.ts';

const LOCALES: Record<Grouping, string> = { thousands: 'en-US', lakh: 'en-IN' };

/** A decimal text as the screen writes it, digit for digit: “−1,200.50”. */
export function amount(text: string, grouping: Grouping): string {
  const match = /^(-?)(\d+)((?:\.\d+)?)$/.exec(text);
  if (match === null) return text;
  const [, sign, whole, decimals] = match;
  return `${sign === '' ? '' : '−'}${BigInt(whole).toLocaleString(LOCALES[grouping])}${decimals}`;
}

/** How far the running balance bears the amounts out. */
export function confirmedWords(balances: LedgerTotals['balances']): { text: string; why: string; doubt: boolean } {
  if (balances === null || balances.compared === 0) {
    return {
      text: 'none to compare',
      why: 'The file has no running balance that amounts could be held to.',
      doubt: false,
    };
  }
  const { compared, confirmed } = balances;
  const share = confirmed / compared;
  // Rounded down, as the import's own warning has it: what is not all is no 100%.
  const shown = Math.floor((1000 * confirmed) / compared) / 1000;
  return {
    text: `confirms ${confirmed === compared ? 'all rows' : `${percent(shown)} of the rows`}`,
    why: `It moved by just the amount in ${confirmed.toLocaleString('en-US')} of ${compared.toLocaleString('en-US')} rows that can be compared.`,
    doubt: share < 0.95,
  };
}
