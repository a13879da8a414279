import type { ColumnPlan } from './column-plan.ts';
import { customerRank, isOutcomeDate, isPresetFeature, outcomeRank } from './column-words.ts';
import { columnsOf } from './ledger-amounts.ts';
import type { ColumnCells } from './ledger-cells.ts';
import { sketchLedger, type LedgerSketch } from './ledger-columns.ts';
import { says } from './ledger-words.ts';
import { besideOtherParty } from './own-account.ts';
import { readFlags } from './outcome-values.ts';
import type { Profile } from './profiles.ts';
import { isConvincing } from './running-balance.ts';
import { asksForLedger, type ImportSettings } from './settings.ts';

/** Columns of numbers beside the amount and the balance: more of them are features of a history. */
const OTHER_NUMBERS_AT_MOST = 2;
/** So many rows of one customer and day make it sure that rows are no steps. */
const DOUBLED_SHARE = 0.02;

/**
 * The sketch of a ledger where a table is one, null where it is not; `missing` where it was said to be one and lacks a
 * date or amounts.
 *
 * A ledger has a row a transaction: a date, an amount whose direction something shows, and words that tell what
 * happened or a balance that moves by the amounts. A history has a row a customer and step, and features.
 */
export function ledgerIn(
  plan: ColumnPlan,
  settings: ImportSettings,
  profile: Profile | null,
): LedgerSketch | 'missing' | null {
  if (asksForLedger(settings)) return sketchLedger(plan, settings) ?? 'missing';
  if (settings.kind !== null || profile !== null) return null;
  const historyOnly = [settings.step, settings.features, settings.static, settings.outcome, settings.outcomeDate];
  if (historyOnly.some((value) => value !== null) || settings.outcomePositive !== null) return null;
  if (plan.table.names.some((name, column) => isOfHistory(plan, name, column))) return null;
  const sketch = sketchLedger(plan, settings);
  return sketch !== null && readsLikeLedger(plan, sketch) ? sketch : null;
}

const isOfHistory = (plan: ColumnPlan, name: string, column: number) =>
  isOutcomeDate(name) ||
  isPresetFeature(name) ||
  (outcomeRank(name) > 0 && plan.cells(column).length > 0 && 'read' in readFlags(plan.cells(column), null));

function readsLikeLedger(plan: ColumnPlan, { looks, date, amounts, owner }: LedgerSketch): boolean {
  const { source, balance, check, mark } = amounts;
  if (check !== null && isConvincing(check)) return true;
  const known = new Set([...columnsOf(source), balance, date.column, owner.customer, owner.account, mark]);
  const others = looks.filter(({ column, kind }) => !known.has(column) && kind === 'money');
  const unknown = others.filter(
    ({ name, decimals }) =>
      decimals && !['amount', 'balance', 'fee', 'debit', 'credit'].some((kind) => says(name, kind as 'fee')),
  );
  const customer = customerOfHistory(plan, looks, owner);
  const hasText = looks.some(
    ({ column, kind }) => !known.has(column) && kind === 'text' && variesWithin(plan, column, customer),
  );
  const isNamed =
    source.kind === 'sides'
      ? source.debit !== null && source.credit !== null
      : says(plan.name(source.column), 'amount') || (looks[source.column]!.decimals && hasText);
  // Without a customer it can be no history at all: only of bare numbers it is open what they are.
  if (customer === null) {
    if (source.kind === 'signed' && isOneOfTwo(plan, looks, source.column)) return false;
    const hasWords = looks.some(({ column, kind }) => !known.has(column) && kind === 'text');
    return isNamed || hasWords || balance !== null || unknown.length === 0;
  }
  if (unknown.length > OTHER_NUMBERS_AT_MOST || !isNamed) return false;
  if (source.kind === 'sides' || source.kind === 'marked' || mark !== null) return true;
  const shown = looks[source.column]!.negative || source.kind === 'by-balance';
  return hasText
    ? shown || doubled(plan, customer, date.column)
    : balance !== null && doubled(plan, customer, date.column);
}

/** Whether another column of signed amounts has the same name but for a letter or digit at its end. */
function isOneOfTwo(plan: ColumnPlan, looks: readonly ColumnCells[], amount: number): boolean {
  if (plan.named('amount') !== null || plan.table.headerLine === 0) return false;
  const stem = (name: string) => name.replace(/ [A-Za-z0-9]$/, '');
  return looks.some(
    ({ column, name, negative, decimals }) =>
      column !== amount && negative && decimals && stem(name) !== name && stem(name) === stem(plan.name(amount)),
  );
}

/** The column that a history would take as its customer: not the only account of a file, and not the other party's. */
function customerOfHistory(plan: ColumnPlan, looks: readonly ColumnCells[], owner: LedgerSketch['owner']) {
  const named = plan.named('customer') ?? owner.customer;
  if (named !== null) return named;
  if (owner.account !== null && looks[owner.account]!.distinct > 1) return owner.account;
  const free = new Set(plan.free());
  const rows = plan.table.rows.length;
  const found = looks.find(
    ({ column, name, filled, distinct, kind }) =>
      free.has(column) &&
      column !== owner.account &&
      kind !== 'date' &&
      customerRank(name) > 0 &&
      (customerRank(name) >= 3 || filled >= 0.5) &&
      (customerRank(name) >= 3 || (distinct > 1 && distinct < rows)) &&
      !besideOtherParty(looks, column),
  );
  return found?.column ?? null;
}

/** Whether a text differs from row to row of one customer; an attribute does not. */
function variesWithin(plan: ColumnPlan, column: number, customer: number | null): boolean {
  const first = new Map<string, string>();
  let changes = 0;
  for (const row of plan.table.rows) {
    const key = customer === null ? '' : row[customer]!.trim();
    const known = first.get(key);
    if (known === undefined) first.set(key, row[column]!);
    else if (known !== row[column]!) changes++;
  }
  return changes > 0 && changes >= 0.2 * (plan.table.rows.length - first.size);
}

/** Whether several rows stand for one customer and day. */
function doubled(plan: ColumnPlan, customer: number, date: number): boolean {
  const seen = new Set<string>();
  let twice = 0;
  for (const row of plan.table.rows) {
    const key = `${row[customer]}\n${row[date]}`;
    if (seen.has(key)) twice++;
    seen.add(key);
  }
  return twice > DOUBLED_SHARE * plan.table.rows.length;
}
