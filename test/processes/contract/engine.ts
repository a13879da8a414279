import { setTimeout } from 'node:timers/promises';
import { DuecastError } from '../../../src-main/ipc/errors.ts';
import { parentChannel } from '../../../src-main/processes/parent-channel.ts';
import { serve } from '../../../src-main/processes/rpc.ts';

/** What a process of the contract answers; it needs no native code. */
export interface EngineApi {
  echo(request: { value: unknown }): unknown;
  processId(request: object): number;
  /** Counts with a progress a step, until it is there or cancelled. */
  count(request: { to: number }): number;
  /** Hears nothing meanwhile. */
  compute(request: { ms: number }): number;
  refuse(request: { message: string }): never;
  fail(request: { message: string }): never;
  answerFunction(request: object): unknown;
  /** Ends its process with a code and last words; never answers. */
  die(request: { code: number; words: string }): void;
}

const channel = parentChannel();
serve<EngineApi>(channel, {
  echo: ({ value }) => value,
  processId: () => process.pid,
  async count({ to }, { signal, progress }) {
    let done = 0;
    for (; done < to && !signal.aborted; done++) {
      progress({ phase: 'counting', done, total: to });
      await setTimeout(1);
    }
    return done;
  },
  compute({ ms }) {
    const until = Date.now() + ms;
    while (Date.now() < until);
    return ms;
  },
  refuse({ message }) {
    throw new DuecastError('data-refused', message, 'line 3');
  },
  fail({ message }) {
    throw new TypeError(message);
  },
  answerFunction: () => () => 1,
  die: ({ code, words }) =>
    new Promise(() => {
      process.stderr.write(`${words}\n`, () => process.exit(code));
    }),
});
channel.onClose(() => process.exit());
