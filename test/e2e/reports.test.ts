import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { estimate } from '../../src-main/reporting/figures.ts';
import { pressed, readPdf, unescaped } from '../reporting/reading.ts';
import { inspect } from './inspect.ts';
import { openApp, type OpenApp } from './open-app.ts';
import { ask, waitForJobs } from './requests.ts';
import { JOB_MS } from './screens.ts';

let opened: OpenApp;
let page: Page;
let documents: string;

before(async () => {
  opened = await openApp();
  page = opened.page;
  documents = join(opened.user.home, 'Documents');
  await page.getByRole('button', { name: 'Try the sample portfolio' }).waitFor();
});

after(() => opened?.end());

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const preview = () => page.frameLocator('iframe[title="Preview of the report"]');

/** What the native dialog answers from now on. */
const saveTo = (path: string) =>
  opened.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: filePath === '', filePath });
  }, path);

async function save(kind: 'PDF' | 'HTML', name: string): Promise<Buffer> {
  const path = join(documents, name);
  await saveTo(path);
  await button(`Save as ${kind}…`).click();
  await page.getByRole('status').getByText(path).waitFor({ timeout: JOB_MS });
  return readFileSync(path);
}

describe('reports', () => {
  test('without a training there is nothing to report, and the screen says what to do', async () => {
    await ask(page, 'startSample', { customers: 200, days: 60, seed: 7 });
    await page.getByRole('heading', { name: 'Sample portfolio', exact: true }).waitFor({ timeout: JOB_MS });
    await waitForJobs(page);
    await button('Reports').click();
    await page.getByRole('heading', { name: 'Nothing to report yet' }).waitFor();
    await inspect(page, 'reports-nothing');
    await button('Go to Train').click();
    await page.getByRole('heading', { name: 'Train', exact: true }).waitFor();
  });

  test('what was not compared is compared by a button, which says what that costs', async () => {
    const choice = { window: 10, horizon: 7, gap: null, labelRule: null, splitSeed: null };
    await ask(page, 'startTraining', { ...choice, models: ['lstm', 'lightgbm'], epochs: 2, batch: 32, seed: 1 });
    await waitForJobs(page);
    await button('Reports').click();
    await page.getByText(/That is a look at the test customers; there was one so far/).waitFor();
    await inspect(page, 'reports-not-compared');
    await button('Compare the models').click();
    await preview()
      .getByRole('heading', { name: /^Model report/ })
      .waitFor({ timeout: JOB_MS });
  });

  test('the preview is the report itself, in its own style and without any script', async () => {
    const frame = preview();
    await frame.getByText(/LSTM against LightGBM: AUC/).waitFor();
    await frame.getByRole('table', { name: /Metrics on test customers/ }).waitFor();
    const size = await frame.locator('h1').evaluate((heading) => getComputedStyle(heading).fontSize);
    assert.equal(size, '28px', 'the content policy lets the report’s style in');
    await button('Reproducibility').waitFor();
    await inspect(page, 'reports');
    const top = () =>
      frame.getByRole('heading', { name: '6 Results' }).evaluate((found) => found.getBoundingClientRect().top);
    assert.ok((await top()) > 1_000);
    await button('Results').click();
    assert.ok(Math.abs(await top()) < 10, 'a section is brought into sight');
    await inspect(page, 'reports-results');
  });

  test('a name goes onto the first page', async () => {
    await page.getByLabel('Prepared by').fill('Zoë Müller');
    await preview().getByText('Zoë Müller').waitFor({ timeout: JOB_MS });
  });

  test('a closed dialog saves nothing', async () => {
    await saveTo('');
    await button('Save as PDF…').click();
    await button('Save as PDF…').click();
    assert.deepEqual((await ask(page, 'jobs', {})).jobs, []);
  });

  test('HTML and PDF are saved, with the figures of the comparison', async () => {
    const html = (await save('HTML', 'april report.html')).toString();
    const pdf = await readPdf(await save('PDF', 'april report.pdf'));
    const { comparison } = await ask(page, 'storedComparison', { experimentId: null });
    assert.ok(comparison);
    const text = { html: pressed(unescaped(html)), pdf: pressed(pdf.text) };
    for (const { metrics } of comparison.document.models) {
      for (const value of Object.values(metrics)) {
        assert.ok(text.html.includes(pressed(estimate(value))), `HTML: ${estimate(value)}`);
        assert.ok(text.pdf.includes(pressed(estimate(value))), `PDF: ${estimate(value)}`);
      }
    }
    assert.ok(html.includes('Zoë Müller'));
    assert.equal(pdf.info['Author'], 'Zoë Müller');
    assert.ok(pdf.pages.length > 4 && pdf.outline.length > 8);
    assert.ok(!existsSync(join(documents, 'april report.pdf.part')));
    await inspect(page, 'reports-saved');
  });

  test('shows the saved file in its folder', async () => {
    await opened.app.evaluate(({ shell }) => {
      shell.showItemInFolder = (path) => void ((globalThis as { shown?: string }).shown = path);
    });
    await button('Show in folder').click();
    const shown = () => opened.app.evaluate(() => (globalThis as { shown?: string }).shown);
    for (let i = 0; (await shown()) === undefined && i < 50; i++) await page.waitForTimeout(100);
    assert.equal(await shown(), join(documents, 'april report.pdf'));
  });

  test('nothing went wrong in the page', () => {
    // axe tries to run in the preview, where no script may.
    const ours = opened.complaints.filter((words) => !words.includes("Blocked script execution in 'about:srcdoc'"));
    assert.deepEqual(ours, []);
  });
});
