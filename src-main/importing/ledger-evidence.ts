import type { ColumnPlan } from './column-plan.ts';
import type { ColumnCells } from './ledger-cells.ts';
import type { AmountSource } from './ledger-layout.ts';
import type { SampledMoney } from './ledger-money.ts';
import type { BalanceCheck, BalancedRow } from './running-balance.ts';
import type { ImportSettings } from './settings.ts';

/** The amounts of a ledger, as one reading of its columns has them. */
export interface AmountReading {
  source: AmountSource;
  /** The column of directions, where there is one, be it needed or not. */
  mark: number | null;
  balance: number | null;
  check: BalanceCheck | null;
  /** Why amounts go the way they do, for the analyst. */
  why: string;
  warnings: string[];
  /** An indicator whose values are not known, where nothing else says which way amounts go. */
  openMark?: number | null;
}

/** What a reading of amounts rests on. */
export interface AmountEvidence {
  plan: ColumnPlan;
  settings: ImportSettings;
  looks: readonly ColumnCells[];
  money: SampledMoney;
  /** By sampled row: of which account it is, so that balances are followed within each. */
  accounts: readonly string[];
  /** Columns that say whose a row is. */
  owners: readonly (number | null)[];
  /** By sampled row: false where the row is not one of the account's own bookings. */
  counts: readonly boolean[];
}

/** The sampled rows that count, with amounts as one reading has them. */
export const balancedRows = (
  amounts: Float64Array,
  balances: Float64Array,
  accounts: readonly string[],
  counts: readonly boolean[],
) => {
  const rows: (BalancedRow & { row: number })[] = [];
  for (let row = 0; row < amounts.length; row++) {
    if (counts[row]) rows.push({ row, account: accounts[row]!, amountE4: amounts[row]!, balanceE4: balances[row]! });
  }
  return rows;
};

export const shareOf = ({ links, confirmed }: BalanceCheck) => confirmed / Math.max(1, links);
