import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { cancelled, DuecastError } from '../../src-main/ipc/errors.ts';
import { createBroker, type JobEvent } from '../../src-main/processes/broker.ts';
import { connect, serve, type CallContext } from '../../src-main/processes/rpc.ts';
import { channelPair } from './channel-pair.ts';

const PROGRESS_MS = 125;

/** Starts a job and gathers what it tells. */
function started<T>(work: (context: CallContext) => Promise<T>, broker = createBroker()) {
  const events: JobEvent[] = [];
  const { jobId, result } = broker.start(work, (event) => events.push(event));
  const ended = result.then(
    () => undefined,
    () => undefined,
  );
  const terminal = () => events.filter(({ type }) => type !== 'progress');
  return { broker, events, jobId, result, ended: ended.then(() => setImmediate()), terminal };
}

const untilAborted = ({ signal }: CallContext) =>
  new Promise<never>((_, reject) => {
    if (signal.aborted) reject(cancelled());
    signal.addEventListener('abort', () => reject(cancelled()));
  });

const isCancelled = (error: unknown) => error instanceof DuecastError && error.code === 'cancelled';

describe('a job', () => {
  test('that succeeds ends with its value, once', async () => {
    const job = started(() => Promise.resolve({ customers: 3 }));
    assert.deepEqual(job.events, [], 'nothing is told from within start');
    assert.deepEqual(await job.result, { customers: 3 });
    await job.ended;
    assert.deepEqual(job.events, [{ type: 'done', jobId: job.jobId, value: { customers: 3 } }]);
  });

  test('that fails as expected ends with that failure, once', async () => {
    const error = new DuecastError('too-small', 'There are 3 customers; it takes 10.', 'train');
    const job = started(() => Promise.reject(error));
    await assert.rejects(job.result, error);
    await job.ended;
    assert.deepEqual(job.events, [
      { type: 'failed', jobId: job.jobId, error: { code: 'too-small', message: error.message, detail: 'train' } },
    ]);
  });

  test('with a defect ends as internal, also one thrown at once', async () => {
    const job = started(() => {
      throw new Error('secret detail');
    });
    await job.ended;
    const [event] = job.events;
    assert.equal(job.events.length, 1);
    assert.ok(event.type === 'failed');
    assert.equal(event.error.code, 'internal');
    assert.doesNotMatch(event.error.message, /secret/);
    assert.match(event.error.detail ?? '', /secret detail/);
  });

  test('has an id of its own', async () => {
    const broker = createBroker();
    const jobs = Array.from({ length: 5 }, () => started(() => Promise.resolve(1), broker));
    await Promise.all(jobs.map(({ ended }) => ended));
    assert.equal(new Set(jobs.map(({ jobId }) => jobId)).size, 5);
    for (const { events, jobId } of jobs) assert.deepEqual(events, [{ type: 'done', jobId, value: 1 }]);
  });
});

describe('cancelling', () => {
  test('ends the job with cancelled, once, however often it is asked', async () => {
    const job = started(untilAborted);
    job.broker.cancel(job.jobId);
    job.broker.cancel(job.jobId);
    await assert.rejects(job.result, isCancelled);
    await job.ended;
    job.broker.cancel(job.jobId);
    await setImmediate();
    assert.equal(job.events.length, 1);
    assert.ok(job.events[0].type === 'failed' && job.events[0].error.code === 'cancelled');
  });

  test('counts as cancelled whatever the job fails with then', async () => {
    const job = started(async ({ signal }) => {
      await setTimeout(5);
      assert.ok(signal.aborted);
      throw new DuecastError('process-ended', 'It was killed.');
    });
    job.broker.cancel(job.jobId);
    await assert.rejects(job.result, isCancelled);
  });

  test('too late leaves the job done', async () => {
    const job = started(async () => {
      await setTimeout(5);
      return 'registered';
    });
    job.broker.cancel(job.jobId);
    assert.equal(await job.result, 'registered');
    await job.ended;
    assert.deepEqual(job.terminal(), [{ type: 'done', jobId: job.jobId, value: 'registered' }]);
  });

  test('touches no other job, and an unknown one is no error', async () => {
    const broker = createBroker();
    const one = started(untilAborted, broker);
    const two = started(async () => {
      await setTimeout(10);
      return 2;
    }, broker);
    broker.cancel(one.jobId);
    broker.cancel('no such job');
    await assert.rejects(one.result, isCancelled);
    assert.equal(await two.result, 2);
  });
});

describe('progress', () => {
  const lanesOf = (events: JobEvent[]) =>
    events.flatMap((event) => (event.type === 'progress' ? [event.progress] : []));

  test('is passed on at most every 125 ms a lane, the first at once', async () => {
    const startedAt = performance.now();
    const job = started(({ progress }) => {
      for (let done = 0; done < 5_000; done++) {
        progress({ phase: 'training', done, total: 1e6, lane: 'lstm' });
        progress({ phase: 'training', done, total: 1e6, lane: 'cnn-lstm' });
      }
      return Promise.resolve();
    });
    await job.ended;
    const most = 1 + Math.floor((performance.now() - startedAt) / PROGRESS_MS);
    for (const lane of ['lstm', 'cnn-lstm']) {
      const passed = lanesOf(job.events).filter((progress) => progress.lane === lane);
      assert.equal(passed[0].done, 0);
      assert.ok(passed.length <= most, `${lane}: ${passed.length} passed`);
    }
  });

  test('passes again after the pause, with the newest', async () => {
    const job = started(async ({ progress }) => {
      progress({ phase: 'rows', done: 1, total: 100 });
      await setTimeout(PROGRESS_MS + 25);
      progress({ phase: 'rows', done: 50, total: 100 });
    });
    await job.ended;
    assert.deepEqual(
      lanesOf(job.events).map(({ done }) => done),
      [1, 50],
    );
  });

  test('at the end of a phase, and at the start of the next, passes at once', async () => {
    const job = started(({ progress }) => {
      progress({ phase: 'encoding', done: 0, total: 2 });
      progress({ phase: 'encoding', done: 2, total: 2 });
      progress({ phase: 'rows', done: 0, total: 2 });
      progress({ phase: 'rows', done: 2, total: 2 });
      return Promise.resolve();
    });
    await job.ended;
    assert.deepEqual(
      lanesOf(job.events).map(({ phase, done }) => `${phase} ${done}`),
      ['encoding 0', 'encoding 2', 'rows 0', 'rows 2'],
    );
  });

  test('told after the end is not passed on, however it ended', async () => {
    for (const end of [() => Promise.resolve(), () => Promise.reject(new Error('broken'))]) {
      let late: CallContext['progress'] = () => assert.fail('the job did not run');
      const job = started(async ({ progress }) => {
        late = progress;
        await end();
      });
      await job.ended;
      late({ phase: 'late', done: 1, total: 1 });
      await setImmediate();
      assert.deepEqual(lanesOf(job.events), []);
      assert.equal(job.terminal().length, 1);
    }
  });

  test('of two jobs is throttled apart and carries the job’s id', async () => {
    const broker = createBroker();
    const jobs = [1, 2].map((done) =>
      started(async ({ progress }) => {
        progress({ phase: 'rows', done, total: 9 });
        await setImmediate();
      }, broker),
    );
    await Promise.all(jobs.map(({ ended }) => ended));
    jobs.forEach(({ events, jobId }, i) =>
      assert.deepEqual(events[0], { type: 'progress', jobId, progress: { phase: 'rows', done: i + 1, total: 9 } }),
    );
  });
});

describe('a job in another process', () => {
  interface Api {
    run(request: { endless: boolean }): string;
  }
  function process() {
    const { near, far, close } = channelPair();
    serve<Api>(far, {
      async run({ endless }, context) {
        for (let done = 1; done <= 3; done++) context.progress({ phase: 'step', done, total: 3, lane: `${done}` });
        return endless ? untilAborted(context) : 'finished';
      },
    });
    const client = connect<Api>(near);
    const run =
      (endless: boolean) =>
      ({ signal, progress }: CallContext) =>
        client.call('run', { endless }, { signal, progress });
    return { run, close };
  }

  test('tells its progress, then its end', async () => {
    const { run } = process();
    const job = started(run(false));
    await job.ended;
    assert.deepEqual(
      job.events.map((event) => (event.type === 'progress' ? event.progress.done : event.type)),
      [1, 2, 3, 'done'],
    );
  });

  test('is cancelled there', async () => {
    const { run } = process();
    const job = started(run(true));
    await setTimeout(5);
    job.broker.cancel(job.jobId);
    await assert.rejects(job.result, isCancelled);
    await job.ended;
    assert.equal(job.terminal().length, 1);
  });

  test('fails with process-ended when that process dies; after a cancel with cancelled', async () => {
    for (const cancelFirst of [false, true]) {
      const { run, close } = process();
      const job = started(run(true));
      await setTimeout(5);
      if (cancelFirst) job.broker.cancel(job.jobId);
      close('killed');
      await job.ended;
      const [event] = job.terminal();
      assert.ok(event.type === 'failed');
      assert.equal(event.error.code, cancelFirst ? 'cancelled' : 'process-ended');
      assert.equal(job.terminal().length, 1);
    }
  });
});
