import { setImmediate } from 'node:timers/promises';
import { cancelled } from '../ipc/errors.ts';

/** What long work is started with. */
export interface RunOptions {
  signal?: AbortSignal | undefined;
  /** Called now and then with the work done so far and all of it, in units of the work's own. */
  progress?: ((done: number, total: number) => void) | undefined;
}

const TURN_MS = 50;

export interface Pacer {
  /** True when the event loop has been kept waiting for about 50 ms. */
  due(): boolean;
  /** Lets waiting events through. Throws `cancelled` once the signal is aborted. */
  pause(): Promise<void>;
}

/** Lets a long loop give way, so that a cancel gets through: `if (pacer.due()) await pacer.pause()`. */
export function createPacer(signal: AbortSignal | undefined): Pacer {
  if (signal?.aborted) throw cancelled();
  let turnEndsAtMs = performance.now() + TURN_MS;
  return {
    due: () => performance.now() >= turnEndsAtMs,
    async pause() {
      await setImmediate();
      if (signal?.aborted) throw cancelled();
      turnEndsAtMs = performance.now() + TURN_MS;
    },
  };
}
