import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RequestOf } from '../../src-main/ipc/contract.ts';
import { windowlessSession, type WindowlessSession } from './windowless-session.ts';

type Importing = RequestOf<'startImport'>;

const importing = (file: string, more: Partial<Importing> = {}): Importing => ({
  file,
  profile: null,
  settings: [],
  dryRun: false,
  onConflict: 'keep',
  ...more,
});

function written({ folder }: WindowlessSession, name: string, lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, ['customer_id,date,balance,limit', ...lines].join('\n'));
  return path;
}

const FIRST = ['A,2026-03-01,10.5,1', 'A,2026-03-02,11.5,1', 'B,2026-03-01,20.5,2', 'B,2026-03-02,21.5,2'];
const CORRECTED = ['A,2026-03-01,99.5,1', 'A,2026-03-02,98.5,1', 'B,2026-03-01,97.5,2', 'B,2026-03-02,21.5,2'];

async function balances({ call }: WindowlessSession): Promise<number[]> {
  const views = await Promise.all(['A', 'B'].map((customer) => call('customer', { customer })));
  return views.flatMap(({ values, features }) =>
    [...values].filter((_, i) => i % features.length === features.indexOf('balance')),
  );
}

test('each row that differs follows its own decision, the rest the rule; one batch, and its undo restores all', async (t) => {
  const session = windowlessSession(t);
  const { call, done } = session;
  await session.create('Retail');
  const settings = [{ key: 'features', value: 'balance,limit' }];
  await done('import', call('startImport', importing(written(session, 'march.csv', FIRST), { settings })));
  const before = await balances(session);
  assert.deepEqual(before, [10.5, 11.5, 20.5, 21.5]);

  const file = written(session, 'corrected.csv', CORRECTED);
  const checked = await done('import', call('startImport', importing(file, { settings, dryRun: true })));
  assert.deepEqual(
    checked.conflicts.map(({ line, stored, read }) => [line, stored, read]),
    [
      [2, '10.5', '99.5'],
      [3, '11.5', '98.5'],
      [4, '20.5', '97.5'],
    ],
  );

  const decisions: NonNullable<Importing['decisions']> = [{ line: 3, rule: 'replace' }];
  const one = { settings, decisions, checkedSha256: checked.sha256 };
  const kept = await done('import', call('startImport', importing(file, one)));
  assert.deepEqual([kept.batchId, kept.rows.conflicting, kept.steps], ['2', 3, 1]);
  assert.deepEqual(await balances(session), [10.5, 98.5, 20.5, 21.5]);
  const { entries } = await call('auditLog', {});
  assert.match(entries[0]!.words, /3 conflicting \(1 replaced, 2 kept as they were\)/);
  await call('undoImport', { batchId: '2' });
  assert.deepEqual(await balances(session), before);

  const rest = { ...one, onConflict: 'replace' as const, decisions: [{ line: 3, rule: 'keep' as const }] };
  await done('import', call('startImport', importing(file, rest)));
  assert.deepEqual(await balances(session), [99.5, 11.5, 97.5, 21.5]);
  await call('undoImport', { batchId: '3' });
  assert.deepEqual(await balances(session), before);
});

test('decisions about a file that has changed since it was checked are refused', async (t) => {
  const session = windowlessSession(t);
  const { call, done } = session;
  await session.create('Retail');
  await done('import', call('startImport', importing(written(session, 'march.csv', FIRST))));
  const file = written(session, 'corrected.csv', CORRECTED);
  const { sha256 } = await done('import', call('startImport', importing(file, { dryRun: true })));
  written(session, 'corrected.csv', CORRECTED.slice(1));
  const asked = importing(file, { onConflict: 'replace', checkedSha256: sha256 });
  await assert.rejects(done('import', call('startImport', asked)), { code: 'data-refused', message: /has changed/ });
  assert.equal((await call('imports', {})).imports.length, 1);
  assert.deepEqual(await balances(session), [10.5, 11.5, 20.5, 21.5]);
});

test('an outcome that differs follows the decision about its row', async (t) => {
  const session = windowlessSession(t);
  const { call, done, folder } = session;
  await session.create('Retail');
  await done('import', call('startImport', importing(written(session, 'march.csv', FIRST))));
  const outcomes = (name: string, flags: string) => {
    const path = join(folder, name);
    writeFileSync(path, `customer_id,defaulted\nA,${flags[0]}\nB,${flags[1]}\n`);
    return path;
  };
  await done('import', call('startImport', importing(outcomes('outcomes.csv', '00'))));
  const decisions: NonNullable<Importing['decisions']> = [{ line: 3, rule: 'replace' }];
  const changed = await done('import', call('startImport', importing(outcomes('changed.csv', '11'), { decisions })));
  assert.deepEqual([changed.batchId, changed.rows.conflicting], ['3', 2]);
  assert.equal((await call('customer', { customer: 'A' })).event, null);
  assert.notEqual((await call('customer', { customer: 'B' })).event, null);
});
