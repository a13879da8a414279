/**
 * Opens the app as it was built, on the Electron that there is. Runs after set-up, on Node 24; arguments go to the app.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ownRuntime, testRuntime } from './setup/electron.mjs';
import { say } from './setup/messages.mjs';

const root = join(import.meta.dirname, '..');

function open() {
  const runtime = ownRuntime(root) ?? testRuntime(root);
  if (runtime === null) {
    say('there is no Electron to open the app on. Run `npm start`, which brings one.');
    return 1;
  }
  const { platform, env } = process;
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) {
    say(
      'there is no display here. Run it in a desktop session, or without one by: xvfb-run -a npm start. ' +
        'The command line needs none: npm run -s duecast -- --help',
    );
    return 1;
  }
  if (!runtime.own) {
    say(
      `Electron's own download can't be reached; opening on Electron ${runtime.version}, the older one of the tests. ` +
        'DUECAST_SETUP_RETRY=1 tries again.',
    );
  }
  const options = [];
  if (platform === 'linux' && process.getuid?.() === 0) {
    say('as root the window runs without its sandbox (--no-sandbox); an ordinary user has it.');
    options.push('--no-sandbox');
  }
  const child = spawn(runtime.executable, [...options, root, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => (process.exitCode = signal === null ? (code ?? 1) : 1));
  return 0;
}

process.exitCode = open();
