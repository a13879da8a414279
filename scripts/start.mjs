/**
 * Opens the app as it was built, on the Electron that there is. Runs after set-up, on Node 24; arguments go to the app.
 */
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { chooseRuntime, noDisplay } from './setup/electron.mjs';
import { say } from './setup/messages.mjs';

const root = dirname(import.meta.dirname);
const runtime = chooseRuntime(root);

if (runtime === null || noDisplay()) process.exitCode = 1;
else {
  const options = [];
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    say('as root the window runs without its sandbox (--no-sandbox); an ordinary user has it.');
    options.push('--no-sandbox');
  }
  const child = spawn(runtime.executable, [...options, root, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => (process.exitCode = signal === null ? (code ?? 1) : 1));
}
