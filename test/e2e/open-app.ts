import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { NATIVE_HIDDEN } from '../tensors/native-hidden.ts';
import { appUser, type AppUser } from './app-user.ts';
import { startDisplay } from './display.ts';
import { ROOT, runtime } from './runtime.ts';

export interface OpenApp {
  app: ElectronApplication;
  page: Page;
  user: AppUser;
  display: string;
  /** What the page wrote to its console: warnings and errors. */
  complaints: string[];
  /** Quits as an analyst does, and tidies up. Fails where the main process did not end by itself, and well. */
  end(): Promise<void>;
}

/** Quitting closes the portfolio first. */
const QUIT_MS = 20_000;
const STEP_MS = 60_000;
const KEPT_STDERR = 4000;

/** Starts the built app, as `npm start` does, on a display and in a home of its own. */
export async function openApp(): Promise<OpenApp> {
  const display = await startDisplay();
  const user = appUser();
  const tidy = async () => {
    await display.stop();
    rmSync(user.home, { recursive: true, force: true });
  };
  try {
    const app = await launch(user, display.name);
    const page = await app.firstWindow();
    page.setDefaultTimeout(STEP_MS);
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    const main = app.process();
    let stderr = '';
    main.stderr?.on('data', (text: Buffer) => (stderr = (stderr + text.toString()).slice(-KEPT_STDERR)));
    const ended = once(main, 'exit');
    return {
      app,
      page,
      user,
      display: display.name,
      complaints,
      async end() {
        const limit = new AbortController();
        const late = setTimeout(QUIT_MS, null, { signal: limit.signal }).then(() => main.kill('SIGKILL'));
        await app.close().catch(() => undefined);
        const [code, signal] = (await ended) as [number | null, string | null];
        limit.abort();
        await late.catch(() => undefined);
        await tidy();
        if (code !== 0) throw new Error(`the main process ended with ${signal ?? code}\n${stderr}`);
      },
    };
  } catch (error) {
    await tidy();
    throw error;
  }
}

/** Starts the app once more for the same user, and answers with what that start ends with. */
export async function secondStart({ user, display }: OpenApp): Promise<number | null> {
  const { executable, args, env } = commandOf(user, display);
  const second = spawn(executable, args, { env, stdio: 'ignore' });
  const limit = setTimeout(QUIT_MS, null, { ref: false }).then(() => second.kill('SIGKILL'));
  const [code] = (await Promise.race([once(second, 'exit'), limit.then(() => once(second, 'exit'))])) as [
    number | null,
  ];
  return code;
}

function commandOf({ home, become, sandboxed }: AppUser, display: string) {
  const executable = join(home, 'launch');
  const quoted = [...become, runtime().executable].map((word) => `'${word}'`).join(' ');
  writeFileSync(executable, `#!/bin/sh\nexec ${quoted} "$@"\n`, { mode: 0o755 });
  return {
    executable,
    // Containers have little shared memory.
    args: [...(sandboxed ? [] : ['--no-sandbox']), '--disable-dev-shm-usage', ROOT],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      DISPLAY: display,
      LANG: 'C.UTF-8',
      ...(NATIVE_HIDDEN ? { DUECAST_NO_TENSORFLOW: '1' } : {}),
    },
  };
}

function launch(user: AppUser, display: string): Promise<ElectronApplication> {
  const { executable, args, env } = commandOf(user, display);
  return _electron.launch({ executablePath: executable, chromiumSandbox: user.sandboxed, args, env });
}
