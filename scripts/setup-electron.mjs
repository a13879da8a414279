/**
 * Brings the Electron that the app opens on; with the argument `test`, the one of the tests. Runs after setup.mjs.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endAll } from './setup/children.mjs';
import { bringRuntime, bringTestRuntime, hasTestRuntime } from './setup/electron.mjs';
import { say, SetupProblem } from './setup/messages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

for (const [signal, code] of /** @type {[NodeJS.Signals, number][]} */ ([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])) {
  process.once(signal, () => void endAll().then(() => process.exit(code)));
}

try {
  const forTests = process.argv[2] === 'test' && hasTestRuntime;
  await (forTests ? bringTestRuntime(root) : bringRuntime(root, process.env));
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  if (error.output !== '') process.stderr.write(`${error.output.trimEnd()}\n`);
  say(error.message);
  process.exitCode = 1;
}
