import type { ColumnReading } from '../ipc/documents.ts';
import type { Feature } from '../sequences/panel.ts';
import type { DateReader } from './dates.ts';
import type { FlagReader } from './outcome-values.ts';
import type { LedgerLayout } from './ledger-layout.ts';
import type { ReadableKind } from './settings.ts';

/** Where a record's steps are. */
export type StepSource =
  | { kind: 'date'; column: number; read: DateReader }
  | { kind: 'number'; column: number }
  /** Laid out across columns; oldest first, days since 1970-01-01. */
  | { kind: 'periods'; epochDays: number[] };

/** What every column of a file means: the plan by which records become typed rows. */
export interface Layout {
  kind: ReadableKind;
  /** Every column, for the analyst. */
  columns: ColumnReading[];
  names: string[];
  /** −1 in a ledger that is one customer's. */
  customer: number;
  /** Null in a file of outcomes: its dates are the events'. */
  step: StepSource | null;
  /** The columns of a feature by step: one, or one a period. */
  features: { feature: Feature; columns: number[] }[];
  statics: { feature: Feature; column: number }[];
  outcome: { column: number; read: FlagReader } | null;
  /** `read` is null where the event is given as a step number. */
  outcomeDate: { column: number; read: DateReader | null } | null;
  /** Null in any other kind of file. */
  ledger: LedgerLayout | null;
  /** The date format, empty where no column holds dates. */
  dateFormat: string;
}

export const isDated = (layout: Layout): boolean =>
  layout.step === null ? (layout.outcomeDate?.read ?? null) !== null : layout.step.kind !== 'number';
