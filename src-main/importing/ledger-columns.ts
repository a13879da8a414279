import { columnsOf, readAmounts } from './ledger-amounts.ts';
import type { AmountEvidence, AmountReading } from './ledger-evidence.ts';
import { cellsOfColumns, type ColumnCells } from './ledger-cells.ts';
import { unclear, type ColumnPlan } from './column-plan.ts';
import { ledgerDateColumn, ledgerDateFormat } from './ledger-dates.ts';
import type { LedgerLayout } from './ledger-layout.ts';
import { possibleFormats, SampledMoney } from './ledger-money.ts';
import { askForSides } from './ledger-marks.ts';
import { currencyColumn, planRemaining, statusColumn, warnOfCurrencies } from './ledger-texts.ts';
import { says, signsOfValues } from './ledger-words.ts';
import { accountAbove, ownerColumns, type OwnerColumns } from './own-account.ts';
import { formatOfColumn, type NumberFormat } from './numbers.ts';
import { isConvincing } from './running-balance.ts';
import type { ImportSettings } from './settings.ts';

/** What has been found out of a table that may be a ledger, before any column has its role. */
export interface LedgerSketch {
  looks: ColumnCells[];
  date: { column: number; why: string };
  amounts: AmountReading;
  owner: OwnerColumns;
  status: LedgerLayout['status'];
  currency: LedgerLayout['currency'];
  money: SampledMoney;
  /** Why the cells alone leave the format of numbers open; null where they decide it. */
  open: unknown;
  /** The lines above the header decide it. */
  isFromAbove: boolean;
}

/** Finds the date and the amounts of a table; null where it lacks one of them. */
export function sketchLedger(plan: ColumnPlan, settings: ImportSettings): LedgerSketch | null {
  const looks = cellsOfColumns(plan, settings);
  const date = ledgerDateColumn(plan, looks);
  if (date === null) return null;
  const owner = ownerColumns(plan, looks, date.column);
  const status = statusColumn(plan, looks);
  const currency = currencyColumn(plan, looks);
  const columns = looks.filter(({ kind }) => kind === 'money').map(({ column }) => column);
  const { formats, error, isFromAbove } = possibleFormats(plan, moneyOnly(plan, looks, columns), settings);
  let found: { amounts: AmountReading; money: SampledMoney } | null = null;
  for (const format of formats) {
    const money = new SampledMoney(plan, format);
    const account = owner.account ?? plan.named('customer') ?? owner.customer;
    const evidence: AmountEvidence = {
      plan,
      settings,
      looks,
      money,
      accounts: money.rows.map((row) => (account === null ? '' : row[account]!.trim())),
      owners: [plan.named('customer'), owner.customer, owner.account],
      counts: money.rows.map((row) => isCounted(row, status, currency)),
    };
    const amounts = readAmounts(evidence);
    const isBetter = found === null || confirmedOf(amounts) > confirmedOf(found.amounts);
    if (amounts !== null && isBetter) found = { amounts, money };
  }
  if (found === null) return null;
  return { looks, date, ...found, owner, status, currency, open: error, isFromAbove: isFromAbove === true };
}

const confirmedOf = (amounts: AmountReading | null) =>
  amounts?.check && isConvincing(amounts.check) ? amounts.check.confirmed : 0;

/** References look like numbers too, and would speak about decimals. */
const moneyOnly = (plan: ColumnPlan, looks: readonly ColumnCells[], columns: readonly number[]) => {
  const named = columns.filter((column) =>
    (['amount', 'debit', 'credit', 'balance'] as const).some((kind) => says(plan.name(column), kind)),
  );
  const withDecimals = columns.filter((column) => looks[column]!.decimals);
  return named.length > 0 ? named : withDecimals.length > 0 ? withDecimals : columns;
};

const isCounted = (row: readonly string[], status: LedgerLayout['status'], currency: LedgerLayout['currency']) =>
  (status === null || !status.notBooked.has(row[status.column]!.trim())) &&
  (currency === null || ['', currency.own].includes(row[currency.column]!.trim()));

/** Gives every column of a ledger its role. `file` is its name, `above` the records above its header. */
export function planLedger(
  plan: ColumnPlan,
  settings: ImportSettings,
  sketch: LedgerSketch,
  file: string,
  warnings: string[],
): { customer: number; ledger: LedgerLayout; dateFormat: string } {
  const { looks, date, amounts, status, currency } = sketch;
  // 1.234 may be a thousand: where balances do not tell, it is asked.
  if (sketch.open !== null && sketch.money.format.byColumn === undefined && confirmedOf(amounts) === 0) {
    throw sketch.open;
  }
  if (typeof amounts.openMark === 'number') askForSides(plan, amounts.openMark);
  const { format, read } = ledgerDateFormat(plan, date.column, looks, settings);
  plan.assign(date.column, 'date', null, `dates as ${format}; ${date.why}`);
  const whose = planOwner(plan, settings, sketch, file, warnings);
  assignAmounts(plan, sketch);
  const mark = balanceMark(plan, sketch);
  warnings.push(...amounts.warnings);
  if (status !== null && plan.free().includes(status.column)) {
    const words = [...status.notBooked].map((value) => `“${value}”`).join(', ');
    plan.assign(status.column, 'status', null, `rows with ${words} were not booked and are set aside`);
  }
  if (currency === null) warnOfCurrencies(looks, warnings);
  if (currency !== null && plan.free().includes(currency.column)) {
    const words = `the account's own is ${currency.own}; rows in another currency are set aside`;
    plan.assign(currency.column, 'currency', null, words);
  }
  const description = planRemaining(plan, looks, warnings);
  const ledger: LedgerLayout = {
    customer: whose.customer,
    account: whose.account,
    date: { column: date.column, read },
    amount: amounts.source,
    balance: amounts.balance === null ? null : { column: amounts.balance, mark },
    description,
    status,
    currency,
    newestFirst: runsNewestFirst(sketch, read),
    check: amounts.check,
    numbers: sketch.open === null && !sketch.isFromAbove ? null : numbersOf(sketch),
  };
  return { customer: whose.column, ledger, dateFormat: format };
}

/** The amounts' own way of writing leads. */
function numbersOf({ money: { format }, amounts }: LedgerSketch): NumberFormat {
  const { decimal, thousands } = formatOfColumn(format, columnsOf(amounts.source)[0]!);
  return { ...format, decimal, thousands };
}

/** Whose the rows are: a column says so, or the whole file is one customer's. */
function planOwner(
  plan: ColumnPlan,
  settings: ImportSettings,
  { owner }: LedgerSketch,
  file: string,
  warnings: string[],
): { column: number; customer: string | null; account: number | null } {
  const named = plan.named('customer');
  const isOne = settings.customerId !== null;
  const column = isOne ? null : (named ?? owner.customer ?? owner.account);
  const account = owner.account === column ? null : owner.account;
  if (account !== null) plan.assign(account, 'account', null, 'of which account; by its name and its values');
  if (column !== null) {
    const why = named !== null ? plan.whyNamed('customer') : 'by its name and its values';
    const only =
      column === owner.account && named === null ? '; the file names no customer, so each account is one' : '';
    plan.assign(column, 'customer', null, why + only);
    return { column, customer: null, account };
  }
  if (isOne) return { column: -1, customer: settings.customerId, account };
  const above = accountAbove(plan.table);
  const customer = above ?? withoutEnding(file);
  const why =
    above === null ? 'the name of the file, since nothing in it says whose it is' : 'the account above the header';
  warnings.push(`All rows are those of customer “${customer}”: ${why}. Give customerId= if it has another name.`);
  return { column: -1, customer, account };
}

const withoutEnding = (file: string) => file.replace(/(?:\.[A-Za-z0-9]{1,5}){1,2}$/, '') || file;

function assignAmounts(plan: ColumnPlan, { amounts }: LedgerSketch): void {
  const { source, mark, balance, why } = amounts;
  const named = (key: 'amount' | 'debit' | 'credit' | 'indicator' | 'balance', words: string) =>
    plan.named(key) === null ? words : `${plan.whyNamed(key)}; ${words}`;
  if (source.kind === 'sides') {
    const { debit, credit } = source;
    if (debit !== null) plan.assign(debit.column, 'debit', null, named('debit', `money out; ${why}`));
    if (credit !== null) plan.assign(credit.column, 'credit', null, named('credit', `money in; ${why}`));
  } else {
    const turned = source.kind === 'signed' && source.factor === -1 ? 'counted the other way round; ' : '';
    plan.assign(source.column, 'amount', null, named('amount', turned + why));
  }
  if (mark !== null) {
    const isNeeded = source.kind === 'marked';
    plan.assign(
      mark,
      'indicator',
      null,
      named('indicator', isNeeded ? directionWords(source.directions) : 'says the same as the sign of the amount'),
    );
  }
  if (balance !== null) plan.assign(balance, 'balance', null, named('balance', 'what was left after each row'));
}

function directionWords(directions: ReadonlyMap<string, number>): string {
  const of = (direction: number) =>
    [...directions].filter(([, found]) => found === direction).map(([value]) => `“${value}”`);
  const words = [
    [of(-1), 'money out'],
    [of(1), 'money in'],
    [of(0), 'neither, and set aside'],
  ] as const;
  return words
    .flatMap(([values, what]) => (values.length === 0 ? [] : [`${values.join(', ')} means ${what}`]))
    .join('; ');
}

/** A balance may have a column of its own that says whether it is owed: right behind it. */
function balanceMark(plan: ColumnPlan, { amounts, looks }: LedgerSketch): number | null {
  if (amounts.balance === null) return null;
  const next = looks[amounts.balance + 1];
  if (next === undefined || !plan.free().includes(next.column) || next.distinct > 2 || !says(next.name, 'indicator'))
    return null;
  if (signsOfValues(next.values).size < next.distinct) return null;
  plan.assign(next.column, 'ignored', null, 'says of the balance whether it is owed');
  return next.column;
}

/** By the balances, else by the dates. */
function runsNewestFirst({ amounts, money, date }: LedgerSketch, read: (text: string) => number | null): boolean {
  if (amounts.check !== null && isConvincing(amounts.check)) return amounts.check.newestFirst;
  let up = 0;
  let down = 0;
  let before: number | null = null;
  for (const row of money.rows) {
    const day = read(row[date.column]!);
    if (day === null) continue;
    if (before !== null && day > before) up++;
    if (before !== null && day < before) down++;
    before = day;
  }
  return down > up;
}

/** Refuses a file that was said to be a ledger and lacks what makes one. */
export function noLedger(plan: ColumnPlan, settings: ImportSettings): never {
  const looks = cellsOfColumns(plan, settings);
  if (ledgerDateColumn(plan, looks) === null) {
    throw unclear(
      'No column of this file holds dates',
      `Name it with date=NAME and its form with dateFormat=. ${plan.listed()}`,
    );
  }
  throw unclear(
    'No column of this file holds amounts',
    `Name it with amount=NAME, or with debit=NAME and credit=NAME. ${plan.listed()}`,
  );
}
