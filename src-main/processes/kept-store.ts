import { DuecastError } from '../ipc/errors.ts';
import type { ProcessHost } from './host.ts';
import { connect, type Client } from './rpc.ts';
import type { PortfolioInfo, StoreApi } from './store-api.ts';

const ENDED =
  'The part of Duecast that keeps the portfolio stopped unexpectedly. Everything saved before is kept; what was under ' +
  'way was carried out whole or not at all. Look at the portfolio, then try again.';

/** The store of an open portfolio. */
export interface KeptStore {
  info: PortfolioInfo;
  client: Client<StoreApi>;
  close(): Promise<void>;
}

interface RunningStore {
  client: Client<StoreApi>;
  info: PortfolioInfo;
  stop(): Promise<void>;
}

/**
 * Opens a portfolio in a store process of its own. One that ends unexpectedly fails what it was asked; the next request
 * starts another and opens the portfolio again. Throws as `StoreApi.open` does.
 */
export async function openStore(host: ProcessHost, path: string, create: boolean): Promise<KeptStore> {
  let running: Promise<RunningStore> | null = null;
  let closed = false;

  const start = (at: string, make: boolean): Promise<RunningStore> => {
    const starting = startStore(host, at, make, () => forget());
    const forget = () => {
      if (running === starting) running = null;
    };
    running = starting;
    starting.catch(forget);
    return starting;
  };

  const current = async (): Promise<RunningStore> => {
    if (closed) throw new DuecastError('not-allowed', 'The portfolio is closed. Open it first.');
    return running ?? start(info.path, false);
  };

  const { info } = await start(path, create);
  return {
    info,
    client: {
      call: (method, request, options) => current().then(({ client }) => client.call(method, request, options)),
    },
    async close() {
      // One that died left its lock and its WAL behind: opened again, it tidies up.
      const store = await current().catch(() => null);
      closed = true;
      if (store === null) return;
      try {
        await store.client.call('close', {});
      } finally {
        await store.stop();
      }
    },
  };
}

async function startStore(host: ProcessHost, path: string, create: boolean, onEnd: () => void): Promise<RunningStore> {
  const { channel, stop } = host.start('store');
  // Before the calls hear of it: who is told that the process has ended may ask again at once.
  channel.onClose(onEnd);
  const client = connect<StoreApi>(channel, ENDED);
  try {
    return { client, info: await client.call('open', { path, create }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
