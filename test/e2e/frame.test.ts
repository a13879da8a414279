import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { MenuCommand, Transport } from '../../src-main/ipc/contract.ts';
import { startDisplay, type Display } from './display.ts';
import { newHome, openApp, type OpenApp } from './open-app.ts';

const JOB_MS = 90_000;

declare const window: { duecast: Transport };

let display: Display;
let home: string;
let opened: OpenApp;
let page: Page;

before(async () => {
  display = await startDisplay();
  home = newHome();
  opened = await openApp(home, display.name);
  page = opened.page;
});

after(async () => {
  await opened?.app.close();
  await display?.stop();
  rmSync(home, { recursive: true, force: true });
});

const heading = (name: string) => page.getByRole('heading', { name, exact: true });
const screen = (name: string) => page.getByRole('navigation').getByRole('button', { name });

/** What the native menu's item does; the shortcut itself is the system's affair. */
const choose = (command: MenuCommand) =>
  opened.app.evaluate(({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click(), command);

const sample = (customers: number) =>
  page.evaluate((request) => window.duecast.request('startSample', request), { customers, days: 60, seed: 7 });

describe('the frame', () => {
  test('shows the settings without a portfolio, and goes back to the start', async () => {
    await choose('settings');
    await heading('Settings').waitFor();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('button', { name: 'Try the sample portfolio' }).waitFor();
  });

  test('a dropped export asks for a portfolio first', async () => {
    const file = join(home, 'dropped.csv');
    writeFileSync(file, 'customer_id,day,savings_amount\nA,0,10\nA,1,12\n');
    const session = await page.context().newCDPSession(page);
    const data = { items: [], files: [file], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
    }
    await page.getByText('dropped.csv').first().waitFor();
  });

  test('the palette finds screens, actions and customers by the keyboard alone', async () => {
    await sample(60);
    await heading('Sample portfolio').waitFor({ timeout: JOB_MS });
    await choose('palette');
    await page.keyboard.type('trai');
    await page.keyboard.press('Enter');
    await heading('Train').waitFor();
    await choose('palette');
    await page.keyboard.type('C000042');
    await page.getByRole('option', { name: /C000042/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await heading('C000042').waitFor();
    await choose('palette');
    await page.keyboard.press('Escape');
    await page.getByRole('listbox', { name: 'Found' }).waitFor({ state: 'detached' });
  });

  test('every screen is reached from the navigation, and says where it is', async () => {
    for (const name of ['Portfolio', 'Import', 'Train', 'Compare', 'Watchlist', 'Customers', 'Settings']) {
      await screen(name).click();
      assert.equal(await screen(name).getAttribute('aria-current'), 'page');
    }
  });

  test('a second start leaves the portfolio to the first window', async () => {
    const second = await openApp(home, display.name).then(
      () => 'opened',
      () => 'left',
    );
    assert.equal(second, 'left');
    assert.equal(await opened.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length), 1);
  });

  test('quitting while a job runs asks, and staying keeps the job', async () => {
    await opened.app.evaluate(({ dialog, app }) => {
      const asked: string[] = [];
      Object.assign(app, { asked });
      dialog.showMessageBox = ((_window: unknown, { message }: { message: string }) => {
        asked.push(message);
        return Promise.resolve({ response: 1, checkboxChecked: false });
      }) as typeof dialog.showMessageBox;
    });
    await sample(5000);
    await page.getByText('Making the sample portfolio').first().waitFor();
    await opened.app.evaluate(({ app }) => app.quit());
    await wait(300);
    const asked = await opened.app.evaluate(({ app }) => (app as typeof app & { asked: string[] }).asked);
    assert.match(asked.join(), /“Making the sample portfolio” is still at work/);
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByText('Making the sample portfolio').first().waitFor({ state: 'detached', timeout: JOB_MS });
  });

  test('closing the portfolio leads back to the start', async () => {
    await page.getByRole('button', { name: /Sample portfolio/ }).click();
    await page.getByRole('menuitem', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Try the sample portfolio' }).waitFor();
  });
});
