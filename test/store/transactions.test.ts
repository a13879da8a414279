import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImportedTransaction, TransactionFate } from '../../src-main/importing/target.ts';
import type { ConflictRule } from '../../src-main/ipc/documents.ts';
import type { PortfolioDb } from '../../src-main/store/database.ts';
import { importInto } from '../../src-main/store/import-session.ts';
import { undoImport } from '../../src-main/store/imports.ts';
import { integrityProblems } from '../../src-main/store/portfolio.ts';
import { eachTransaction, hasTransactions, transactionsOf } from '../../src-main/store/transactions.ts';
import { dataOf, newPortfolio } from './portfolio-file.ts';

type Row = [amountE4: number, balanceE4: number | null, description?: string, account?: string];
type Days = [customer: string, day: number, rows: Row[]][];

const toRow = ([amountE4, balanceE4, description = 'shop', account = '']: Row): ImportedTransaction => ({
  amountE4,
  balanceE4,
  description,
  account,
});

/** Imports days of transactions; the batch and the fates in order. */
function importDays(db: PortfolioDb, days: Days, onConflict: ConflictRule = 'keep') {
  return importInto(db, { dryRun: false, onConflict }, async (target) => {
    target.begin({ file: 'ledger.csv', kind: 'ledger', profile: null, timeStep: 'day', dated: true, features: [] });
    const fates: TransactionFate[] = [];
    for (const [customer, bookingDay, rows] of days) {
      fates.push(...target.transactions({ customer, bookingDay, rows: rows.map(toRow) }));
    }
    const count = (wanted: string) => fates.filter(({ fate }) => fate === wanted).length;
    const rows = {
      read: fates.length,
      accepted: count('accepted'),
      unchanged: count('unchanged'),
      conflicting: count('conflicting'),
      rejected: 0,
    };
    const dialect = {
      encoding: '',
      delimiter: '',
      quote: '',
      decimal: '',
      thousands: '',
      dateFormat: '',
      headerLine: 1,
    };
    const { batchId } = target.finish({ sha256: '', rows, dialect, columns: [], outcomeKind: 'none' });
    return { batchId, fates: fates.map(({ fate }) => fate) };
  });
}

const stored = (db: PortfolioDb) =>
  [...eachTransaction(db)].map(({ customer, bookingDay, sequence, amountE4, balanceE4 }) => [
    customer,
    bookingDay,
    sequence,
    amountE4,
    balanceE4,
  ]);

test('equal bookings of a day both stay, and the same file again changes nothing', async (t) => {
  const { db } = newPortfolio(t);
  const days: Days = [
    [
      'a',
      100,
      [
        [-50, null],
        [-50, null],
        [20, null],
      ],
    ],
  ];
  assert.equal(hasTransactions(db), false);
  assert.deepEqual((await importDays(db, days)).fates, ['accepted', 'accepted', 'accepted']);
  const before = dataOf(db);
  const again = await importDays(db, days);
  assert.deepEqual([again.batchId, again.fates], [null, ['unchanged', 'unchanged', 'unchanged']]);
  assert.deepEqual(dataOf(db), before);
  assert.deepEqual(
    stored(db).map(([, , sequence, amount]) => [sequence, amount]),
    [
      [1, -50],
      [2, -50],
      [3, 20],
    ],
  );
  assert.equal(hasTransactions(db), true);
});

test('a file that was cut in the middle of a day and the whole one agree', async (t) => {
  const whole: Days = [
    [
      'a',
      100,
      [
        [-10, 90, 'x'],
        [-50, 40],
        [30, 70, 'y'],
        [-50, 20],
      ],
    ],
  ];
  const { db: once } = newPortfolio(t);
  await importDays(once, whole);
  const { db: twice } = newPortfolio(t);
  await importDays(twice, [
    [
      'a',
      100,
      [
        [-50, 40],
        [30, 70, 'y'],
      ],
    ],
  ]);
  const cut = dataOf(twice);
  const { fates } = await importDays(twice, whole);
  assert.deepEqual(fates, ['accepted', 'unchanged', 'unchanged', 'accepted']);
  assert.deepEqual(stored(twice), stored(once));
  undoImport(twice, '2');
  assert.deepEqual(dataOf(twice), cut);
});

test('a later one of equal bookings is told by its balance, not by its place', async (t) => {
  const { db } = newPortfolio(t);
  await importDays(db, [['a', 100, [[-50, 40]]]]);
  const { fates } = await importDays(db, [
    [
      'a',
      100,
      [
        [-50, 90],
        [-50, 40],
      ],
    ],
  ]);
  assert.deepEqual(fates, ['accepted', 'unchanged']);
  assert.deepEqual(
    stored(db).map((row) => row[4]),
    [90, 40],
  );
});

test('a balance fills an empty one, and another one conflicts', async (t) => {
  const { db } = newPortfolio(t);
  await importDays(db, [
    [
      'a',
      100,
      [
        [-50, null],
        [7, 70, 'z'],
      ],
    ],
  ]);
  const before = dataOf(db);
  const kept = await importDays(db, [
    [
      'a',
      100,
      [
        [-50, 40],
        [7, 71, 'z'],
      ],
    ],
  ]);
  assert.deepEqual(kept.fates, ['accepted', 'conflicting']);
  assert.deepEqual(
    stored(db).map((row) => row[4]),
    [40, 70],
  );
  assert.equal(undoImport(db, kept.batchId!).restored, 1);
  assert.deepEqual(dataOf(db), before);

  const replaced = await importDays(
    db,
    [
      [
        'a',
        100,
        [
          [-50, null],
          [7, 71, 'z'],
        ],
      ],
    ],
    'replace',
  );
  assert.deepEqual(replaced.fates, ['unchanged', 'conflicting']);
  assert.deepEqual(
    stored(db).map((row) => row[4]),
    [null, 71],
  );
  assert.throws(() => undoImport(db, '1'), /replaced or filled/);
  undoImport(db, replaced.batchId!);
  assert.deepEqual(dataOf(db), before);
});

test('two accounts of a customer may have the same booking', async (t) => {
  const { db } = newPortfolio(t);
  await importDays(db, [['a', 100, [[-5, 10, 'fee', 'A1']]]]);
  const { fates } = await importDays(db, [['a', 100, [[-5, 80, 'fee', 'A2']]]]);
  assert.deepEqual(fates, ['accepted']);
  assert.deepEqual(
    transactionsOf(db, 1).map(({ account }) => account),
    ['A1', 'A2'],
  );
});

test('undo takes customers with it, and leaves what other imports brought', async (t) => {
  const { db } = newPortfolio(t);
  await importDays(db, [
    ['a', 100, [[1, null]]],
    ['a', 105, [[2, null]]],
  ]);
  await importDays(db, [
    ['b', 100, [[3, null]]],
    ['a', 103, [[4, null]]],
  ]);
  assert.deepEqual(
    transactionsOf(db, 1, 101, 104).map(({ amountE4 }) => amountE4),
    [4],
  );
  undoImport(db, '2');
  assert.deepEqual(
    stored(db).map((row) => row[3]),
    [1, 2],
  );
  assert.equal(db.prepare('SELECT count(*) FROM customers').pluck().get(), 1);
  assert.deepEqual(integrityProblems(db), []);
});
