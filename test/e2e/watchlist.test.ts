import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { duecastJson } from '../cli/run-duecast.ts';
import { cutByDate } from '../sample/cut-by-date.ts';
import { giveToOwner } from './files.ts';
import { inspect } from './inspect.ts';
import { openApp, type OpenApp } from './open-app.ts';
import { ask } from './requests.ts';

const MONTHS = ['2026-03-01', '2026-03-15'] as const;

let home: string;
let opened: OpenApp;
let page: Page;
let once: string;
let twice: string;

before(async () => {
  opened = await openApp();
  ({ page } = opened);
  ({ home } = opened.user);
  await page.getByRole('button', { name: 'Try the sample portfolio' }).waitFor();
  await makePortfolios(join(home, 'Documents'));
});

after(() => opened?.end());

/** One portfolio that was scored once, and the same one after the next export came and it was scored again. */
async function makePortfolios(folder: string) {
  const sample = join(folder, 'sample.csv');
  const files = MONTHS.map((until) => ({ until, path: join(folder, `${until}.csv`) }));
  [once, twice] = ['once', 'twice'].map((name) => join(folder, `${name}.duecast`));
  const run = async (portfolio: string, ...words: string[]) => {
    const { code, stderr } = await duecastJson([...words, '--portfolio', portfolio]);
    assert.equal(code, 0, stderr);
  };
  const size = ['--customers', '300', '--days', '90', '--seed', '7', '--dates'];
  await duecastJson(['generate', '--out', sample, ...size]);
  cutByDate(sample, files);
  await run(once, 'import', files[0].path);
  await run(once, 'train', '--models', 'logistic,lightgbm');
  await run(once, 'score', '--model', '2');
  copyFileSync(once, twice);
  await run(twice, 'import', files[1].path);
  await run(twice, 'score', '--model', '2');
  giveToOwner(folder);
}

const screen = (name: string) => page.getByRole('navigation').getByRole('button', { name });
const grid = () => page.getByRole('grid', { name: 'Watchlist' });
const heading = (name: string) => page.getByRole('heading', { name, exact: true });
const tab = (name: string) => page.getByRole('tab', { name });
const status = (text: string | RegExp) => page.getByText(text, { exact: typeof text === 'string' });
const figure = (name: RegExp) => page.getByRole('button', { name });

describe('watchlist', () => {
  test('after one scoring, what changed says what to do next', async () => {
    await ask(page, 'openPortfolio', { path: once });
    await screen('Watchlist').click();
    await tab('What changed').click();
    await heading('One scoring only').waitFor();
    await status(/The horizon ends on/).waitFor();
    await inspect(page, 'watchlist-one-scoring');
    await page.getByRole('button', { name: 'Import an export' }).click();
    await heading('Import').waitFor();
  });

  test('the figures above the list filter it', async () => {
    await ask(page, 'openPortfolio', { path: twice });
    await screen('Watchlist').click();
    await grid()
      .getByText(/ since \d+ \w{3} 2026$/)
      .first()
      .waitFor();
    await inspect(page, 'watchlist-two-scorings');
    const changes = await ask(page, 'scoringChanges', { fromId: null });
    const { entered, left } = changes.list;
    assert.ok(entered > 0 && left > 0);
    await figure(/^Entered \d/).click();
    await page.getByRole('button', { name: /^Entered the watchlist/ }).waitFor();
    await status(`${entered} customers`).waitFor();
    await page.getByRole('button', { name: 'Clear all' }).click();
    await status(`${changes.list.after} customers`).waitFor();
  });

  test('by keyboard several are chosen, and noted together', async () => {
    await grid().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await status('2 chosen').waitFor();
    await page.getByRole('button', { name: 'Note…' }).click();
    await heading('Note for 2 customers').waitFor();
    await page.keyboard.type('Letter sent');
    await inspect(page, 'watchlist-note');
    await page.keyboard.press('Control+Enter');
    await status('The note was kept with 2 customers.').waitFor();
    assert.equal(await grid().getByTitle('1 note').count(), 2);
  });

  test('what is chosen is exported with the level before, the days on the list and the note', async () => {
    const path = join(home, 'Documents', 'chosen.csv');
    await opened.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
    await page.getByRole('button', { name: /Export 2 chosen/ }).click();
    await page.getByText(path).waitFor();
    const [header, ...lines] = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    const of = (name: string) => lines.map((cells) => cells[header.indexOf(name)]);
    assert.equal(lines.length, 2);
    assert.ok(of('days_on_list').every((days) => ['0', '14'].includes(days)));
    assert.ok(of('on_list_since').every((day) => (MONTHS as readonly string[]).includes(day)));
    assert.ok(of('notes').every((note) => note.endsWith(': Letter sent')));
    await page.getByRole('button', { name: 'Choose none' }).click();
  });

  test('what changed shows levels before and now, moves, drift and what came true', async () => {
    await tab('What changed').click();
    await heading('Levels before and now').waitFor();
    await heading('Largest rises').waitFor();
    await page.getByRole('row', { name: /^1 Mar 2026 ?Logistic, model 2 15 Mar 2026 \d+ of \d+/ }).waitFor();
    await page.getByRole('row', { name: /^PD, by level/ }).waitFor();
    await inspect(page, 'watchlist-changed');
    await heading('Drift').scrollIntoViewIfNeeded();
    await inspect(page, 'watchlist-drift');
  });

  test('a cell of the matrix lists its customers, and back leads to the list', async () => {
    const { transitions } = await ask(page, 'scoringChanges', { fromId: null });
    const customers = transitions.Low.Critical;
    assert.ok(customers > 0);
    await page
      .getByRole('button', { name: `${customers} customer${customers === 1 ? '' : 's'}: Low before, Critical now` })
      .click();
    await page.getByRole('button', { name: /^Low → Critical/ }).waitFor();
    await status(customers === 1 ? '1 customer' : `${customers} customers`).waitFor();
    await inspect(page, 'watchlist-moved');
    await grid().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText(`1 of ${customers}`, { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Low → Critical/ }).waitFor();
    await page.getByRole('button', { name: 'Clear all' }).click();
  });

  test('another model in between is said so', async () => {
    const { code } = await ask(page, 'startScoring', { modelId: '1' }).then(
      () => ({ code: 'started' }),
      (error: unknown) => ({ code: String(error) }),
    );
    assert.equal(code, 'started');
    await status(/changes since the scoring of|by Logistic/)
      .first()
      .waitFor();
    await tab('What changed').click();
    await status(/Two different models/).waitFor();
    await inspect(page, 'watchlist-two-models');
    await page.getByLabel('From').selectOption('1');
    await status(/Two different models/).waitFor();
    await tab('List').click();
    await status(/changes since 1 Mar 2026/).waitFor();
  });

  test('levels that leave nobody, or more than have reasons, say so', async () => {
    await ask(page, 'setLevelBounds', { critical: 3e-6, high: 2e-6, medium: 1e-6 });
    await status(/customers? above Low without reasons since levels were lowered: score again/).waitFor();
    await inspect(page, 'watchlist-levels-lowered');
    await ask(page, 'setLevelBounds', { critical: 1, high: 0.999999, medium: 0.9999 });
    await heading('Nobody is at Critical or High').waitFor();
    await inspect(page, 'watchlist-nobody');
    await page.getByRole('button', { name: 'Set the levels' }).click();
    await heading('Settings').waitFor();
  });

  test('nothing went wrong in the page', () => assert.deepEqual(opened.complaints, []));
});
