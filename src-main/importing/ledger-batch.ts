import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LedgerTotals, ListedRow } from '../ipc/documents.ts';
import { cancelled } from '../ipc/errors.ts';
import type { ImportContext } from './batches.ts';
import { CustomerHistories } from './customer-histories.ts';
import type { Layout } from './layout.ts';
import { BalanceSigns, BalanceTally } from './ledger-balances.ts';
import type { LedgerRow } from './ledger-rows.ts';
import { LedgerSum } from './ledger-sum.ts';
import { moneyText } from './ledger-money.ts';
import { detached } from './records.ts';
import type { Rejection, Rejections } from './rejections.ts';
import type { RowLists } from './row-lists.ts';
import type { ImportedTransaction, ImportTarget, TransactionFate } from './target.ts';

/** So many rows wait for the rest of their day: exports are nearly, but not always, in the order of booking days. */
const ROWS_WAITING = 50_000;
/** So many first rows can become examples. */
const TEXTS_KEPT = 2_000;
const LONGEST_TEXT = 2_000;
const DAYS_A_TURN = 2_000;

/** A record of the file: where it starts, and its text. */
type Written = ListedRow;

interface WaitingRow extends ImportedTransaction {
  line: number;
  decimals: number;
  text: string | null;
}

interface Day {
  customer: string;
  bookingDay: number;
  /** In the file's order. */
  rows: WaitingRow[];
}

/**
 * The rows of a ledger on their way into the target. A customer's rows of one day are handed over together, oldest
 * first, because only all of them tell equal bookings apart; so fates come with a delay, and all by `end`.
 */
export class LedgerBatch {
  readonly rows = { read: 0, accepted: 0, unchanged: 0, conflicting: 0 };
  readonly customers = new CustomerHistories();
  readonly outcomeKind = 'none';
  readonly warnings: string[] = [];
  readonly #layout: Layout;
  readonly #target: ImportTarget;
  readonly #lists: RowLists;
  readonly #rejections: Rejections;
  readonly #numbers = new Map<string, number>();
  readonly #days = new Map<number, Day>();
  readonly #sum = new LedgerSum();
  readonly #tally = new BalanceTally();
  readonly #signs: BalanceSigns<Written> | null;
  readonly #examples: { accepted: ListedRow[]; unchanged: ListedRow[] } = { accepted: [], unchanged: [] };
  #waiting = 0;
  #lastDay = -1;
  #twins = 0;

  constructor(layout: Layout, target: ImportTarget, lists: RowLists, rejections: Rejections) {
    this.#layout = layout;
    this.#target = target;
    this.#lists = lists;
    this.#rejections = rejections;
    const { amount, newestFirst } = layout.ledger!;
    this.#signs = amount.kind === 'by-balance' ? new BalanceSigns(newestFirst) : null;
  }

  /** Takes a record's reading: a transaction, or why it is none. */
  take(row: LedgerRow | Rejection, record: Written): void {
    this.rows.read++;
    if ('reason' in row) this.#rejections.add(record, row);
    else if (this.#signs === null) this.#hold(row, record);
    else this.#settle(this.#signs.take(ownRow(row), { line: record.line, text: detached(record.text) }));
  }

  /** After the last row. */
  async end({ signal, progress }: ImportContext): Promise<void> {
    if (this.#signs !== null) this.#settle(this.#signs.end());
    const total = this.#days.size;
    let done = 0;
    for (const day of this.#days.values()) {
      if (done++ % DAYS_A_TURN === 0) {
        await nextTurn();
        if (signal.aborted) throw cancelled();
        progress({ phase: 'days', done, total });
      }
      this.#handOver(day);
    }
    this.#days.clear();
    for (const fate of ['accepted', 'unchanged'] as const) {
      for (const row of this.#examples[fate].sort((a, b) => a.line - b.line)) this.#lists.add(fate, row);
    }
    // A day's equal amounts may be chance; most of the new rows are not.
    if (this.#twins > 2 && this.#twins * 2 > this.rows.accepted) {
      this.warnings.push(
        `${this.#twins.toLocaleString('en')} new rows have the day and amount of transactions that are stored, and only ` +
          'another text: if they are the same, they would count twice. Give the description the same columns as in the ' +
          'import before.',
      );
    }
    const { compared, confirmed } = this.#tally;
    if (compared > 0 && confirmed < compared) {
      // Rounded down, as the window has it: what is not all is no 100%.
      const share = (Math.floor((1000 * confirmed) / compared) / 10).toFixed(1);
      this.warnings.push(
        `The running balance confirms ${confirmed.toLocaleString('en')} of ${compared.toLocaleString('en')} amounts (${share}%).`,
      );
    }
  }

  /** What the document says of the ledger; known after `end`. */
  get totals(): LedgerTotals {
    const { compared, confirmed } = this.#tally;
    return { ...this.#sum.totals, balances: this.#layout.ledger!.balance === null ? null : { compared, confirmed } };
  }

  #settle(rows: { row: LedgerRow | Rejection; record: Written }[]): void {
    for (const { row, record } of rows) {
      if ('reason' in row) this.#rejections.add(record, row);
      else this.#hold(row, record);
    }
  }

  #hold(row: LedgerRow, record: Written): void {
    this.#tally.add(row, this.#layout.ledger!.newestFirst);
    const customer = this.customers.of(row.customer).id;
    let number = this.#numbers.get(customer);
    if (number === undefined) this.#numbers.set(customer, (number = this.#numbers.size));
    const key = number * DAYS + row.bookingDay + DAYS / 2;
    let day = this.#days.get(key);
    if (day === undefined) {
      day = { customer, bookingDay: row.bookingDay, rows: [] };
      this.#days.set(key, day);
    } else if (key !== this.#lastDay) {
      // Days that were touched last are handed over last.
      this.#days.delete(key);
      this.#days.set(key, day);
    }
    this.#lastDay = key;
    day.rows.push({
      account: detached(row.account),
      amountE4: row.amountE4,
      balanceE4: row.balanceE4,
      description: detached(row.description),
      line: record.line,
      decimals: row.decimals,
      text: this.rows.read <= TEXTS_KEPT ? detached(record.text.slice(0, LONGEST_TEXT)) : null,
    });
    if (++this.#waiting > ROWS_WAITING) this.#handOverOldest();
  }

  #handOverOldest(): void {
    const days: Day[] = [];
    for (const [key, day] of this.#days) {
      if (this.#waiting <= ROWS_WAITING / 2) break;
      this.#waiting -= day.rows.length;
      this.#days.delete(key);
      days.push(day);
    }
    // A customer's days next to each other are written faster.
    days.sort((a, b) => (a.customer < b.customer ? -1 : a.customer > b.customer ? 1 : a.bookingDay - b.bookingDay));
    for (const day of days) this.#handOver(day);
  }

  #handOver({ customer, bookingDay, rows }: Day): void {
    const oldestFirst = this.#layout.ledger!.newestFirst ? rows.reverse() : rows;
    const fates = this.#target.transactions({ customer, bookingDay, rows: oldestFirst });
    oldestFirst.forEach((row, i) => this.#note(customer, bookingDay, row, fates[i]!));
  }

  #note(customer: string, bookingDay: number, row: WaitingRow, { fate, storedE4, twin }: TransactionFate): void {
    this.rows[fate]++;
    if (twin) this.#twins++;
    if (fate === 'conflicting') {
      const column = this.#layout.names[this.#layout.ledger!.balance!.column]!;
      const stored = storedE4 === null ? '' : moneyText(BigInt(storedE4), 2);
      const read = row.balanceE4 === null ? '' : moneyText(BigInt(row.balanceE4), 2);
      this.#lists.addDifference({ line: row.line, customer, column, stored, read });
      return;
    }
    this.#sum.add(row.line, bookingDay, row.amountE4, row.decimals);
    if (row.text !== null) this.#examples[fate].push({ line: row.line, text: row.text });
  }
}

/** More than the days from 1900 to 2100. */
const DAYS = 200_000;

/** A row that stays while others are read. */
const ownRow = (row: LedgerRow): LedgerRow => ({
  ...row,
  customer: detached(row.customer),
  account: detached(row.account),
  description: detached(row.description),
});
