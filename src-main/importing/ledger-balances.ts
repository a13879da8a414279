import { detached } from './records.ts';
import type { LedgerRow } from './ledger-rows.ts';
import type { Rejection } from './rejections.ts';

/** Counts, over a whole file, how often the balance of an account moved by just the amount. */
export class BalanceTally {
  compared = 0;
  confirmed = 0;
  readonly #before = new Map<string, { amountE4: number; balanceE4: number }>();

  add({ customer, account, amountE4, balanceE4 }: LedgerRow, newestFirst: boolean): void {
    if (balanceE4 === null) return;
    const key = account === '' ? customer : `${customer}\n${account}`;
    const before = this.#before.get(key);
    if (before === undefined) {
      this.#before.set(detached(key), { amountE4, balanceE4 });
      return;
    }
    this.compared++;
    const moved = newestFirst ? before.balanceE4 - balanceE4 : balanceE4 - before.balanceE4;
    if (moved === (newestFirst ? before.amountE4 : amountE4)) this.confirmed++;
    before.amountE4 = amountE4;
    before.balanceE4 = balanceE4;
  }
}

interface Open<Written> {
  row: LedgerRow;
  record: Written;
}

/**
 * Gives amounts without a sign the direction in which the balance moved. Oldest first that is told by the row above,
 * newest first by the row below, so a row may come back later, or as a rejection where the balances do not tell.
 */
export class BalanceSigns<Written> {
  readonly #newestFirst: boolean;
  readonly #before = new Map<string, Open<Written>>();

  constructor(newestFirst: boolean) {
    this.#newestFirst = newestFirst;
  }

  take(row: LedgerRow, record: Written): { row: LedgerRow | Rejection; record: Written }[] {
    if (row.balanceE4 === null) return [{ row: untold('the row has no balance'), record }];
    const key = `${row.customer}\n${row.account}`;
    const before = this.#before.get(key);
    this.#before.set(key, { row, record });
    if (this.#newestFirst) {
      return before === undefined ? [] : [{ row: directed(before.row, row.balanceE4), record: before.record }];
    }
    return [{ row: directed(row, before?.row.balanceE4 ?? 0), record }];
  }

  /** The rows that waited for one below them: the oldest of each account, which began at nothing or can't be told. */
  end(): { row: LedgerRow | Rejection; record: Written }[] {
    if (!this.#newestFirst) return [];
    return [...this.#before.values()].map(({ row, record }) => ({ row: directed(row, 0), record }));
  }
}

function directed(row: LedgerRow, beforeE4: number): LedgerRow | Rejection {
  const moved = row.balanceE4! - beforeE4;
  if (Math.abs(moved) !== Math.abs(row.amountE4)) return untold('the balance did not move by the amount');
  return { ...row, amountE4: moved };
}

const untold = (why: string): Rejection => ({
  column: null,
  sort: 'direction',
  reason: `nothing says which way the amount went: ${why}`,
});
