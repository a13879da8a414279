import type { TimeStep } from './documents.ts';

/** Rules by which transactions become behaviour: what the window and the command line show of them. Types only. */

/**
 * What a transaction says about a customer. Money out counts as an expense unless it is `not-spending` or came back;
 * beside that `salary`, `utility` and `discretionary` are amounts, `atm-withdrawal`, `peer-lending` and
 * `failed-autodebit` are counts. A `return-fee` counts as a failed autodebit only where no returned item came before
 * it. `loan-instalment`, `fee` and `other` are known, and add nothing else.
 */
export type Behaviour =
  | 'failed-autodebit'
  | 'return-fee'
  | 'salary'
  | 'peer-lending'
  | 'loan-instalment'
  | 'utility'
  | 'atm-withdrawal'
  | 'not-spending'
  | 'discretionary'
  | 'fee'
  | 'other';

export interface LedgerRule {
  /** Unique within a set. */
  id: string;
  title: string;
  behaviour: Behaviour;
  /** ISO 3166, two letters; null: whatever the country. */
  country: string | null;
  /**
   * Words or phrases, any of which is enough. Case, accents and separators don't count; codes may stand between words.
   * `word*` also catches longer words, `^word` only at the beginning of the text, `a & b` both in any order.
   */
  patterns: string[];
  /** With one of these the rule does not catch. */
  unless: string[];
  sign: 'in' | 'out' | 'any';
  /** Without sign, in units of the currency, both included; null is open. */
  least: number | null;
  most: number | null;
  /** What tells one payee of a utility from another: the pattern that caught, or the words of the text. */
  payee: 'pattern' | 'text';
  /**
   * Instead of by words: money in of similar size from the same payer in three months running, of a customer whose
   * salary no words have told within two months.
   */
  rhythm: boolean;
  enabled: boolean;
}

export interface LedgerOptions {
  /** Whose rules are used, the leading one first; null: as the transactions and the currency show. */
  countries: string[] | null;
  /** What an account without balances begins with, in units of the currency. */
  startingBalance: number;
  /** Of single customers; `account` null: each of their accounts without balances. */
  startingBalances: { customer: string; account: string | null; amount: number }[];
  /** The day of the month on which a payee is due; `customer` null: for everyone. */
  dueDays: { payee: string; customer: string | null; day: number }[];
}

/** What the analyst edits and saves as a whole. The first rule that fits catches a transaction. */
export interface LedgerDraft {
  rules: LedgerRule[];
  options: LedgerOptions;
}

export interface LedgerRulesView extends LedgerDraft {
  /** 0: as shipped, never edited. */
  version: number;
  /** The newest version, which history is derived with. */
  current: boolean;
  /** The rules are the analyst's own; else those that come with the program. */
  edited: boolean;
  /** ISO 8601, UTC; null for version 0. */
  createdAt: string | null;
  /** Newest first; version 0 is always the last. */
  versions: { version: number; createdAt: string | null; edited: boolean; words: string }[];
  countries: LedgerCountry[];
  /** Why these countries are active, for the analyst. */
  whyCountries: string;
  transactions: number;
  /** Customers with transactions. */
  customers: number;
}

export interface LedgerCountry {
  country: string;
  title: string;
  active: boolean;
  rules: number;
}

/** What a draft would catch, beside what the current rules catch. */
export interface LedgerPreview {
  transactions: number;
  customers: number;
  /** Null where all were read; else how many, of whole customers: counts are of these. */
  sample: { transactions: number; customers: number } | null;
  countries: string[];
  whyCountries: string;
  /** Of each rule in the draft's order that is enabled and whose country is active. */
  rules: RuleCatch[];
  uncaught: {
    transactions: number;
    moneyIn: number;
    moneyOut: number;
    /** Largest sum first; at most 200. */
    groups: UncaughtGroup[];
    /** Transactions of the groups that are not listed. */
    others: number;
  };
  /** From which rule to which transactions would move; null: no rule. Most first, at most 200. */
  moved: RuleMove[];
}

export interface RuleCatch {
  ruleId: string;
  transactions: number;
  customers: number;
  moneyIn: number;
  moneyOut: number;
  /** At most three. */
  examples: LedgerExample[];
}

export interface LedgerExample {
  customer: string;
  /** ISO. */
  date: string;
  amount: number;
  description: string;
}

export interface UncaughtGroup {
  /** The words that these texts share, as a pattern that would catch them. */
  words: string;
  transactions: number;
  moneyIn: number;
  moneyOut: number;
  example: LedgerExample;
}

export interface RuleMove {
  from: string | null;
  to: string | null;
  transactions: number;
  moneyIn: number;
  moneyOut: number;
  example: LedgerExample;
}

/** A customer's transactions of one step, and what they made of it. */
export interface LedgerTransactions {
  customer: string;
  step: number;
  /** ISO dates of the step's first and last day. */
  firstDate: string;
  lastDate: string;
  timeStep: TimeStep;
  lines: LedgerLineView[];
  /** The derived features of this step in the preset's order; empty where the customer has no transactions yet. */
  values: { feature: string; value: number }[];
  /** A history file brought this step: its values lead, and these are not stored. */
  ledByHistory: boolean;
  /** Steps at which this customer has transactions, the first and the last; null without any. */
  steps: { first: number; last: number } | null;
}

export interface LedgerLineView {
  account: string;
  date: string;
  /** Money out is negative. */
  amount: number;
  balance: number | null;
  description: string;
  rule: { id: string; title: string; behaviour: Behaviour } | null;
  /** What it added to which value. */
  adds: { feature: string; value: number }[];
  /** Why it added something else than its rule says; null otherwise. */
  note: string | null;
  batchId: string;
}

/** What saving or resetting rules ends with. */
export interface LedgerRulesSaved {
  /** Null where nothing differs from the current version. */
  version: number | null;
  /** Whose history was derived anew. */
  customers: number;
  /** History rows written. */
  steps: number;
  seconds: number;
}
