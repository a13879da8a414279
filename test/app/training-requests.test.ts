import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { JobNews, JobProgress } from '../../src-main/ipc/contract.ts';
import type { DuecastError } from '../../src-main/ipc/errors.ts';
import type { TrainingChoice } from '../../src-main/ipc/views.ts';
import { loadEngine } from '../../src-main/tensors/engines.ts';
import { windowlessSession, type WindowlessSession } from './windowless-session.ts';

let session: WindowlessSession;

before(async () => {
  session = windowlessSession();
  await session.done('sample', session.handlers.startSample({ customers: 60, days: 50, seed: 7 }));
});

after(() => session?.end());

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

test('a training that is cancelled registers nothing, and has not looked at the test customers', async () => {
  const job = await session.handlers.startTraining({ ...choice, epochs: 500 });
  await session.progressed(job, ({ lane }) => lane === 'lstm');
  await session.handlers.cancelJob(job);
  await assert.rejects(session.done('training', job), { code: 'cancelled' });
  assert.deepEqual(await session.handlers.experiments({}), { experiments: [] });
  assert.equal((await session.handlers.portfolio({})).open?.testUses, 0);
});

test('a training tells all that the screen shows, and its experiment is listed', async () => {
  const { experiments, learningCurves, startTraining, trainingPlan } = session.handlers;
  const from = session.events.length;
  const document = await session.done('training', startTraining({ ...choice, splitSeed: 9 }));
  const news = session.events.slice(from).map(({ payload }) => payload as JobNews);
  const told = news.flatMap((one) => (one.type === 'progress' ? [one.progress] : []));
  const last = (lane: string) => told.filter((one) => one.lane === lane).pop() as JobProgress;
  for (const lane of ['lstm', 'lightgbm', 'logistic']) assert.equal(last(lane).ended, 'trained', lane);
  const { figures } = last('lstm');
  assert.ok(figures?.unit === 'epochs');
  const { epoch, epochs, windowsPerSecond, secondsLeft, last: record } = figures.epochs;
  assert.deepEqual([epoch, epochs, secondsLeft, record?.epoch], [1, 1, 0, 1]);
  assert.ok(windowsPerSecond > 0);
  assert.equal(last('lightgbm').figures?.unit, 'rounds');

  const [experiment] = (await experiments({})).experiments;
  assert.equal(experiment.experimentId, document.experimentId);
  assert.deepEqual(experiment.settings, {
    window: 30,
    horizon: 14,
    gap: 0,
    labelRule: 'constant',
    epochs: 1,
    batch: 32,
    seed: 1,
    splitSeed: 9,
    calibration: 'none',
    ensembleWeight: 'recipe',
  });
  assert.equal(experiment.backend.name, loadEngine('auto').name);
  assert.deepEqual(
    experiment.models.map(({ id, kind }) => [id, kind]),
    document.models.map(({ id, kind }) => [id, kind]),
  );
  const { models } = await learningCurves({ experimentId: experiment.experimentId });
  assert.deepEqual(models[0].history, document.models[0].history);

  const plan = await trainingPlan(windows);
  assert.deepEqual([plan.splitSeed, plan.canRedraw], [9, false]);
  await assert.rejects(async () => trainingPlan({ ...windows, splitSeed: 1 }), { code: 'not-allowed' });
});

test('with several seeds it is one job: cancelled it keeps none, done it says how the figures spread', async () => {
  const { cancelJob, experiments, portfolio, startTraining } = session.handlers;
  const asked: TrainingChoice = { ...choice, models: ['lstm'], epochs: 2, seed: 4, seeds: 2 };
  const before = { listed: (await experiments({})).experiments.length, looks: (await portfolio({})).open!.testUses };
  const cancelled = await startTraining({ ...asked, models: ['logistic'] });
  await session.progressed(cancelled, ({ seed }) => seed?.number === 2);
  await cancelJob(cancelled);
  await assert.rejects(session.done('training', cancelled), { code: 'cancelled' });
  assert.equal((await experiments({})).experiments.length, before.listed, 'nor the seed that was trained already');
  assert.equal((await portfolio({})).open!.testUses, before.looks);

  const from = session.events.length;
  const { seeds } = await session.done('training', startTraining(asked));
  assert.deepEqual(
    seeds!.experiments.map(({ seed }) => seed),
    [4, 5],
  );
  const news = session.events.slice(from).map(({ payload }) => payload as JobNews);
  const told = news.flatMap((one) => (one.type === 'progress' ? [one.progress] : []));
  assert.ok(told.some(({ seed, share }) => seed?.number === 1 && share !== null && share <= 0.5));
  assert.ok(told.every(({ seed }) => seed!.of === 2 && (seed!.number === 1) === (seed!.secondsLeft === null)));
  const listed = (await experiments({})).experiments;
  assert.equal(listed.length, before.listed + 2);
  const [newest, older, ...others] = listed;
  assert.deepEqual([newest.seeds, older.seeds], [seeds, seeds]);
  assert.ok(others.every((one) => one.seeds === undefined));
  assert.deepEqual(
    seeds!.models[0].metrics.auc.values,
    [older, newest].map(({ models }) => models[0].test.auc),
  );
  assert.equal((await portfolio({})).open!.testUses, before.looks + 2);
});

test('the engine is told', async () => {
  const { engine, problem } = await session.handlers.engine({});
  assert.equal(engine?.name, loadEngine('auto').name);
  assert.equal(problem, null);
});

test('an engine that is missing is told until another is chosen', async (t) => {
  const hidden = process.env['DUECAST_NO_TENSORFLOW'];
  t.after(() => {
    if (hidden === undefined) delete process.env['DUECAST_NO_TENSORFLOW'];
    else process.env['DUECAST_NO_TENSORFLOW'] = hidden;
  });
  process.env['DUECAST_NO_TENSORFLOW'] = '1';
  const { handlers } = session;
  const { preferences } = await handlers.preferences({});
  t.after(() => handlers.setPreferences(preferences));
  await handlers.setPreferences({ ...preferences, backend: 'tensorflow' });
  assert.equal((await handlers.engine({})).problem?.code, 'engine-missing');
  await handlers.setPreferences({ ...preferences, backend: 'wasm' });
  const { engine, problem } = await handlers.engine({});
  assert.deepEqual([engine?.name, problem], ['wasm', null]);
});
