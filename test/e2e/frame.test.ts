import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { MenuCommand } from '../../src-main/ipc/contract.ts';
import { openApp, secondStart, type OpenApp } from './open-app.ts';
import { ask } from './requests.ts';
import { JOB_MS } from './screens.ts';

let home: string;
let opened: OpenApp;
let page: Page;

before(async () => {
  opened = await openApp();
  home = opened.user.home;
  page = opened.page;
  // A menu's item that is chosen before the page listens would be lost.
  await page.getByRole('button', { name: 'Try the sample portfolio' }).waitFor();
});

after(() => opened?.end());

const heading = (name: string) => page.getByRole('heading', { name, exact: true });
const screen = (name: string) => page.getByRole('navigation').getByRole('button', { name });

/** What the native menu's item does; the shortcut itself is the system's affair. */
const choose = (command: MenuCommand) =>
  opened.app.evaluate(({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click(), command);

/** Typed too early, keys would go elsewhere. */
async function openPalette() {
  await choose('palette');
  await page.getByRole('combobox', { name: 'Customer, screen or action' }).waitFor();
}

const sample = (customers: number) => ask(page, 'startSample', { customers, days: 60, seed: 7 });

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
    await openPalette();
    await page.keyboard.type('trai');
    await page.keyboard.press('Enter');
    await heading('Train').waitFor();
    await openPalette();
    await page.keyboard.type('C000042');
    await page.getByRole('option', { name: /C000042/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await heading('C000042').waitFor();
    await openPalette();
    await page.keyboard.press('Escape');
    await page.getByRole('listbox', { name: 'Found' }).waitFor({ state: 'detached' });
  });

  test('every screen is reached from the navigation, and says where it is', async () => {
    for (const name of ['Portfolio', 'Import', 'Train', 'Compare', 'Watchlist', 'Customers', 'Reports', 'Settings']) {
      await screen(name).click();
      assert.equal(await screen(name).getAttribute('aria-current'), 'page');
    }
  });

  test('a second start leaves the portfolio to the first window', async () => {
    assert.equal(await secondStart(opened), 0);
    assert.equal(await opened.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length), 1);
  });

  test('closing the portfolio leads back to the start', async () => {
    await page.getByRole('button', { name: /Sample portfolio/ }).click();
    await page.getByRole('menuitem', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Try the sample portfolio' }).waitFor();
  });
});
