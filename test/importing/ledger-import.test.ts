import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { ConflictRule, ImportDocument } from '../../src-main/ipc/documents.ts';
import type { PortfolioDb } from '../../src-main/store/database.ts';
import { importInto } from '../../src-main/store/import-session.ts';
import { listImports, undoImport } from '../../src-main/store/imports.ts';
import { integrityProblems } from '../../src-main/store/portfolio.ts';
import { eachTransaction } from '../../src-main/store/transactions.ts';
import { confirmedWords } from '../../src-renderer/importing/ledger-words.ts';
import { dataOf, newPortfolio } from '../store/portfolio-file.ts';
import { fileOf, importPath } from './recording-target.ts';

const HEADER = 'Account No,Date,Narration,Withdrawal,Deposit,Balance';

const importLines = (
  t: TestContext,
  db: PortfolioDb,
  lines: string[],
  options: { dryRun?: boolean; onConflict?: ConflictRule } = {},
): Promise<ImportDocument> => {
  const file = fileOf(t, [HEADER, ...lines].join('\n') + '\n', 'ledger.csv');
  return importInto(db, { dryRun: false, onConflict: 'keep', ...options }, (target) => importPath(file, target));
};

const MAY = [
  'A,2024-05-01,SALARY,,1000.00,1000.00',
  'A,2024-05-02,TEA,2.50,,997.50',
  'A,2024-05-02,TEA,2.50,,995.00',
  'B,2024-05-02,RENT,400.00,,600.00',
  'B,2024-05-03,CASH,50.00,,550.00',
  'A,2024-05-04,SHOP,95.00,,900.00',
];
const JUNE = ['A,2024-06-01,SALARY,,1000.00,1900.00', 'B,2024-06-02,RENT,400.00,,150.00'];

const transactions = (db: PortfolioDb) =>
  [...eachTransaction(db)].map(({ customer, bookingDay, sequence, amountE4, balanceE4, description }) =>
    [customer, bookingDay, sequence, amountE4, balanceE4, description].join(),
  );

test('the same file again, and one that overlaps', async (t) => {
  const { db } = newPortfolio(t);
  const first = await importLines(t, db, MAY);
  assert.deepEqual([first.kind, first.batchId, first.customers, first.rows.accepted], ['ledger', '1', 2, 6]);
  assert.deepEqual(first.ledger, {
    transactions: 6,
    sum: '450.00',
    first: { date: '2024-05-01', amount: '1000.00' },
    last: { date: '2024-05-04', amount: '-95.00' },
    balances: { compared: 4, confirmed: 4 },
  });
  const before = dataOf(db);
  const again = await importLines(t, db, MAY);
  assert.deepEqual([again.batchId, again.rows.unchanged, again.ledger!.sum], [null, 6, '450.00']);
  assert.deepEqual(dataOf(db), before);
  const overlapping = await importLines(t, db, [...MAY.slice(3), ...JUNE]);
  assert.deepEqual([overlapping.rows.accepted, overlapping.rows.unchanged], [2, 3]);
  assert.deepEqual(
    overlapping.examples.accepted.map(({ line }) => line),
    [5, 6],
  );
  assert.equal(transactions(db).length, 8);
  undoImport(db, '2');
  assert.deepEqual(dataOf(db), before);
  assert.equal(listImports(db).imports[1]!.kind, 'ledger');
  assert.deepEqual(integrityProblems(db), []);
});

test('newest first is stored in the order of booking', async (t) => {
  const { db } = newPortfolio(t);
  await importLines(t, db, MAY);
  const { db: other } = newPortfolio(t);
  // The order in which customers come is the file's.
  await importLines(t, other, [
    ...MAY.filter((line) => line.startsWith('A')).reverse(),
    ...MAY.filter((line) => line.startsWith('B')).reverse(),
  ]);
  assert.deepEqual(transactions(other), transactions(db));
});

test('a file that was cut in the middle of a day, either way round', async (t) => {
  for (const whole of [MAY, [...MAY].reverse()]) {
    const { db: once } = newPortfolio(t);
    await importLines(t, once, whole);
    for (const cut of [2, 3, 4]) {
      const { db: twice } = newPortfolio(t);
      await importLines(t, twice, whole.slice(0, cut));
      const { rows } = await importLines(t, twice, whole);
      assert.deepEqual([rows.accepted, rows.unchanged], [6 - cut, cut]);
      const plain = (db: PortfolioDb) =>
        [...eachTransaction(db)].map((row) => `${row.bookingDay},${row.balanceE4}`).sort();
      assert.deepEqual(plain(twice), plain(once));
    }
  }
});

test('another balance conflicts, and is listed', async (t) => {
  const { db } = newPortfolio(t);
  await importLines(t, db, MAY);
  const before = dataOf(db);
  const changed = MAY.with(5, 'A,2024-05-04,SHOP,95.00,,901.00');
  const kept = await importLines(t, db, changed);
  assert.deepEqual([kept.batchId, kept.rows.conflicting], [null, 1]);
  assert.deepEqual(kept.conflicts, [{ line: 7, customer: 'A', column: 'Balance', stored: '900.00', read: '901.00' }]);
  const replaced = await importLines(t, db, changed, { onConflict: 'replace' });
  assert.ok(transactions(db).some((row) => row.includes('9010000')));
  undoImport(db, replaced.batchId!);
  assert.deepEqual(dataOf(db), before);
});

test('a dry run keeps nothing', async (t) => {
  const { db } = newPortfolio(t);
  const before = dataOf(db);
  const { batchId, ledger } = await importLines(t, db, MAY, { dryRun: true });
  assert.deepEqual([batchId, ledger!.transactions], [null, 6]);
  assert.deepEqual(dataOf(db), before);
});

test('the same bookings with another text are said to count twice', async (t) => {
  const { db } = newPortfolio(t);
  await importLines(t, db, MAY);
  const renamed = MAY.map((line) => line.replace(/(SALARY|TEA|RENT|CASH|SHOP)/, 'BOOKED $1'));
  const again = await importLines(t, db, renamed, { dryRun: true });
  assert.equal(again.rows.accepted, 6);
  assert.ok(again.warnings.some((warning) => warning.startsWith('6 new rows have the day and amount')));
  const later = await importLines(t, db, JUNE, { dryRun: true });
  assert.deepEqual(later.warnings, []);
});

test('a share of confirmed amounts is rounded down, as the screen has it', async (t) => {
  const { db } = newPortfolio(t);
  // One balance is wrong: the two amounts beside it are not confirmed.
  const lines = Array.from({ length: 4_401 }, (_, i) => {
    const day = new Date(Date.UTC(2012, 0, 1 + i)).toISOString().slice(0, 10);
    return `A,${day},TEA,,1.00,${i === 2_000 ? 7 : i + 1}.00`;
  });
  const { warnings, ledger } = await importLines(t, db, lines, { dryRun: true });
  assert.ok(warnings.includes('The running balance confirms 4,398 of 4,400 amounts (99.9%).'), warnings.join('\n'));
  assert.equal(confirmedWords(ledger!.balances).text, 'confirms 99.9% of the rows');
});
