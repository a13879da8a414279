import { refreshDerived, type Derived } from '../../src-main/store/derived-history.ts';
import { inTransaction, now, type PortfolioDb } from '../../src-main/store/database.ts';

/** Customer, ISO date, amount, text, and what else a file may have. */
export type LedgerRow = [
  customer: string,
  date: string,
  amount: number,
  description: string,
  more?: { balance?: number; account?: string },
];

const dayOf = (iso: string) => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

/** Stores transactions as an import of a ledger does, and derives the history of their customers. */
export function addLedger(
  db: PortfolioDb,
  rows: readonly LedgerRow[],
  timeStep: 'day' | 'week' | 'month' = 'day',
): Derived & { batch: number } {
  return inTransaction(db, () => {
    const batch = db
      .prepare(
        "INSERT INTO import_batches (file, kind, imported_at, time_step, dated) VALUES ('ledger.csv', 'ledger', ?, ?, 1)",
      )
      .run(now(), timeStep).lastInsertRowid as number;
    db.prepare('UPDATE portfolio SET time_step = coalesce(time_step, ?), dated = 1').run(timeStep);
    const find = db.prepare<[string], number>('SELECT id FROM customers WHERE external_id = ?').pluck();
    const add = db.prepare('INSERT INTO customers (external_id, batch) VALUES (?, ?)');
    const insert = db.prepare(
      `INSERT OR IGNORE INTO transactions
         (customer, account, booking_day, amount_e4, balance_e4, description, occurrence, sequence, batch)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const lastOf = db
      .prepare<[number, number], number>(
        'SELECT coalesce(max(sequence), 0) FROM transactions WHERE customer = ? AND booking_day = ?',
      )
      .pluck();
    const seen = new Map<string, number>();
    const customers = new Set<number>();
    rows.forEach(([customer, date, amount, description, { balance, account = '' } = {}]) => {
      const number = find.get(customer) ?? (add.run(customer, batch).lastInsertRowid as number);
      const key = JSON.stringify([customer, date, amount, description]);
      const occurrence = (seen.get(key) ?? 0) + 1;
      seen.set(key, occurrence);
      const e4 = (units: number) => Math.round(units * 10_000);
      const balanceE4 = balance === undefined ? null : e4(balance);
      insert.run(
        number,
        account,
        dayOf(date),
        e4(amount),
        balanceE4,
        description,
        occurrence,
        lastOf.get(number, dayOf(date))! + 1,
        batch,
      );
      customers.add(number);
    });
    return { ...refreshDerived(db, batch, customers), batch };
  });
}

/** The derived columns of all customers, without the import that they came with. */
export const derivedRows = (db: PortfolioDb): unknown[] =>
  db
    .prepare(
      `SELECT external_id, step, salary_amount, salary_received, savings_amount, daily_expenses, utility_payment,
         utility_delay_days, atm_withdrawals, upi_lending_transactions, failed_autodebits, discretionary_spending
       FROM history JOIN customers ON customers.id = customer ORDER BY external_id, step`,
    )
    .raw()
    .all();

/** A few hundred transactions of several customers, drawn from a seed. */
export function drawLedger(next: () => number, count = 300): LedgerRow[] {
  const texts = [
    'BESCOM',
    'AIRTEL',
    'ATW-1',
    'UPI SWIGGY',
    'ACH D- BAJAJ',
    'UPI KREDITBEE',
    'RTN CHG',
    'UPI RAMESH',
    'SIP HDFC',
    '12345',
  ];
  const credits = ['NEFT SALARY', 'ACH D RTN BAJAJ', 'NEFT ACME', 'UPI REFUND'];
  return Array.from({ length: count }, (): LedgerRow => {
    const isIn = next() < 0.2;
    const from = isIn ? credits : texts;
    const date = new Date(Date.UTC(2026, 0, 1 + Math.floor(next() * 150))).toISOString().slice(0, 10);
    const amount = (isIn ? 1 : -1) * (10 + Math.floor(next() * 20) * 5);
    return [`C${Math.floor(next() * 6)}`, date, amount, from[Math.floor(next() * from.length)]!];
  });
}
