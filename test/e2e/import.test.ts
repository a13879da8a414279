import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { axeFindings } from './inspect.ts';
import { openApp, type OpenApp } from './open-app.ts';
import { picture } from './pictures.ts';
import { ask } from './requests.ts';

let home: string;
let opened: OpenApp;
let page: Page;

before(async () => {
  opened = await openApp();
  home = opened.user.home;
  writeFileSync(join(home, 'april.csv'), exportOf(1, 30));
  writeFileSync(join(home, 'may.csv'), exportOf(11, 30));
  writeFileSync(
    join(home, 'either-way.csv'),
    'customer_id,date,balance\nA,01/03/2026,1.5\nA,02/03/2026,2.5\nB,03/04/2026,4.5\n',
  );
  page = opened.page;
  page.setDefaultTimeout(25_000);
});

after(() => opened?.end());

/** Twelve customers over some days from `first` on, below a letterhead; some rows can't be read. */
function exportOf(first: number, days: number): string {
  const lines = ['Sparbank eG;;;;;', 'Beträge in EUR;;;;;', '', 'Kundennummer;Datum;Saldo;Rate;Filiale;Ausfall'];
  for (let c = 0; c < 12; c++) {
    for (let d = first; d < first + days; d++) {
      const date = new Date(Date.UTC(2026, 3, d)).toISOString().slice(0, 10).split('-').reverse().join('.');
      const balance = d % 7 === 0 && c === 3 ? 'unbekannt' : `${1 + c}.${200 + d},5${c % 10}`;
      lines.push(`K${100 + c};${date};${balance};${200 + c},00;Nord;${c % 4 === 0 ? 1 : 0}`);
    }
  }
  return lines.join('\r\n');
}

/** What the system's dialogs answer from now on. */
const answering = (path: string) =>
  opened.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, path);

const button = (name: string | RegExp) => page.getByRole('button', { name });

async function choose(file: string) {
  await answering(join(home, file));
  await button(/^(Choose an export|Another export)…$/).click();
  await page.getByRole('heading', { name: file, exact: true }).waitFor();
}

describe('importing', () => {
  test('a new portfolio is named first', async () => {
    await answering(join(home, 'Documents', 'Retail.duecast'));
    await button('New portfolio…').click();
    await page.getByRole('dialog', { name: 'New portfolio' }).waitFor();
    assert.equal(await page.getByLabel('Name').inputValue(), 'Retail');
    await page.getByLabel('Currency').fill('nonsense');
    await button('Make the portfolio').click();
    await page.getByText('No such currency').waitFor();
    assert.deepEqual(await axeFindings(page), []);
    await picture(page, 'new-portfolio');
    await page.getByLabel('Currency').fill('euro');
    await button('Make the portfolio').click();
    await page.getByRole('heading', { name: 'Retail' }).waitFor();
  });

  test('shows how a file is read and checks its rows by itself', async () => {
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('No export chosen').waitFor();
    await picture(page, 'import-empty');
    await choose('april.csv');
    await button(/header in line 4/).waitFor();
    await button(/dd\.MM\.yyyy/).waitFor();
    await button(/accepted 356/i).waitFor();
    await button(/set aside 4/i).click();
    await page.getByText('"unbekannt" is not a number').first().waitFor();
    assert.deepEqual(await axeFindings(page), []);
    await picture(page, 'import-checked');
    await page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
    await picture(page, 'import-checked-below');
  });

  test('a changed chip is read anew, and checked again', async () => {
    await button(/by day/).click();
    await page.getByText(/different dates/).waitFor();
    await picture(page, 'import-chip');
    assert.deepEqual(await axeFindings(page), []);
    await page.getByRole('radio', { name: 'week' }).check();
    await button(/by week set/).waitFor();
    await page.getByText(/weeks of history would be written/).waitFor();
    await button('As the file shows it').click();
    await button(/accepted 356/i).waitFor();
    await page.keyboard.press('Escape');
  });

  test('a column gets another role', async () => {
    await page.getByLabel('Role of Rate').selectOption('Static attribute');
    await page.getByText('Set by you; never changes for a customer').waitFor();
    await button(/accepted 356/i).waitFor();
  });

  test('the reading is saved as a profile', async () => {
    await button('Save as profile…').click();
    await page.getByLabel('Name').fill('Sparbank');
    await button('Save profile').click();
    await button('profile Sparbank').waitFor();
    await button(/accepted 356/i).waitFor();
  });

  test('imports, exports what was set aside, and undoes', async () => {
    await button('Import 356 rows').click();
    await page.getByText('Imported 356 rows of 12 customers.').waitFor();
    await picture(page, 'import-done');
    const path = join(home, 'Documents', 'aside.csv');
    await answering(path);
    await button('Export set-aside rows…').click();
    for (let i = 0; i < 100 && !existsSync(path); i++) await page.waitForTimeout(50);
    assert.equal(readFileSync(path, 'utf8').trimEnd().split('\r\n').length, 5);
    await button('Undo this import').click();
    await page.getByText('The import is undone.').waitFor();
    await button('Check the file again').click();
    await button('Import 356 rows').click();
    await page.getByText('Imported 356 rows of 12 customers.').waitFor();
  });

  test('the saved profile is recognised, and what differs is listed', async () => {
    await choose('may.csv');
    await button('profile Sparbank').waitFor();
    await button(/accepted/i).waitFor();
    assert.equal(await page.getByLabel('Role of Rate').inputValue(), 'static');
    const changed = exportOf(1, 30).replaceAll(';1.201,50', ';9.999,99');
    writeFileSync(join(home, 'april-corrected.csv'), changed);
    await choose('april-corrected.csv');
    await button(/conflicting 1/i).click();
    await page.getByText('9999.99').waitFor();
    await page.getByText('Replace it.').waitFor();
    await page.getByRole('radio', { name: /Replace it/ }).check();
    await button('Import 1 row').waitFor();
    await picture(page, 'import-conflict');
  });

  test('another screen and back: everything stands as it was', async () => {
    await page.getByRole('button', { name: 'Portfolio', exact: true }).click();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await button('Import 1 row').waitFor();
  });

  test('a file that leaves its dates open says so', async () => {
    await choose('either-way.csv');
    await page.getByText('It can’t be read like this yet.').waitFor();
    await picture(page, 'import-open');
    await button(/Dates\?/).click();
    await page.getByRole('radio', { name: 'dd/MM/yyyy' }).check();
    await page.getByText(/The file can’t be imported like this|accepted/i).waitFor();
    await button('Close').first().click();
    await page.getByRole('rowheader', { name: 'april.csv' }).first().waitFor();
    await picture(page, 'imports');
    assert.deepEqual(await axeFindings(page), []);
  });

  test('the start screen lists the portfolio, and forgets it when asked', async () => {
    await ask(page, 'closePortfolio', {});
    await page.getByText('Opened last').waitFor();
    assert.deepEqual(await axeFindings(page), []);
    await picture(page, 'start-recent');
    await button(/Remove Retail from this list/).click();
    await page.getByText('Opened last').waitFor({ state: 'detached' });
    assert.ok(existsSync(join(home, 'Documents', 'Retail.duecast')));
  });

  test('nothing went wrong in the page', () => assert.deepEqual(opened.complaints, []));
});
