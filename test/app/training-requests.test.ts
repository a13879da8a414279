import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createPreferences } from '../../src-main/app/preferences.ts';
import { createRecentPortfolios } from '../../src-main/app/recent.ts';
import { createSession, type Session } from '../../src-main/app/session.ts';
import type { JobNews, JobProgress } from '../../src-main/ipc/contract.ts';
import type { DuecastError } from '../../src-main/ipc/errors.ts';
import type { TrainingChoice } from '../../src-main/ipc/views.ts';
import type { ProcessHost, StartedProcess } from '../../src-main/processes/host.ts';
import { createNodeHost } from '../../src-main/processes/node-host.ts';

let folder: string;
let session: Session;
const news: JobNews[] = [];
const waiting = new Set<() => void>();

const host = createNodeHost();
let newestModel: StartedProcess;
/** The real one; what it started can be killed. */
const watched: ProcessHost = {
  start(role) {
    const started = host.start(role);
    if (role === 'model') newestModel = started;
    return started;
  },
};

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duecast-training-'));
  const nothing = () => Promise.resolve(null);
  session = createSession({
    host: watched,
    info: { version: '0', electron: '0', engineHost: 'Node 24' },
    recent: createRecentPortfolios(join(folder, 'recent.json')),
    preferences: createPreferences(join(folder, 'preferences.json'), folder),
    dialogs: {
      openPortfolio: nothing,
      newPortfolio: nothing,
      openExport: nothing,
      chooseFolder: nothing,
      saveFile: nothing,
    },
    emit(name, payload) {
      if (name === 'job') news.push(payload as JobNews);
      for (const look of waiting) look();
    },
  });
  const { jobId } = await session.handlers.startSample({ customers: 60, days: 50, seed: 7 });
  assert.equal((await end(jobId)).type, 'done');
});

after(async () => {
  await session.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The first news that fits, past or to come. */
function heard<T extends JobNews>(fits: (one: JobNews) => one is T): Promise<T> {
  return new Promise((resolve) => {
    const look = () => {
      const found = news.find(fits);
      if (found === undefined) return;
      waiting.delete(look);
      resolve(found);
    };
    waiting.add(look);
    look();
  });
}

const end = (jobId: string) =>
  heard(
    (one): one is Extract<JobNews, { type: 'done' | 'failed' }> =>
      'jobId' in one && one.jobId === jobId && one.type !== 'progress',
  );

const windows = { window: null, horizon: null, gap: null, labelRule: null, splitSeed: null };
const choice: TrainingChoice = {
  ...windows,
  models: ['lstm', 'lightgbm', 'logistic'],
  epochs: 1,
  batch: 32,
  seed: 1,
};

test('a plan that is overtaken is cancelled, the newest one is answered', async () => {
  const { trainingPlan } = session.handlers;
  const asked = await Promise.allSettled([10, 11, 12].map(async (window) => trainingPlan({ ...windows, window })));
  const codes = asked.map((one) => (one.status === 'rejected' ? (one.reason as DuecastError).code : 'answered'));
  assert.deepEqual(codes, ['cancelled', 'cancelled', 'answered']);
  const { settings, split, splitSeed, canRedraw } = await trainingPlan(windows);
  assert.deepEqual([settings.window, settings.horizon, splitSeed, canRedraw], [30, 14, 1, true]);
  assert.deepEqual(
    [split.train, split.validation, split.test].map(({ customers }) => customers),
    [36, 13, 11],
  );
  await assert.rejects(async () => trainingPlan({ ...windows, window: 60 }), {
    code: 'too-small',
    message: /50 steps/,
  });
});

test('a training that is cancelled registers nothing', async () => {
  const { jobId } = await session.handlers.startTraining({ ...choice, epochs: 500 });
  await heard((one): one is JobNews => one.type === 'progress' && one.jobId === jobId && one.progress.lane === 'lstm');
  await session.handlers.cancelJob({ jobId });
  const ended = await end(jobId);
  assert.ok(ended.type === 'failed' && ended.error.code === 'cancelled');
  assert.deepEqual(await session.handlers.experiments({}), { experiments: [] });
  assert.equal((await session.handlers.portfolio({})).open?.testUses, 0);
});

test('a training whose process is killed says so, and registers nothing', async () => {
  const { jobId } = await session.handlers.startTraining({ ...choice, models: ['lstm'], epochs: 500 });
  await heard((one): one is JobNews => one.type === 'progress' && one.jobId === jobId && one.progress.lane === 'lstm');
  await newestModel.stop();
  const ended = await end(jobId);
  assert.ok(ended.type === 'failed');
  assert.equal(ended.error.code, 'process-ended');
  assert.match(ended.error.message, /Nothing of this training was kept.*Train again/);
  assert.match(ended.error.detail ?? '', /^lstm: .*SIGKILL/);
  assert.deepEqual(await session.handlers.experiments({}), { experiments: [] });
});

test('a training tells all that the screen shows, and its experiment is listed', async () => {
  const { experiments, learningCurves, startTraining, trainingPlan } = session.handlers;
  const { jobId } = await startTraining({ ...choice, splitSeed: 9 });
  const ended = await end(jobId);
  assert.ok(ended.type === 'done' && ended.kind === 'training');
  const told = news.flatMap((one) => (one.type === 'progress' && one.jobId === jobId ? [one.progress] : []));
  const last = (lane: string) => told.filter((one) => one.lane === lane).pop() as JobProgress;
  for (const lane of ['lstm', 'lightgbm', 'logistic']) assert.equal(last(lane).ended, 'trained', lane);
  const { figures } = last('lstm');
  assert.ok(figures?.unit === 'epochs');
  const { epoch, epochs, windowsPerSecond, secondsLeft, last: record } = figures.epochs;
  assert.deepEqual([epoch, epochs, secondsLeft, record?.epoch], [1, 1, 0, 1]);
  assert.ok(windowsPerSecond > 0);
  assert.equal(last('lightgbm').figures?.unit, 'rounds');

  const [experiment] = (await experiments({})).experiments;
  assert.equal(experiment.experimentId, ended.value.experimentId);
  assert.deepEqual(experiment.settings, {
    window: 30,
    horizon: 14,
    gap: 0,
    labelRule: 'constant',
    epochs: 1,
    batch: 32,
    seed: 1,
    splitSeed: 9,
  });
  assert.equal(experiment.backend.name, 'tensorflow');
  assert.deepEqual(
    experiment.models.map(({ id, kind }) => [id, kind]),
    ended.value.models.map(({ id, kind }) => [id, kind]),
  );
  const { models } = await learningCurves({ experimentId: experiment.experimentId });
  assert.deepEqual(models[0].history, ended.value.models[0].history);

  const plan = await trainingPlan(windows);
  assert.deepEqual([plan.splitSeed, plan.canRedraw], [9, false]);
  await assert.rejects(async () => trainingPlan({ ...windows, splitSeed: 1 }), { code: 'not-allowed' });
});

test('the engine is told', async () => {
  const { engine, problem } = await session.handlers.engine({});
  assert.equal(engine?.name, 'tensorflow');
  assert.equal(problem, null);
});
