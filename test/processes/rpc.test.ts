import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { cancelled, DuecastError } from '../../src-main/ipc/errors.ts';
import { connect, serve, type CallContext, type Handlers, type Progress } from '../../src-main/processes/rpc.ts';
import { channelPair } from './channel-pair.ts';

interface Api {
  add(request: { a: number; b: number }): number;
  twice(request: { values: Float32Array }): Float32Array;
  /** Answers when its signal is aborted, as `how` says. */
  untilAborted(request: { how: 'throw' | 'answer' }): string;
  work(request: { steps: number; lane: string }): number;
  fail(request: { with: string }): never;
  wait(request: { ms: number }): number;
  odd(request: object): unknown;
}

const FAILURES: Record<string, () => unknown> = {
  known: () => new DuecastError('data-refused', 'Line 3 has no date; nothing was imported.', 'parse: 31.02.'),
  'without detail': () => new DuecastError('not-found', 'There is no such model.'),
  defect: () => new TypeError('secret path /home/someone is not a function'),
  text: () => 'a bare text',
  nothing: () => undefined,
};

const handlers: Handlers<Api> = {
  add: ({ a, b }) => a + b,
  twice: ({ values }) => Promise.resolve(values.map((value) => 2 * value)),
  untilAborted: ({ how }, { signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () =>
        how === 'throw' ? reject(cancelled()) : resolve('finished all the same'),
      );
    }),
  async work({ steps, lane }, { progress }) {
    for (let done = 1; done <= steps; done++) {
      progress({ phase: 'working', done, total: steps, lane });
      if (done % 3 === 0) await setImmediate();
    }
    return steps;
  },
  fail({ with: kind }) {
    throw FAILURES[kind]();
  },
  wait: ({ ms }) => setTimeout(ms, ms),
  odd: () => () => 'functions cannot cross',
};

function connected(own: Handlers<Api> = handlers) {
  const pair = channelPair();
  serve<Api>(pair.far, own);
  return { ...pair, client: connect<Api>(pair.near) };
}

const failure = async (work: Promise<unknown>): Promise<DuecastError> => {
  const error: unknown = await work.then(
    () => assert.fail('it succeeded'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DuecastError, String(error));
  return error;
};

describe('a call', () => {
  test('is answered, arrays and all', async () => {
    const { client } = connected();
    assert.equal(await client.call('add', { a: 2, b: 3 }), 5);
    const doubled = await client.call('twice', { values: Float32Array.of(1, NaN) });
    assert.deepEqual(doubled, Float32Array.of(2, NaN));
  });

  test('gets its own answer, in whatever order answers come', async () => {
    const { client } = connected();
    const order: number[] = [];
    const wait = (ms: number) => client.call('wait', { ms }).then((answer) => order.push(answer));
    await Promise.all([wait(60), wait(1), wait(30)]);
    assert.deepEqual(order, [1, 30, 60]);
  });

  test('can go both ways over one channel', async () => {
    const { near, far, client } = connected();
    serve<Api>(near, { ...handlers, add: ({ a, b }) => 100 + a + b });
    const other = connect<Api>(far);
    assert.deepEqual(
      await Promise.all([client.call('add', { a: 1, b: 2 }), other.call('add', { a: 1, b: 2 })]),
      [3, 103],
    );
  });

  test('does not compile with an unknown method, another request, or a handler missing or too many', () => {
    const { client } = connected();
    const { add, ...rest } = handlers;
    // @ts-expect-error -- no such method
    const unknown = () => client.call('subtract', { a: 1, b: 2 });
    // @ts-expect-error -- a request of another shape
    const wrong = () => client.call('add', { a: 1 });
    // @ts-expect-error -- a handler is missing
    const missing: Handlers<Api> = rest;
    // @ts-expect-error -- a handler too many
    const extra: Handlers<Pick<Api, 'add'>> = { add, subtract: add };
    assert.ok([unknown, wrong, missing, extra].every((value) => value !== undefined));
  });
});

describe('a failure', () => {
  test('that is expected crosses with code, message and detail', async () => {
    const { client } = connected();
    const { code, message, detail } = await failure(client.call('fail', { with: 'known' }));
    assert.deepEqual(
      { code, message, detail },
      { code: 'data-refused', message: 'Line 3 has no date; nothing was imported.', detail: 'parse: 31.02.' },
    );
    assert.equal((await failure(client.call('fail', { with: 'without detail' }))).detail, undefined);
  });

  test('that is a defect becomes internal, its text kept for the log alone', async () => {
    const { client } = connected();
    const { code, message, detail } = await failure(client.call('fail', { with: 'defect' }));
    assert.equal(code, 'internal');
    assert.doesNotMatch(message, /secret|someone|TypeError/);
    assert.match(detail ?? '', /secret path/);
    assert.match(detail ?? '', /rpc\.test\.ts/, 'with the place it came from');
    for (const [kind, text] of [
      ['text', 'a bare text'],
      ['nothing', 'undefined'],
    ]) {
      const odd = await failure(client.call('fail', { with: kind }));
      assert.deepEqual([odd.code, odd.detail], ['internal', text]);
    }
  });

  test('of one call leaves the others alone', async () => {
    const { client } = connected();
    const failing = failure(client.call('fail', { with: 'known' }));
    assert.equal(await client.call('add', { a: 1, b: 1 }), 2);
    await failing;
    assert.equal(await client.call('add', { a: 1, b: 2 }), 3);
  });

  test('for a method that nobody answers, also one that every object has', async () => {
    const { client } = connected();
    for (const method of ['subtract', 'toString', 'constructor', '__proto__'] as string[] as 'add'[]) {
      const { code, message, detail } = await failure(client.call(method, { a: 1, b: 2 }));
      assert.equal(code, 'internal');
      assert.match(detail ?? '', new RegExp(`no handler for ${method}`));
      assert.doesNotMatch(message, new RegExp(method));
    }
  });

  test('to send an answer is told as well', async () => {
    const { client } = connected();
    const { code, detail } = await failure(client.call('odd', {}));
    assert.equal(code, 'internal');
    assert.match(detail ?? '', /could not be cloned/);
  });
});

describe('cancelling', () => {
  test('reaches the handler of that call alone', async () => {
    const { client } = connected();
    const [one, two] = [new AbortController(), new AbortController()];
    const first = client.call('untilAborted', { how: 'throw' }, { signal: one.signal });
    const second = client.call('untilAborted', { how: 'throw' }, { signal: two.signal });
    const order: string[] = [];
    void first.catch(() => order.push('first'));
    void second.catch(() => order.push('second'));
    two.abort();
    assert.equal((await failure(second)).code, 'cancelled');
    assert.deepEqual(order, ['second']);
    one.abort();
    assert.equal((await failure(first)).code, 'cancelled');
  });

  test('leaves it to the handler how the call ends', async () => {
    const { client } = connected();
    const abort = new AbortController();
    const call = client.call('untilAborted', { how: 'answer' }, { signal: abort.signal });
    abort.abort();
    assert.equal(await call, 'finished all the same');
  });

  test('beforehand sends nothing', async () => {
    const { client, near } = connected();
    const call = client.call('add', { a: 1, b: 2 }, { signal: AbortSignal.abort() });
    assert.equal((await failure(call)).code, 'cancelled');
    assert.deepEqual(near.sent, []);
  });

  test('after the answer sends nothing', async () => {
    const { client, near } = connected();
    const abort = new AbortController();
    await client.call('add', { a: 1, b: 2 }, { signal: abort.signal });
    await failure(client.call('fail', { with: 'known' }, { signal: abort.signal }));
    abort.abort();
    assert.deepEqual(
      near.sent.map(({ type }) => type),
      ['request', 'request'],
    );
  });
});

describe('progress', () => {
  test('comes in order, before the answer, to its own call', async () => {
    const { client } = connected();
    const events: string[] = [];
    const work = (lane: string) =>
      client
        .call(
          'work',
          { steps: 10, lane },
          { progress: ({ lane: of, done, total }) => events.push(`${lane}: ${of} ${done}/${total}`) },
        )
        .then(() => events.push(`${lane}: end`));
    await Promise.all([work('a'), work('b')]);
    for (const lane of ['a', 'b']) {
      const expected = Array.from({ length: 10 }, (_, i) => `${lane}: ${lane} ${i + 1}/10`);
      assert.deepEqual(
        events.filter((event) => event.startsWith(lane)),
        [...expected, `${lane}: end`],
      );
    }
  });

  test('carries figures', async () => {
    const told: Progress = { phase: 'training', done: 1, total: 2, lane: 'lstm', figures: { losses: [0.5, null] } };
    const { client } = connected({ ...handlers, add: (_, { progress }) => (progress(told), 0) });
    const seen: Progress[] = [];
    await client.call('add', { a: 1, b: 1 }, { progress: (progress) => seen.push(progress) });
    assert.deepEqual(seen, [told]);
  });

  test('told after the answer reaches nobody', async () => {
    let late: CallContext['progress'] = () => assert.fail('the handler did not run');
    const { client } = connected({
      ...handlers,
      add({ a, b }, { progress }) {
        late = progress;
        return a + b;
      },
    });
    let told = 0;
    await client.call('add', { a: 1, b: 2 }, { progress: () => told++ });
    late({ phase: 'late', done: 1, total: 2 });
    await setTimeout(5);
    assert.equal(told, 0);
  });
});

describe('when the other end goes away', () => {
  test('every waiting call ends with process-ended and the reason for the log', async () => {
    const { client, close } = connected();
    const waiting = [
      client.call('wait', { ms: 20 }),
      client.call('untilAborted', { how: 'throw' }),
      client.call('add', { a: 1, b: 2 }),
    ];
    close('model process: exit code 9');
    for (const call of waiting) {
      const { code, message, detail } = await failure(call);
      assert.equal(code, 'process-ended');
      assert.equal(detail, 'model process: exit code 9');
      assert.doesNotMatch(message, /exit code/);
    }
  });

  test('later calls fail at once, and what was answered before stays answered', async () => {
    const { client, near, close } = connected();
    assert.equal(await client.call('add', { a: 1, b: 2 }), 3);
    close('gone');
    assert.equal((await failure(client.call('add', { a: 1, b: 2 }))).code, 'process-ended');
    assert.equal(near.sent.length, 1);
  });

  test('a cancel that comes too late is no error', async () => {
    const { client, near, close } = connected();
    const abort = new AbortController();
    const call = client.call('untilAborted', { how: 'throw' }, { signal: abort.signal });
    close('gone');
    abort.abort();
    assert.equal((await failure(call)).code, 'process-ended');
    assert.deepEqual(
      near.sent.map(({ type }) => type),
      ['request'],
    );
  });
});
