import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { inspect } from './inspect.ts';
import { openApp, type OpenApp } from './open-app.ts';
import { ask } from './requests.ts';
import { JOB_MS } from './screens.ts';

let home: string;
let opened: OpenApp;
let page: Page;

before(async () => {
  opened = await openApp();
  home = opened.user.home;
  page = opened.page;
});

after(() => opened?.end());

const button = (name: string | RegExp) => page.getByRole('button', { name });
const rowOf = (feature: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: feature }) });

/** Two years by month: salaries in the wrong unit now and then, a column that ends early, one that never changes. */
function exportText(customers: number): string {
  const lines = ['customer_id,date,salary,card_spend,failed_debits,cash_loans,branch_code,event_date'];
  let state = 7;
  const random = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  for (let c = 0; c < customers; c++) {
    const start = c % 3 === 0 ? 6 : 0;
    for (let month = start; month < 24; month++) {
      const date = new Date(Date.UTC(2024, month, 28)).toISOString().slice(0, 10);
      const salary = Math.round(30_000 + 20_000 * random()) * (random() < 0.07 ? 100 : 1);
      const spend = random() < 0.6 ? '' : (1_500 * (1 + random())).toFixed(2);
      const loans = month < 17 ? Math.floor(4 * random()) : '';
      const event = c % 5 === 0 ? '2025-12-20' : '';
      lines.push(`C${c},${date},${salary},${spend},${random() < 0.2 ? 1 : 0},${loans},7,${event}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

describe('the portfolio screen', () => {
  test('an empty portfolio says what to do next', async () => {
    await button('Try the sample portfolio').waitFor();
    const path = join(home, 'retail.duecast');
    await ask(page, 'createPortfolio', { path, name: 'Retail loans', currency: 'INR', timeStep: 'month' });
    await page.getByRole('heading', { name: 'This portfolio is empty' }).waitFor();
    await page.getByText('Created the portfolio').waitFor();
    await inspect(page, 'portfolio-empty');
  });

  test('figures, data quality with its remarks first, coverage, imports and log follow an import', async () => {
    const file = join(home, 'december.csv');
    writeFileSync(file, exportText(240));
    const reading = { profile: null, settings: [], dryRun: false, onConflict: 'keep' as const };
    await ask(page, 'startImport', { file, ...reading });
    await page.getByText('4 of 5 features need a look').waitFor({ timeout: JOB_MS });
    await page.getByText('31 Jan 2024 to 31 Dec 2025').waitFor();
    await page.getByText('20.0% default rate').waitFor();
    await rowOf('branch_code').getByText('Constant: it cannot tell customers apart.').waitFor();
    await rowOf('cash_loans').getByText('Empty since Jun 2025, though histories go on to Dec 2025.').waitFor();
    await rowOf('card_spend')
      .getByText(/^Mostly missing: \d\d\.\d% of the rows/)
      .waitFor();
    await rowOf('salary')
      .getByText(/^Many values far out: \d\.\d%/)
      .waitFor();
    const features = await page
      .getByRole('table', { name: 'Data quality by feature' })
      .getByRole('rowheader')
      .allTextContents();
    assert.match(features[features.length - 1], /^failed_debits/, 'what needs no look comes last');
    await page.getByRole('img', { name: 'Customers with a row, by month' }).waitFor();
    await page.getByRole('rowheader', { name: 'december.csv' }).waitFor();
    await inspect(page, 'portfolio-full');
  });

  test('coverage has its table behind the toggle', async () => {
    await button('Show as table').click();
    await page.getByRole('grid', { name: 'Customers with a row, by month' }).getByText('2024-01-31').waitFor();
    await button('Show as table').click();
  });

  test('a copy is saved where the analyst says, and that is said', async () => {
    const copy = join(home, 'Documents', 'copy.duecast');
    await opened.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, copy);
    await button('Save a copy…').click();
    await page.getByText(`A copy was saved: ${copy}`).waitFor();
    assert.ok(existsSync(copy));
    await button('Close this notice').click();
  });

  test('the log’s newest entry stands first', async () => {
    const log = page.getByRole('grid', { name: 'Audit log' });
    await log.scrollIntoViewIfNeeded();
    assert.match((await log.getByRole('row').nth(1).textContent()) ?? '', /Import/);
    await inspect(page, 'portfolio-end');
  });

  test('nothing went wrong in the page', () => assert.deepEqual(opened.complaints, []));
});
