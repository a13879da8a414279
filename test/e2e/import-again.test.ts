import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { inspect } from './inspect.ts';
import { openApp, type OpenApp } from './open-app.ts';
import { picture } from './pictures.ts';
import { ask } from './requests.ts';

let home: string;
let opened: OpenApp;
let page: Page;

/** Eight customers over a month; `change` may spoil or correct a row. */
function exportOf(month: number, change: (cells: string[], row: number) => string[] = (cells) => cells): string {
  const lines = ['Kundennummer;Datum;Saldo;Rate'];
  for (let c = 0; c < 8; c++) {
    for (let d = 1; d <= 28; d++) {
      const date = `${String(d).padStart(2, '0')}.${String(month).padStart(2, '0')}.2026`;
      const cells = [`K${100 + c}`, date, `${c + 1}.${100 + d},50`, `${200 + (d % 9)},00`];
      lines.push(change(cells, lines.length + 1).join(';'));
    }
  }
  return lines.join('\r\n');
}

const SPOILT: Record<number, [number, string]> = { 5: [2, 'unbekannt'], 40: [1, '31.02.2026'], 77: [2, 'k. A.'] };

before(async () => {
  opened = await openApp();
  page = opened.page;
  home = opened.user.home;
  page.setDefaultTimeout(25_000);
  const spoil = (cells: string[], row: number) => {
    const [column, text] = SPOILT[row] ?? [];
    return cells.map((cell, i) => (i === column ? text! : cell));
  };
  writeFileSync(join(home, 'march.csv'), exportOf(3, spoil));
  const correct = (cells: string[], row: number) =>
    row % 50 === 2 ? [cells[0], cells[1], '9.999,99', cells[3]] : cells;
  writeFileSync(join(home, 'march-corrected.csv'), exportOf(3, correct));
  const folder = join(home, 'year');
  mkdirSync(folder);
  writeFileSync(join(folder, 'april.csv'), exportOf(4));
  writeFileSync(
    join(folder, 'may.csv'),
    exportOf(5, (cells, row) => (row === 9 ? [cells[0], cells[1], '?', '1'] : cells)),
  );
  writeFileSync(join(folder, 'june.csv'), 'x;y\n1;2\n3;4\n');
  writeFileSync(join(folder, 'readme.md'), 'not an export');
  await answering(join(home, 'Documents', 'Retail.duecast'));
  await button('New portfolio…').click();
  await page.getByLabel('Currency').fill('euro');
  await button('Make the portfolio').click();
  await page.getByRole('heading', { name: 'Retail' }).waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
});

after(() => opened?.end());

/** What the system's dialogs answer from now on. */
const answering = (...paths: string[]) =>
  opened.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: chosen });
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen[0] });
  }, paths);

const button = (name: string | RegExp) => page.getByRole('button', { name });
const imports = async () => (await ask(page, 'imports', {})).imports;
const toEnd = () => page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));

async function choose(file: string) {
  await answering(join(home, file));
  await button(/^(Choose an export|Another export)…$/).click();
  await page.getByRole('heading', { name: file, exact: true }).waitFor();
}

describe('importing again', () => {
  test('rows that were set aside are mended in the app', async () => {
    await choose('march.csv');
    await button('Import 221 rows').click();
    await page.getByText('Imported 221 rows of 8 customers.').waitFor();
    await button('Mend set-aside rows').click();
    await page.getByRole('heading', { name: 'Mend set-aside rows' }).waitFor();
    await page.getByText('"unbekannt" is not a number').waitFor();
    await inspect(page, 'mend');
    await page.getByLabel('Saldo, line 5').fill('1.104,50');
    await page.getByLabel('Datum, line 40').fill('11.03.20');
    await inspect(page, 'mend-changed');
    await button('Import 2 mended rows').click();
    await page.getByText('1 mended row is in.').waitFor();
    await page.getByText('"11.03.20" is no date').waitFor();
    assert.deepEqual(
      (await imports()).map(({ file, rows }) => [file, rows.accepted]),
      [
        ['march.csv', 221],
        ['march mended.csv', 1],
      ],
    );
    await inspect(page, 'mend-refused');
    const mended = (await ask(page, 'portfolio', {})).open!.path;
    await ask(page, 'createPortfolio', {
      path: join(home, 'Documents', 'Other.duecast'),
      name: 'Other',
      currency: '',
      timeStep: null,
    });
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { name: 'Import', exact: true }).waitFor();
    assert.equal(await page.getByText('mended row is in').count(), 0, 'what is undone there is of another portfolio');
    await ask(page, 'openPortfolio', { path: mended });
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('1 mended row is in.').waitFor();
    await page.getByLabel('Datum, line 40').fill('11.03.2026');
    await page.getByLabel('Saldo, line 77').fill('3.120,50');
    await button('Import 2 mended rows').click();
    await page.getByText('Every row is mended').waitFor();
    await button('Undo').click();
    await page.getByText('They are set aside again.').waitFor();
    assert.equal(await page.getByLabel('Datum, line 40').count(), 1);
    await button('Close').first().click();
  });

  test('set-aside rows of a kept import are exported like the file, mended there and recognised', async () => {
    await page.getByRole('rowheader', { name: 'march mended.csv' }).first().waitFor();
    await inspect(page, 'imports-mendable');
    const path = join(home, 'Documents', 'aside.csv');
    await answering(path);
    await button('Export the rows of march.csv that were set aside').click();
    for (let i = 0; i < 100 && !existsSync(path); i++) await page.waitForTimeout(50);
    const text = readFileSync(path, 'utf8');
    assert.equal(text.split('\r\n')[0], '\ufeffKundennummer;Datum;Saldo;Rate;line;reason');
    writeFileSync(
      join(home, 'aside mended.csv'),
      text.replace('k. A.', '3.120,50').replace('31.02.2026', '11.03.2026'),
    );
    await choose('aside mended.csv');
    await button('profile rows set aside from march.csv').waitFor();
    await button(/accepted 2/i).waitFor();
    await button('Import 2 rows').click();
    await page.getByText('Imported 2 rows').waitFor();
  });

  test('each row that differs is kept or replaced', async () => {
    await choose('march-corrected.csv');
    await button(/conflicting 5/i).click();
    await page.getByText('Row by row.').waitFor();
    await toEnd();
    assert.ok(await page.getByRole('radio', { name: /Keep what is stored/ }).isChecked());
    const table = page.getByRole('grid', { name: /Rows that differ/ });
    await table.getByRole('checkbox', { name: 'Choose 52', exact: true }).check();
    await table.getByRole('checkbox', { name: 'Choose 102', exact: true }).check();
    await page.getByText('2 replaced, 3 kept as stored.').waitFor();
    await button('Import 2 rows').waitFor();
    await inspect(page, 'import-conflicts');
    await page.getByRole('radio', { name: /Replace it/ }).check();
    await button('Import 5 rows').waitFor();
    await page.getByRole('radio', { name: /Keep what is stored/ }).check();
    await table.getByRole('checkbox', { name: 'Choose 52', exact: true }).check();
    await button('Import 1 row').click();
    await page.getByText('1 row replaced what was stored.').waitFor();
    await page.getByText('4 rows that differ are kept as stored.').waitFor();
    await toEnd();
    await inspect(page, 'import-conflicts-done');
    await button('Decide about them').click();
    await button(/conflicting 4/i).waitFor();
    await button(/unchanged 220/i).waitFor();
  });

  test('a file that has changed since its check is not imported', async () => {
    await page.getByRole('radio', { name: /Replace it/ }).check();
    const path = join(home, 'march-corrected.csv');
    writeFileSync(path, readFileSync(path, 'utf8').replace('9.999,99', '8.888,88'));
    await button('Import 4 rows').click();
    await page.getByText('has changed since it was checked').waitFor();
    await button('Try again').click();
    await button(/conflicting 4/i).waitFor();
    assert.ok(await page.getByRole('radio', { name: /Keep what is stored/ }).isChecked(), 'decisions are made anew');
  });

  test('a profile goes out as a file and comes back under another name', async () => {
    await button('Save as profile…').click();
    await page.getByLabel('Name').fill('Sparbank');
    await button('Save profile').click();
    await button('profile Sparbank').waitFor();
    const path = join(home, 'Documents', 'Sparbank.json');
    await answering(path);
    await button('profile Sparbank').click();
    await button('Export profile Sparbank as a file').click();
    await page.getByText(/Profile Sparbank is written to/).waitFor();
    await inspect(page, 'profiles');
    await button('Import a profile…').click();
    await page.getByText('This name is taken').waitFor();
    await inspect(page, 'profile-clash');
    await page.getByLabel('Keep it under the name').fill('Kreisbank');
    await button('Keep both').click();
    await button('Delete profile Kreisbank').waitFor();
    writeFileSync(path, '{}');
    await button('Import a profile…').click();
    await page.getByText(/Sparbank.json is no import profile/).waitFor();
    await button('Delete profile Kreisbank').click();
    await button('Delete profile Kreisbank').waitFor({ state: 'detached' });
    await button('Close').first().click();
  });

  test('a folder is imported file by file, and taken back', async () => {
    await answering(join(home, 'year'));
    await button('A folder…').click();
    await page.getByRole('heading', { name: 'Import several files' }).waitFor();
    await page
      .getByText(/3 files/)
      .first()
      .waitFor();
    await page.getByText('1 file needs a look').waitFor();
    await page.getByText('1 Apr 2026 – 28 Apr 2026').waitFor();
    await page.getByText('223 new · 1 set aside').waitFor();
    await inspect(page, 'several-files');
    await button('Import 2 files').click();
    await page.getByText('Imported 2 files:').waitFor();
    await inspect(page, 'several-files-done');
    const before = (await imports()).filter(({ undone }) => !undone).length;
    await button('Undo the import of year/may.csv').click();
    await page.getByText('Imported 1 file:').waitFor();
    assert.equal((await imports()).filter(({ undone }) => !undone).length, before - 1);
    await button('year/june.csv').click();
    await page.getByText('It can’t be read like this yet.').waitFor();
    await picture(page, 'several-files-one');
    await button('Back to the list').click();
    await page.getByText('Imported 1 file:').waitFor();
    await button('Undo it').click();
    await page.getByText('Imported 1 file:').waitFor({ state: 'detached' });
    await button('Check again').click();
    await page.getByText('224 new').waitFor();
    await button('Close').first().click();
    await page.getByText('No export chosen').waitFor();
  });

  test('what a message asks for is a button', async () => {
    writeFileSync(
      join(home, 'open.csv'),
      'customer_id,date,balance\nA,01/03/2026,1.5\nA,02/03/2026,2.5\nB,03/04/2026,4.5\n',
    );
    await choose('open.csv');
    await page.getByText('Say which it is: dd/MM/yyyy or MM/dd/yyyy.').waitFor();
    await inspect(page, 'import-open-ways');
    await button('dd/MM/yyyy').first().click();
    await button(/dd\/MM\/yyyy set/).waitFor();
  });

  test('nothing went wrong in the page', () => assert.deepEqual(opened.complaints, []));
});
