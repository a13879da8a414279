import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { inspect } from './inspect.ts';
import { openApp, type OpenApp } from './open-app.ts';
import { ask } from './requests.ts';

let home: string;
let opened: OpenApp;
let page: Page;

/** A statement of one account over four months: a salary, a rent, and small payments, with a running balance. */
function statement(): string {
  const lines = ['Date,Narration,Amount,Dr/Cr,Closing Balance'];
  let cents = 500_000;
  for (let day = 0; day < 120; day++) {
    const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10).split('-').reverse().join('/');
    const isFirst = date.startsWith('01/');
    const [words, amount, sign] = isFirst
      ? ['SALARY ACME', 4_500_000, 'CR']
      : [`POS SHOP ${day}`, 10_025 + 100 * (day % 30), 'DR'];
    cents += sign === 'CR' ? Number(amount) : -Number(amount);
    const spoilt = day === 50 ? 'n/a' : (Number(amount) / 100).toFixed(2);
    lines.push(`${date},${words},${spoilt},${sign},${(cents / 100).toFixed(2)}`);
  }
  return lines.join('\n');
}

before(async () => {
  opened = await openApp();
  page = opened.page;
  home = opened.user.home;
  page.setDefaultTimeout(25_000);
  writeFileSync(join(home, 'statement.csv'), statement());
  await answering(join(home, 'Documents', 'Retail.duecast'));
  await button('New portfolio…').click();
  await page.getByLabel('Currency').fill('INR');
  await button('Make the portfolio').click();
  await page.getByRole('heading', { name: 'Retail' }).waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
});

after(() => opened?.end());

/** What the system's dialogs answer from now on. */
const answering = (path: string) =>
  opened.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, path);

const button = (name: string | RegExp) => page.getByRole('button', { name });
const toEnd = () => page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));

describe('importing transactions', () => {
  test('a statement is shown with its roles, its sums and its balance', async () => {
    await answering(join(home, 'statement.csv'));
    await button('Choose an export…').click();
    await button('transactions of accounts').waitFor();
    assert.equal(await page.getByLabel('Role of Narration').inputValue(), 'description');
    assert.equal(await page.getByLabel('Role of Dr/Cr').inputValue(), 'indicator');
    assert.equal(await page.getByLabel('Role of Closing Balance').inputValue(), 'balance');
    await page.getByText('All amounts together').waitFor();
    await page.getByText('No column says whose the rows are', { exact: false }).waitFor();
    await inspect(page, 'ledger');
    await toEnd();
    await inspect(page, 'ledger-check');
  });

  test('whose the file is, and which way money goes, can be said', async () => {
    await page.getByLabel('Whose file it is').fill('C-77');
    await button('Use it').click();
    await page.getByText('All rows are taken as those of C-77.').waitFor();
    await page
      .getByRole('group', { name: /Values of Dr\/Cr/ })
      .getByRole('checkbox', { name: 'CR' })
      .check();
    await button(/accepted 119/i).waitFor();
    await page
      .getByRole('group', { name: /Values of Dr\/Cr/ })
      .getByRole('checkbox', { name: 'CR' })
      .uncheck();
    await button(/accepted 119/i).waitFor();
  });

  test('its import says what follows from it, and a mended row joins it', async () => {
    await button('Import 119 rows').click();
    await page.getByText(/days of behaviour follow from 119 transactions/).waitFor();
    await toEnd();
    await inspect(page, 'ledger-done');
    await button('Mend set-aside rows').click();
    await page.getByLabel('Amount, line 52').fill('120.25');
    await button('Import 1 mended row').click();
    await page.getByText('1 mended row is in.').waitFor();
    const { customers } = await ask(page, 'customerIds', {
      list: 'all',
      search: '',
      levels: [],
      change: 'any',
      ranges: [],
      sort: { key: 'customer', direction: 'ascending' },
    });
    assert.deepEqual(customers, ['C-77']);
  });

  test('nothing went wrong in the page', () => assert.deepEqual(opened.complaints, []));
});
