import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { CompareDocument } from '../../src-main/ipc/documents.ts';
import type { ReportDocument } from '../../src-main/ipc/reports.ts';
import { estimate } from '../../src-main/reporting/figures.ts';
import { pressed, readPdf, unescaped } from '../reporting/reading.ts';
import { runDuecast } from './run-duecast.ts';

const folder = mkdtempSync(join(tmpdir(), 'duecast-report-'));
const portfolio = join(folder, 'sample.duecast');
const csv = join(folder, 'sample.csv');
const at = (name: string) => join(folder, name);

before(async () => {
  for (const words of [
    ['generate', '--out', csv, '--customers', '120', '--days', '60', '--seed', '3'],
    ['import', csv, '--portfolio', portfolio],
  ]) {
    const { code, stderr } = await runDuecast(words);
    assert.equal(code, 0, stderr);
  }
});

after(() => rmSync(folder, { recursive: true, force: true }));

const report = (out: string, ...more: string[]) =>
  runDuecast(['report', '--portfolio', portfolio, '--out', out, ...more, '--json']);

async function failure(out: string, ...more: string[]) {
  const { code, stdout } = await report(out, ...more);
  const { error } = JSON.parse(stdout) as { error: { code: string; message: string } };
  return { exit: code, ...error };
}

describe('report', () => {
  test('another ending, and a portfolio without models, are refused with what to do', async () => {
    const ending = await failure(at('report.docx'));
    assert.deepEqual([ending.exit, ending.code], [2, 'usage']);
    assert.match(ending.message, /ends in \.html or \.pdf/);
    const untrained = await failure(at('report.html'));
    assert.deepEqual([untrained.exit, untrained.code], [1, 'not-found']);
    assert.match(untrained.message, /Train first/);
  });

  test('models that were not compared are compared first, which is said and counted', async () => {
    const trained = await runDuecast([
      'train',
      '--portfolio',
      portfolio,
      '--models',
      'lightgbm,logistic',
      '--window',
      '10',
      '--horizon',
      '7',
    ]);
    assert.equal(trained.code, 0, trained.stderr);
    const { code, stdout, stderr } = await report(at('report.html'), '--by', 'Zoë Müller');
    assert.equal(code, 0, stderr);
    const document = JSON.parse(stdout) as ReportDocument;
    const bytes = readFileSync(at('report.html'));
    assert.deepEqual(document, {
      file: at('report.html'),
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      experimentId: '1',
      compared: true,
    });
    const html = bytes.toString();
    assert.match(html, /have been looked at 2 times/);
    assert.match(html, /Zoë Müller/);
    assert.match(html, new RegExp(createHash('sha256').update(readFileSync(csv)).digest('hex')));
  });

  test('both files hold the figures of the comparison, and reporting again is no further look', async () => {
    const { code, stdout } = await report(at('report.pdf'));
    assert.equal(code, 0);
    assert.equal((JSON.parse(stdout) as ReportDocument).compared, false);
    const html = pressed(unescaped(readFileSync(at('report.html'), 'utf8')));
    const pdf = pressed((await readPdf(readFileSync(at('report.pdf')))).text);
    const compared = await runDuecast(['compare', '--portfolio', portfolio, '--json']);
    const { models, testUses } = JSON.parse(compared.stdout) as CompareDocument;
    assert.equal(testUses, 3, 'training, the report that compared, and this comparison');
    for (const { metrics } of models) {
      for (const value of Object.values(metrics)) {
        assert.ok(html.includes(pressed(estimate(value))), `HTML: ${estimate(value)}`);
        assert.ok(pdf.includes(pressed(estimate(value))), `PDF: ${estimate(value)}`);
      }
    }
  });

  test('a file that exists stays as it is, unless it may be replaced', async () => {
    writeFileSync(at('kept.pdf'), 'mine');
    const refused = await failure(at('kept.pdf'));
    assert.deepEqual([refused.exit, refused.code], [1, 'file-exists']);
    assert.match(refused.message, /--force/);
    assert.equal(readFileSync(at('kept.pdf'), 'utf8'), 'mine');
    const { code } = await report(at('kept.pdf'), '--force');
    assert.equal(code, 0);
    assert.equal(readFileSync(at('kept.pdf')).subarray(0, 5).toString(), '%PDF-');
  });

  test('an experiment and a folder that are not there are refused, and nothing is left behind', async () => {
    const before = readdirSync(folder);
    assert.equal((await failure(at('none.html'), '--experiment', '7')).code, 'not-found');
    assert.equal((await failure(join(folder, 'nowhere', 'r.html'))).code, 'file-missing');
    assert.deepEqual(readdirSync(folder), before);
  });
});
