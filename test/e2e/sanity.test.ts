import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { runDuecast } from '../cli/run-duecast.ts';
import { giveToOwner } from './files.ts';
import { inspect } from './inspect.ts';
import { openApp, type OpenApp } from './open-app.ts';
import { ask } from './requests.ts';
import { JOB_MS } from './screens.ts';

let opened: OpenApp;
let page: Page;

/** The sample with a column that was written once the outcome was known; its files belong to the app's user. */
async function leakingPortfolio(folder: string): Promise<string> {
  const csv = join(folder, 'sample.csv');
  const portfolio = join(folder, 'sample.duecast');
  const run = async (words: string[]) => {
    const { code, stderr } = await runDuecast(words);
    assert.equal(code, 0, stderr);
  };
  await run(['generate', '--out', csv, '--customers', '200', '--days', '60', '--seed', '3']);
  const [header, ...lines] = readFileSync(csv, 'utf8').trimEnd().split('\n');
  const closed = lines.map((line) => `${line},${line.endsWith('1') ? 7 : 3}`);
  writeFileSync(csv, `${[`${header},closing_code`, ...closed].join('\n')}\n`);
  await run(['import', csv, '--portfolio', portfolio]);
  giveToOwner(folder);
  return portfolio;
}

before(async () => {
  opened = await openApp();
  page = opened.page;
  await page.getByRole('button', { name: 'Try the sample portfolio' }).waitFor();
  await ask(page, 'openPortfolio', { path: await leakingPortfolio(join(opened.user.home, 'Documents')) });
});

after(() => opened?.end());

const button = (name: string) => page.getByRole('button', { name, exact: true });
const screen = (name: string) => page.getByRole('navigation').getByRole('button', { name }).click();

describe('figures that can be trusted', () => {
  test('before a training, what gives the outcome away is named', async () => {
    await screen('Train');
    await page.getByText('closing_code may be the outcome.').waitFor({ timeout: JOB_MS });
    await page.getByRole('columnheader', { name: 'Period' }).waitFor();
    await page.getByRole('row', { name: /^Test 40 .*day 0 – 45/ }).waitFor();
    await button('How well each input alone tells the outcome').click();
    await page.getByRole('row', { name: /^closing_code 1\.000 1\.000 1\.000 / }).waitFor();
    await inspect(page, 'sanity-leak');
    await button('How well each input alone tells the outcome').click();
  });

  test('and left out of the training', async () => {
    await button('Leave out closing_code').click();
    await page.getByText(/Nothing gives the outcome away/).waitFor({ timeout: JOB_MS });
    await page.getByRole('button', { name: /^Advanced/ }).click();
    await button('Take closing_code back in').waitFor();
    await page.getByLabel('Leave an input out').selectOption('daily_expenses');
    await button('Take daily_expenses back in').click();
    assert.equal(await button('Take daily_expenses back in').count(), 0);
    await inspect(page, 'sanity-left-out');
    for (const network of ['LSTM', 'CNN-LSTM'])
      await page.getByRole('checkbox', { name: network, exact: true }).uncheck();
    await button('Train 2 models').click();
    await page.getByRole('heading', { name: 'Result of experiment 1' }).waitFor({ timeout: JOB_MS });
  });

  test('beside a comparison stands whether it can be trusted', async () => {
    await screen('Compare');
    await button('Compare the models').click();
    await page.getByRole('heading', { name: 'Can these figures be trusted?' }).waitFor({ timeout: JOB_MS });
    await page.getByRole('heading', { name: /One flag labels all windows of a customer/ }).waitFor({ timeout: JOB_MS });
    await page.getByRole('columnheader', { name: 'AUC within a step' }).waitFor();
    await page.getByText('closing_code', { exact: true }).first().waitFor();
    await page.getByRole('heading', { name: 'Can these figures be trusted?' }).scrollIntoViewIfNeeded();
    await inspect(page, 'sanity-trust');
  });

  test('shuffled outcomes are checked on request, with progress and an end', async () => {
    const looks = (await ask(page, 'portfolio', {})).open?.testUses;
    await button('Check with shuffled outcomes').click();
    await page.getByRole('progressbar', { name: /Training on shuffled outcomes|Reading the histories/ }).waitFor();
    await button('Check with shuffled outcomes again').waitFor({ timeout: JOB_MS });
    await page.getByRole('heading', { name: /Shuffled outcomes can’t be predicted/ }).waitFor();
    await page.getByRole('row', { name: /^LightGBM ✓ as near .5 as chance allows/ }).waitFor();
    await button('Check with shuffled outcomes again').scrollIntoViewIfNeeded();
    await inspect(page, 'sanity-shuffled');
    assert.equal((await ask(page, 'portfolio', {})).open?.testUses, looks);
    await screen('Train');
    await screen('Compare');
    await page.getByRole('heading', { name: /Shuffled outcomes can’t be predicted/ }).waitFor({ timeout: JOB_MS });
  });

  test('nothing went wrong in the page', () => assert.deepEqual(opened.complaints, []));
});
