import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openForWriting } from '../../src-main/store/open.ts';
import { createPortfolio } from '../../src-main/store/portfolio.ts';
import { addLedger } from '../store/ledger-file.ts';
import { windowlessSession } from './windowless-session.ts';

test('rules are looked at, tried, saved and taken back by the window’s requests', async (t) => {
  const session = windowlessSession(t);
  const path = join(session.folder, 'ledger.duecast');
  createPortfolio(path, 'Ledger', 'INR');
  const { db, close } = openForWriting(path);
  addLedger(db, [
    ['a', '2026-04-01', 500, 'SALARY'],
    ['a', '2026-04-02', -200, 'TOLL PLAZA 7'],
  ]);
  close();
  const opened = await session.call('openPortfolio', { path });
  assert.equal(opened.hasTransactions, true);

  const shipped = await session.call('ledgerRules', { version: null });
  assert.deepEqual([shipped.version, shipped.transactions, shipped.customers], [0, 2, 1]);
  const { rules, options } = shipped;
  const own = { ...rules[0]!, id: 'toll', title: 'Tolls', country: null, behaviour: 'discretionary' as const };
  const draft = { rules: [{ ...own, patterns: ['toll'], sign: 'out' as const }, ...rules], options };

  const preview = await session.call('previewLedgerRules', { draft });
  assert.deepEqual(
    preview.moved.map(({ from, to, transactions }) => [from, to, transactions]),
    [[null, 'toll', 1]],
  );
  await assert.rejects(
    session.call('previewLedgerRules', { draft: { rules: [own, own], options } }),
    /another rule has the id/,
  );

  session.answers.saveFile = join(session.folder, 'rules.json');
  await session.call('exportLedgerRules', { draft });
  const text = readFileSync(session.answers.saveFile, 'utf8');
  assert.deepEqual(await session.call('readLedgerRules', { text }), { draft });

  const saved = await session.done('rules', session.call('startLedgerRules', { draft }));
  assert.deepEqual([saved.version, saved.customers, saved.steps], [1, 1, 2]);
  const step = (await session.call('customer', { customer: 'a' })).firstStep + 1;
  const shown = await session.call('ledgerTransactions', { customer: 'a', step });
  assert.deepEqual(
    shown.lines.map(({ rule, adds }) => [rule?.id, adds.map(({ feature }) => feature)]),
    [['toll', ['daily_expenses', 'discretionary_spending']]],
  );
  const reset = await session.done('rules', session.call('startLedgerRules', { draft: null }));
  assert.equal(reset.version, 2);
  assert.equal((await session.call('ledgerRules', { version: null })).edited, false);
});
