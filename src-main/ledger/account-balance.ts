import type { LedgerLine } from './ledger-line.ts';

/**
 * The balance of one account at the end of a day: that of the day's last transaction. Banks list a day's transactions
 * oldest first or newest first; where the amounts join the balances to a chain its end is the balance, whatever the
 * order. Where a transaction has no balance it is the running sum of what was known last, or of the starting balance.
 */
export class AccountBalance {
  /** Ten-thousandths. */
  balanceE4: number;

  constructor(startE4: number) {
    this.balanceE4 = startE4;
  }

  /** Takes in all transactions of one day. */
  addDay(lines: readonly LedgerLine[]): void {
    if (lines.length > 1 && lines.every(({ balanceE4 }) => balanceE4 !== null)) {
      this.balanceE4 = endOfChain(lines, this.balanceE4);
      return;
    }
    for (const { amountE4, balanceE4 } of lines) this.balanceE4 = balanceE4 ?? this.balanceE4 + amountE4;
  }
}

/** The balance that no other transaction of the day goes on from; else the one listed last. */
function endOfChain(lines: readonly LedgerLine[], before: number): number {
  const open = new Map<number, number>();
  const count = (balance: number, by: number) => {
    const sum = (open.get(balance) ?? 0) + by;
    if (sum === 0) open.delete(balance);
    else open.set(balance, sum);
  };
  for (const { amountE4, balanceE4 } of lines) {
    count(balanceE4!, 1);
    count(balanceE4! - amountE4, -1);
  }
  const ends = [...open].filter(([, sum]) => sum > 0);
  if (ends.length === 1 && ends[0]![1] === 1) return ends[0]![0];
  // A day that ends where it began.
  if (open.size === 0 && lines.some(({ balanceE4 }) => balanceE4 === before)) return before;
  return lines[lines.length - 1]!.balanceE4!;
}
