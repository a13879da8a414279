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
let folder: string;

before(async () => {
  opened = await openApp();
  page = opened.page;
  folder = join(opened.user.home, 'Documents');
  await page.getByRole('button', { name: 'Try the sample portfolio' }).waitFor();
  const csv = join(folder, 'sample.csv');
  const portfolio = join(folder, 'sample.duecast');
  for (const words of [
    ['generate', '--out', csv, '--customers', '120', '--days', '60', '--seed', '3'],
    ['import', csv, '--portfolio', portfolio],
    ['train', '--portfolio', portfolio, '--models', 'lightgbm,logistic'],
  ]) {
    const { code, stderr } = await runDuecast(words);
    assert.equal(code, 0, stderr);
  }
  const [header, ...lines] = readFileSync(csv, 'utf8').trim().split('\n');
  const defaults = new Map(
    lines.map((line) => [line.split(',')[0], line.split(',').at(header.split(',').indexOf('will_default'))]),
  );
  const bureau = [...defaults].flatMap(([id, flag], i) =>
    i % 9 === 0
      ? []
      : `${id};${600 + ((i * 37) % 90) - (flag === '1' ? 60 : 0)};${flag === '1' ? 'yes' : 'no'};0,${10 + ((i * 53) % 60)}`,
  );
  writeFileSync(join(folder, 'bureau.csv'), `Customer;Bureau score;Defaulted;Own PD\n${bureau.join('\n')}\n`);
  giveToOwner(folder);
  await ask(page, 'openPortfolio', { path: portfolio });
});

after(() => opened?.end());

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');

/** What the system's dialogs answer from now on. */
const dialogsAnswer = (path: string) =>
  opened.app.evaluate(({ dialog: system }, chosen) => {
    system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    system.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, path);

describe('scores from elsewhere', () => {
  test('a file is judged by itself, from the palette', async () => {
    await dialogsAnswer(join(folder, 'bureau.csv'));
    await opened.app.evaluate(({ Menu }) => Menu.getApplicationMenu()!.getMenuItemById('palette')!.click());
    // Typed too early, keys would go elsewhere.
    await page.getByRole('combobox', { name: 'Customer, screen or action' }).waitFor();
    await page.keyboard.type('judge a score');
    await page.keyboard.press('Enter');
    await dialog().getByText('Any file with scores and what became of each row').waitFor();
    await inspect(page, 'judge-file-empty');
    await button('Choose a file…').click();
    assert.equal(await dialog().getByLabel('Outcome').inputValue(), 'Defaulted');
    assert.equal(await dialog().getByLabel('Its value for the event').inputValue(), 'yes');
    await dialog().getByLabel('lower Bureau score is riskier').check();
    await button('Judge').click();
    await dialog().getByRole('img', { name: 'Hits against false alarms (ROC)' }).waitFor({ timeout: JOB_MS });
    await dialog().getByText('Bureau score − Own PD').waitFor();
    await dialog().getByText('No PDs, so without Brier score and log loss: Bureau score', { exact: false }).waitFor();
    await inspect(page, 'judge-file');
    const saved = join(folder, 'judged.csv');
    await dialogsAnswer(saved);
    await button('Save as CSV…').click();
    await page.waitForTimeout(500);
    assert.match(readFileSync(saved, 'utf8'), /^score,n,events,auc,.*\nBureau score,106,\d+,0\.\d+/);
    await page.keyboard.press('Escape');
  });

  test('a score is added to a comparison, and judged on the rows that it covers', async () => {
    await dialogsAnswer(join(folder, 'bureau.csv'));
    await button('Compare').click();
    await button('Compare the models').click();
    await page.getByRole('heading', { name: 'Scores from elsewhere' }).waitFor({ timeout: JOB_MS });
    await button('Add a score from elsewhere…').click();
    await button('Choose a file…').click();
    await dialog()
      .getByText(/windows of \d+ of 24 customers/)
      .waitFor({ timeout: JOB_MS });
    assert.equal(await dialog().getByLabel('Score', { exact: true }).inputValue(), 'Bureau score');
    await dialog().getByLabel('Lower is riskier').check();
    await inspect(page, 'add-score');
    await button('Add score').click();
    await page.getByText('were made with other scores than these').waitFor({ timeout: JOB_MS });
    await button('Compare again').click();
    await page.getByRole('columnheader', { name: 'Bureau score' }).first().waitFor({ timeout: JOB_MS });
    await page.getByText('were made with other scores than these').waitFor({ state: 'detached' });
    await page.getByRole('img', { name: 'Hits against false alarms (ROC)' }).waitFor({ timeout: JOB_MS });
    await inspect(page, 'compare-with-score');
    await page.getByRole('heading', { name: 'Scores from elsewhere' }).scrollIntoViewIfNeeded();
    await inspect(page, 'scores-from-elsewhere');
    await button('Remove Bureau score').click();
    await page.getByText('None yet.', { exact: false }).waitFor();
    assert.deepEqual(await ask(page, 'externalScores', { experimentId: '1' }), { scores: [] });
  });
});
