/**
 * Makes the packages that are installed: `npm run package`, with --linux, --win or --mac for another system than this
 * one. Runs after set-up and the build, on Node 24. See docs/packaging.md.
 */
import { dirname, join } from 'node:path';
import { openCache } from './setup/cache.mjs';
import { endAll } from './setup/children.mjs';
import { bringTestRuntime, hasTestRuntime, ownRuntime } from './setup/electron.mjs';
import { takeLock } from './setup/lock.mjs';
import { say, SetupProblem } from './setup/messages.mjs';
import { makePackage } from './packaging/make.mjs';
import { chosenTargets } from './packaging/targets.mjs';
import { bringTools } from './packaging/tools.mjs';

const root = dirname(import.meta.dirname);

for (const [signal, code] of /** @type {[NodeJS.Signals, number][]} */ ([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])) {
  process.once(signal, () => void endAll().then(() => process.exit(code)));
}

try {
  const targets = chosenTargets(process.argv.slice(2), process.platform);
  await bringTools();
  const cache = openCache();
  for (const target of targets) {
    // Takes the lock itself.
    if (hasTestRuntime && (target.platform !== process.platform || ownRuntime(root) === null))
      await bringTestRuntime(root);
    // Set-up clears the cache's temporary folders.
    const free = await takeLock(join(cache, 'set-up.lock'));
    try {
      await makePackage(root, cache, target, free);
    } finally {
      free();
    }
  }
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  if (error.output !== '') process.stderr.write(`${error.output.trimEnd()}\n`);
  say(error.message);
  process.exitCode = 1;
}
