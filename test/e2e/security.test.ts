import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { startDisplay, type Display } from './display.ts';
import { newHome, openApp, type OpenApp } from './open-app.ts';

/** What a hostile page might try, were its code ever to run in the window. */
declare const window: {
  open(url: string): unknown;
  location: { href: string };
  duecast: { request(name: string, payload: unknown): Promise<{ ok: boolean; error?: { code: string } }> };
};
declare const document: {
  querySelector(selector: string): unknown;
  body: { append(node: unknown): void };
  createElement(name: string): Record<string, unknown> & { remove(): void };
};
declare const navigator: { permissions: { query(of: { name: string }): Promise<{ state: string }> } };

let display: Display;
let home: string;
let opened: OpenApp;

before(async () => {
  display = await startDisplay();
  home = newHome();
  opened = await openApp(home, display.name);
  await opened.page.getByRole('button', { name: 'Try the sample portfolio' }).waitFor();
});

after(async () => {
  await opened?.app.close();
  await display?.stop();
  rmSync(home, { recursive: true, force: true });
});

describe('the window', () => {
  test('has no Node, and of Electron only the transport', async () => {
    const found = await opened.page.evaluate(() => ({
      node: [typeof process, typeof require, typeof module],
      transport: Object.keys(window.duecast).sort(),
    }));
    assert.deepEqual(found.node, ['undefined', 'undefined', 'undefined']);
    assert.deepEqual(found.transport, ['listen', 'pathOf', 'request']);
  });

  test('runs in the sandbox, isolated from its preload', async () => {
    const kept = await opened.app.evaluate(({ BrowserWindow }) => {
      const { contextIsolation, nodeIntegration, sandbox, webSecurity } =
        // @ts-expect-error -- there, but not in the public types
        BrowserWindow.getAllWindows()[0].webContents.getLastWebPreferences() as Record<string, unknown>;
      return { contextIsolation, nodeIntegration, sandbox, webSecurity };
    });
    assert.deepEqual(kept, { contextIsolation: true, nodeIntegration: false, sandbox: true, webSecurity: true });
  });

  test('reaches no network, and no file of this machine', async () => {
    const { page } = opened;
    for (const address of [
      'http://127.0.0.1:9/',
      'https://example.org/',
      'file:///etc/hostname',
      'ws://127.0.0.1:9/',
    ]) {
      const answer = await page.evaluate(
        (url) =>
          fetch(url).then(
            () => 'answered',
            () => 'refused',
          ),
        address,
      );
      assert.equal(answer, 'refused', address);
    }
    for (const path of ['../../package.json', '%2e%2e/%2e%2e/package.json', '..%2f..%2fpackage.json', 'main.cjs']) {
      const status = await page.evaluate(
        (url) =>
          fetch(url).then(
            (response) => response.status,
            () => 0,
          ),
        `app://duecast/${path}`,
      );
      assert.notEqual(status, 200, path);
    }
  });

  test('goes nowhere else and opens no other window', async () => {
    const { app, page } = opened;
    const opens = await page.evaluate(() => window.open('https://example.org/') === null);
    assert.equal(opens, true);
    await page.evaluate(() => void (window.location.href = 'https://example.org/'));
    await wait(500);
    const shown = await page.evaluate(() => [window.location.href, document.querySelector('h1') !== null]);
    assert.deepEqual(shown, ['app://duecast/index.html', true]);
    assert.equal(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length), 1);
  });

  test('runs no script but its own', async () => {
    const ran = await opened.page.evaluate(
      () =>
        new Promise((resolve) => {
          const script = document.createElement('script');
          script['textContent'] = 'window.intruded = true';
          document.body.append(script);
          script.remove();
          // The debugger that runs this test may evaluate text; what it calls later may not.
          setTimeout(() => {
            try {
              new Function('window.intruded = true')();
            } catch {
              // The content policy forbids it.
            }
            resolve('intruded' in window);
          });
        }),
    );
    assert.equal(ran, false);
  });

  test('gets no permission but to copy', async () => {
    const states = await opened.page.evaluate(() =>
      Promise.all(
        ['geolocation', 'notifications', 'camera', 'microphone', 'midi'].map((name) =>
          navigator.permissions.query({ name }).then(({ state }) => state),
        ),
      ),
    );
    assert.deepEqual([...new Set(states)], ['denied']);
  });

  test('is told what is wrong with a request that it never makes', async () => {
    const answers = await opened.page.evaluate(() =>
      Promise.all([
        window.duecast.request('constructor', {}),
        window.duecast.request('openPortfolio', { path: 7 }),
        window.duecast.request('saveText', { suggestedName: '../../x', text: '' }),
      ]),
    );
    assert.deepEqual(
      answers.map(({ ok, error }) => [ok, error?.code]),
      [
        [false, 'usage'],
        [false, 'usage'],
        [false, 'usage'],
      ],
    );
  });
});
