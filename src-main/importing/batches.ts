import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RowCounts } from '../ipc/documents.ts';
import { cancelled } from '../ipc/errors.ts';
import type { OutcomeKind } from '../sequences/panel.ts';
import {
  contradictionOf,
  CustomerHistories,
  noteRow,
  type CheckedColumns,
  type CustomerHistory,
  type NotedRow,
} from './customer-histories.ts';
import type { Layout } from './layout.ts';
import { readOutcomes } from './outcomes.ts';
import { NO_FLAG, NO_STEP, NO_TEXT, type PackedRows } from './packed-rows.ts';
import type { Rejection } from './rejections.ts';
import type { RowLists } from './row-lists.ts';
import type { ImportTarget, RowFate } from './target.ts';
import type { TypedRow } from './typed-rows.ts';

/** What an import hears and says while it runs. */
export interface ImportContext {
  signal: AbortSignal;
  /** `done` of `total` bytes, or customers in the last phase. Once a chunk; whoever shows it chooses how often. */
  progress(report: { phase: 'encoding' | 'rows' | 'survey' | 'outcomes' | 'days'; done: number; total: number }): void;
}

/** The rows of one file on their way into the target, of whichever kind the file is. */
export interface Batch {
  readonly rows: Omit<RowCounts, 'rejected'>;
  /** Those with at least one row that is not rejected. */
  readonly customers: CustomerHistories;
  /** Known after `end`. */
  readonly outcomeKind: OutcomeKind;
  readonly warnings: string[];
  /** Takes the row that starts on a line: what became of it, or why it can't be taken. */
  take(row: TypedRow, line: number): Rejection | KeptFate;
  /** The same of a row among packed ones, for files whose rows can be packed. */
  takePacked?(rows: PackedRows, at: number, line: number): Rejection | KeptFate;
  /** After the last row. */
  end(context: ImportContext): Promise<void>;
}

export type KeptFate = Exclude<RowFate, 'contradicts'>;

const CUSTOMERS_A_TURN = 5_000;

const noRows = () => ({ read: 0, accepted: 0, unchanged: 0, conflicting: 0 });

/** Rows of histories; outcomes that stand in them follow after the last one, when all of a customer's rows are known. */
export class HistoryBatch implements Batch {
  readonly rows = noRows();
  readonly customers = new CustomerHistories();
  outcomeKind: OutcomeKind = 'none';
  warnings: string[] = [];
  readonly #target: ImportTarget;
  readonly #columns: CheckedColumns;
  readonly #lists: RowLists;
  readonly #features: number;
  /** Customers by their numbers in packed rows. */
  readonly #byNumber: CustomerHistory[] = [];
  #packed: PackedRows | null = null;
  /** The packed row that is being taken: the same object for all of them. */
  readonly #row: NotedRow & { steps: [number] };

  constructor(layout: Layout, target: ImportTarget, lists: RowLists) {
    this.#target = target;
    this.#lists = lists;
    this.#columns = checkedColumns(layout);
    this.#features = layout.features.length;
    this.#row = { steps: [0], statics: layout.statics.map(() => null), flag: null, eventStep: null };
  }

  take(row: TypedRow, line: number): Rejection | KeptFate {
    const customer = this.customers.of(row.customer);
    const contradiction = contradictionOf(customer, row, this.#columns);
    if (contradiction !== null) return contradiction;
    const { steps, values, statics } = row;
    return this.#note(
      this.#target.record({ customer: customer.id, line, steps, values, statics }),
      customer,
      row,
      line,
    );
  }

  takePacked(rows: PackedRows, at: number, line: number): Rejection | KeptFate {
    if (this.#packed !== rows) this.#open(rows);
    const customer = this.#byNumber[rows.customers[at]!]!;
    const row = this.#row;
    const flag = rows.flags[at]!;
    const event = rows.events[at]!;
    row.steps[0] = rows.steps[at]!;
    row.flag = flag === NO_FLAG ? null : (flag as 0 | 1);
    row.eventStep = event === NO_STEP ? null : event;
    const width = row.statics.length;
    for (let i = 0; i < width; i++) {
      const place = rows.statics[at * width + i]!;
      row.statics[i] = place === NO_TEXT ? null : rows.texts[place]!;
    }
    const contradiction = contradictionOf(customer, row, this.#columns);
    if (contradiction !== null) return contradiction;
    const fate = this.#target.step(customer.id, row.steps[0], rows.values, at * this.#features, row.statics, line);
    return this.#note(fate, customer, row, line);
  }

  #open(rows: PackedRows): void {
    this.#packed = rows;
    for (const id of rows.newCustomers) this.#byNumber.push(this.customers.of(id));
  }

  #note(fate: RowFate, customer: CustomerHistory, row: NotedRow, line: number): Rejection | KeptFate {
    if (fate === 'contradicts') {
      return {
        column: null,
        sort: 'contradicts',
        reason: 'differs from an earlier row of this file for the same customer and step',
      };
    }
    noteRow(customer, row);
    this.rows[fate]++;
    if (fate === 'unchanged') customer.unchangedLine ??= line;
    if (fate === 'conflicting') this.#lists.addConflict(line, customer.id);
    return fate;
  }

  async end({ signal, progress }: ImportContext): Promise<void> {
    const { outcome, outcomeDate } = this.#columns;
    const columns = { flag: outcome !== null, date: outcomeDate !== null };
    const outcomes = readOutcomes(this.customers, columns, this.#target.portfolio.outcomeKind);
    this.outcomeKind = outcomes.kind;
    this.warnings = outcomes.warnings;
    const total = this.customers.size;
    let done = 0;
    for (const customer of this.customers.all()) {
      if (done++ % CUSTOMERS_A_TURN === 0) {
        await nextTurn();
        if (signal.aborted) throw cancelled();
        progress({ phase: 'outcomes', done, total });
      }
      const found = outcomes.of(customer);
      if (found === null) continue;
      const fate = this.#target.outcome(customer.id, found.flag, found.eventStep, customer.unchangedLine);
      if (customer.unchangedLine !== null) this.#moveFirstUnchanged(fate, customer.unchangedLine, customer.id);
    }
  }

  /** A record whose history is unchanged is not, where its customer's outcome is new or another. */
  #moveFirstUnchanged(fate: RowFate, line: number, customer: string): void {
    if (fate !== 'accepted' && fate !== 'conflicting') return;
    this.rows.unchanged--;
    this.rows[fate]++;
    if (fate === 'conflicting') this.#lists.addConflict(line, customer);
  }
}

const checkedColumns = ({ names, outcome, outcomeDate, statics }: Layout): CheckedColumns => ({
  outcome: outcome === null ? null : names[outcome.column]!,
  outcomeDate: outcomeDate === null ? null : names[outcomeDate.column]!,
  statics: statics.map(({ column }) => names[column]!),
});

/** Rows of a file of outcomes: each says of a customer that there was an event, and when, or that there was none. */
export class OutcomesBatch implements Batch {
  readonly rows = noRows();
  readonly customers = new CustomerHistories();
  readonly outcomeKind: OutcomeKind;
  readonly warnings: string[] = [];
  readonly #target: ImportTarget;
  readonly #columns: CheckedColumns;
  readonly #lists: RowLists;

  constructor(layout: Layout, target: ImportTarget, lists: RowLists) {
    this.#target = target;
    this.#lists = lists;
    this.#columns = checkedColumns(layout);
    this.outcomeKind = layout.outcomeDate === null ? 'constant' : 'dated';
  }

  take(row: TypedRow, line: number): Rejection | KeptFate {
    const { outcome, outcomeDate } = this.#columns;
    // Without a flag, a date says that there was an event, and no date that there was none.
    const flag =
      outcome === null || (row.flag === null && row.eventStep !== null) ? Number(row.eventStep !== null) : row.flag;
    if (flag !== 0 && flag !== 1) {
      return {
        column: outcome,
        sort: 'empty',
        reason: `${outcome} is empty${outcomeDate === null ? '' : ', and so is the date'}`,
      };
    }
    const customer = this.customers.of(row.customer);
    const opposite = flag === 1 ? customer.lastClear > -Infinity : customer.firstFlagged < Infinity;
    const fate = opposite
      ? 'contradicts'
      : this.#target.outcome(customer.id, flag, flag === 1 ? row.eventStep : null, line);
    if (fate === 'contradicts') {
      return {
        column: outcome ?? outcomeDate,
        sort: 'contradicts',
        reason: 'differs from an earlier row of this file for the same customer',
      };
    }
    if (flag === 1) customer.firstFlagged = 0;
    else customer.lastClear = 0;
    this.rows[fate]++;
    if (fate === 'conflicting') this.#lists.addConflict(line, customer.id);
    return fate;
  }

  async end(): Promise<void> {}
}
