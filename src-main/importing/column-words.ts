import type { FillRule } from '../sequences/panel.ts';

/** The words of a column's name: "LIMIT_BAL" → limit, bal; "customerId" → customer, id. */
export const wordsOf = (name: string): string[] =>
  name
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

const words = (list: string) => new Set(list.split(' '));

const CUSTOMER = words(
  'customer customers client borrower obligor debtor member user cust cif kunde kundennummer kundennr customerid clientid ' +
    'custid cliente clientes klient klienta klientas asiakas zákazník zakaznik',
);
const ACCOUNT = words('account acct acc accountid konto kontonummer loan loanid contract vertrag iban');
const NUMBER = words('id no nr num number nummer key code ref reference external');

const DATE = words('date datum stichtag');
const UNIT = words('day week month period tag woche monat periode');
const STEP = words('step');
const STEP_FILLERS = words(
  'as of report reporting snapshot observation obs statement value booking posting index idx no nr num number end ' +
    'calendar',
);

const OUTCOME = words('default defaulted outcome event target label bad delinquent ausfall ausgefallen verzug');
const OUTCOME_FILLERS = words('will is has y flag ind indicator next month payment customer client');
const EVENT = words(
  'default defaulted outcome event delinquent delinquency chargeoff npl npa ausfall ausfalldatum verzug',
);

const allIn = (name: readonly string[], ...vocabularies: Set<string>[]) =>
  name.every((word) => vocabularies.some((vocabulary) => vocabulary.has(word)));
const someIn = (name: readonly string[], vocabulary: Set<string>) => name.some((word) => vocabulary.has(word));

/** How clearly a name says "the customer": 0 not at all. A name with any other word in it (account_balance) does not. */
export function customerRank(name: string): number {
  const found = wordsOf(name);
  if (found.join('_') === 'customer_id') return 4;
  if (!allIn(found, CUSTOMER, ACCOUNT, NUMBER)) return 0;
  if (someIn(found, CUSTOMER)) return 3;
  if (someIn(found, ACCOUNT)) return 2;
  return found.includes('id') ? 1 : 0;
}

/** How clearly a name says "when": 0 not at all. Parts of a date (day_of_week) don't. */
export function stepRank(name: string): number {
  const found = wordsOf(name);
  if (found.join('_') === 'date') return 4;
  if (!allIn(found, DATE, UNIT, STEP, STEP_FILLERS)) return 0;
  if (someIn(found, DATE)) return 3;
  if (found.filter((word) => UNIT.has(word)).length === 1) return 2;
  return someIn(found, STEP) ? 1 : 0;
}

/** How clearly a name says "whether the customer defaulted": 0 not at all. */
export function outcomeRank(name: string): number {
  const found = wordsOf(name);
  if (found.join('_') === 'will_default') return 2;
  if (isOutcomeDate(name)) return 0;
  return allIn(found, OUTCOME, OUTCOME_FILLERS) && someIn(found, OUTCOME) ? 1 : 0;
}

/** Whether a name says "when the customer defaulted". */
export function isOutcomeDate(name: string): boolean {
  const found = wordsOf(name);
  if (found.length === 1 && found[0] === 'ausfalldatum') return true;
  return allIn(found, EVENT, DATE, UNIT, STEP) && someIn(found, EVENT) && found.some((word) => !EVENT.has(word));
}

/** The step's length as the name of an undated step column says it. */
export function timeStepOfName(name: string): 'day' | 'week' | 'month' | null {
  const found = wordsOf(name);
  if (found.some((word) => word === 'day' || word === 'tag')) return 'day';
  if (found.some((word) => word === 'week' || word === 'woche')) return 'week';
  if (found.some((word) => word === 'month' || word === 'monat')) return 'month';
  return null;
}

const PROTECTED = words(
  'sex gender marriage marital married age birth birthday birthdate dob nationality citizenship religion race ethnic ' +
    'ethnicity disability disabled pregnant pregnancy geschlecht familienstand alter geburtsdatum nationalität',
);
const AGED_THINGS = words('account acct loan contract credit relationship file card');

/** Characteristics that lending law in many countries protects; the age of an account is none. */
export function isProtected(name: string): boolean {
  const found = wordsOf(name);
  return someIn(found, PROTECTED) && !(found.includes('age') && someIn(found, AGED_THINGS));
}

/** The preset's features: amounts and counts of what happened are nothing when empty; savings stay as they were. */
const PRESET_FILL: Record<string, FillRule> = {
  salary_amount: 'zero',
  salary_received: 'zero',
  savings_amount: 'carry',
  daily_expenses: 'zero',
  utility_payment: 'zero',
  utility_delay_days: 'zero',
  atm_withdrawals: 'zero',
  upi_lending_transactions: 'zero',
  failed_autodebits: 'zero',
  discretionary_spending: 'zero',
};

const HAPPENINGS = words('count counts cnt number num events withdrawals transactions txn txns failed');

export const isPresetFeature = (name: string) => Object.hasOwn(PRESET_FILL, name.toLowerCase());

/** How an empty value of a feature is filled, by its name: events that weren't counted did not happen. */
export const fillRuleOf = (name: string): FillRule =>
  PRESET_FILL[name.toLowerCase()] ?? (someIn(wordsOf(name), HAPPENINGS) ? 'zero' : 'carry');
