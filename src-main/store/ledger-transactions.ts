import type { LedgerTransactions } from '../ipc/ledger.ts';
import { deriveHistory, type LineTrace } from '../ledger/derive-history.ts';
import { E4 } from '../ledger/ledger-line.ts';
import { PRESET_FEATURES, WIDTH } from '../ledger/preset.ts';
import { NONE } from '../ledger/rule-book.ts';
import { firstDayOfStep, isoDate, lastDayOfStep, stepOfDate } from '../sequences/calendar.ts';
import type { PortfolioDb } from './database.ts';
import { currentBook, knowledgeOf, timeStepOf } from './derived-history.ts';
import { ledgerReader } from './ledger-lines.ts';
import { requireCustomer } from './read-panel.ts';

/**
 * A customer's transactions of one step, the rule that each fell to, and what it added to which value. Derived again
 * from all of the customer's transactions by the code that made the stored history. Throws `not-found`.
 */
export const transactionsOf = (db: PortfolioDb, customer: string, step: number): LedgerTransactions =>
  db.transaction((): LedgerTransactions => {
    const number = requireCustomer(db, customer);
    const timeStep = timeStepOf(db, null);
    const lines = ledgerReader(db)(number);
    const ledByHistory =
      db
        .prepare<[number, number], number>(
          `SELECT EXISTS (SELECT 1 FROM history h JOIN import_batches b ON b.id = h.batch
             WHERE h.customer = ? AND h.step = ? AND b.kind <> 'ledger')`,
        )
        .pluck()
        .get(number, step) === 1;
    const found: LedgerTransactions = {
      customer,
      step,
      firstDate: firstDayOfStep(timeStep, step),
      lastDate: lastDayOfStep(timeStep, step),
      timeStep,
      lines: [],
      values: [],
      ledByHistory,
      steps: null,
    };
    if (lines.length === 0) return found;

    const { book, options } = currentBook(db);
    const traces: LineTrace[] = [];
    const derived = deriveHistory(lines, book, knowledgeOf(options)(customer), timeStep, traces);
    const nameOf = (feature: number) => PRESET_FEATURES[feature]!.name;
    found.steps = { first: derived.firstStep, last: derived.firstStep + derived.steps - 1 };
    lines.forEach((line, i) => {
      if (stepOfDate(timeStep, line.bookingDay) !== step) return;
      const { rule, adds, note } = traces[i]!;
      const caughtBy = rule === NONE ? null : book.rules[rule]!;
      found.lines.push({
        account: line.account,
        date: isoDate(line.bookingDay),
        amount: line.amountE4 / E4,
        balance: line.balanceE4 === null ? null : line.balanceE4 / E4,
        description: line.description,
        rule: caughtBy === null ? null : { id: caughtBy.id, title: caughtBy.title, behaviour: caughtBy.behaviour },
        adds: adds.map(({ feature, value }) => ({ feature: nameOf(feature), value })),
        note,
        batchId: String(line.batch),
      });
    });
    const row = step - derived.firstStep;
    if (row >= 0 && row < derived.steps) {
      found.values = PRESET_FEATURES.map(({ name }, i) => ({ feature: name, value: derived.values[row * WIDTH + i]! }));
    }
    return found;
  })();
