import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import { appUser, type AppUser } from '../e2e/app-user.ts';
import { startDisplay } from '../e2e/display.ts';
import { NATIVE_HIDDEN } from '../tensors/native-hidden.ts';

export interface PackagedApp {
  page: Page;
  complaints: string[];
  /** Quits as an analyst does. Fails where the program did not end by itself, and well. */
  end(): Promise<void>;
}

export interface PackagedUser {
  user: AppUser;
  display: string | null;
  tidy(): Promise<void>;
}

const START_MS = 60_000;
const QUIT_MS = 30_000;
const STEP_MS = 60_000;
const KEPT_STDERR = 8000;

/** Who starts the program, and on which display: an ordinary user where root runs this, an X server of its own on Linux. */
export async function packagedUser(program: string): Promise<PackagedUser> {
  const user = appUser({ program, others: [] });
  const display = process.platform === 'linux' ? await startDisplay() : null;
  return {
    user,
    display: display?.name ?? null,
    async tidy() {
      await display?.stop();
      rmSync(user.home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * Starts an installed program and attaches to its window by the debugger's port: the fuses that a package has keep
 * Playwright's own way of starting out. The environment has no path to a Node or Python.
 */
export async function openPackaged(
  program: string,
  { user, display }: PackagedUser,
  words: string[] = [],
): Promise<PackagedApp> {
  const sandbox = user.sandboxed ? [] : ['--no-sandbox'];
  const [command, ...before] = [...user.become, program];
  const child = spawn(
    command,
    [...before, ...sandbox, '--disable-dev-shm-usage', '--remote-debugging-port=0', ...words],
    {
      env: environment(user, display),
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  let stderr = '';
  const address = new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-KEPT_STDERR);
      const found = /DevTools listening on (ws:\S+)/.exec(stderr);
      if (found !== null) resolve(found[1]);
    });
    const late = () => new Error(`the program opened no port\n${stderr}`);
    void ended.then(() => reject(late()), reject);
    void setTimeout(START_MS, null, { ref: false }).then(() => reject(late()));
  });
  try {
    // Electron has one browser context and lets nobody manage it.
    const browser = await chromium.connectOverCDP(await address, { noDefaults: true });
    const [context] = browser.contexts();
    const page = context.pages()[0] ?? (await context.waitForEvent('page'));
    page.setDefaultTimeout(STEP_MS);
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    return {
      page,
      complaints,
      async end() {
        const late = setTimeout(QUIT_MS, null, { ref: false }).then(() => child.kill('SIGKILL'));
        const session = await browser.newBrowserCDPSession();
        await session.send('Browser.close').catch(() => undefined);
        const [code, signal] = await ended;
        await Promise.race([late, setTimeout(0)]);
        if (code !== 0) throw new Error(`the program ended with ${signal ?? code}\n${stderr}`);
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

function environment({ home }: AppUser, display: string | null): NodeJS.ProcessEnv {
  if (display === null) return { ...process.env, HOME: home };
  const hidden = NATIVE_HIDDEN ? { DUECAST_NO_TENSORFLOW: '1' } : {};
  return { PATH: '/usr/bin:/bin', HOME: home, DISPLAY: display, LANG: 'C.UTF-8', ...hidden };
}
