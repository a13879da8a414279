import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { ROOT, runtime } from './runtime.ts';

const NOBODY = 65_534;

export interface OpenApp {
  app: ElectronApplication;
  page: Page;
  /** What the program wrote to stderr and the page to its console. */
  complaints: string[];
}

/** A folder that the app's user may write. */
export function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'duecast-app-'));
  mkdirSync(join(home, 'Documents'));
  if (asNobody()) for (const folder of [home, join(home, 'Documents')]) chownSync(folder, NOBODY, NOBODY);
  return home;
}

/** As an ordinary user Chromium's own sandbox is on. Root becomes one where that user can read this clone. */
const asNobody = () =>
  process.getuid?.() === 0 && spawnSync('setpriv', [...BECOME, 'test', '-x', runtime().executable]).status === 0;
const BECOME = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];

/** Starts the built app, as `npm start` does. */
export async function openApp(home: string, display: string): Promise<OpenApp> {
  const launcher = join(home, 'launch');
  const quoted = (words: string[]) => words.map((word) => `'${word}'`).join(' ');
  const become = asNobody() ? ['setpriv', ...BECOME] : [];
  writeFileSync(launcher, `#!/bin/sh\nexec ${quoted([...become, runtime().executable])} "$@"\n`, { mode: 0o755 });
  const rootly = become.length === 0 && process.getuid?.() === 0;
  const app = await _electron.launch({
    executablePath: launcher,
    chromiumSandbox: !rootly,
    args: [...(rootly ? ['--no-sandbox'] : []), ROOT],
    env: { PATH: process.env['PATH'] ?? '', HOME: home, DISPLAY: display, LANG: 'C.UTF-8' },
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { app, page, complaints };
}
