import type { LedgerTotals } from '../ipc/documents.ts';
import { isoDate } from '../sequences/calendar.ts';
import { moneyText } from './ledger-money.ts';

interface Placed {
  line: number;
  bookingDay: number;
  amountE4: number;
}

/** The exact sum of a file's transactions, and the first and the last of them in the file's order. */
export class LedgerSum {
  #transactions = 0;
  #sumE4 = 0n;
  /** Added up in doubles while they are exact. */
  #partE4 = 0;
  #decimals = 0;
  #first: Placed | null = null;
  #last: Placed | null = null;

  add(line: number, bookingDay: number, amountE4: number, decimals: number): void {
    this.#transactions++;
    const partE4 = this.#partE4 + amountE4;
    if (Math.abs(partE4) > Number.MAX_SAFE_INTEGER / 2) {
      this.#sumE4 += BigInt(this.#partE4) + BigInt(amountE4);
      this.#partE4 = 0;
    } else this.#partE4 = partE4;
    if (decimals > this.#decimals) this.#decimals = decimals;
    if (this.#first === null || line < this.#first.line) this.#first = { line, bookingDay, amountE4 };
    if (this.#last === null || line > this.#last.line) this.#last = { line, bookingDay, amountE4 };
  }

  get totals(): Omit<LedgerTotals, 'balances'> {
    const amount = (amountE4: bigint) => moneyText(amountE4, this.#decimals);
    const shown = (row: Placed | null) =>
      row === null ? null : { date: isoDate(row.bookingDay), amount: amount(BigInt(row.amountE4)) };
    return {
      transactions: this.#transactions,
      sum: amount(this.#sumE4 + BigInt(this.#partE4)),
      first: shown(this.#first),
      last: shown(this.#last),
    };
  }
}
