import type { ColumnRole } from '../ipc/documents.ts';
import { customerRank, isOutcomeDate, isPresetFeature, outcomeRank } from './column-words.ts';
import { filledCells, type Table } from './dialect.ts';
import type { Layout } from './layout.ts';
import { isBelowZero } from './ledger-cells.ts';
import type { LedgerLayout } from './ledger-layout.ts';
import { formatOfColumn, numberReader, type NumberFormat } from './numbers.ts';
import { isConvincing } from './running-balance.ts';
import type { PortfolioShape } from './target.ts';

/** So many customers with two and more rows show whether a value ever changes. */
const CUSTOMERS_ENOUGH = 5;
/** A share of cells that can't be read, from which on the role itself is in doubt. */
const UNREADABLE = 0.05;
const ROWS_LOOKED_AT = 2_000;

/** What decisions about columns rest on. The numbers are null where their format is still open. */
export interface ColumnEvidence {
  table: Table;
  layout: Layout;
  /** Columns whose role the analyst or the profile says. */
  named: ReadonlySet<number>;
  numbers: NumberFormat | null;
}

/** What the analyst should check about a column's role, null where it is clear. */
export function doubtOf(column: number, evidence: ColumnEvidence, portfolio: PortfolioShape): string | null {
  const { layout, named, numbers } = evidence;
  const table = { ...evidence.table, rows: evidence.table.rows.slice(0, ROWS_LOOKED_AT) };
  if (named.has(column)) return null;
  const { role, name } = layout.columns[column]!;
  const cells = filledCells(table, column);
  if (layout.ledger !== null) return doubtOfLedger(role, cells, layout.ledger);
  switch (role) {
    case 'customer':
      return customerRank(name) <= 1 ? 'Only its name says so: is this the customer?' : null;
    case 'outcome':
      return misread(cells, (cell) => layout.outcome?.read(cell) === undefined)
        ? 'Some values are neither: is this the outcome?'
        : null;
    case 'date':
    case 'step':
      return layout.step?.kind === 'date' && misread(cells, stepMisreads(layout))
        ? 'Some values are no dates: is this when?'
        : null;
    case 'ignored':
      if (cells.length === 0) return 'Empty in the rows looked at.';
      if (table.headerLine > 0 && name === `column ${column}`) return 'It has no name.';
      return outcomeRank(name) > 0 || isOutcomeDate(name) ? 'Named like an outcome, and not used as one.' : null;
    case 'feature': {
      if (
        isPresetFeature(name) ||
        portfolio.features.some((known) => known.name.toLowerCase() === name.toLowerCase())
      ) {
        return null;
      }
      const read = numbers === null ? null : numberReader(formatOfColumn(numbers, column));
      if (read !== null && misread(cells, (cell) => Number.isNaN(read(cell)))) {
        return 'Some values are no numbers: is this a feature?';
      }
      if (new Set(cells).size <= 2) return 'It has two values at most: is this a flag or the outcome?';
      return neverChanges(column, table, layout.customer)
        ? 'It never changes for a customer in the rows looked at: is it static?'
        : null;
    }
    default:
      return null;
  }
}

function doubtOfLedger(role: ColumnRole, cells: readonly string[], { amount, check }: LedgerLayout): string | null {
  const isConfirmed = check !== null && isConvincing(check);
  switch (role) {
    case 'amount':
      return amount.kind === 'signed' && amount.bareIsOut !== true && !isConfirmed && !cells.some(isBelowZero)
        ? 'No amount looked at has a minus: which of them is money out?'
        : null;
    case 'balance':
      return check !== null && check.links >= 3 && !isConfirmed
        ? 'It does not move by the amounts: is this the balance?'
        : null;
    case 'ignored':
      return cells.length === 0 ? 'Empty in the rows looked at.' : null;
    default:
      return null;
  }
}

const misread = (cells: readonly string[], fails: (cell: string) => boolean) =>
  cells.length > 0 && cells.filter(fails).length > UNREADABLE * cells.length;

const stepMisreads =
  ({ step }: Layout) =>
  (cell: string) =>
    step?.kind === 'date' && step.read(cell) === null;

function neverChanges(column: number, { rows }: Table, customerColumn: number): boolean {
  const first = new Map<string, string>();
  const repeated = new Set<string>();
  for (const row of rows) {
    const customer = row[customerColumn]!.trim();
    const value = row[column]!.trim();
    const known = first.get(customer);
    if (known === undefined) first.set(customer, value);
    else if (known !== value) return false;
    else repeated.add(customer);
  }
  return repeated.size >= CUSTOMERS_ENOUGH;
}
