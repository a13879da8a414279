import type { Part } from '../ipc/documents.ts';
import type { CustomerView } from '../ipc/views.ts';
import type { CustomerLists } from './customer-list.ts';
import type { PortfolioDb } from './database.ts';
import { readNotes } from './notes.ts';
import { stepDates } from './portfolio.ts';
import { readOwnHistory, requireCustomer } from './read-panel.ts';

/** A customer's own data. Reads the rows of this customer only. Throws `not-found`. */
export function readCustomer(db: PortfolioDb, lists: CustomerLists, customer: string): CustomerView {
  return db.transaction((): CustomerView => {
    const number = requireCustomer(db, customer);
    const dateOf = stepDates(db);
    const { scoring, row } = lists.one(number);
    const history = readOwnHistory(db, number);
    return {
      customer,
      part: db.prepare<[number], Part | null>('SELECT part FROM customers WHERE id = ?').pluck().get(number) ?? null,
      event: readEvent(db, number, dateOf),
      ...history,
      firstDate: history.steps === 0 ? null : dateOf(history.firstStep),
      statics: db
        .prepare<[number], { name: string; value: string }>(
          `SELECT f.name, s.value FROM static_attributes s JOIN features f ON f.position = s.feature
           WHERE s.customer = ? ORDER BY f.position`,
        )
        .all(number),
      scoring,
      score: row,
      notes: readNotes(db, number),
    };
  })();
}

function readEvent(db: PortfolioDb, number: number, dateOf: (step: number) => string | null): CustomerView['event'] {
  const [flag, step] = db
    .prepare<[number], [0 | 1 | null, number | null]>(
      'SELECT max(flag), min(event_step) FROM outcomes WHERE customer = ?',
    )
    .raw()
    .get(number)!;
  return flag === 1 ? { step, date: step === null ? null : dateOf(step) } : null;
}
