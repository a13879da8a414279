import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { runDuecast } from '../cli/run-duecast.ts';
import { giveToOwner } from './files.ts';
import { inspect } from './inspect.ts';
import { openApp, type OpenApp } from './open-app.ts';
import { ask } from './requests.ts';
import { JOB_MS } from './screens.ts';

const FITTED = ['--calibration', 'platt', '--ensemble-weight', 'fitted'];

let opened: OpenApp;
let page: Page;

/** A dated portfolio with trained models; its files belong to the app's user. */
async function trainedPortfolio(folder: string): Promise<string> {
  const csv = join(folder, 'sample.csv');
  const portfolio = join(folder, 'sample.duecast');
  for (const words of [
    ['generate', '--out', csv, '--customers', '200', '--days', '150', '--seed', '3', '--dates'],
    ['import', csv, '--portfolio', portfolio],
    ['train', '--portfolio', portfolio, '--window', '10', '--horizon', '7', '--epochs', '2', ...FITTED],
  ]) {
    const { code, stderr } = await runDuecast(words);
    assert.equal(code, 0, stderr);
  }
  giveToOwner(folder);
  return portfolio;
}

before(async () => {
  opened = await openApp();
  page = opened.page;
  await page.getByRole('button', { name: 'Try the sample portfolio' }).waitFor();
  await ask(page, 'openPortfolio', { path: await trainedPortfolio(join(opened.user.home, 'Documents')) });
  await ask(page, 'describePortfolio', { name: 'Sample', currency: 'INR', timeStep: 'day' });
});

after(() => opened?.end());

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

const screen = () => page.locator('main');
const scrollTo = (text: string) => page.getByRole('heading', { name: text }).first().scrollIntoViewIfNeeded();

describe('comparing models', () => {
  test('says what comparing costs before it is done', async () => {
    await button('Compare').click();
    await page.getByText(/That is a look at the test customers; there was one so far/).waitFor();
    await inspect(page, 'compare-empty');
  });

  test('compares, and says which model ranks best', async () => {
    await button('Compare the models').click();
    await page.getByRole('heading', { name: /ranks best|ranks clearly best/ }).waitFor({ timeout: JOB_MS });
    await page.getByRole('img', { name: 'Hits against false alarms (ROC)' }).waitFor({ timeout: JOB_MS });
    await page.getByRole('img', { name: 'Cost by threshold' }).waitFor();
    assert.equal(
      await page.getByRole('img').count(),
      9 + 5 + 1 + 1,
      'nine charts, five distributions, the cost, the warnings',
    );
    await inspect(page, 'compare');
  });

  test('has every metric with its meaning, and the Hosmer–Lemeshow test only on request', async () => {
    const table = page.getByRole('region', { name: 'Metrics by model' });
    for (const name of [
      'H-measure',
      'Brier skill',
      'Slope',
      'ECE',
      'Lift at 10%',
      'Recall, 5% alerted',
      'PSI from training',
    ])
      await table.getByRole('rowheader', { name, exact: true }).waitFor();
    assert.equal(await table.getByText('n/a').count(), 0);
    assert.equal(await page.getByRole('table', { name: /Hosmer/ }).count(), 0);
    await button(/^More/).click();
    await page.getByRole('table', { name: /Hosmer/ }).scrollIntoViewIfNeeded();
    await inspect(page, 'compare-metrics');
    await button(/^More/).click();
  });

  test('says how early each model warns', async () => {
    await scrollTo('How early each model warns');
    await page.getByRole('img', { name: /Customers warned, by days before the event/ }).waitFor();
    await page.getByRole('rowheader', { name: 'Timely recall', exact: true }).waitFor();
    await screen()
      .getByText(/the same scores warn .* of the customers with an event in time, instead of/)
      .waitFor();
    await inspect(page, 'compare-early');
  });

  test('computes it again as the analyst sets it, once that makes sense', async () => {
    const panel = page.getByRole('region', { name: 'How early each model warns', exact: true });
    const again = panel.getByRole('button', { name: 'Compute again' });
    assert.ok(await again.isDisabled(), 'nothing is changed');
    await panel.getByLabel('Shortest useful warning (g)').fill('90');
    await panel.getByText('Less than the longest warning, 90 days').waitFor();
    assert.ok(await again.isDisabled());
    await inspect(page, 'compare-early-settings');
    await panel.getByLabel('Shortest useful warning (g)').fill('10');
    await panel.getByLabel('Longest warning (H)').fill('60');
    await panel.getByLabel('Alert budget').fill('5');
    await again.click();
    await panel.getByRole('button', { name: 'Cancel' }).waitFor();
    await panel
      .getByText(/5 false alerts per 100 good customer-months · in time from 60 to 10 days/)
      .waitFor({ timeout: JOB_MS });
  });

  test('draws the curves, and hides a model in all of them at once', async () => {
    await scrollTo('Hits against false alarms (ROC)');
    await inspect(page, 'compare-curves');
    await scrollTo('Lift over guessing');
    await inspect(page, 'compare-more-curves');
    await scrollTo('Log loss on validation customers, by epoch');
    await page.mouse.wheel(0, 300);
    await inspect(page, 'compare-distributions');
    await button('LightGBM').click();
    assert.equal(await page.getByRole('img', { name: /LightGBM/ }).count(), 0);
    await button('LightGBM').click();
    assert.equal(await page.getByRole('img', { name: /LightGBM/ }).count(), 1);
  });

  test('a chart’s table holds its points', async () => {
    const figure = page.getByRole('figure', { name: 'Calibration: PD against what happened' });
    await figure.getByRole('button', { name: 'Show as table' }).click();
    await figure.getByRole('columnheader', { name: 'Share with the event', exact: true }).waitFor();
    await figure.getByRole('button', { name: 'Show as table' }).click();
  });

  test('thresholds are fitted by cost, and the costs are the analyst’s', async () => {
    const panel = page.getByRole('region', { name: 'Alerts at a threshold' });
    await scrollTo('Alerts at a threshold');
    await panel.getByText(/These costs are assumed/).waitFor();
    await panel
      .getByText(/per 1,000 customers/)
      .first()
      .waitFor();
    await inspect(page, 'compare-cost');
    await scrollTo('Cost by threshold');
    await page.mouse.wheel(0, 300);
    await inspect(page, 'compare-cost-chart');
    await panel.getByLabel('A missed default costs').fill('25000');
    await panel.getByText(/These costs are assumed/).waitFor({ state: 'detached' });
    await panel.getByText(/Alerting nobody costs\s+₹/).waitFor();
    const kept = () =>
      ask(page, 'auditLog', {}).then(({ entries }) => entries.find(({ action }) => action === 'costs'));
    while ((await kept()) === undefined) await page.waitForTimeout(200);
    assert.equal((await kept())!.words, 'A missed default costs 25,000, a false alert 50');
    await panel.getByLabel('Alert budget').check();
    await panel.getByLabel('Budget', { exact: true }).fill('10');
    await panel.getByLabel('Windows').check();
    await panel.getByText(/Windows are counted/).waitFor();
    await inspect(page, 'compare-budget');
  });

  test('by hand the threshold moves by keyboard, and every matrix with it', async () => {
    const panel = page.getByRole('region', { name: 'Alerts at a threshold' });
    await panel.getByLabel('By hand').check();
    const slider = page.getByRole('slider', { name: /Threshold/ });
    await slider.focus();
    await page.keyboard.press('Home');
    const card = page.getByRole('article', { name: 'LSTM', exact: true });
    await card.getByText('100.0%', { exact: true }).first().waitFor();
    assert.equal(await slider.getAttribute('aria-valuetext'), 'PD of at least 0.0%');
    await page.keyboard.press('ArrowRight');
    assert.equal(await slider.getAttribute('aria-valuetext'), 'PD of at least 0.1%');
    await page.keyboard.press('End');
    await card.getByText('n/a', { exact: false }).first().waitFor();
    await inspect(page, 'compare-threshold');
  });

  test('a champion is chosen in the table', async () => {
    await button('Make champion: Logistic').click();
    await page.getByRole('columnheader', { name: /Logistic ★ Champion/ }).waitFor();
    assert.equal(await page.getByText('★ Champion').count(), 1);
  });

  test('out of time it is judged apart, and looking again is no look', async () => {
    await page.getByLabel('Judged on').selectOption('Out of time');
    await screen()
      .getByText(/in the last fifth of the period/)
      .waitFor();
    await page.getByRole('img', { name: 'AUC by step' }).waitFor({ timeout: JOB_MS });
    await screen()
      .getByText(/look 3 /)
      .waitFor();
    await inspect(page, 'compare-out-of-time');
    const panel = page.getByRole('region', { name: 'How early each model warns', exact: true });
    await panel.getByText(/· out of time$/).waitFor();
    await panel.getByText(/the time held out, which no model was trained on|can’t be told/).waitFor();
    await scrollTo('How early each model warns');
    await inspect(page, 'compare-early-out-of-time');
  });

  test('nothing went wrong in the page', () => assert.deepEqual(opened.complaints, []));
});
