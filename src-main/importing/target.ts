import type { ColumnReading, Dialect, ImportKind, RejectedRow, RowCounts, TimeStep } from '../ipc/documents.ts';
import type { Feature, OutcomeKind } from '../sequences/panel.ts';

/** What a portfolio holds before an import; the time step is null while it is empty. */
export interface PortfolioShape {
  timeStep: TimeStep | null;
  dated: boolean | null;
  outcomeKind: OutcomeKind;
  features: Feature[];
  /** Files with columns of outcomes that were taken in earlier, the latest first. */
  earlier?: readonly EarlierFile[];
}

/** How a file was read whose columns told outcomes. */
export interface EarlierFile {
  kind: 'history' | 'outcomes';
  columns: readonly Pick<ColumnReading, 'name' | 'role'>[];
  /** The value of the flag that means default, where the analyst had to say it. */
  positive: string | null;
}

export interface BatchHead {
  /** The file's name, without its folder. */
  file: string;
  kind: ImportKind;
  profile: string | null;
  timeStep: TimeStep;
  dated: boolean;
  /** Every feature and static attribute of this file, in its order. */
  features: Feature[];
}

/** One record of a file. Laid out across columns by period, it has several steps. */
export interface ImportedRecord {
  /** Text as written. */
  customer: string;
  /** Where the record starts in the file; decisions about conflicts go by it. */
  line?: number;
  steps: readonly number[];
  /** [steps, history features of the head], row-major; NaN where empty. */
  values: Float64Array;
  /** The static attributes of the head, in order, text as written; null where empty. */
  statics: readonly (string | null)[];
}

/**
 * What became of a record: `accepted` adds or fills something; `conflicting` differs from what is stored (`keep`
 * leaves that, `replace` saves it for undo and writes the new); `contradicts` differs from an earlier row of the same
 * file, and nothing of it is stored.
 */
export type RowFate = 'accepted' | 'unchanged' | 'conflicting' | 'contradicts';

/** One line of a ledger. Money is in ten-thousandths of the currency unit. */
export interface ImportedTransaction {
  /** Empty where the file has no column of accounts beside the customer's. */
  account: string;
  /** Money out is negative. */
  amountE4: number;
  /** Null where the file has none. */
  balanceE4: number | null;
  description: string;
  /** The file's line, by which a conflict can be decided. */
  line: number;
}

/** All that a file has of one customer and day, in the order in which it happened. */
export interface TransactionDay {
  customer: string;
  /** Days since 1970-01-01. */
  bookingDay: number;
  rows: readonly ImportedTransaction[];
}

/** `storedE4`: the stored balance of a transaction that is conflicting. */
export interface TransactionFate {
  fate: Exclude<RowFate, 'contradicts'>;
  storedE4: number | null;
  /** A new one beside a stored one that no row of the file is, of the same day, amount and balance: only its text differs. */
  twin?: true;
}

/** The first thing in which a record differs from what is stored, both as text. */
export interface Difference {
  /** A value by its step in the record and its history feature in the head, an attribute by its place, or the outcome. */
  of: { kind: 'history'; step: number; feature: number } | { kind: 'static'; attribute: number } | { kind: 'outcome' };
  stored: string;
  read: string;
}

export interface BatchResult {
  sha256: string;
  rows: RowCounts;
  dialect: Dialect;
  columns: ColumnReading[];
  /** How this file gave outcomes. */
  outcomeKind: OutcomeKind;
}

/** Where an import writes. The store implements it; everything between `begin` and `finish` is one transaction. */
export interface ImportTarget {
  readonly portfolio: PortfolioShape;
  /** Before all else: so many bytes of text are to be stored. Throws `portfolio-read-only` where the disk has no room. */
  expect(bytes: number): void;
  /** Adds missing features. Throws `data-refused` where dated and undated, or two time steps, would mix. */
  begin(head: BatchHead): void;
  record(record: ImportedRecord): RowFate;
  /** As `record`, of one step whose values start at `offset`: most files have millions of those. */
  step(
    customer: string,
    step: number,
    values: Float64Array,
    offset: number,
    statics: readonly (string | null)[],
    line?: number,
  ): RowFate;
  /**
   * A customer's outcome, after all records. `eventStep` is null for a flag without a date, and without an event;
   * `line` is that of the record whose fate it decides, if there is one.
   */
  outcome(customer: string, flag: 0 | 1, eventStep: number | null, line?: number | null): RowFate;
  /** Of the record or outcome that was found `conflicting` last; may stay behind after the first 1,000. */
  readonly difference: Difference | null;
  /** What became of each of a day's transactions, in their order. A day may come in parts. */
  transactions(day: TransactionDay): TransactionFate[];
  reject(row: RejectedRow): void;
  /** Takes back all since the beginning, which may then begin anew. */
  restart(): void;
  /** The batch's id; null if nothing changed, and then nothing is kept. `stepsWritten` counts history rows. */
  finish(result: BatchResult): { batchId: string | null; stepsWritten: number };
}
