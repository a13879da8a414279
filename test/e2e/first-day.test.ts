import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openApp, type OpenApp } from './open-app.ts';
import { inspect } from './inspect.ts';
import { picture } from './pictures.ts';
import {
  findCustomer,
  makeSamplePortfolio,
  scorePortfolio,
  startShortTraining,
  timelineRows,
  waitForEnsemble,
} from './sample-day.ts';
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
    await makeSamplePortfolio(page, screens, { customers: 300, days: 60, seed: 7 });
    await inspect(page, 'portfolio');
  });

  test('trains on it, with both networks’ curves side by side', async () => {
    await startShortTraining(screens, 60);
    await picture(page, 'training-runs', ['light']);
    await waitForEnsemble(screens);
    await inspect(page, 'train');
  });

  test('scores it and finds a customer', async () => {
    const { customers } = screens;
    await scorePortfolio(screens);
    await inspect(page, 'watchlist-sample');
    await customers.row(/C\d+/).first().click();
    await screens.customer.timeline.waitFor({ timeout: JOB_MS });
    await inspect(page, 'customer-at-risk');
    await page.keyboard.press('Escape');
    await customers.watchlist.waitFor();
    await findCustomer(screens, 'C000042');
  });

  test('shows that customer’s risk over time, by every model', async () => {
    await inspect(page, 'customer');
    const rows = await timelineRows(screens);
    assert.equal(rows, 32, 'the header, and a row for each of 60 days that a window of 30 allows');
  });

  test('nothing went wrong in the page', () => assert.deepEqual(opened.complaints, []));
});
