import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openApp, type OpenApp } from './open-app.ts';
import { JOB_MS } from './screens.ts';

/** More than the controls of any screen. */
const MOST_STOPS = 80;

interface Focused {
  textContent: string | null;
  labels?: ArrayLike<{ textContent: string | null }>;
  getAttribute(name: string): string | null;
}
declare const document: { activeElement: Focused | null };
declare const getComputedStyle: (element: unknown) => { outlineStyle: string; outlineWidth: string };

let opened: OpenApp;
let page: Page;

before(async () => {
  opened = await openApp();
  ({ page } = opened);
});
after(() => opened?.end());

/** What has the focus, as it is read out, and whether it shows. */
const focused = () =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === null) return { name: '', visible: false };
    const label = Array.from(element.labels ?? [], ({ textContent }) => textContent).join(' ');
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return {
      name: (element.getAttribute('aria-label') ?? (label || element.textContent) ?? '').trim(),
      visible: outlineStyle !== 'none' && outlineWidth !== '0px',
    };
  });

/** Goes on by Tab until what is called so has the focus, and sees it there. */
async function tabTo(name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    const found = await focused();
    if (name.test(found.name)) {
      assert.ok(found.visible, `the focus on “${found.name}” does not show`);
      return;
    }
    passed.push(found.name);
  }
  assert.fail(`Tab never comes to ${String(name)}: ${passed.join(' | ')}`);
}

async function press(name: RegExp, key = 'Enter'): Promise<void> {
  await tabTo(name);
  await page.keyboard.press(key);
}

test('from the start to a customer without a mouse', async () => {
  await page.getByRole('button', { name: 'Try the sample portfolio' }).waitFor();
  await press(/^Try the sample portfolio$/);
  await page.getByRole('heading', { name: 'Sample portfolio' }).waitFor({ timeout: JOB_MS });
  await press(/^Train$/);
  await page.getByRole('row', { name: /^Test 200 / }).waitFor({ timeout: JOB_MS });
  for (const model of [/^LSTM$/, /^CNN-LSTM$/, /^LightGBM$/]) await press(model, 'Space');
  await press(/^Train 1 model$/);
  await page.getByRole('heading', { name: /^Result of experiment 1/ }).waitFor({ timeout: JOB_MS });
  await press(/^Score the portfolio$/);
  await page.getByRole('heading', { name: 'Watchlist' }).waitFor({ timeout: JOB_MS });
  await page
    .getByRole('row', { name: /C\d{6}/ })
    .first()
    .waitFor();
  await tabTo(/^Search customers$/);
  await press(/^Watchlist$/, 'ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('img', { name: 'Risk over time' }).waitFor({ timeout: JOB_MS });
  await page.keyboard.press('j');
  await page.getByText(/^\d+ of \d+$/).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Watchlist' }).waitFor();
});

test('nothing went wrong in the page', () => assert.deepEqual(opened.complaints, []));
