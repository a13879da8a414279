import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Transport } from '../../src-main/ipc/contract.ts';
import { NATIVE_HIDDEN } from '../tensors/native-hidden.ts';
import { axeFindings } from './inspect.ts';
import { openApp, type OpenApp } from './open-app.ts';
import { picture } from './pictures.ts';
import { ask, waitForJobs } from './requests.ts';
import { JOB_MS } from './screens.ts';

declare const window: { duecast: Transport };
declare const document: { documentElement: object; body: object };
declare const getComputedStyle: (element: object) => {
  backgroundColor: string;
  getPropertyValue(name: string): string;
};

let home: string;
let opened: OpenApp;
let page: Page;

before(async () => {
  opened = await openApp();
  home = opened.user.home;
  page = opened.page;
});

after(() => opened?.end());

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const token = (name: string) =>
  page.evaluate((wanted) => getComputedStyle(document.documentElement).getPropertyValue(wanted), name);
const kept = (what: string) => page.getByRole('status').getByText(`Kept: ${what}.`).waitFor();
const group = (name: string) => page.getByRole('region', { name, exact: true });

async function customersAt(level: string): Promise<number> {
  const cell = group('Risk levels')
    .getByRole('row', { name: new RegExp(`^${level}`) })
    .getByRole('cell')
    .last();
  return Number.parseInt((await cell.innerText()).replaceAll(',', ''), 10);
}

describe('the settings screen', () => {
  test('opens without a portfolio, and says then whose the levels are', async () => {
    await button('Try the sample portfolio').waitFor();
    // As the native menu does.
    await opened.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0].webContents.send('event', 'menu', { command: 'settings' }),
    );
    await group('Risk levels').getByText('Each portfolio has its own levels.').waitFor();
    await group('Appearance').getByText('An amount is written 1,234,567.').waitFor();
    await picture(page, 'settings-alone', ['light']);
    assert.deepEqual(await axeFindings(page), []);
  });

  test('a sample portfolio, a trained model and its scores', async () => {
    await ask(page, 'startSample', { customers: 300, days: 60, seed: 7 });
    await page.getByRole('heading', { name: 'Sample portfolio', exact: true }).waitFor({ timeout: JOB_MS });
    await waitForJobs(page);
    const choice = {
      window: 30,
      horizon: 14,
      gap: null,
      labelRule: null,
      splitSeed: null,
      epochs: 1,
      batch: 32,
      seed: 1,
    };
    await ask(page, 'startTraining', { ...choice, models: ['logistic'] });
    await waitForJobs(page);
    await ask(page, 'startScoring', { modelId: null });
    await waitForJobs(page);
  });

  test('the theme changes the page and stays', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await button('Settings').click();
    await page.getByText('Changes apply at once and are kept.').waitFor();
    const light = await background();
    await page.getByRole('radio', { name: 'Dark' }).check();
    await kept('the theme');
    assert.notEqual(await background(), light);
    const { preferences } = await ask(page, 'preferences', {});
    assert.equal(preferences.theme, 'dark');
    await picture(page, 'settings-dark', ['light']);
    await page.getByRole('radio', { name: 'Light' }).check();
    assert.equal(await background(), light);
    await picture(page, 'settings-light', ['light']);
  });

  test('levels in greys', async () => {
    const usual = await token('--level-critical');
    await page.getByRole('radio', { name: 'Greys' }).check();
    await kept('the colours of the levels');
    assert.notEqual(await token('--level-critical'), usual);
    await picture(page, 'settings-greys-light', ['light']);
    await page.getByRole('radio', { name: 'Usual' }).check();
  });

  test('digits are grouped as chosen', async () => {
    await page.getByText('₹12,34,567').waitFor();
    await page.getByRole('radio', { name: '1,234,567' }).check();
    await page.getByText('₹1,234,567').waitFor();
    await page.getByRole('radio', { name: 'As the currency has it' }).check();
  });

  test('levels change, the counts follow at once, and the portfolio keeps them', async () => {
    const before = await customersAt('Critical');
    const { scored } = await ask(page, 'scoreCounts', {});
    assert.ok(scored);
    const from = (percentage: number) =>
      scored.bins.slice(10 * percentage).reduce((sum, customers) => sum + customers, 0);
    assert.equal(before, from(75));
    const watched = async () => (await ask(page, 'portfolio', {})).open?.watched;
    await page.getByLabel('Critical from').fill('40');
    await page.getByText('High must begin below Critical, which begins at 40.0%').waitFor();
    await picture(page, 'settings-levels-wrong', ['light']);
    await page.getByLabel('Critical from').fill('99.9');
    await page.getByLabel('High from').fill('90');
    await page.getByLabel('Medium from').fill('0.1');
    assert.deepEqual(
      [await customersAt('Critical'), await customersAt('High'), await customersAt('Medium')],
      [from(99.9), from(90) - from(99.9), from(0.1) - from(90)],
    );
    assert.equal(await page.getByText('A whole number').count(), 0, 'a bound may have a decimal');
    await kept('the risk levels of this portfolio');
    assert.equal(await watched(), from(90));
    await picture(page, 'settings-levels', ['light']);
    await button('Reset to 75, 50 and 25%').click();
    await page.waitForFunction(async () => {
      const answer = (await window.duecast.request('portfolio', {})) as {
        value: { open: { levelBounds: { critical: number } } };
      };
      return answer.value.open.levelBounds.critical === 0.75;
    });
    assert.equal(await customersAt('Critical'), before);
    assert.equal(await watched(), from(50));
  });

  test('what is installed is found, with versions', async () => {
    await group('This installation')
      .getByText(NATIVE_HIDDEN ? 'TensorFlow is not available' : 'Everything is there and works.')
      .waitFor({ timeout: JOB_MS });
    await group('Engine')
      .getByText(/^(WebAssembly \d+ \(|TensorFlow \d+\.\d+)/)
      .waitFor();
    await group('Engine').getByText('1 a model').waitFor();
    await page.getByLabel('Models trained at once').fill('1');
    await kept('how many models train at once');
    await button('Engine').click();
    await picture(page, 'settings-engine', ['light']);
    await button('This installation').click();
    await picture(page, 'settings-installation', ['light']);
  });

  test('the data folder is chosen and reset', async () => {
    await opened.app.evaluate(
      ({ dialog }, path) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
      },
      join(home, 'Documents'),
    );
    await button('Choose a folder…').click();
    await kept('the data folder');
    await group('Data folder').getByText(join(home, 'Documents'), { exact: true }).waitFor();
    await button('Reset').click();
    await group('Data folder').getByText('the usual one').waitFor();
  });

  test('each licence opens its text', async () => {
    await button('Licences').click();
    const list = page.getByRole('grid', { name: 'Licences of everything that ships' });
    const [engine, licence] = NATIVE_HIDDEN ? ['LightGBM', 'MIT License'] : ['TensorFlow', 'Apache License'];
    for (const name of ['Duecast', 'Electron', engine, 'LightGBM'])
      await list.getByRole('row', { name: new RegExp(`^${name} \\d`) }).waitFor();
    await list.getByRole('row', { name: new RegExp(`^${engine} \\d`) }).click();
    await page.getByRole('dialog').getByText(licence).first().waitFor();
    await picture(page, 'settings-licence', ['light']);
    assert.deepEqual(await axeFindings(page), []);
    await page.keyboard.press('Escape');
    await button('About').click();
    await picture(page, 'settings-about', ['light']);
  });

  test('axe finds nothing in either theme, in colours and in greys', async () => {
    for (const theme of ['Dark', 'Light']) {
      for (const colours of ['Greys', 'Usual']) {
        await page.getByRole('radio', { name: theme }).check();
        await page.getByRole('radio', { name: colours }).check();
        assert.deepEqual(await axeFindings(page), [], `${theme}, ${colours}`);
      }
    }
  });

  test('nothing went wrong in the page', () => assert.deepEqual(opened.complaints, []));
});
