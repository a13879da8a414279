import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { createRandom } from '../../src-main/sequences/random.ts';
import { openForWriting } from '../../src-main/store/open.ts';
import { createPortfolio } from '../../src-main/store/portfolio.ts';
import { addLedger, drawLedger } from '../store/ledger-file.ts';
import { giveToOwner } from './files.ts';
import { inspect } from './inspect.ts';
import { openApp, type OpenApp } from './open-app.ts';
import { ask } from './requests.ts';

let opened: OpenApp;
let page: Page;

before(async () => {
  opened = await openApp();
  ({ page } = opened);
  await page.getByRole('button', { name: 'Try the sample portfolio' }).waitFor();
  await ask(page, 'openPortfolio', { path: makePortfolio(join(opened.user.home, 'Documents')) });
});

after(() => opened?.end());

function makePortfolio(folder: string): string {
  const path = join(folder, 'ledger.duecast');
  createPortfolio(path, 'Ledger', 'INR');
  const { db, close } = openForWriting(path);
  const random = createRandom(9);
  addLedger(db, [
    ...drawLedger(() => random.next(), 400),
    ['C0', '2026-03-01', -4_000, 'SCHOOL TUITION TERM 2'],
    ['C1', '2026-03-02', -4_000, 'SCHOOL TUITION TERM 2'],
  ]);
  close();
  giveToOwner(folder);
  return path;
}

const button = (name: string | RegExp) => page.getByRole('button', { name });
const rule = (name: RegExp) => page.locator('section[aria-labelledby^="rules-"]').getByRole('button', { name });

describe('ledger rules', () => {
  test('rules stand by behaviour with what they catch, and so does what nothing catches', async () => {
    await page.getByRole('navigation').getByRole('button', { name: 'Ledger rules' }).click();
    await rule(/Named utilities/).click();
    await page.getByText(/^Catches \d+ transactions/).waitFor();
    await page.getByRole('rowheader', { name: 'school tuition term' }).waitFor();
    await inspect(page, 'ledger-rules');
  });

  test('what nothing catches becomes a rule; it is saved, and taken back', async () => {
    await page.getByLabel('Make “school tuition term” a rule for').selectOption('discretionary');
    await page.getByRole('heading', { name: 'What these changes move' }).waitFor();
    await page.getByText(/^Catches 2 transactions/).waitFor();
    await inspect(page, 'ledger-rules-changed');
    await button('Save and derive anew').click();
    await page.getByText('Saved as version 1').waitFor();
    await rule(/school tuition term/).focus();
    await page.keyboard.press('Alt+ArrowDown');
    await page
      .getByText(/^2\.\s*school tuition term/)
      .first()
      .waitFor();
    await button('Discard changes').click();
    await page.getByText('Saved as version 1').waitFor();
    await button('Undo').click();
    await page.getByText(/^Version 2, .*as shipped/).waitFor();
  });

  test('a customer’s transactions of a day say which values they made', async () => {
    await page.getByRole('navigation').getByRole('button', { name: 'Customers' }).click();
    await page.getByRole('row', { name: /C0/ }).first().dblclick();
    const day = page.getByLabel('Day', { exact: true });
    await day.fill('2026-03-01');
    await page.getByRole('rowheader', { name: 'SCHOOL TUITION TERM 2' }).waitFor();
    await page.getByText('daily_expenses +4,000').waitFor();
    await page.getByRole('heading', { name: 'Transactions', exact: true }).scrollIntoViewIfNeeded();
    await inspect(page, 'ledger-day');
    assert.deepEqual(opened.complaints, []);
  });
});
