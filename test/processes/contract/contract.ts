import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { DuecastError } from '../../../src-main/ipc/errors.ts';
import type { ProcessHost } from '../../../src-main/processes/host.ts';
import { connect, type Client, type Progress } from '../../../src-main/processes/rpc.ts';
import type { EngineApi } from './engine.ts';

/** What every host obeys, and how that is seen. It runs on Node 16 too, which is inside Electron 22. */
export interface Clause {
  name: string;
  obeyed(host: ProcessHost): Promise<void>;
}

/** For a computation that only an end from outside can break off. */
const FOREVER_MS = 3_600_000;
const PROMPT_MS = 5_000;

interface Running {
  engine: Client<EngineApi>;
  stop(): Promise<void>;
}

function start(host: ProcessHost): Running {
  const { channel, stop } = host.start('model');
  return { engine: connect<EngineApi>(channel), stop };
}

const withEngine =
  (work: (engine: Client<EngineApi>, host: ProcessHost) => Promise<void>) => async (host: ProcessHost) => {
    const { engine, stop } = start(host);
    try {
      await work(engine, host);
    } finally {
      await stop();
    }
  };

const echoed = (engine: Client<EngineApi>, value: unknown) => engine.call('echo', { value });

async function failure(work: Promise<unknown>): Promise<DuecastError> {
  const error: unknown = await work.then(
    () => assert.fail('it succeeded'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DuecastError, String(error));
  return error;
}

async function isGone(pid: number): Promise<boolean> {
  const until = Date.now() + PROMPT_MS;
  while (Date.now() < until) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await setTimeout(10);
  }
  return false;
}

const collectGarbage = () => (globalThis as { gc?: () => void }).gc?.();

export const CONTRACT: Clause[] = [
  {
    name: 'a process answers, also what it was asked before it had come up',
    obeyed: withEngine(async (engine) => {
      const answers = await Promise.all([1, 2, 3, 4, 5].map((value) => echoed(engine, value)));
      assert.deepEqual(answers, [1, 2, 3, 4, 5]);
    }),
  },
  {
    name: 'values arrive as they were, both ways',
    obeyed: withEngine(async (engine) => {
      const value = {
        text: 'Élodie — 😀 \u0001',
        numbers: [0, -1.5, NaN, Infinity, 5e-324],
        nothing: null,
        deep: [{ list: [], yes: true }],
        predictions: { validation: Float32Array.of(0.1, NaN), test: null, steps: Int32Array.of(-7, 2 ** 31 - 1) },
        weights: new Uint8Array(0),
      };
      assert.deepEqual(await echoed(engine, value), value);
    }),
  },
  {
    name: 'large arrays arrive whole, both ways',
    obeyed: withEngine(async (engine) => {
      const scores = Float32Array.from({ length: 5_000_000 }, (_, i) => i / 7);
      const weights = Uint8Array.from({ length: 3_000_001 }, (_, i) => i % 251);
      const answer = (await echoed(engine, { scores, weights })) as { scores: Float32Array; weights: Uint8Array };
      assert.ok(Buffer.from(scores.buffer).equals(Buffer.from(answer.scores.buffer, answer.scores.byteOffset, 2e7)));
      assert.ok(Buffer.from(weights).equals(Buffer.from(answer.weights)));
    }),
  },
  {
    name: 'messages of every length are collected without harm',
    obeyed: withEngine(async (engine) => {
      for (let length = 3; length < 30_000; length += 499) {
        const value = { scores: new Uint8Array(length), text: 'x'.repeat(length) };
        assert.deepEqual(await echoed(engine, value), value);
        collectGarbage();
      }
      // Backing stores are freed on another thread.
      await setTimeout(100);
    }),
  },
  {
    name: 'an error crosses as a value, and what was asked besides is answered',
    obeyed: withEngine(async (engine) => {
      const [refused, failed, odd] = await Promise.all([
        failure(engine.call('refuse', { message: 'Line 3 has no date.' })),
        failure(engine.call('fail', { message: 'a defect' })),
        failure(engine.call('answerFunction', {})),
      ]);
      const { code, message, detail } = refused;
      assert.deepEqual(
        { code, message, detail },
        {
          code: 'data-refused',
          message: 'Line 3 has no date.',
          detail: 'line 3',
        },
      );
      assert.equal(failed.code, 'internal');
      assert.match(failed.detail ?? '', /a defect/);
      assert.equal(odd.code, 'internal');
      assert.equal(await echoed(engine, 'still there'), 'still there');
    }),
  },
  {
    name: 'progress comes in order, and a cancel reaches the work',
    obeyed: withEngine(async (engine) => {
      const abort = new AbortController();
      const steps: number[] = [];
      const progress = ({ done }: Progress) => {
        steps.push(done);
        if (done === 5) abort.abort();
      };
      const counted = await engine.call('count', { to: 1e6 }, { signal: abort.signal, progress });
      assert.ok(counted >= 6 && counted < 1e6);
      assert.deepEqual(
        steps,
        steps.map((_, i) => i),
      );
      assert.equal(await echoed(engine, 'still there'), 'still there');
    }),
  },
  {
    name: 'a process killed from outside fails what it was asked, and what it is asked then',
    obeyed: withEngine(async (engine, host) => {
      const pid = await engine.call('processId', {});
      const computing = failure(engine.call('compute', { ms: FOREVER_MS }));
      process.kill(pid, 'SIGKILL');
      const { code, detail } = await computing;
      assert.equal(code, 'process-ended');
      assert.match(detail ?? '', /^model process: /);
      assert.equal((await failure(echoed(engine, 1))).code, 'process-ended');
      await withEngine(async (another) => assert.equal(await echoed(another, 'again'), 'again'))(host);
    }),
  },
  {
    name: 'a process that ends itself leaves its code and its last words',
    obeyed: withEngine(async (engine) => {
      const { code, detail } = await failure(engine.call('die', { code: 3, words: 'no memory is left' }));
      assert.equal(code, 'process-ended');
      assert.match(detail ?? '', /exit code 3[^]*no memory is left/);
    }),
  },
  {
    name: 'a process that computes is stopped at once, and is gone then',
    async obeyed(host) {
      const { engine, stop } = start(host);
      const pid = await engine.call('processId', {});
      const computing = failure(engine.call('compute', { ms: FOREVER_MS }));
      const since = Date.now();
      await stop();
      assert.ok(Date.now() - since < PROMPT_MS);
      assert.equal((await computing).code, 'process-ended');
      assert.ok(await isGone(pid));
      await stop();
    },
  },
  {
    name: 'a process is stopped before it has come up',
    async obeyed(host) {
      const { engine, stop } = start(host);
      const asked = failure(echoed(engine, 1));
      await stop();
      assert.equal((await asked).code, 'process-ended');
    },
  },
  {
    name: 'many processes are started, side by side and one after the other',
    async obeyed(host) {
      const pids = new Set<number>();
      for (let round = 0; round < 5; round++) {
        const running = [1, 2, 3, 4].map(() => start(host));
        for (const pid of await Promise.all(running.map(({ engine }) => engine.call('processId', {})))) pids.add(pid);
        await Promise.all(running.map(({ stop }) => stop()));
      }
      assert.equal(pids.size, 20);
      for (const pid of pids) assert.ok(await isGone(pid));
    },
  },
];
