import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createPreferences } from '../../src-main/app/preferences.ts';
import { createRecentPortfolios } from '../../src-main/app/recent.ts';
import { createSession, type Session } from '../../src-main/app/session.ts';
import type { JobNews, StartedJob } from '../../src-main/ipc/contract.ts';
import type { CustomersFilter } from '../../src-main/ipc/views.ts';
import type { ProcessHost, StartedProcess } from '../../src-main/processes/host.ts';
import { createNodeHost } from '../../src-main/processes/node-host.ts';

const all: CustomersFilter = {
  list: 'all',
  search: '',
  levels: [],
  change: 'any',
  ranges: [],
  sort: { key: 'pd', direction: 'descending' },
};

let folder: string;
let session: Session;
let saveAs: string | null = null;
const heard: JobNews[] = [];
const modelProcesses: StartedProcess[] = [];

/** The real host, watched. */
function watchedHost(): ProcessHost {
  const host = createNodeHost();
  return {
    start(role) {
      const started = host.start(role);
      if (role === 'model') modelProcesses.push(started);
      return started;
    },
  };
}

async function ended({ jobId }: StartedJob): Promise<void> {
  for (;;) {
    const end = heard.find((news) => news.type !== 'started' && news.jobId === jobId && news.type !== 'progress');
    if (end?.type === 'failed') assert.fail(end.error.message);
    if (end !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duecast-session-'));
  const none = () => Promise.resolve(null);
  session = createSession({
    host: watchedHost(),
    info: { version: '0', electron: '', engineHost: 'Node 24' },
    recent: createRecentPortfolios(join(folder, 'recent.json')),
    preferences: createPreferences(join(folder, 'preferences.json'), folder),
    dialogs: {
      openPortfolio: none,
      newPortfolio: none,
      openExport: none,
      chooseFolder: none,
      saveFile: () => Promise.resolve(saveAs),
    },
    emit: (name, payload) => {
      if (name === 'job') heard.push(payload as JobNews);
    },
  });
  const { startSample, startTraining, startScoring } = session.handlers;
  await ended(await startSample({ customers: 100, days: 60, seed: 7 }));
  const training = { window: null, horizon: null, gap: null, labelRule: null, epochs: 1, batch: 32, seed: 1 };
  await ended(await startTraining({ ...training, models: ['logistic'] }));
  await ended(await startScoring({ modelId: null }));
});

after(async () => {
  await session?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('timelines share one warm model process, which is no job and is replaced when it dies', async () => {
  const { timeline, jobs, customerIds } = session.handlers;
  const { customers } = await customerIds(all);
  const draw = (customer: string) => timeline({ customer, experimentId: null });
  const startedBefore = modelProcesses.length;
  const first = await draw(customers[0]);
  assert.equal(first.models[0].points.length, 31);
  await draw(customers[1]);
  assert.equal(modelProcesses.length, startedBefore + 1);
  assert.deepEqual(await jobs({}), { jobs: [] });
  await modelProcesses[startedBefore].stop();
  await draw(customers[2]);
  assert.equal(modelProcesses.length, startedBefore + 2);
  await modelProcesses[startedBefore + 1].stop();
  assert.deepEqual(await draw(customers[0]), first, 'as it is kept');
  assert.equal(modelProcesses.length, startedBefore + 2, 'without a process');
  await assert.rejects(async () => draw('nobody'), { code: 'not-found' });
});

test('what matches is written where the analyst says', async () => {
  const { exportCustomers, customers } = session.handlers;
  assert.deepEqual(await exportCustomers({ filter: all, chosen: null }), { path: null, customers: 0 });
  saveAs = join(folder, 'all.csv');
  assert.deepEqual(await exportCustomers({ filter: all, chosen: null }), { path: saveAs, customers: 100 });
  const lines = readFileSync(saveAs, 'utf8').trimEnd().split('\r\n');
  const { rows } = await customers({ ...all, offset: 0, limit: 1 });
  assert.equal(lines.length, 101);
  assert.ok(lines[1].startsWith(`${rows[0].customer},step 59,${rows[0].pd},${rows[0].riskLevel},`));
  saveAs = join(folder, 'none', 'all.csv');
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
  let isGone = false;
  modelProcesses[modelProcesses.length - 1].channel.onClose(() => (isGone = true));
  await closePortfolio({});
  assert.equal(isGone, true);
});
