import type { ColumnPlan } from './column-plan.ts';
import type { ColumnCells } from './ledger-cells.ts';
import { isValueDate } from './ledger-dates.ts';
import type { LedgerLayout } from './ledger-layout.ts';
import { says, saysBooked, saysNotBooked, share } from './ledger-words.ts';

/** The column that says whether a transaction was booked; null where all were, or none. */
export function statusColumn(plan: ColumnPlan, looks: readonly ColumnCells[]): LedgerLayout['status'] {
  const free = new Set(plan.free());
  for (const { column, name, kind, distinct, values } of looks) {
    if (!free.has(column) || !['text', 'mark', 'code'].includes(kind) || distinct > 12) continue;
    const isNamed = says(name, 'status');
    const notBooked = values.filter(saysNotBooked);
    // By its values alone only where each of them is a state, as a narration is not.
    const isState = values.every((value) => saysNotBooked(value) || saysBooked(value));
    if (notBooked.length === 0 || notBooked.length === values.length || !(isNamed || isState)) continue;
    return { column, notBooked: new Set(notBooked) };
  }
  return null;
}

/** The column of the account's own currency, where rows differ or not; null where there is none. */
export function currencyColumn(plan: ColumnPlan, looks: readonly ColumnCells[]): LedgerLayout['currency'] {
  const free = new Set(plan.free());
  const found = looks.filter(
    ({ column, kind, name, filled }) =>
      free.has(column) && kind === 'currency' && filled >= 0.5 && !says(name, 'foreignCurrency', FILLED_WORDS),
  );
  const rank = ({ name }: ColumnCells) => share(name, 'currency');
  let best: ColumnCells | null = null;
  for (const look of found) if (best === null || rank(look) > rank(best)) best = look;
  if (best === null) return null;
  // Where no currency is that of most rows, none is the account's own.
  const cells = plan.cells(best.column);
  const own = best.values[0]!;
  const isOwn = cells.filter((cell) => cell.trim() === own).length * 3 >= cells.length * 2;
  return isOwn ? { column: best.column, own } : null;
}

/** Amounts of several currencies, none of them the account's own, would be added up as if they were one. */
export function warnOfCurrencies(looks: readonly ColumnCells[], warnings: string[]): void {
  const mixed = looks.find(
    ({ kind, name, filled, distinct }) =>
      kind === 'currency' && filled >= 0.5 && distinct > 1 && !says(name, 'foreignCurrency', FILLED_WORDS),
  );
  if (mixed === undefined) return;
  warnings.push(
    `“${mixed.name}” names several currencies (${mixed.values.slice(0, 4).join(', ')}), none of them that of most rows: ` +
      'their amounts are added up as they stand. Split the file by currency, or by account, where that is not meant.',
  );
}

/** "Account currency" and "currency of the amount" are the account's own. */
const FILLED_WORDS = ['account', 'betrag', 'betrags'];

/**
 * Gives the columns that are left their roles, and answers with those whose texts together tell what happened: all that
 * differ from row to row and hold words, but for references, other accounts and the analyst's own notes.
 */
export function planRemaining(plan: ColumnPlan, looks: readonly ColumnCells[], warnings: string[]): number[] {
  const named = plan.namedList('description');
  for (const column of named) plan.assign(column, 'description', null, plan.whyNamed('description'));
  for (const { column } of looks.filter(({ kind }) => kind === 'date')) {
    if (!plan.free().includes(column)) continue;
    const isValue = isValueDate(plan.name(column));
    if (isValue) plan.assign(column, 'valueDate', null, 'when it bears interest; the day of booking counts');
    else plan.assign(column, 'ignored', null, 'another date; the day of booking counts');
  }
  if (named.length === 0) {
    const open = looks.filter(({ column }) => plan.free().includes(column));
    const telling = open.filter((look) => tells(look, plan.table.rows.length));
    const chosen = telling.length > 0 ? telling : open.filter(({ kind }) => kind === 'text' || kind === 'mark');
    for (const { column, name } of chosen) {
      plan.assign(
        column,
        'description',
        null,
        says(name, 'description') ? 'by its name' : 'words that tell what happened',
      );
    }
  }
  for (const { column, name, kind, values } of looks.filter((look) => plan.open().includes(look.column))) {
    plan.assign(column, 'ignored', null, whyIgnored(plan, column, kind));
    if (kind === 'money' && says(name, 'fee') && values.some((value) => /[1-9]/.test(value))) {
      warnings.push(
        `“${name}” stands beside the amounts and is left out: where the balance moves by both, amounts lack it.`,
      );
    }
  }
  return plan.withRole('description');
}

function tells({ name, kind, distinct, filled }: ColumnCells, rows: number): boolean {
  if (filled === 0 || (distinct < 2 && rows > 1)) return false;
  const isNamed = says(name, 'description');
  if (says(name, 'notDescription') && share(name, 'description') < 0.9) return false;
  if (kind === 'text') return isNamed || !says(name, 'time');
  if (kind === 'mark') return isNamed;
  // A payer's reference may be a number, and a narration all codes.
  return (
    kind === 'code' && isNamed && !['number', 'account', 'otherParty'].some((other) => says(name, other as 'number'))
  );
}

function whyIgnored(plan: ColumnPlan, column: number, kind: ColumnCells['kind']): string {
  const name = plan.name(column);
  if (kind === 'empty') return 'empty in the rows looked at';
  if (kind === 'money')
    return says(name, 'fee') ? 'a fee beside the amount' : 'another number; the amount stands elsewhere';
  if (kind === 'time') return 'the time of day; rows keep the order of the file';
  if (kind === 'currency') return 'another currency';
  if (kind === 'code') return says(name, 'otherParty') ? "the other party's account" : 'a reference';
  return 'does not tell what happened; name it in description= to use it';
}
