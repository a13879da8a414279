import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { CustomersFilter } from '../../src-main/ipc/views.ts';
import { windowlessSession, type WindowlessSession } from './windowless-session.ts';

const all: CustomersFilter = {
  list: 'all',
  search: '',
  levels: [],
  change: 'any',
  ranges: [],
  sort: { key: 'pd', direction: 'descending' },
};

let session: WindowlessSession;

before(async () => {
  session = windowlessSession();
  const { startSample, startTraining, startScoring } = session.handlers;
  await session.done('sample', startSample({ customers: 100, days: 60, seed: 7 }));
  const windows = { window: null, horizon: null, gap: null, labelRule: null, splitSeed: null };
  const training = { ...windows, models: ['logistic' as const], epochs: 1, batch: 32, seed: 1 };
  await session.done('training', startTraining(training));
  await session.done('scoring', startScoring({ modelId: null }));
});

after(() => session?.end());

test('timelines share one warm model process, which is no job and is replaced when it dies', async () => {
  const { timeline, jobs, customerIds } = session.handlers;
  const { customers } = await customerIds(all);
  const draw = (customer: string) => timeline({ customer, experimentId: null });
  const { started, kill } = session.processes;
  const startedBefore = started.model;
  const first = await draw(customers[0]);
  assert.equal(first.models[0].points.length, 31);
  await draw(customers[1]);
  assert.equal(started.model, startedBefore + 1);
  assert.deepEqual(await jobs({}), { jobs: [] });
  await kill('model');
  await draw(customers[2]);
  assert.equal(started.model, startedBefore + 2);
  await kill('model');
  assert.deepEqual(await draw(customers[0]), first, 'as it is kept');
  assert.equal(started.model, startedBefore + 2, 'without a process');
  await assert.rejects(async () => draw('nobody'), { code: 'not-found' });
});

test('a model gives its reasons, in figures and in words', async () => {
  const { explain, customerIds } = session.handlers;
  const { customers } = await customerIds(all);
  const { kind, score, base, features, reasons } = await explain({ customer: customers[0], modelId: null });
  assert.equal(kind, 'logistic');
  const sum = features.reduce((added, { contribution }) => added + contribution, 0);
  assert.ok(Math.abs(sum - (score - base)) < 1e-9);
  assert.ok(reasons.length > 0 && reasons.every(({ words }) => /\d/.test(words)));
  await assert.rejects(async () => explain({ customer: 'nobody', modelId: null }), { code: 'not-found' });
});

test('what matches is written where the analyst says', async () => {
  const { answers, folder, handlers } = session;
  const { exportCustomers, customers } = handlers;
  assert.deepEqual(await exportCustomers({ filter: all, chosen: null }), { path: null, customers: 0 });
  const path = join(folder, 'all.csv');
  answers.saveFile = path;
  assert.deepEqual(await exportCustomers({ filter: all, chosen: null }), { path, customers: 100 });
  const lines = readFileSync(path, 'utf8').trimEnd().split('\r\n');
  const { rows } = await customers({ ...all, offset: 0, limit: 1 });
  assert.equal(lines.length, 101);
  assert.ok(lines[1].startsWith(`${rows[0].customer},step 59,${rows[0].pd},${rows[0].riskLevel},`));
  answers.saveFile = join(folder, 'none', 'all.csv');
  await assert.rejects(async () => exportCustomers({ filter: all, chosen: null }), { code: 'file-unreadable' });
});

test('a note is kept with its customer', async () => {
  const { addNote, customer, customerIds } = session.handlers;
  const [id] = (await customerIds(all)).customers;
  const { notes } = await addNote({ customer: id, text: 'called' });
  const view = await customer({ customer: id });
  assert.deepEqual(view.notes, notes);
  assert.deepEqual([view.steps, view.features.length, view.values.length], [60, 10, 600]);
  assert.equal(view.score?.notes, 1);
});

test('closing the portfolio ends the warm process', async () => {
  const { timeline, customerIds, closePortfolio } = session.handlers;
  const { customers } = await customerIds(all);
  await timeline({ customer: customers[3], experimentId: null });
  assert.equal(session.processes.running('model'), 1);
  await closePortfolio({});
  assert.equal(session.processes.running('model'), 0);
});
