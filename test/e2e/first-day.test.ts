import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openApp, type OpenApp } from './open-app.ts';
import { inspect } from './inspect.ts';
import { picture } from './pictures.ts';
import { JOB_MS, screensOf, type Screens } from './screens.ts';

declare const location: { origin: string };

let opened: OpenApp;
let page: Page;
let screens: Screens;

before(async () => {
  opened = await openApp();
  page = opened.page;
  screens = screensOf(page);
});

after(() => opened?.end());

describe('the first day', () => {
  test('opens on the start screen, sandboxed, without Node in the page', async () => {
    await screens.start.trySample.waitFor();
    await inspect(page, 'start');
    assert.deepEqual(await page.evaluate(() => [typeof process, typeof require, location.origin]), [
      'undefined',
      'undefined',
      'app://duecast',
    ]);
  });

  test('makes the sample portfolio', async () => {
    await screens.start.makeSample({ customers: 300, days: 60, seed: 7 });
    await screens.portfolio.title.waitFor({ timeout: JOB_MS });
    await page.getByText('day 0 to day 59').waitFor();
    await screens.portfolio.import('sample.csv').waitFor();
    await page
      .getByText(/features need a look|10 features/)
      .first()
      .waitFor({ timeout: JOB_MS });
    await inspect(page, 'portfolio');
  });

  test('trains on it, with both networks’ curves side by side', async () => {
    const { training } = screens;
    await training.open.click();
    await training.epochs.fill('1');
    await training.testCustomers(60).waitFor({ timeout: JOB_MS });
    await training.train.click();
    await training.curve('LSTM').waitFor({ timeout: JOB_MS });
    await training.curve('CNN-LSTM').waitFor();
    await picture(page, 'training-runs', ['light']);
    await training.model('Ensemble').waitFor({ timeout: JOB_MS });
    await inspect(page, 'train');
  });

  test('scores it and finds a customer', async () => {
    const { training, customers } = screens;
    await training.score.click();
    await customers.watchlist.waitFor({ timeout: JOB_MS });
    await inspect(page, 'watchlist-sample');
    await customers.row(/C\d+/).first().click();
    await screens.customer.timeline.waitFor({ timeout: JOB_MS });
    await inspect(page, 'customer-at-risk');
    await page.keyboard.press('Escape');
    await customers.watchlist.waitFor();
    await customers.open.click();
    await customers.title.waitFor();
    await customers.search.fill('C000042');
    await customers.count('1 customer').waitFor();
    await customers.row(/C000042/).click();
  });

  test('shows that customer’s risk over time, by every model', async () => {
    const { customer } = screens;
    await customer.title('C000042').waitFor();
    await customer.timeline.waitFor({ timeout: JOB_MS });
    await inspect(page, 'customer');
    await customer.asTable.click();
    const rows = await customer.table.getAttribute('aria-rowcount');
    assert.equal(Number(rows), 32, 'the header, and a row for each of 60 days that a window of 30 allows');
  });

  test('nothing went wrong in the page', () => assert.deepEqual(opened.complaints, []));
});
