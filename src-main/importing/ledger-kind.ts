import type { ColumnPlan } from './column-plan.ts';
import { customerRank, isOutcomeDate, isPresetFeature, outcomeRank } from './column-words.ts';
import { columnsOf } from './ledger-amounts.ts';
import { sketchLedger, type LedgerSketch } from './ledger-columns.ts';
import { says } from './ledger-words.ts';
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
  (outcomeRank(name) > 0 && 'read' in readFlags(plan.cells(column), null));

function readsLikeLedger(plan: ColumnPlan, { looks, date, amounts, owner }: LedgerSketch): boolean {
  const { source, balance, check, mark } = amounts;
  const known = new Set([...columnsOf(source), balance, date.column, owner.customer, owner.account, mark]);
  const others = looks.filter(({ column, kind }) => !known.has(column) && kind === 'money');
  const unknown = others.filter(
    ({ name, decimals }) =>
      decimals && !['amount', 'balance', 'fee', 'debit', 'credit'].some((kind) => says(name, kind as 'fee')),
  );
  if (check !== null && isConvincing(check)) return true;
  if (unknown.length > OTHER_NUMBERS_AT_MOST) return false;
  const hasText = looks.some(
    ({ column, kind }) =>
      !known.has(column) && kind === 'text' && variesWithin(plan, column, owner.customer ?? owner.account),
  );
  const isNamed =
    source.kind === 'sides'
      ? source.debit !== null && source.credit !== null
      : says(plan.name(source.column), 'amount') || (looks[source.column]!.decimals && hasText);
  if (!isNamed) return false;
  if (source.kind === 'sides' || source.kind === 'marked' || mark !== null) return true;
  const shown = looks[source.column]!.negative || source.kind === 'by-balance';
  const customer = owner.customer ?? owner.account;
  // Without a customer it can be no history at all.
  if (customer === null || customerRank(plan.name(customer)) === 0) return hasText || balance !== null;
  return hasText
    ? shown || doubled(plan, customer, date.column)
    : balance !== null && doubled(plan, customer, date.column);
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
