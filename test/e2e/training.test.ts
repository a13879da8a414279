import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { inspect } from './inspect.ts';
import { openApp, type OpenApp } from './open-app.ts';
import { ask, waitForJobs } from './requests.ts';
import { JOB_MS } from './screens.ts';

let opened: OpenApp;
let page: Page;

before(async () => {
  opened = await openApp();
  page = opened.page;
});

after(() => opened?.end());

const button = (name: string | RegExp) => page.getByRole('button', { name });
const heading = (name: string | RegExp) => page.getByRole('heading', { name, exact: typeof name === 'string' });
const screen = (name: string) => page.getByRole('navigation').getByRole('button', { name }).click();

describe('training', () => {
  test('the split is shown before anything is trained, and follows what is set', async () => {
    const sample = { customers: 300, days: 60, seed: 7 };
    await ask(page, 'startSample', sample);
    await heading('Sample portfolio').waitFor({ timeout: JOB_MS });
    await screen('Train');
    await page.getByRole('row', { name: /^Test 60 / }).waitFor({ timeout: JOB_MS });
    assert.equal(await page.getByRole('spinbutton', { name: 'Window' }).getAttribute('placeholder'), '30 proposed');
    assert.equal(await page.getByRole('spinbutton', { name: 'Epochs' }).getAttribute('placeholder'), '8 proposed');
    await button('Advanced').click();
    await inspect(page, 'training-plan');
    await page.getByRole('spinbutton', { name: 'Window' }).fill('61');
    await page.getByText(/No window fits/).waitFor();
    assert.ok(await button('Train 4 models').isDisabled());
    await inspect(page, 'training-too-small');
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
    await inspect(page, 'training-runs');
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
    await inspect(page, 'training-result');
    await button('Make champion: LightGBM').click();
    await page.getByText('it is the champion').waitFor();
  });

  test('two experiments stand side by side, with what differs', async () => {
    await button('Plan another training').click();
    await page.getByRole('checkbox', { name: 'CNN-LSTM' }).uncheck();
    await page.getByRole('spinbutton', { name: 'Epochs' }).fill('2');
    await page.getByRole('spinbutton', { name: 'Window' }).fill('20');
    await button('Advanced').click();
    await page.getByLabel('Platt’s sigmoid').check();
    await page.getByLabel('Fitted on the validation customers').check();
    await page.getByRole('row', { name: /^Test 60 / }).waitFor();
    await button('Train 3 models').click();
    await heading('Result of experiment 2').waitFor({ timeout: JOB_MS });
    await page.getByRole('columnheader', { name: 'Calibration' }).waitFor();
    await page.getByText(/sequence models, fitted/).waitFor();
    await inspect(page, 'training-calibrated');
    await page.getByLabel('Select experiment 1').check();
    await page.getByLabel('Select experiment 2').check();
    await heading('Experiment 1 beside 2').waitFor();
    await page.getByRole('row', { name: 'Window 30 days 20 days ≠ differs' }).waitFor();
    await page.getByRole('row', { name: 'Calibration none Platt’s sigmoid ≠ differs' }).waitFor();
    await page.getByRole('img', { name: 'CNN-LSTM: validation loss' }).waitFor();
    await inspect(page, 'training-pair');
    await button('Experiment 1').click();
    await page.getByRole('region', { name: 'Learning curves of LightGBM' }).waitFor();
    await inspect(page, 'training-details');
  });

  test('several seeds are one job, and say how far figures are luck', async () => {
    await button('Plan another training').click();
    await page.getByRole('checkbox', { name: 'LightGBM' }).uncheck();
    await page.getByRole('checkbox', { name: 'Logistic' }).uncheck();
    await page.getByRole('spinbutton', { name: 'Epochs' }).fill('3');
    await page.getByRole('spinbutton', { name: 'Seeds' }).fill('21');
    await page.getByText('At most 20').waitFor();
    await page.getByRole('spinbutton', { name: 'Seeds' }).fill('3');
    await button('Train 1 model with 3 seeds').click();
    await page
      .getByText(/seed 2 of 3, about .* left/)
      .first()
      .waitFor({ timeout: JOB_MS });
    await page.getByRole('img', { name: 'Loss' }).first().waitFor({ timeout: JOB_MS });
    await inspect(page, 'training-seeds-run');
    await heading('Result of experiment 5').waitFor({ timeout: JOB_MS });
    const spread = page.getByRole('table', { name: 'How the figures spread over 3 seeds' });
    await spread.getByRole('columnheader', { name: 'Seed 3' }).waitFor();
    await spread
      .getByRole('rowheader', { name: 'LSTM', exact: true })
      .or(spread.getByRole('cell', { name: 'LSTM' }))
      .waitFor();
    await spread.scrollIntoViewIfNeeded();
    await inspect(page, 'training-seeds');
  });

  test('scores the portfolio from here', async () => {
    await button('Score the portfolio').click();
    await page
      .getByRole('button', { name: 'Watchlist' })
      .and(page.locator('[aria-current]'))
      .waitFor({ timeout: JOB_MS });
  });

  test('a comparison says how early the models of every seed warn', async () => {
    await ask(page, 'startComparison', { experimentId: '5' });
    await waitForJobs(page);
    await screen('Compare');
    const early = page.getByRole('table', { name: 'How early models warn over 3 seeds, at equal false alerts' });
    await early.getByRole('columnheader', { name: 'Seed 3' }).waitFor({ timeout: JOB_MS });
    await early.scrollIntoViewIfNeeded();
    await inspect(page, 'comparison-seeds');
  });

  test('nothing went wrong in the page', () => assert.deepEqual(opened.complaints, []));
});
