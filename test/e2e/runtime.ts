import { join } from 'node:path';
import { hasTestRuntime, ownRuntime, testRuntime } from '../../scripts/setup/electron.mjs';

export const ROOT = join(import.meta.dirname, '..', '..');

/** The Electron of the tests. Without one they fail: `npm test` brings it. */
export function runtime() {
  const found = hasTestRuntime ? testRuntime(ROOT) : ownRuntime(ROOT);
  if (found === null) throw new Error('there is no Electron: node scripts/setup-electron.mjs test');
  return found;
}
