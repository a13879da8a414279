import { isIban } from './cell-kinds.ts';
import type { ColumnPlan } from './column-plan.ts';
import { customerRank } from './column-words.ts';
import type { Table } from './dialect.ts';
import type { ColumnCells } from './ledger-cells.ts';
import { folded, foldedWords, says, share } from './ledger-words.ts';

/** Whose a ledger's rows are: columns by number, null where there is none. */
export interface OwnerColumns {
  customer: number | null;
  account: number | null;
}

/** Nearly every row has it; a footer that slipped in may lack it. */
const FILLED = 0.95;

/**
 * The columns of a customer and of the account whose export it is. The account of the other party has a column too in
 * many exports: it stands behind the date beside a name, is often empty, and hardly repeats.
 */
export function ownerColumns(plan: ColumnPlan, looks: readonly ColumnCells[], date: number): OwnerColumns {
  const free = new Set(plan.free());
  const open = looks.filter(
    ({ column, filled, kind }) => free.has(column) && filled >= FILLED && !['date', 'time', 'currency'].includes(kind),
  );
  const customers = open.filter(
    ({ name, kind }) => customerRank(name) >= 3 && (kind !== 'money' || !says(name, 'amount')),
  );
  const customer = best(customers, ({ name }) => customerRank(name));
  if (plan.table.headerLine === 0) return { customer: null, account: unnamedAccount(plan, open) };
  const accounts = open.filter((look) => look.column !== customer && isOwnAccount(plan, look, looks, date));
  return { customer, account: best(accounts, (look) => accountRank(look)) };
}

/** Without names: the first column that has the same account, or few of them, in every row. */
function unnamedAccount(plan: ColumnPlan, open: readonly ColumnCells[]): number | null {
  const rows = plan.table.rows.length;
  const found = open.find(({ values, distinct, decimals, negative }) => {
    const areAccounts = values.every(
      (value) => isIban(value) || (/^'?\d{7,20}'?$/.test(value) && !decimals && !negative),
    );
    return areAccounts && (distinct === 1 ? rows > 1 : rows >= 5 * distinct);
  });
  return found?.column ?? null;
}

function best(looks: readonly ColumnCells[], rank: (look: ColumnCells) => number): number | null {
  let found: ColumnCells | null = null;
  for (const look of looks) if (found === null || rank(look) > rank(found)) found = look;
  return found?.column ?? null;
}

/** A number says more than a name, and a name of its own more than either. */
function accountRank({ name, kind, distinct }: ColumnCells): number {
  const isNumber = says(name, 'number') || /iban|bban/i.test(name) || kind === 'code' || kind === 'money';
  return share(name, 'account') + Number(isNumber) + 2 * Number(says(name, 'ownAccount')) + Number(distinct === 1) / 2;
}

function isOwnAccount(plan: ColumnPlan, look: ColumnCells, looks: readonly ColumnCells[], date: number): boolean {
  const { name, column, distinct, kind } = look;
  const isOwn = says(name, 'ownAccount');
  if (!says(name, 'account') && !isOwn) return false;
  if (kind === 'money' && (look.decimals || look.negative)) return false;
  if (KINDS_OF_ACCOUNT.some((word) => foldedWords(name).includes(word))) return false;
  if (says(name, 'otherParty') && !isOwn) return false;
  const rows = plan.table.rows.length;
  if (distinct <= 1) return kind !== 'text' || says(name, 'number') || rows > 1;
  const repeats = rows / distinct;
  if (isOwn || column < date) return true;
  return repeats >= 5 && !besideOtherParty(looks, column);
}

/** Whether a column is the other party's, or stands beside one that is. */
export const besideOtherParty = (looks: readonly ColumnCells[], column: number): boolean =>
  [looks[column - 1], looks[column], looks[column + 1]].some(
    (look) => look !== undefined && says(look.name, 'otherParty'),
  );

/** "Account type" and the like say nothing about whose it is. */
const KINDS_OF_ACCOUNT = [
  'type',
  'balance',
  'currency',
  'holder',
  'owner',
  'bic',
  'swift',
  'blz',
  'bankname',
  'saldo',
  'art',
  'typ',
  'tipo',
  'waehrung',
  'wahrung',
];

/**
 * The account's number as the lines above the header give it: a cell that is an IBAN, or one behind or below a label such
 * as "Account number". Null where there is none.
 */
export function accountAbove({ preamble, above }: Pick<Table, 'preamble' | 'above'>): string | null {
  const records = [...preamble.map(({ name, value }) => [name, value]), ...above];
  const rows = records.map((fields) => fields.map((cell) => cell.trim()).filter((cell) => cell !== ''));
  for (const [r, row] of rows.entries()) {
    for (const [i, cell] of row.entries()) {
      const [label, inside] = parted(cell);
      if (!labelsAccount(label)) continue;
      const below = row.length === 1 ? (rows[r + 1] ?? []) : [];
      const value = [inside, ...row.slice(i + 1), ...below].map(numberIn).find((found) => found !== null);
      if (value !== undefined && value !== null) return value;
    }
  }
  for (const row of rows) for (const cell of row) if (isIban(cell)) return cell;
  return null;
}

/** "Account Number : 123" and "Account no. 123" in one cell are a label and a value. */
function parted(cell: string): [string, string] {
  const at = cell.search(/[:：]/);
  if (at >= 0) return [cell.slice(0, at), cell.slice(at + 1).trim()];
  const number = /^(\D*\s)([*xX\d].*)$/.exec(cell);
  return number === null ? [cell, ''] : [number[1]!, number[2]!];
}

function labelsAccount(label: string): boolean {
  if (foldedWords(label).length > 6 || !says(label, 'account')) return false;
  return !KINDS_OF_ACCOUNT.some((word) => foldedWords(label).includes(word)) && !/\bname\b/.test(folded(label));
}

/** An account number has digits enough; what stands behind a slash or in brackets is a bank or a currency. */
function numberIn(text: string): string | null {
  const plain = text
    .replace(/^[_'"=]+/, '')
    .replace(/["']+$/, '')
    .trim();
  if (isIban(plain)) return plain;
  const found = /[*xX\d][\dxX* /.-]{2,40}[\d*xX]/.exec(plain)?.[0] ?? null;
  return found !== null && (found.match(/\d/g)?.length ?? 0) >= 4 && !/^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/.test(found)
    ? found.trim()
    : null;
}
