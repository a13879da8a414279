import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Transport } from '../../src-main/ipc/contract.ts';
import { startDisplay, type Display } from './display.ts';
import { newHome, openApp, type OpenApp } from './open-app.ts';

const SCREENSHOTS = join(import.meta.dirname, '..', '..', 'screenshots');
/** For a job of this size on a slow machine. */
const JOB_MS = 120_000;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

declare const window: { duecast: Transport };

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

const button = (name: string | RegExp) => page.getByRole('button', { name });
const heading = (name: string | RegExp) => page.getByRole('heading', { name, exact: typeof name === 'string' });
const screen = (name: string) => page.getByRole('navigation').getByRole('button', { name }).click();

interface AxeResult {
  violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
}
declare const axe: { run(context: object, options: object): Promise<AxeResult> };

/** In both themes: a picture for people to look at, and what axe finds. */
async function inspect(name: string) {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(SCREENSHOTS, `${name}-${colorScheme}.png`) });
    // Through the debugger: the page itself takes no script from elsewhere.
    await page.evaluate(AXE);
    const found = await page.evaluate(async () => {
      const { violations } = await axe.run({ include: [['main']] }, { resultTypes: ['violations'] });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => [id, html, failureSummary]));
    });
    assert.deepEqual(found, [], `${name}, ${colorScheme}`);
  }
}

describe('training', () => {
  test('the split is shown before anything is trained, and follows what is set', async () => {
    const sample = { customers: 300, days: 60, seed: 7 };
    await page.evaluate((request) => window.duecast.request('startSample', request), sample);
    await heading('Sample portfolio').waitFor({ timeout: JOB_MS });
    await screen('Train');
    await page.getByRole('row', { name: /^Test 60 / }).waitFor({ timeout: JOB_MS });
    assert.equal(await page.getByRole('spinbutton', { name: 'Window' }).getAttribute('placeholder'), '30, chosen');
    assert.equal(await page.getByRole('spinbutton', { name: 'Epochs' }).getAttribute('placeholder'), '8, chosen');
    await button('Advanced').click();
    await inspect('training-plan');
    await page.getByRole('spinbutton', { name: 'Window' }).fill('61');
    await page.getByText(/No window fits/).waitFor();
    assert.ok(await button('Train 4 models').isDisabled());
    await inspect('training-too-small');
    await button('Take the proposed settings').click();
    await page.getByRole('row', { name: /^Test 60 / }).waitFor();
    await button('Advanced').click();
  });

  test('a training that is cancelled leaves nothing', async () => {
    await page.getByRole('spinbutton', { name: 'Epochs' }).fill('200');
    await button('Train 4 models').click();
    await heading('LSTM').waitFor();
    await page.getByRole('img', { name: 'Loss' }).first().waitFor({ timeout: JOB_MS });
    await screen('Portfolio');
    await screen('Train');
    await page.getByRole('img', { name: 'Loss' }).first().waitFor();
    await page
      .getByText(/at most .* left/)
      .first()
      .waitFor();
    await inspect('training-runs');
    await button('Cancel training').click();
    await page.getByText('The training was cancelled.').waitFor({ timeout: JOB_MS });
    assert.equal(await heading('Experiments').count(), 0);
    await button('Close this notice').click();
  });

  test('a training ends with its result and its curves', async () => {
    await page.getByRole('spinbutton', { name: 'Epochs' }).fill('4');
    await button('Train 4 models').click();
    await heading('Result of experiment 1').waitFor({ timeout: JOB_MS });
    await page.getByRole('rowheader', { name: 'Ensemble' }).waitFor();
    await page.getByRole('img', { name: 'AUC on validation customers' }).first().waitFor();
    await inspect('training-result');
    await button('Make champion: LightGBM').click();
    await page.getByText('it is the champion').waitFor();
  });

  test('two experiments stand side by side, with what differs', async () => {
    await button('Plan another training').click();
    await page.getByRole('checkbox', { name: 'CNN-LSTM' }).uncheck();
    await page.getByRole('spinbutton', { name: 'Epochs' }).fill('2');
    await page.getByRole('spinbutton', { name: 'Window' }).fill('20');
    await page.getByRole('row', { name: /^Test 60 / }).waitFor();
    await button('Train 3 models').click();
    await heading('Result of experiment 2').waitFor({ timeout: JOB_MS });
    await page.getByLabel('Select experiment 1').check();
    await page.getByLabel('Select experiment 2').check();
    await heading('Experiment 1 beside 2').waitFor();
    await page.getByRole('row', { name: 'Window 30 days 20 days ≠ differs' }).waitFor();
    await page.getByRole('img', { name: 'CNN-LSTM: validation loss' }).waitFor();
    await inspect('training-pair');
    await button('Experiment 1').click();
    await page.getByRole('region', { name: 'Learning curves of LightGBM' }).waitFor();
    await inspect('training-details');
  });

  test('scores the portfolio from here', async () => {
    await button('Score the portfolio').click();
    await page
      .getByRole('button', { name: 'Watchlist' })
      .and(page.locator('[aria-current]'))
      .waitFor({ timeout: JOB_MS });
  });

  test('nothing went wrong in the page', () => assert.deepEqual(opened.complaints, []));
});
