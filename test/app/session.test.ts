import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { DuecastError, type ErrorCode } from '../../src-main/ipc/errors.ts';
import type { TrainingChoice } from '../../src-main/ipc/views.ts';
import { windowlessSession, type WindowlessSession } from './windowless-session.ts';

const DEFAULTS = { window: null, horizon: null, gap: null, labelRule: null, splitSeed: null, batch: 32, seed: 1 };
const SHORT: TrainingChoice = { ...DEFAULTS, models: ['lstm', 'logistic'], epochs: 1 };
/** Is still at work when it is broken off. */
const LONG: TrainingChoice = { ...DEFAULTS, models: ['lstm', 'cnn-lstm'], epochs: 10_000 };

let session: WindowlessSession;
let portfolio: string;

before(async () => {
  session = windowlessSession();
  const { startSample } = session.handlers;
  ({ path: portfolio } = await session.done('sample', startSample({ customers: 60, days: 60, seed: 7 })));
});
after(() => session?.end());

const failure = async (work: Promise<unknown>, code: ErrorCode): Promise<DuecastError> => {
  const error: unknown = await work.then(
    () => assert.fail('it succeeded'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DuecastError, String(error));
  assert.equal(error.code, code, error.detail);
  return error;
};

const experiments = async () =>
  new Set((await session.handlers.models({})).models.map((model) => model.experimentId)).size;
const portfolios = () => readdirSync(dirname(portfolio)).filter((name) => name.endsWith('.duecast'));
/** Its lock and SQLite's own files, which are there while it is open. */
const filesBeside = (path: string) =>
  readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)) && name !== basename(path));
const historyRows = async () => (await session.handlers.portfolio({})).open?.historyRows;

/** A training that has begun to train. */
async function training(choice: TrainingChoice) {
  const job = await session.handlers.startTraining(choice);
  await session.progressed(job, ({ lane }) => lane !== undefined);
  return job;
}

describe('a training', () => {
  test('registers its models', async () => {
    const document = await session.done('training', session.handlers.startTraining(SHORT));
    assert.deepEqual(
      document.models.map(({ kind }) => kind),
      ['lstm', 'logistic', 'ensemble'],
    );
    assert.equal(await experiments(), 1);
  });

  test('that is cancelled registers nothing, and leaves no process', async () => {
    const job = await training(LONG);
    await session.handlers.cancelJob(job);
    await failure(session.done('training', job), 'cancelled');
    assert.equal(await experiments(), 1);
    assert.equal(session.processes.running('model'), 0);
    assert.deepEqual(session.running(), []);
  });

  test('whose process is killed says what happened, what was kept and what to do, and can be trained again', async () => {
    const job = await training(LONG);
    await session.processes.kill('model');
    const { message, detail } = await failure(session.done('training', job), 'process-ended');
    assert.match(message, /training a model stopped unexpectedly/);
    assert.match(message, /None of its models was kept; the portfolio and its earlier models are as before/);
    assert.match(message, /Train again/);
    assert.match(detail ?? '', /model process: ended by SIGKILL/);
    assert.equal(await experiments(), 1);
    assert.equal(session.processes.running('model'), 0);
    await session.done('training', session.handlers.startTraining(SHORT));
    assert.equal(await experiments(), 2);
  });

  test('is registered also where the store was killed meanwhile', async () => {
    const job = await training(SHORT);
    await session.processes.kill('store');
    await session.done('training', job);
    assert.equal(await experiments(), 3);
  });
});

describe('a store that is killed', () => {
  test('fails what it was asked, and is started again by what is asked next', async () => {
    const rows = await historyRows();
    const asked = failure(session.handlers.auditLog({}) as Promise<unknown>, 'process-ended');
    await session.processes.kill('store');
    const { message } = await asked;
    assert.match(message, /stopped unexpectedly. Everything saved before is kept/);
    assert.equal(await historyRows(), rows);
    assert.equal(session.processes.running('store'), 1);
  });

  test('while nothing is asked of it goes unnoticed', async () => {
    await session.processes.kill('store');
    const [before, imports] = await Promise.all([experiments(), session.handlers.imports({})]);
    assert.equal(before, 3);
    assert.equal(imports.imports.length, 1);
    assert.equal(session.processes.running('store'), 1, 'one for both');
  });

  test('during an import keeps nothing of it', async () => {
    const rows = await historyRows();
    const job = session.handlers.startSample({ customers: 3_000, days: 60, seed: 8 });
    await session.progressed(job, ({ phase }) => phase === 'rows');
    await session.processes.kill('store');
    await failure(session.done('sample', job), 'process-ended');
    assert.equal((await session.handlers.portfolio({})).open?.path, portfolio, 'the one before stays open');
    assert.equal(await historyRows(), rows);
    assert.deepEqual(portfolios(), [basename(portfolio)], 'the new one is gone');
  });
});

describe('closing', () => {
  test('is refused while a job runs', async () => {
    const job = await training(LONG);
    const { message } = await failure(
      Promise.resolve().then(() => session.handlers.closePortfolio({})),
      'not-allowed',
    );
    assert.match(message, /“Training” is still at work/);
    await session.handlers.cancelJob(job);
    await failure(session.done('training', job), 'cancelled');
  });

  test('the session cancels what runs, frees the portfolio and ends every process', async () => {
    const before = await experiments();
    const job = await training(LONG);
    const ended = failure(session.done('training', job), 'cancelled');
    await session.close();
    await ended;
    assert.equal(session.processes.running('model') + session.processes.running('store'), 0);
    assert.deepEqual(filesBeside(portfolio), []);
    await session.handlers.openPortfolio({ path: portfolio });
    assert.equal(await experiments(), before);
  });

  test('leaves a portfolio in order whose store was killed', async () => {
    await session.processes.kill('store');
    assert.equal(existsSync(`${portfolio}.lock`), true);
    await session.close();
    assert.equal(session.processes.running('store'), 0);
    assert.deepEqual(filesBeside(portfolio), []);
  });
});
