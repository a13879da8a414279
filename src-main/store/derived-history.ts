import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import type { TimeStep } from '../ipc/documents.ts';
import { cancelled } from '../ipc/errors.ts';
import type { LedgerOptions } from '../ipc/ledger.ts';
import { deriveHistory, type CustomerKnowledge, type DerivedHistory } from '../ledger/derive-history.ts';
import { E4 } from '../ledger/ledger-line.ts';
import { PRESET_FEATURES, WIDTH } from '../ledger/preset.ts';
import { createRuleBook, type RuleBook } from '../ledger/rule-book.ts';
import { foldText } from '../ledger/words.ts';
import type { PortfolioDb } from './database.ts';
import { addFeatures, quoted } from './feature-columns.ts';
import { customersWithLedger, ledgerReader } from './ledger-lines.ts';
import { countriesOf, keyOf, readRules } from './rule-sets.ts';

/** What a derivation wrote. */
export interface Derived {
  customers: number;
  /** History rows. */
  steps: number;
}

export interface DerivingContext {
  signal: AbortSignal;
  progress(report: { phase: 'deriving'; done: number; total: number }): void;
}

/**
 * Derives the history of these customers anew from all their transactions and the current rules; of all customers where
 * the rules, or the countries that the transactions show, are others than last time. Belongs into the transaction that
 * changed the transactions, after the portfolio's time step is set, and with nothing else half-written.
 *
 * Rows that a history file brought stay as they are. Derived rows carry the import that last brought a transaction of
 * the customer, so that what is stored depends on the transactions and the rules alone. `batch` is the import that adds
 * the preset's features where they are missing. Throws `data-refused` for impossible dates, and as `addFeatures` does.
 */
export function refreshDerived(db: PortfolioDb, batch: number, customers: Iterable<number>): Derived {
  const work = derive(db, batch, customers);
  for (;;) {
    const turn = work.next();
    if (turn.done === true) return turn.value;
  }
}

/** The same, giving way to the event loop now and then. Throws `cancelled`. */
export async function refreshDerivedInTurns(
  db: PortfolioDb,
  batch: number,
  customers: Iterable<number>,
  { signal, progress }: DerivingContext,
): Promise<Derived> {
  const work = derive(db, batch, customers);
  for (;;) {
    const turn = work.next();
    if (turn.done === true) return turn.value;
    progress({ phase: 'deriving', ...turn.value });
    await nextTurn();
    if (signal.aborted) throw cancelled();
  }
}

/**
 * Takes all derived rows away before a history file comes, whose rows lead: it must not be compared with them. Returns
 * the customers whose history has to be derived anew after it, where the file has no rows of its own.
 */
export function setDerivedAside(db: PortfolioDb): number[] {
  const customers = customersWithLedger(db);
  if (customers.length > 0) {
    db.prepare("DELETE FROM history WHERE batch IN (SELECT id FROM import_batches WHERE kind = 'ledger')").run();
  }
  return customers;
}

/**
 * Before an import is undone: the customers whose history has to be derived anew after it. It brought or changed
 * transactions of theirs, or brought history rows in place of derived ones.
 */
export const customersToDerive = (db: PortfolioDb, batch: number): number[] =>
  db
    .prepare<[number, number, number], number>(
      `SELECT customer FROM transactions WHERE batch = ? UNION
       SELECT customer FROM replaced_values WHERE batch = ? AND source = 'transaction' UNION
       SELECT customer FROM history h WHERE batch = ? AND EXISTS (SELECT 1 FROM transactions t WHERE t.customer = h.customer)`,
    )
    .pluck()
    .all(batch, batch, batch);

const CUSTOMERS_A_TURN = 100;

function* derive(
  db: PortfolioDb,
  batch: number,
  customers: Iterable<number>,
): Generator<{ done: number; total: number }, Derived> {
  const timeStep = timeStepOf(db, batch);
  const rules = readRules(db);
  const { countries, why } = countriesOf(db, rules);
  const key = keyOf(rules, countries, timeStep);
  const before = db.prepare<[], string>('SELECT rules_key FROM derived_with').pluck().get();
  const wanted = new Set(customers);
  if (before !== key) for (const customer of customersWithLedger(db)) wanted.add(customer);
  db.prepare(
    `INSERT INTO derived_with (id, rules_key, countries, why) VALUES (1, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET rules_key = excluded.rules_key, countries = excluded.countries, why = excluded.why`,
  ).run(key, JSON.stringify(countries), why);

  const book = createRuleBook(rules.rules, countries);
  const linesOf = ledgerReader(db);
  const knows = knowledgeOf(rules.options);
  const idOf = db.prepare<[number], string>('SELECT external_id FROM customers WHERE id = ?').pluck();
  const drop = db.prepare(
    "DELETE FROM history WHERE customer = ? AND batch IN (SELECT id FROM import_batches WHERE kind = 'ledger')",
  );
  let rows: DerivedRows | null = null;
  let done = 0;
  for (const customer of wanted) {
    drop.run(customer);
    const lines = linesOf(customer);
    if (lines.length > 0) {
      rows ??= new DerivedRows(db, batch);
      const last = lines.reduce((latest, line) => Math.max(latest, line.batch), 0);
      rows.add(customer, last, deriveHistory(lines, book, knows(idOf.get(customer)!), timeStep));
    }
    if (++done % CUSTOMERS_A_TURN === 0) yield { done, total: wanted.size };
  }
  if (db.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM transactions)').pluck().get() === 0) {
    db.prepare('DELETE FROM derived_with').run();
  }
  return { customers: wanted.size, steps: rows?.written ?? 0 };
}

/** The portfolio's time step; where none is fixed yet that of the import. */
export function timeStepOf(db: PortfolioDb, batch: number | null): TimeStep {
  return (
    db
      .prepare<[number | null], TimeStep | null>(
        `SELECT coalesce((SELECT time_step FROM portfolio), (SELECT time_step FROM import_batches WHERE id = ?))`,
      )
      .pluck()
      .get(batch) ?? 'day'
  );
}

/** What the options say of one customer, by its id as written. */
export function knowledgeOf({ startingBalance, startingBalances, dueDays }: LedgerOptions) {
  const balances = new Map(
    startingBalances.map(({ customer, account, amount }) => [JSON.stringify([customer, account]), amount]),
  );
  const days = new Map(dueDays.map(({ payee, customer, day }) => [JSON.stringify([customer, foldText(payee)]), day]));
  return (customer: string): CustomerKnowledge => ({
    startE4(account) {
      const own = balances.get(JSON.stringify([customer, account])) ?? balances.get(JSON.stringify([customer, null]));
      return Math.round((own ?? startingBalance) * E4);
    },
    dueDay(payee) {
      if (days.size === 0) return null;
      const folded = foldText(payee);
      return days.get(JSON.stringify([customer, folded])) ?? days.get(JSON.stringify([null, folded])) ?? null;
    },
  });
}

/** Makes ready what the current rules derive with; for showing how. */
export function currentBook(db: PortfolioDb): { book: RuleBook; options: LedgerOptions } {
  const rules = readRules(db);
  return { book: createRuleBook(rules.rules, countriesOf(db, rules).countries), options: rules.options };
}

const ROWS_A_STATEMENT = 8;

/** Derived rows on their way into history. */
class DerivedRows {
  /** Rows that were not led by a history file. */
  written = 0;
  readonly #one: Database.Statement;
  readonly #many: Database.Statement;

  constructor(db: PortfolioDb, batch: number) {
    const columns = addFeatures(db, batch, PRESET_FEATURES).map(({ columnName }) => quoted(columnName!));
    const row = `(?, ?, ?${', ?'.repeat(WIDTH)})`;
    const insert = (rows: number) =>
      db.prepare(
        `INSERT INTO history (customer, step, batch, ${columns.join(', ')})
         VALUES ${Array.from({ length: rows }, () => row).join(', ')} ON CONFLICT (customer, step) DO NOTHING`,
      );
    this.#one = insert(1);
    this.#many = insert(ROWS_A_STATEMENT);
  }

  add(customer: number, batch: number, { firstStep, steps, values }: DerivedHistory): void {
    let next = 0;
    while (next < steps) {
      const count = steps - next >= ROWS_A_STATEMENT ? ROWS_A_STATEMENT : 1;
      const bound: number[] = [];
      for (let row = next; row < next + count; row++) {
        bound.push(customer, firstStep + row, batch);
        for (let i = row * WIDTH; i < (row + 1) * WIDTH; i++) bound.push(values[i]!);
      }
      this.written += (count === 1 ? this.#one : this.#many).run(bound).changes;
      next += count;
    }
  }
}
