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
            `${flaggedWithoutDate} customers are marked as defaulted without a date: the models know that, but not when.`,
          ];
    return { kind: 'dated', of: byDate, warnings };
  }
  if (!columns.flag || flags === 0) return { kind: 'none', of: () => null, warnings: [] };
  if (changing > 0) {
    const warnings =
      cured === 0 ? [] : [`${cured} customers go back to no default later on; their first 1 is the event.`];
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
