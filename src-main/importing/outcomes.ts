import { counted, firstOf } from '../ipc/grouped.ts';
import type { OutcomeKind } from '../sequences/panel.ts';
import type { CustomerHistories, CustomerHistory } from './customer-histories.ts';

/** One customer's outcome as a file of histories gives it. */
export interface CustomerOutcome {
  flag: 0 | 1;
  eventStep: number | null;
}

/** How the rows of a file gave outcomes, once all have been read. */
export interface OutcomeReading {
  kind: OutcomeKind;
  /** Null where the file says nothing of the customer, or no event so far. */
  of(customer: CustomerHistory): CustomerOutcome | null;
  warnings: string[];
}

/**
 * Finds whether flags are constant for each customer or follow the rows. With event dates, or where some customer's
 * flag changes, outcomes are dated: the event is at its date, else at the first step flagged 1. So they are, too, in a
 * portfolio of dated outcomes when the file has one step a customer, since one step can't show a change.
 */
export function readOutcomes(
  customers: CustomerHistories,
  columns: { flag: boolean; date: boolean },
  portfolio: OutcomeKind,
): OutcomeReading {
  let flags = 0;
  let changing = 0;
  let severalSteps = 0;
  let flaggedWithoutDate = 0;
  let cured = 0;
  for (const customer of customers.all()) {
    if (hasFlag(customer)) flags++;
    if (changes(customer)) changing++;
    if (changes(customer) && customer.lastClear > customer.firstFlagged) cured++;
    if (customer.lastStep > customer.firstStep) severalSteps++;
    if (columns.date && customer.firstFlagged < Infinity && customer.eventStep === null && !changes(customer)) {
      flaggedWithoutDate++;
    }
  }
  if (columns.date) {
    const warnings =
      flaggedWithoutDate === 0
        ? []
        : [
            `${counted(flaggedWithoutDate, 'customer is', 'customers are')} marked as defaulted without a date: the models know that, but not when.`,
          ];
    return { kind: 'dated', of: byDate, warnings };
  }
  if (!columns.flag || flags === 0) return { kind: 'none', of: () => null, warnings: [] };
  if (changing > 0) {
    const mixed = portfolio === 'dated' ? null : mixedFlags(customers);
    const warnings = [
      ...(mixed === null ? [] : [mixed]),
      ...(cured === 0
        ? []
        : [
            cured === 1
              ? '1 customer goes back to no default later on; the first 1 is the event.'
              : `${counted(cured, 'customer')} go back to no default later on; their first 1 is the event.`,
          ]),
    ];
    return { kind: 'dated', of: byFirstFlag, warnings };
  }
  if (portfolio === 'dated' && severalSteps === 0) {
    const warnings = [
      'The flag is taken as the state at each step, as in the rest of the portfolio: the first 1 is the event.',
    ];
    return { kind: 'dated', of: byFirstFlag, warnings };
  }
  return { kind: 'constant', of: byConstantFlag, warnings: [] };
}

/** So many customers are named. */
const NAMED = 3;

/**
 * What to check where the flag of some customers changes, while others are flagged on all of their rows: one wrong cell
 * makes dated outcomes of constant ones. An undated outcome for these would not do: the next file, whose rows flag them
 * again, would give them a date that is not their event's. Null where there is no such mixture.
 */
export function mixedFlags(customers: CustomerHistories): string | null {
  let always = 0;
  let changing = 0;
  const alwaysNames: string[] = [];
  const changingNames: string[] = [];
  for (const customer of customers.all()) {
    if (changes(customer)) {
      if (changing++ < NAMED) changingNames.push(customer.id);
    } else if (customer.firstFlagged === customer.firstStep && customer.lastStep > customer.firstStep) {
      if (always++ < NAMED) alwaysNames.push(customer.id);
    }
  }
  if (always === 0 || changing === 0) return null;
  const whose = changing === 1 ? changingNames[0]! : changing <= NAMED ? 'these customers' : 'those whose flag changes';
  return (
    `The flag changes from row to row for ${counted(changing, 'customer')} (${firstOf(changingNames, changing)}), so it ` +
    `is read as when a customer defaulted, and the first 1 is the event. ${counted(always, 'customer is', 'customers are')} ` +
    `flagged on every row (${firstOf(alwaysNames, always)}): the event is taken at the first row, so the models have ` +
    `nothing before it to learn from. If the flag only says whether a customer ever defaults, a cell of ${whose} is ` +
    'wrong: mend the file, and if it is imported already, undo that import first.'
  );
}

const hasFlag = ({ firstFlagged, lastClear }: CustomerHistory) => firstFlagged < Infinity || lastClear > -Infinity;
const changes = ({ firstFlagged, lastClear }: CustomerHistory) => firstFlagged < Infinity && lastClear > -Infinity;

function byDate(customer: CustomerHistory): CustomerOutcome | null {
  if (customer.eventStep !== null) return { flag: 1, eventStep: customer.eventStep };
  if (customer.firstFlagged === Infinity) return null;
  return { flag: 1, eventStep: changes(customer) ? customer.firstFlagged : null };
}

const byFirstFlag = ({ firstFlagged }: CustomerHistory): CustomerOutcome | null =>
  firstFlagged < Infinity ? { flag: 1, eventStep: firstFlagged } : null;

const byConstantFlag = (customer: CustomerHistory): CustomerOutcome | null =>
  hasFlag(customer) ? { flag: customer.firstFlagged < Infinity ? 1 : 0, eventStep: null } : null;
