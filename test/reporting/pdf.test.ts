import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeReport } from '../../src-main/reporting/make-report.ts';
import { toPdf } from '../../src-main/reporting/pdf.ts';
import { cellsOf, plain, pressed, readPdf } from './reading.ts';
import { reportedInput } from './reported.ts';

const input = await reportedInput();
const report = makeReport(input);
const bytes = await toPdf(report);
const read = await readPdf(bytes);

describe('a report as PDF', () => {
  test('has its title, author and date as metadata, and pages with numbers', () => {
    assert.equal(read.info['Title'], 'Model report: April & <May>');
    assert.equal(read.info['Author'], 'Zoë Müller');
    assert.equal(read.info['Producer'], 'Duecast 0.1.0');
    assert.match(String(read.info['CreationDate']), /^D:20261125140509/);
    assert.ok(read.pages.length > 5);
    for (const [i, page] of read.pages.entries()) {
      assert.ok(page.includes(`${i + 1} of ${read.pages.length}`), `page ${i + 1}: ${page.slice(0, 200)}`);
    }
  });

  test('has a bookmark for each section, and their parts below them', () => {
    assert.deepEqual(
      read.outline.map(({ title }) => title),
      report.sections.map(({ title }, i) => `${i + 1} ${title}`),
    );
    const results = read.outline.find(({ title }) => title.endsWith('Results'));
    assert.deepEqual(
      results?.items.map(({ title }) => title),
      ['Out of time'],
    );
  });

  test('holds all headings and every cell of every table as text', () => {
    for (const { title } of report.sections) assert.ok(read.text.includes(title), title);
    const text = pressed(read.text);
    for (const cell of cellsOf(report)) assert.ok(text.includes(pressed(cell)), cell);
    assert.ok(read.text.includes(plain(report.sections[0].blocks.find((block) => block.type === 'paragraph')!.text)));
  });

  test('draws the names of the models and the axes of its figures as text', () => {
    for (const words of ['Share of events alerted', 'Riskiest share of the windows', 'Last day of the window'])
      assert.ok(read.text.includes(words), words);
  });

  test('the same input gives the same bytes', async () => {
    assert.deepEqual(Buffer.from(await toPdf(makeReport(await reportedInput()))), Buffer.from(bytes));
  });

  test('writes ₹, €, £, Greek, Cyrillic and Devanagari, and says what its font has not', async () => {
    const named = { ...input, portfolio: { ...input.portfolio, name: '₹ € £ Ωμέγα Жуков देव 信用卡' } };
    const { text } = await readPdf(await toPdf(makeReport(named)));
    for (const words of ['₹ € £', 'Ωμέγα', 'Жуков']) assert.ok(text.includes(words), words);
    assert.match(text, /\d+ characters of names are not in the font of this file/);
    assert.doesNotMatch(read.text, /not in the font/);
  });
});
