import { cancelled } from '../ipc/errors.ts';
import type { ProcessHost, StartedProcess } from './host.ts';
import type { ModelApi } from './model-api.ts';
import { connect, type Client } from './rpc.ts';

/** How long a process that nobody asks anything may hold its memory. */
const IDLE_MS = 60_000;

/** A model process that stays between requests, for what is asked while the analyst types. */
export interface WarmModel {
  /**
   * Asks it when it is free. Of requests that come meanwhile only the newest is asked at all; an overtaken one throws
   * `cancelled` at once, also where its answer is still being worked on.
   */
  latest<T>(work: (models: Client<ModelApi>) => Promise<T>): Promise<T>;
  /** Ends the process and gives its memory back; the next request starts it again. */
  stop(): Promise<void>;
}

export function createWarmModel(host: ProcessHost): WarmModel {
  let started: { process: StartedProcess; models: Client<ModelApi> } | null = null;
  let idle: NodeJS.Timeout | undefined;
  /** Settles when the process is free again, however its work ended. */
  let busy: Promise<unknown> = Promise.resolve();
  let overtake: () => void = () => undefined;

  const stop = async () => {
    clearTimeout(idle);
    overtake();
    const stopping = started;
    started = null;
    await stopping?.process.stop();
  };

  const models = () => {
    clearTimeout(idle);
    if (started === null) {
      const process = host.start('model');
      started = { process, models: connect<ModelApi>(process.channel) };
      // One that died by itself answers nothing any more.
      process.channel.onClose(() => {
        if (started?.process === process) started = null;
      });
    }
    return started.models;
  };

  return {
    latest(work) {
      overtake();
      return new Promise((resolve, reject) => {
        let current = true;
        overtake = () => {
          current = false;
          reject(cancelled());
        };
        const free = busy;
        const run = async () => {
          await free;
          if (!current) return;
          await work(models()).then(resolve, reject);
          idle = setTimeout(() => void stop(), IDLE_MS);
          idle.unref();
        };
        busy = run().catch(reject);
      });
    },
    stop,
  };
}
