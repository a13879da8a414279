import { flushCompileCache } from 'node:module';
import { createModelHandlers } from './model-handlers.ts';
import type { ModelApi } from './model-api.ts';
import { parentChannel } from './parent-channel.ts';
import { serve } from './rpc.ts';

const channel = parentChannel();
serve<ModelApi>(channel, createModelHandlers());
channel.onClose(() => process.exit());
// This process is ended from outside, where nothing would write what it has compiled.
flushCompileCache();
