import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AppInfo } from '../ipc/views.ts';
import type { ProcessHost, ProcessRole } from '../processes/host.ts';
import { createNodeHost } from '../processes/node-host.ts';
import { unpacked } from '../processes/unpacked.ts';
import { createUtilityHost } from './utility-host.ts';

/** What SQLite's addon asks of its runtime. */
const NEEDED_NODE_API = 10;

/**
 * Electron 22 can miss that a pipe was opened while another was being served, and then reads neither until something
 * else wakes its main process. Timers it never misses.
 */
const LOOK_AGAIN_MS = 40;

/**
 * The host of the store and the models: Electron's own processes where they can load native addons, else children on
 * the Node 24 that set-up brought. `bundles`: the folder of the built processes.
 */
export function chooseProcessHost(root: string, bundles: string): { host: ProcessHost; kind: AppInfo['engineHost'] } {
  const entries: Record<ProcessRole, string> = {
    store: join(bundles, 'store-process.cjs'),
    model: join(bundles, 'model-process.cjs'),
  };
  const node = process.platform === 'win32' ? 'node.exe' : 'node';
  const executable = unpacked(join(root, 'node_modules', 'node', 'bin', node));
  if (Number(process.versions['napi']) >= NEEDED_NODE_API || !existsSync(executable)) {
    return { host: createUtilityHost(entries), kind: 'utility process' };
  }
  setInterval(() => undefined, LOOK_AGAIN_MS);
  const real = { store: unpacked(entries.store), model: unpacked(entries.model) };
  return { host: createNodeHost({ executable, entries: real }), kind: 'Node 24' };
}
