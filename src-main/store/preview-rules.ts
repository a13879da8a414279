import type { LedgerDraft, LedgerPreview } from '../ipc/ledger.ts';
import { CatchCounter } from '../ledger/catches.ts';
import { classify } from '../ledger/classify.ts';
import { NONE, createRuleBook, type RuleBook } from '../ledger/rule-book.ts';
import { checkDraft } from '../ledger/rule-sets.ts';
import type { PortfolioDb } from './database.ts';
import { customersWithLedger, ledgerReader, spreadCustomers } from './ledger-lines.ts';
import { countriesOf, keyOf, readRules } from './rule-sets.ts';

/**
 * What a draft (null: the current rules) would catch, and what would move against the current rules. Reads the
 * transactions of one customer after the other; of more than `most` only those of some whole customers. Changes nothing;
 * a read transaction around it keeps out what is written meanwhile. Throws `usage` for a draft that can't be used.
 */
export function previewRules(db: PortfolioDb, draft: LedgerDraft | null, most: number | null): LedgerPreview {
  const current = readRules(db);
  const wanted = draft ?? current;
  checkDraft(wanted);
  const { countries, why } = countriesOf(db, wanted);
  const book = createRuleBook(wanted.rules, countries);
  const currentCountries = countriesOf(db, current).countries;
  const isOther = keyOf(wanted, countries, 'day') !== keyOf(current, currentCountries, 'day');
  const before = isOther ? createRuleBook(current.rules, currentCountries) : null;

  const transactions = db.prepare<[], number>('SELECT count(*) FROM transactions').pluck().get()!;
  const isSampled = most !== null && transactions > most;
  const customers = isSampled ? spreadCustomers(db) : customersWithLedger(db);
  const linesOf = ledgerReader(db);
  const idOf = db.prepare<[number], string>('SELECT external_id FROM customers WHERE id = ?').pluck();
  const counter = new CatchCounter(book.rules);
  const read = { transactions: 0, customers: 0 };
  for (const number of customers) {
    if (isSampled && read.transactions >= most) break;
    const customer = idOf.get(number)!;
    const lines = linesOf(number);
    const rules = classify(lines, book);
    const earlier = before === null ? null : classify(lines, before);
    lines.forEach((line, i) => {
      counter.add(customer, line, rules[i]!);
      if (earlier === null) return;
      const [from, to] = [idIn(before!, earlier[i]!), idIn(book, rules[i]!)];
      if (from !== to) counter.move(customer, line, from, to);
    });
    read.transactions += lines.length;
    read.customers++;
  }
  return {
    transactions,
    customers: customers.length,
    sample: isSampled ? read : null,
    countries,
    whyCountries: why,
    rules: counter.rules(),
    uncaught: counter.uncaught(),
    moved: counter.moved(),
  };
}

const idIn = ({ rules }: RuleBook, place: number) => (place === NONE ? null : rules[place]!.id);
