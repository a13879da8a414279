import { cancelled, DuecastError } from '../ipc/errors.ts';
import type { ProcessHost, StartedProcess } from './host.ts';
import type { ModelApi } from './model-api.ts';
import { connect, type Client } from './rpc.ts';

/** How long a process that nobody asks anything may hold its memory. */
const IDLE_MS = 60_000;

/** A model process that stays for a while after it was used: loading an engine takes longer than a short question. */
export interface WarmModel {
  use<T>(work: (models: Client<ModelApi>) => Promise<T>): Promise<T>;
  /**
   * For what is asked while the analyst types: of requests that come while one is worked on only the newest is asked at
   * all. An overtaken one throws `cancelled` at once.
   */
  latest<T>(work: (models: Client<ModelApi>) => Promise<T>): Promise<T>;
  /** Ends the process and gives its memory back; the next use starts another. */
  stop(): Promise<void>;
}

interface Running {
  process: StartedProcess;
  models: Client<ModelApi>;
  /** Ended by itself. */
  died: boolean;
}

/** Starts one when it is first needed, ends it after `idleMs` without use, and starts another where it has died. */
export function createWarmModel(host: ProcessHost, idleMs = IDLE_MS): WarmModel {
  let running: Running | null = null;
  let users = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Settles when the newest of `latest` has ended, however. */
  let busy: Promise<unknown> = Promise.resolve();
  let overtake: () => void = () => undefined;

  const start = (): Running => {
    const process = host.start('model');
    const started: Running = { process, models: connect<ModelApi>(process.channel), died: false };
    process.channel.onClose(() => {
      if (running !== started) return;
      started.died = true;
      running = null;
    });
    return started;
  };

  const end = async () => {
    clearTimeout(timer);
    const ending = running;
    running = null;
    await ending?.process.stop();
  };

  const use: WarmModel['use'] = async (work) => {
    clearTimeout(timer);
    users++;
    try {
      const used = (running ??= start());
      try {
        return await work(used.models);
      } catch (error) {
        // One that died in idleness is found out only by asking it.
        if (!(error instanceof DuecastError) || error.code !== 'process-ended' || !used.died) throw error;
        return await work((running ??= start()).models);
      }
    } finally {
      users--;
      clearTimeout(timer);
      if (users === 0) {
        timer = setTimeout(() => void end(), idleMs);
        timer.unref();
      }
    }
  };

  return {
    use,
    latest(work) {
      overtake();
      return new Promise((resolve, reject) => {
        let current = true;
        overtake = () => {
          current = false;
          reject(cancelled());
        };
        busy = busy.then(() => (current ? use(work).then(resolve, reject) : undefined));
      });
    },
    async stop() {
      overtake();
      await end();
    },
  };
}
