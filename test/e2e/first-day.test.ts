import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Transport } from '../../src-main/ipc/contract.ts';
import { startDisplay, type Display } from './display.ts';
import { newHome, openApp, ROOT, type OpenApp } from './open-app.ts';

const SCREENSHOTS = join(ROOT, 'screenshots');
/** For a job of this size on a slow machine. */
const JOB_MS = 90_000;

declare const window: { duecast: Transport };
declare const location: { origin: string };

let display: Display;
let home: string;
let opened: OpenApp;
let page: Page;

before(async () => {
  display = await startDisplay();
  home = newHome();
  mkdirSync(SCREENSHOTS, { recursive: true });
  opened = await openApp(home, display.name);
  page = opened.page;
});

after(async () => {
  await opened?.app.close();
  await display?.stop();
  rmSync(home, { recursive: true, force: true });
});

/** A picture in each theme, for people to look at. */
async function picture(name: string) {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(SCREENSHOTS, `${name}-${colorScheme}.png`) });
  }
}

const button = (name: string | RegExp) => page.getByRole('button', { name });
const heading = (name: string) => page.getByRole('heading', { name, exact: true });

describe('the first day', () => {
  test('opens on the start screen, sandboxed, without Node in the page', async () => {
    await button('Try the sample portfolio').waitFor();
    await picture('start');
    assert.deepEqual(await page.evaluate(() => [typeof process, typeof require, location.origin]), [
      'undefined',
      'undefined',
      'app://duecast',
    ]);
  });

  test('makes the sample portfolio', async () => {
    // What the button does, with fewer customers.
    const answer = await page.evaluate((request) => window.duecast.request('startSample', request), {
      customers: 300,
      days: 60,
      seed: 7,
    });
    assert.ok((answer as { ok: boolean }).ok);
    await heading('Sample portfolio').waitFor({ timeout: JOB_MS });
    await page.getByText('day 0 to day 59').waitFor();
    await page.getByRole('rowheader', { name: 'sample.csv' }).waitFor();
    await picture('portfolio');
  });

  test('trains on it, with both networks’ curves side by side', async () => {
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByLabel('Epochs').fill('1');
    await page.getByText(/test \(sealed\): 60 customers/).waitFor({ timeout: JOB_MS });
    await button('Train 4 models').click();
    await heading('LSTM').waitFor({ timeout: JOB_MS });
    await heading('CNN-LSTM').waitFor();
    await page.screenshot({ path: join(SCREENSHOTS, 'training-runs-light.png') });
    await page.getByRole('rowheader', { name: 'Ensemble' }).waitFor({ timeout: JOB_MS });
    await picture('train');
  });

  test('scores it and finds a customer', async () => {
    await button('Score the portfolio').click();
    await heading('Customers').waitFor({ timeout: JOB_MS });
    await picture('customers');
    await page.getByLabel('Search customers').fill('C000042');
    await page.getByText('1 customer', { exact: true }).waitFor();
    await page.getByRole('row', { name: /C000042/ }).click();
  });

  test('shows that customer’s risk over time, by every model', async () => {
    await heading('C000042').waitFor();
    await page.getByRole('img', { name: 'Risk over time' }).waitFor({ timeout: JOB_MS });
    await picture('customer');
    await page.getByRole('button', { name: 'Show as table' }).first().click();
    assert.equal(await page.getByRole('grid', { name: 'Risk over time' }).getAttribute('aria-rowcount'), '32');
  });

  test('nothing went wrong in the page', () => assert.deepEqual(opened.complaints, []));
});
