import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { LedgerRule, LedgerRulesSaved, LedgerTransactions } from '../../src-main/ipc/ledger.ts';
import { addLedger } from '../store/ledger-file.ts';
import { newPortfolio, temporaryFolder } from '../store/portfolio-file.ts';
import { duecastJson } from './run-duecast.ts';

interface Rules {
  version: number;
  rules: (LedgerRule & { catches: { transactions: number } | null })[];
  uncaught: { transactions: number };
  moved: { from: string | null; to: string | null }[];
  saved: LedgerRulesSaved | null;
}

test('rules are shown, exported, tried, saved and reset; transactions say what they made', async (t) => {
  const { db, path, close } = newPortfolio(t);
  const { steps } = addLedger(db, [
    ['a', '2026-04-01', 500, 'SALARY'],
    ['a', '2026-04-02', -200, 'TOLL PLAZA 7'],
  ]);
  assert.equal(steps, 2);
  close();
  const file = join(temporaryFolder(t), 'rules.json');
  const rules = async (...words: string[]) => {
    const { code, document } = await duecastJson<Rules>(['rules', '--portfolio', path, ...words]);
    assert.equal(code, 0);
    return document;
  };
  const shown = await rules('--export', file);
  assert.deepEqual([shown.version, shown.uncaught.transactions, shown.saved], [0, 1, null]);
  assert.equal(shown.rules.find(({ id }) => id === 'in-salary')!.catches!.transactions, 1);

  const set = JSON.parse(readFileSync(file, 'utf8')) as { rules: object[] };
  set.rules.unshift({ id: 'toll', title: 'Tolls', behaviour: 'discretionary', patterns: ['toll'] });
  writeFileSync(file, JSON.stringify(set));
  const tried = await rules('--preview', file);
  assert.deepEqual([tried.version, tried.moved.map(({ from, to }) => [from, to])], [0, [[null, 'toll']]]);
  const saved = await rules('--set', file);
  assert.deepEqual([saved.version, saved.saved!.version, saved.saved!.steps], [1, 1, 2]);

  const one = await duecastJson<LedgerTransactions>(['transactions', '--portfolio', path, '--customer', 'a']);
  assert.deepEqual(
    one.document.lines.map(({ date, rule }) => [date, rule?.id]),
    [['2026-04-02', 'toll']],
  );
  assert.equal((await rules('--restore', '0')).version, 2);

  writeFileSync(file, '{"rules": [{"id": "x"}]}');
  const refused = await duecastJson<{ error: { code: string } }>(['rules', '--portfolio', path, '--set', file]);
  assert.deepEqual([refused.code, refused.document.error.code], [2, 'usage']);
  const both = await duecastJson<{ error: { code: string } }>(['rules', '--portfolio', path, '--reset', '--set', file]);
  assert.equal(both.code, 2);
});
