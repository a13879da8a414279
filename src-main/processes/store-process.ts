import { flushCompileCache } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import { parentChannel } from './parent-channel.ts';
import { serve } from './rpc.ts';
import type { StoreApi } from './store-api.ts';
import { createStoreHandlers } from './store-handlers.ts';

const CLOSING_MS = 2000;

const channel = parentChannel();
const handlers = createStoreHandlers();
serve<StoreApi>(channel, handlers);
// A parent that died leaves the portfolio closed; an unfinished transaction is rolled back by the next opening.
channel.onClose(() => {
  const closed = handlers.close({}, { signal: new AbortController().signal, progress: () => undefined });
  void Promise.race([closed, setTimeout(CLOSING_MS)]).finally(() => process.exit());
});
// This process is ended from outside, where nothing would write what it has compiled.
flushCompileCache();
