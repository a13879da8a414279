import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LedgerDraft, LedgerRule } from '../../src-main/ipc/ledger.ts';
import { completeRule, noOptions } from '../../src-main/ledger/rule-sets.ts';
import { shippedRules } from '../../src-main/ledger/shipped-rules.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { readAudit } from '../../src-main/store/audit.ts';
import { readDataStamp } from '../../src-main/store/data-stamp.ts';
import { transactionsOf } from '../../src-main/store/ledger-transactions.ts';
import { previewRules } from '../../src-main/store/preview-rules.ts';
import { rulesView } from '../../src-main/store/rule-sets.ts';
import { saveRules } from '../../src-main/store/save-rules.ts';
import { dataMark } from '../../src-main/store/timelines.ts';
import { addLedger, derivedRows, drawLedger, type LedgerRow } from './ledger-file.ts';
import { dataOf, newPortfolio } from './portfolio-file.ts';

const QUIET = { signal: new AbortController().signal, progress: () => undefined };
const day = (iso: string) => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

const own = (patterns: string[], more: Partial<LedgerRule> = {}): LedgerRule =>
  completeRule({ id: 'own', title: 'Own', behaviour: 'discretionary', patterns, ...more });
const draftWith = (...rules: LedgerRule[]): LedgerDraft => ({
  rules: [...rules, ...shippedRules().rules],
  options: noOptions(),
});

test('saving rules makes a version and derives all histories anew; the one before brings them back', async (t) => {
  const { db } = newPortfolio(t);
  const random = createRandom(5);
  addLedger(
    db,
    drawLedger(() => random.next()),
  );
  const before = { rows: derivedRows(db), stamp: readDataStamp(db), mark: dataMark(db) };
  const view = rulesView(db, null);
  assert.deepEqual([view.version, view.current, view.edited, view.versions.length], [0, true, false, 1]);
  assert.deepEqual(
    view.countries.filter(({ active }) => active).map(({ country }) => country),
    ['IN'],
  );
  assert.match(view.whyCountries, /in INR; the rules of India catch \d+% of 300 texts/);

  const saved = await saveRules(db, draftWith(own(['ramesh'])), QUIET);
  assert.deepEqual([saved.version, saved.customers, saved.steps], [1, 6, before.rows.length]);
  assert.notDeepEqual(derivedRows(db), before.rows);
  assert.notEqual(readDataStamp(db), before.stamp);
  assert.notEqual(dataMark(db), before.mark);
  assert.match(readAudit(db).at(-1)!.words, /version 1: 1 rule added, other|version 1: 1 rule added; 6 customers/);
  const edited = rulesView(db, null);
  assert.deepEqual([edited.version, edited.edited, edited.rules[0]!.id], [1, true, 'own']);

  const { rules, options } = rulesView(db, 0);
  assert.equal((await saveRules(db, { rules, options }, QUIET)).version, 2);
  assert.deepEqual(derivedRows(db), before.rows);
  assert.equal(rulesView(db, null).edited, false);
  assert.equal((await saveRules(db, null, QUIET)).version, null);
  assert.throws(() => rulesView(db, 9), { code: 'not-found' });
});

test('cancelled or refused rules change nothing', async (t) => {
  const { db } = newPortfolio(t);
  const random = createRandom(5);
  addLedger(
    db,
    Array.from({ length: 150 }, (_, i): LedgerRow => [`C${i}`, '2026-04-01', -5, 'UPI RAMESH']),
  );
  addLedger(
    db,
    drawLedger(() => random.next()),
  );
  const before = dataOf(db);
  const abort = new AbortController();
  const progress = () => abort.abort();
  await assert.rejects(saveRules(db, draftWith(own(['ramesh'])), { signal: abort.signal, progress }), {
    code: 'cancelled',
  });
  await assert.rejects(saveRules(db, draftWith(own([])), QUIET), { code: 'usage' });
  assert.deepEqual(dataOf(db), before);
  assert.equal(rulesView(db, null).version, 0);
  assert.equal(db.inTransaction, false);
});

test('balances and due days that the analyst knows', async (t) => {
  const { db } = newPortfolio(t);
  addLedger(db, [
    ['a', '2026-04-08', -100, 'BESCOM'],
    ['b', '2026-04-08', -100, 'BESCOM'],
    ['b', '2026-04-08', -1, 'X', { account: 'joint' }],
  ]);
  const options = {
    ...noOptions(),
    startingBalance: 1_000,
    startingBalances: [{ customer: 'b', account: 'joint', amount: 5.5 }],
    dueDays: [
      { payee: 'BESCOM', customer: null, day: 5 },
      { payee: 'bescom', customer: 'b', day: 1 },
    ],
  };
  await saveRules(db, { rules: shippedRules().rules, options }, QUIET);
  const values = db.prepare('SELECT savings_amount, utility_delay_days FROM history ORDER BY customer').raw().all();
  assert.deepEqual(values, [
    [900, 3],
    [904.5, 7],
  ]);
  assert.equal(rulesView(db, null).edited, false);
  assert.deepEqual(rulesView(db, null).options, options);
});

test('what rules catch and what they don’t is all there is', (t) => {
  for (let seed = 1; seed <= 5; seed++) {
    const { db } = newPortfolio(t);
    const random = createRandom(seed);
    addLedger(
      db,
      drawLedger(() => random.next()),
    );
    const found = previewRules(db, draftWith(own(['ramesh'])), null);
    const total = db.prepare<[], number>('SELECT count(*) FROM transactions').pluck().get()!;
    const sums = db
      .prepare('SELECT sum(max(amount_e4, 0)) / 10000.0, sum(max(-amount_e4, 0)) / 10000.0 FROM transactions')
      .raw()
      .get() as [number, number];
    const sum = (key: 'transactions' | 'moneyIn' | 'moneyOut') =>
      found.rules.reduce((all, rule) => all + rule[key], found.uncaught[key]);
    assert.deepEqual([sum('transactions'), sum('moneyIn'), sum('moneyOut')], [total, ...sums]);
    assert.equal(
      found.uncaught.groups.reduce((all, group) => all + group.transactions, found.uncaught.others),
      found.uncaught.transactions,
    );
    const moved = found.moved.find(({ from, to }) => from === 'in-payments' && to === 'own')!;
    assert.equal(moved.transactions, found.rules.find(({ ruleId }) => ruleId === 'own')!.transactions);
    assert.equal(found.sample, null);
  }
});

test('a preview of many transactions reads some whole customers', (t) => {
  const { db } = newPortfolio(t);
  const random = createRandom(1);
  addLedger(
    db,
    drawLedger(() => random.next(), 400),
  );
  const found = previewRules(db, null, 100);
  assert.ok(found.sample!.transactions >= 100 && found.sample!.customers < 6);
  assert.equal(found.transactions, db.prepare('SELECT count(*) FROM transactions').pluck().get());
  assert.deepEqual(found.moved, []);
});

test('what nothing catches is grouped by its words, the largest sum first', (t) => {
  const { db } = newPortfolio(t);
  addLedger(db, [
    ['a', '2026-04-01', -10, 'TOLL PLAZA 123'],
    ['a', '2026-04-02', -30, 'TOLL PLAZA 456'],
    ['b', '2026-04-02', -900, 'SCHOOL TUITION TERM 2'],
    ['b', '2026-04-02', 7, '998877'],
  ]);
  const { groups } = previewRules(db, null, null).uncaught;
  assert.deepEqual(
    groups.map(({ words, transactions, moneyIn, moneyOut }) => [words, transactions, moneyIn, moneyOut]),
    [
      ['school tuition term', 1, 0, 900],
      ['toll plaza', 2, 0, 40],
      ['', 1, 7, 0],
    ],
  );
});

test('which transaction made which value of a step can be seen', (t) => {
  const { db } = newPortfolio(t);
  const { batch } = addLedger(db, [
    ['a', '2026-04-01', 500, 'SALARY', { balance: 500, account: '77' }],
    ['a', '2026-04-02', -200, 'BESCOM 1', { balance: 300, account: '77' }],
    ['a', '2026-04-02', -50, 'TOLL PLAZA', { balance: 250, account: '77' }],
  ]);
  const shown = transactionsOf(db, 'a', day('2026-04-02'));
  assert.deepEqual(shown.lines, [
    {
      account: '77',
      date: '2026-04-02',
      amount: -200,
      balance: 300,
      description: 'BESCOM 1',
      rule: { id: 'in-utility', title: 'Named utilities', behaviour: 'utility' },
      adds: [
        { feature: 'daily_expenses', value: 200 },
        { feature: 'utility_payment', value: 200 },
      ],
      note: 'Payee: bescom.',
      batchId: String(batch),
    },
    {
      account: '77',
      date: '2026-04-02',
      amount: -50,
      balance: 250,
      description: 'TOLL PLAZA',
      rule: null,
      adds: [{ feature: 'daily_expenses', value: 50 }],
      note: null,
      batchId: String(batch),
    },
  ]);
  assert.deepEqual([shown.firstDate, shown.lastDate, shown.ledByHistory], ['2026-04-02', '2026-04-02', false]);
  assert.deepEqual(shown.steps, { first: day('2026-04-01'), last: day('2026-04-02') });
  assert.equal(shown.values.find(({ feature }) => feature === 'daily_expenses')!.value, 250);
  assert.deepEqual(transactionsOf(db, 'a', day('2026-05-02')).lines, []);
  assert.throws(() => transactionsOf(db, 'z', 1), { code: 'not-found' });
});

test('what is shown of a step adds up to what is stored', (t) => {
  for (const timeStep of ['day', 'week', 'month'] as const) {
    const { db } = newPortfolio(t);
    const random = createRandom(11);
    addLedger(
      db,
      drawLedger(() => random.next()),
      timeStep,
    );
    const rows = derivedRows(db) as [string, number, ...number[]][];
    for (const [at, [customer, step, ...stored]] of rows.entries()) {
      if (at % 4 > 0) continue;
      const { lines, values } = transactionsOf(db, customer, step);
      assert.deepEqual(
        values.map(({ value }) => value),
        stored,
      );
      for (const feature of [
        'salary_amount',
        'daily_expenses',
        'utility_payment',
        'atm_withdrawals',
        'failed_autodebits',
      ]) {
        const sum = lines.reduce(
          (all, { adds }) => adds.reduce((more, add) => more + (add.feature === feature ? add.value : 0), all),
          0,
        );
        assert.equal(sum, values.find((value) => value.feature === feature)!.value, `${customer} ${step} ${feature}`);
      }
    }
  }
});
