import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../src-main/sequences/random.ts';
import { refreshDerived } from '../../src-main/store/derived-history.ts';
import { customersWithLedger } from '../../src-main/store/ledger-lines.ts';
import { undoImport } from '../../src-main/store/imports.ts';
import { integrityProblems, portfolioInfo, portfolioShape } from '../../src-main/store/portfolio.ts';
import { readPanel } from '../../src-main/store/read-panel.ts';
import { addLedger, derivedRows, drawLedger, type LedgerRow } from './ledger-file.ts';
import { dataOf, historyOf, importRows, newPortfolio } from './portfolio-file.ts';

const day = (iso: string) => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

test('transactions become history rows, with the preset’s features in its order', (t) => {
  const { db, path } = newPortfolio(t);
  const { batch, steps } = addLedger(db, [
    ['a', '2026-04-01', 50_000, 'SALARY', { balance: 60_000 }],
    ['a', '2026-04-03', -500.25, 'ATW-1', { balance: 59_499.75 }],
  ]);
  assert.equal(steps, 3);
  assert.deepEqual(historyOf(db, 'salary_amount', 'savings_amount', 'daily_expenses', 'atm_withdrawals'), [
    ['a', day('2026-04-01'), 50_000, 60_000, 0, 0],
    ['a', day('2026-04-02'), 0, 60_000, 0, 0],
    ['a', day('2026-04-03'), 0, 59_499.75, 500.25, 1],
  ]);
  assert.deepEqual(
    portfolioShape(db).features.map(({ name }) => name),
    [
      ...['salary_amount', 'salary_received', 'savings_amount', 'daily_expenses', 'utility_payment'],
      ...['utility_delay_days', 'atm_withdrawals', 'upi_lending_transactions', 'failed_autodebits'],
      'discretionary_spending',
    ],
  );
  assert.equal(db.prepare('SELECT DISTINCT batch FROM history').pluck().get(), batch);
  assert.equal(portfolioInfo(db, path).hasTransactions, true);
  assert.deepEqual(readPanel(db).customers, ['a']);
});

test('rows that a history file brought lead', async (t) => {
  const { db } = newPortfolio(t);
  const step = day('2026-04-02');
  const history = ['savings_amount'];
  await importRows(db, { history, dated: true, records: [{ customer: 'a', steps: [step], values: [[77]] }] });
  const ledger: LedgerRow[] = [
    ['a', '2026-04-01', 100, 'X'],
    ['a', '2026-04-03', -30, 'Y'],
  ];
  const { batch } = addLedger(db, ledger);
  const led = () =>
    db.prepare('SELECT step, savings_amount, daily_expenses, batch FROM history ORDER BY step').raw().all();
  assert.deepEqual(led(), [
    [step - 1, 100, 0, batch],
    [step, 77, null, 1],
    [step + 1, 70, 30, batch],
  ]);
  undoImport(db, '1');
  assert.deepEqual(led()[1], [step, 100, 0, batch]);
});

test('a history file that comes later leads too, conflicts with nothing, and its undo brings derived rows back', async (t) => {
  const { db } = newPortfolio(t);
  const random = createRandom(8);
  addLedger(
    db,
    drawLedger(() => random.next()),
  );
  const before = dataOf(db);
  const step = day('2026-03-03');
  const file = {
    history: ['savings_amount', 'x'],
    dated: true,
    records: [{ customer: 'C1', steps: [step], values: [[7, 8]] }],
  };
  const checked = await importRows(db, { ...file, dryRun: true });
  assert.deepEqual([checked.fates, dataOf(db)], [['accepted'], before]);
  assert.deepEqual(await importRows(db, file).then(({ fates, stepsWritten }) => [fates, stepsWritten]), [
    ['accepted'],
    1,
  ]);
  const rows = historyOf(db, 'savings_amount', 'daily_expenses', 'x') as unknown[][];
  assert.deepEqual(
    rows.find((row) => row[0] === 'C1' && row[1] === step),
    ['C1', step, 7, null, 8],
  );
  assert.equal(rows.length, (before['history'] as unknown[]).length - 1);
  assert.deepEqual((await importRows(db, file)).fates, ['unchanged']);
  undoImport(db, '2');
  assert.deepEqual(dataOf(db), before);
});

test('deriving again changes nothing', (t) => {
  const { db } = newPortfolio(t);
  const random = createRandom(3);
  const { batch } = addLedger(
    db,
    drawLedger(() => random.next()),
  );
  const before = dataOf(db);
  refreshDerived(db, batch, customersWithLedger(db));
  refreshDerived(db, batch, []);
  assert.deepEqual(dataOf(db), before);
});

test('a ledger in parts is the ledger at once, in whatever order, and undo leaves what the rest gives', (t) => {
  for (let seed = 1; seed <= 6; seed++) {
    const random = createRandom(seed);
    const rows = distinct(drawLedger(() => random.next()));
    const half = rows.filter(() => random.next() < 0.5);
    const rest = rows.filter((row) => !half.includes(row));
    const derivedFrom = (...parts: LedgerRow[][]) => {
      const { db } = newPortfolio(t);
      for (const part of parts) addLedger(db, part, seed % 2 === 0 ? 'month' : 'day');
      return db;
    };
    const whole = derivedRows(derivedFrom(rows));
    assert.deepEqual(derivedRows(derivedFrom(half, rest)), whole);
    assert.deepEqual(derivedRows(derivedFrom(rest, half)), whole);

    const alone = derivedRows(derivedFrom(half));
    const later = derivedFrom(half, rest);
    undoImport(later, '2');
    assert.deepEqual(derivedRows(later), alone);
    assert.deepEqual(dataOf(later)['history'], dataOf(derivedFrom(half))['history']);
    const earlier = derivedFrom(rest, half);
    undoImport(earlier, '1');
    assert.deepEqual(derivedRows(earlier), alone);
    undoImport(earlier, '2');
    assert.deepEqual(historyOf(earlier), []);
    assert.deepEqual(portfolioShape(earlier).features, []);
    assert.deepEqual(integrityProblems(earlier), []);
  }
});

test('where more transactions show another country, all customers are derived anew', (t) => {
  const { db } = newPortfolio(t);
  db.prepare("UPDATE portfolio SET currency = ''").run();
  const first = addLedger(db, [
    ['a', '2026-04-01', -50, 'ATM DUBLIN'],
    ['a', '2026-04-02', -9, 'CONTACTLESS X'],
  ]);
  assert.equal(first.customers, 1);
  const spent = () =>
    db
      .prepare(
        "SELECT discretionary_spending FROM history JOIN customers c ON c.id = customer WHERE external_id = 'a' ORDER BY step",
      )
      .pluck()
      .all();
  const before = spent();
  const german = Array.from({ length: 40 }, (_, i): LedgerRow => [`b${i}`, '2026-04-02', -10, 'KARTENZAHLUNG THALIA']);
  assert.equal(addLedger(db, german).customers, 41);
  assert.deepEqual(
    [before, spent()],
    [
      [0, 9],
      [0, 0],
    ],
  );
});

/** Without equal bookings: which file one belongs to is not told by its text. */
const distinct = (rows: LedgerRow[]) => [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
