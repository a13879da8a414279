import type { TimeStep } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import { isoDate, stepOfDate } from '../sequences/calendar.ts';
import { AccountBalance } from './account-balance.ts';
import { classify } from './classify.ts';
import { E4, type LedgerLine } from './ledger-line.ts';
import {
  ATM_WITHDRAWALS,
  DAILY_EXPENSES,
  DISCRETIONARY_SPENDING,
  FAILED_AUTODEBITS,
  SALARY_AMOUNT,
  SALARY_RECEIVED,
  SAVINGS_AMOUNT,
  UPI_LENDING_TRANSACTIONS,
  UTILITY_DELAY_DAYS,
  UTILITY_PAYMENT,
  WIDTH,
} from './preset.ts';
import { debitsThatCameBack, ReturnedItems } from './returned-items.ts';
import { NONE, type RuleBook } from './rule-book.ts';
import { UtilityDelay } from './utility-delay.ts';

/** What the analyst knows of one customer beside the file. */
export interface CustomerKnowledge {
  /** What an account without balances begins with, in ten-thousandths. */
  startE4(account: string): number;
  /** The day of the month on which a payee is due; null: its payments show it. */
  dueDay(payee: string): number | null;
}

export interface DerivedHistory {
  firstStep: number;
  /** [steps, WIDTH], row-major: from the customer's first transaction to the last, without gaps. */
  values: Float64Array;
  steps: number;
}

/** What one transaction was taken for. */
export interface LineTrace {
  /** A place in the book's rules, or NONE. */
  rule: number;
  adds: { feature: number; value: number }[];
  note: string | null;
}

/** More days between a customer's first and last transaction than these are a wrong date. */
const LONGEST_DAYS = 36_525;

const COUNTS = new Set([
  SALARY_RECEIVED,
  UTILITY_DELAY_DAYS,
  ATM_WITHDRAWALS,
  UPI_LENDING_TRANSACTIONS,
  FAILED_AUTODEBITS,
]);

/**
 * One customer's transactions as behaviour, step by step, by the preset's features. Sums and counts are of the step's
 * own transactions; a day without any has zeros and the balance of the day before. Of a week or month: sums, counts, the
 * last balance and the longest delay. No value depends on a later step.
 *
 * `lines` by booking day, at least one. `trace` gets an entry for each line. Throws `data-refused` for dates that lie
 * more than a century apart.
 */
export function deriveHistory(
  lines: readonly LedgerLine[],
  book: RuleBook,
  knowledge: CustomerKnowledge,
  timeStep: TimeStep,
  trace: LineTrace[] | null = null,
): DerivedHistory {
  const firstDay = lines[0]!.bookingDay;
  const lastDay = lines[lines.length - 1]!.bookingDay;
  if (lastDay - firstDay > LONGEST_DAYS) throw tooLong(firstDay, lastDay);
  const firstStep = stepOfDate(timeStep, firstDay);
  const steps = stepOfDate(timeStep, lastDay) - firstStep + 1;
  const values = new Float64Array(steps * WIDTH);
  const rules = classify(lines, book);
  const behaviourOf = (place: number) => (rules[place] === NONE ? null : book.rules[rules[place]!]!.behaviour);
  const cameBack = new Uint8Array(lines.length);
  const returned = new ReturnedItems();
  const delays = new Map<string, UtilityDelay>();
  const balances = new Map<string, AccountBalance>();

  const take = (place: number, row: number): void => {
    const { amountE4, bookingDay, description } = lines[place]!;
    const behaviour = behaviourOf(place);
    const traced: LineTrace | null = trace === null ? null : { rule: rules[place]!, adds: [], note: null };
    if (traced !== null) trace![place] = traced;
    const add = (feature: number, value: number) => {
      values[row * WIDTH + feature]! += value;
      traced?.adds.push({ feature, value: COUNTS.has(feature) ? value : value / E4 });
    };
    if (cameBack[place] === 1) {
      if (traced !== null) traced.note = 'Came back: it was not paid.';
      return;
    }
    const out = -amountE4;
    if (out > 0 && behaviour !== 'not-spending') add(DAILY_EXPENSES, out);
    switch (behaviour) {
      case 'salary':
        if (out >= 0) return;
        add(SALARY_AMOUNT, amountE4);
        values[row * WIDTH + SALARY_RECEIVED] = 1;
        traced?.adds.push({ feature: SALARY_RECEIVED, value: 1 });
        return;
      case 'utility': {
        if (out <= 0) return;
        add(UTILITY_PAYMENT, out);
        const payee = book.payeeOf(description, rules[place]!);
        let delay = delays.get(payee);
        if (delay === undefined) delays.set(payee, (delay = new UtilityDelay(knowledge.dueDay(payee))));
        const days = delay.pay(bookingDay);
        const at = row * WIDTH + UTILITY_DELAY_DAYS;
        values[at] = Math.max(values[at]!, days);
        if (days > 0) traced?.adds.push({ feature: UTILITY_DELAY_DAYS, value: days });
        if (traced !== null) traced.note = `Payee: ${payee.replaceAll('*', '')}.`;
        return;
      }
      case 'atm-withdrawal':
        if (out > 0) add(ATM_WITHDRAWALS, 1);
        return;
      case 'discretionary':
        if (out > 0) add(DISCRETIONARY_SPENDING, out);
        return;
      case 'peer-lending':
        add(UPI_LENDING_TRANSACTIONS, 1);
        return;
      case 'failed-autodebit':
        add(FAILED_AUTODEBITS, 1);
        returned.item(bookingDay);
        return;
      case 'return-fee':
        if (out <= 0) return;
        if (returned.isOnlySign(bookingDay)) add(FAILED_AUTODEBITS, 1);
        else if (traced !== null) traced.note = 'The fee for a returned item that is counted already.';
        return;
      case 'not-spending':
      case 'loan-instalment':
      case 'fee':
      case 'other':
      case null:
        return;
    }
  };

  let balanced = 0;
  for (let from = 0; from < lines.length;) {
    const step = stepOfDate(timeStep, lines[from]!.bookingDay);
    let to = from + 1;
    while (to < lines.length && stepOfDate(timeStep, lines[to]!.bookingDay) === step) to++;
    const row = step - firstStep;
    debitsThatCameBack(lines, from, to, behaviourOf, cameBack);
    for (let dayFrom = from; dayFrom < to;) {
      const day = lines[dayFrom]!.bookingDay;
      let dayTo = dayFrom + 1;
      while (dayTo < to && lines[dayTo]!.bookingDay === day) dayTo++;
      // A bank may list a fee before the item that it is for.
      for (let i = dayFrom; i < dayTo; i++) if (behaviourOf(i) !== 'return-fee') take(i, row);
      for (let i = dayFrom; i < dayTo; i++) if (behaviourOf(i) === 'return-fee') take(i, row);
      addDay(balances, lines, dayFrom, dayTo, knowledge);
      dayFrom = dayTo;
    }
    // Steps without transactions since have the balance of before.
    for (; balanced < row; balanced++)
      if (balanced > 0) values[balanced * WIDTH + SAVINGS_AMOUNT] = values[(balanced - 1) * WIDTH + SAVINGS_AMOUNT]!;
    let sum = 0;
    for (const { balanceE4 } of balances.values()) sum += balanceE4;
    values[row * WIDTH + SAVINGS_AMOUNT] = sum;
    balanced = row + 1;
    from = to;
  }
  for (let i = 0; i < values.length; i++) if (!COUNTS.has(i % WIDTH)) values[i]! /= E4;
  return { firstStep, steps, values };
}

function addDay(
  balances: Map<string, AccountBalance>,
  lines: readonly LedgerLine[],
  from: number,
  to: number,
  knowledge: CustomerKnowledge,
): void {
  const byAccount = new Map<string, LedgerLine[]>();
  for (let i = from; i < to; i++) {
    const line = lines[i]!;
    const own = byAccount.get(line.account);
    if (own === undefined) byAccount.set(line.account, [line]);
    else own.push(line);
  }
  for (const [account, own] of byAccount) {
    let balance = balances.get(account);
    if (balance === undefined) balances.set(account, (balance = new AccountBalance(knowledge.startE4(account))));
    balance.addDay(own);
  }
}

const tooLong = (first: number, last: number) =>
  new DuecastError(
    'data-refused',
    `A customer has transactions from ${isoDate(first)} to ${isoDate(last)}, more than a century apart. Nothing was ` +
      'changed. One of the dates is most likely wrong: correct it and import the file again.',
  );
