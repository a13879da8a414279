import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { duecastJson } from '../cli/run-duecast.ts';
import { giveToOwner } from './files.ts';
import { inspect } from './inspect.ts';
import { openApp, type OpenApp } from './open-app.ts';
import { ask } from './requests.ts';
import { ROOT } from './runtime.ts';

const UCI = join(ROOT, 'test', 'fixtures', 'uci-credit-card', 'UCI_Credit_Card.csv');
const MOST_ROWS = 60;

interface Document {
  activeElement: { getAttribute(name: string): string | null } | null;
}
declare const document: Document;

let home: string;
let opened: OpenApp;
let page: Page;

before(async () => {
  opened = await openApp();
  ({ page } = opened);
  ({ home } = opened.user);
  await page.getByRole('button', { name: 'Try the sample portfolio' }).waitFor();
  await ask(page, 'openPortfolio', { path: await makePortfolio(join(home, 'Documents')) });
});

after(() => opened?.end());

/** 30,000 customers, scored by a logistic model, by the command line. */
async function makePortfolio(folder: string): Promise<string> {
  const portfolio = join(folder, 'uci.duecast');
  for (const words of [['import', UCI], ['train', '--models', 'logistic'], ['score']]) {
    const { code, stderr } = await duecastJson([...words, '--portfolio', portfolio]);
    assert.equal(code, 0, stderr);
  }
  giveToOwner(folder);
  return portfolio;
}

const screen = (name: string) => page.getByRole('navigation').getByRole('button', { name });
const grid = (name: string) => page.getByRole('grid', { name });
const rowsIn = (name: string) => grid(name).getByRole('row').count();
const heading = (name: string) => page.getByRole('heading', { name, exact: true });
const status = (text: string) => page.getByText(text, { exact: true });

async function saveTo(path: string) {
  await opened.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}

describe('customers', () => {
  test('the watchlist shows Critical and High, the riskiest first', async () => {
    await screen('Watchlist').click();
    await heading('Watchlist').waitFor();
    await grid('Watchlist').getByText('4388', { exact: true }).waitFor();
    assert.match(
      await page
        .getByRole('button', { name: /Critical/ })
        .first()
        .innerText(),
      /\d/,
    );
    await grid('Watchlist')
      .getByText(/^PAY \d.* \(typical: /)
      .first()
      .waitFor();
    await inspect(page, 'watchlist');
  });

  test('all 30,000 are there, and no more than 60 rows stand in the page wherever it is scrolled to', async () => {
    await screen('Customers').click();
    await status('30,000 customers').waitFor();
    for (const top of [0, 3_000, 400_000, 959_000]) {
      await grid('Customers').evaluate((element, to) => void ((element as { scrollTop: number }).scrollTop = to), top);
      await page.waitForFunction(() => true);
      assert.ok((await rowsIn('Customers')) <= MOST_ROWS);
    }
    await grid('Customers').focus();
    await page.keyboard.press('End');
    await page.locator('[aria-rowindex="30001"]:not([aria-busy])').waitFor();
    assert.ok((await rowsIn('Customers')) <= MOST_ROWS);
  });

  test('search and filters narrow it down, and each can be taken away', async () => {
    await page.getByLabel('Search customers').fill('2999');
    await status('13 customers').waitFor();
    await page.getByRole('button', { name: 'Value between' }).click();
    await page.getByLabel('Latest value of').selectOption('AGE');
    await page.getByLabel('At least').fill('30');
    await page.getByLabel('At most').fill('40');
    await page.getByRole('button', { name: 'Add the filter' }).click();
    await page.getByRole('button', { name: /AGE 30 to 40/ }).waitFor();
    await inspect(page, 'customers-filtered');
    await page.getByLabel('Search customers').fill('nobody');
    await heading('No customer matches').waitFor();
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    await status('30,000 customers').waitFor();
  });

  test('what was chosen by keyboard is exported', async () => {
    await screen('Watchlist').click();
    await grid('Watchlist').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await status('2 chosen').waitFor();
    const path = join(home, 'Documents', 'chosen.csv');
    await saveTo(path);
    await page.getByRole('button', { name: /Export 2 chosen/ }).click();
    await page.getByText(path).waitFor();
    const lines = readFileSync(path, 'utf8').trimEnd().split('\r\n');
    assert.equal(lines.length, 3);
    assert.match(lines[0], /^customer_id,as_of,risk_score,risk_level,will_default,confidence,model_type,change,/);
    assert.match(lines[1], /^4337,2005-09-30,0\.97\d+,Critical,true,0\.97.*PAY \d.* \(typical: /);
  });

  test('from the watchlist through customers by keyboard, and back to the same place', async () => {
    await page.getByRole('button', { name: 'Choose none' }).click();
    await grid('Watchlist').focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^2 of [\d,]+$/).waitFor();
    await page.getByRole('img', { name: 'Risk over time' }).waitFor();
    await page.getByText('behaviour would give').waitFor();
    await page.getByRole('img', { name: /^Contributions of \d+ features over 6 months/ }).waitFor();
    await inspect(page, 'customer');
    await page.getByRole('button', { name: 'Copy reasons' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await opened.app.evaluate(({ clipboard }) => clipboard.readText());
    assert.match(copied, /^\d+: Critical, PD 9\d\.\d% by Logistic as of .*\n\+\d+\.\d pts: PAY \d/);
    await page.getByRole('img', { name: /^Contributions of/ }).scrollIntoViewIfNeeded();
    await inspect(page, 'customer-reasons');
    await heading('Behaviour').scrollIntoViewIfNeeded();
    await page.getByRole('img', { name: 'BILL_AMT', exact: true }).waitFor();
    await inspect(page, 'customer-behaviour');
    await page.keyboard.press('j');
    await page.getByText(/^3 of [\d,]+$/).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByText(/^2 of [\d,]+$/).waitFor();
    await page.keyboard.press('+');
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.keyboard.press('Escape');
    await heading('Watchlist').waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'grid');
  });

  test('a note is kept, changed, deleted and taken back', async () => {
    await page.keyboard.press('Enter');
    await heading('Notes').waitFor();
    await page.keyboard.press('n');
    await page.keyboard.type('Called; pays on Friday');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Called; pays on Friday').waitFor();
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Change the note').fill('Called; paid');
    await page.getByRole('button', { name: 'Keep the change' }).click();
    await page.getByText('Called; paid', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('The note was deleted.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Called; paid', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await grid('Watchlist').getByTitle('1 note').waitFor();
  });

  test('a customer’s timeline is written as CSV', async () => {
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: 'Risk over time' }).waitFor();
    const path = join(home, 'Documents', 'timeline.csv');
    await saveTo(path);
    await page.getByRole('button', { name: 'Export CSV…' }).click();
    await page.getByText(path).waitFor();
    const lines = readFileSync(path, 'utf8').trimEnd().split('\r\n');
    assert.equal(lines[0], 'customer_id,step,date,PD Logistic,PAY,BILL_AMT,PAY_AMT,Reasons Logistic');
    assert.equal(lines.length, 7);
    assert.match(lines[6], /,"?PAY \d.* pts\)"?$/);
  });

  test('nothing went wrong in the page', () => assert.deepEqual(opened.complaints, []));
});
