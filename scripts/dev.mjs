/**
 * Opens the app from its sources, with hot reload of the screens and a restart of the rest, on the Electron that there
 * is. Runs after set-up, on Node 24.
 */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { chooseRuntime, noDisplay } from './setup/electron.mjs';
import { say } from './setup/messages.mjs';

const root = dirname(import.meta.dirname);
const runtime = chooseRuntime(root);

if (runtime === null || noDisplay()) process.exitCode = 1;
else {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'dev', '--watch'],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        ELECTRON_EXEC_PATH: runtime.executable,
        ELECTRON_MAJOR_VER: runtime.version.split('.')[0],
        ...(asRoot ? { NO_SANDBOX: '1' } : {}),
      },
    },
  );
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => say(error.message));
  child.once('exit', (code, signal) => (process.exitCode = signal === null ? (code ?? 1) : 1));
}
