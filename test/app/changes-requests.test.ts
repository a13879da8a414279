import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CustomersFilter } from '../../src-main/ipc/views.ts';
import { generateSample } from '../../src-main/sample/generate.ts';
import { cutByDate } from '../sample/cut-by-date.ts';
import { windowlessSession } from './windowless-session.ts';

const MONTHS = ['2026-03-01', '2026-03-15'] as const;
const filter: CustomersFilter = {
  list: 'watchlist',
  search: '',
  levels: [],
  change: 'any',
  ranges: [],
  sort: { key: 'pd', direction: 'descending' },
};

test('the window sees what changed, lists who moved so, and notes it for several', async (t) => {
  const session = windowlessSession(t);
  const { call, done, folder } = session;
  await session.create('retail');
  const sample = join(folder, 'sample.csv');
  await generateSample({ out: sample, customers: 160, days: 90, seed: 7, dates: true });
  const files = MONTHS.map((until) => ({ until, path: join(folder, `${until}.csv`) }));
  cutByDate(sample, files);
  const reading = { profile: null, settings: [], dryRun: false, onConflict: 'keep' as const };
  const windows = { window: null, horizon: 14, gap: null, labelRule: null, splitSeed: null };
  await done('import', call('startImport', { file: files[0].path, ...reading }));
  await assert.rejects(call('scoringChanges', { fromId: null }), { code: 'too-small' });
  await done('training', call('startTraining', { ...windows, models: ['logistic'], epochs: 1, batch: 32, seed: 1 }));
  await done('scoring', call('startScoring', { modelId: null }));
  await assert.rejects(call('scoringChanges', { fromId: null }), { code: 'too-small' });
  await done('import', call('startImport', { file: files[1].path, ...reading }));
  const [first] = (await call('scorings', {})).scorings;
  const { outcome } = await call('scoringVerdict', { scoringId: first.scoringId });
  assert.equal(outcome?.until, MONTHS[1], 'before the second scoring');
  await done('scoring', call('startScoring', { modelId: null }));

  const changes = await call('scoringChanges', { fromId: null });
  assert.deepEqual(changes, await call('scoringChanges', { fromId: '1' }));
  for (const [from, row] of Object.entries(changes.transitions)) {
    for (const [to, customers] of Object.entries(row)) {
      const moved = { from, to } as NonNullable<CustomersFilter['moved']>;
      assert.equal((await call('customerIds', { ...filter, moved })).customers.length, customers, `${from} ${to}`);
    }
  }
  const entered = (await call('customerIds', { ...filter, change: 'entered', since: '1' })).customers;
  assert.deepEqual(
    entered,
    changes.entered.map(({ customer }) => customer),
  );

  const { customers } = await call('addNotes', { customers: entered, text: 'new on the list' });
  assert.equal(customers, entered.length);
  const { text } = await call('customersText', { filter, chosen: entered });
  const lines = text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split('\t'));
  const today = new Date().toISOString().slice(0, 10);
  const column = (name: string) => lines.slice(1).map((cells) => cells[lines[0].indexOf(name)]);
  assert.deepEqual(column('customer_id'), entered);
  assert.ok(column('as_of').every((asOf) => asOf === MONTHS[1]));
  assert.ok(column('notes').every((note) => note === `${today}: new on the list`));
  assert.ok(column('top_reasons').every((reasons) => reasons.includes(' since ')));
  assert.ok(column('on_list_since').every((since) => since === MONTHS[1]));
  assert.ok(column('days_on_list').every((days) => days === '0'));
  assert.ok(column('previous_level').every((level) => ['', 'Medium', 'Low'].includes(level)));
});
