import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ConflictRule, ImportDocument } from '../../src-main/ipc/documents.ts';
import type { PortfolioDb } from '../../src-main/store/database.ts';
import { generateSample } from '../../src-main/sample/generate.ts';
import { previewImport } from '../../src-main/processes/import-readings.ts';
import { importInto } from '../../src-main/store/import-session.ts';
import { listImports, rejectedRows } from '../../src-main/store/imports.ts';
import { keepReading } from '../../src-main/store/set-aside.ts';
import { readPanel } from '../../src-main/store/read-panel.ts';
import { dataOf, historyOf, newPortfolio } from '../store/portfolio-file.ts';
import { failure, fileOf, importPath } from './recording-target.ts';

const UCI = fileURLToPath(new URL('../fixtures/uci-credit-card/UCI_Credit_Card.csv', import.meta.url));

interface Options {
  settings?: string[];
  dryRun?: boolean;
  onConflict?: ConflictRule;
}

const importTo = (db: PortfolioDb, file: string, { settings, dryRun = false, onConflict = 'keep' }: Options = {}) =>
  importInto(db, { dryRun, onConflict }, (target) => importPath(file, target, settings));

const importContent = (t: TestContext, db: PortfolioDb, content: string, options?: Options): Promise<ImportDocument> =>
  importTo(db, fileOf(t, content), options);

describe('into a portfolio', () => {
  test('the UCI data, and the same file again', async (t) => {
    const { db } = newPortfolio(t);
    const first = await importTo(db, UCI);
    assert.deepEqual([first.batchId, first.customers, first.steps], ['1', 30_000, 180_000]);
    const panel = readPanel(db);
    assert.equal(panel.customers.length, 30_000);
    assert.deepEqual(
      panel.staticFeatures.map(({ name }) => name),
      ['LIMIT_BAL', 'EDUCATION'],
    );
    const customer = panel.customers.indexOf('7');
    assert.equal(panel.statics[customer * 2], 500_000);
    const row = panel.firstRow[customer]!;
    assert.deepEqual([...panel.values.subarray((row + 5) * 3, (row + 6) * 3)], [0, 367_965, 55_000]);

    const again = await importTo(db, UCI);
    assert.equal(again.batchId, null);
    assert.deepEqual(again.rows, { read: 30_000, accepted: 0, unchanged: 30_000, conflicting: 0, rejected: 0 });
    assert.equal(listImports(db).imports.length, 1);
  });

  test('next month’s event dates in the column that an earlier import named, and nowhere else', async (t) => {
    const { db } = newPortfolio(t);
    const rows = (month: string, event: string) =>
      `Kunde;Stichtag;Saldo;Gefallen\nA;2024-${month}-28;1;${event}\nB;2024-${month}-28;2;\n`;
    const roleOf = ({ columns }: ImportDocument) => {
      const { role, why } = columns[3]!;
      return [role, why];
    };
    const first = await importContent(t, db, rows('01', '2024-02-10'), { settings: ['outcomeDate=Gefallen'] });
    assert.equal(first.columns[3]!.role, 'outcomeDate');
    const words = 'dates of events as yyyy-MM-dd; the event date of an earlier import';
    const looked = await previewImport(db, { file: fileOf(t, rows('02', '')), profile: null, settings: [] });
    assert.deepEqual([looked.columns[3]!.role, looked.columns[3]!.unsure], ['outcomeDate', false]);
    const next = await importContent(t, db, rows('02', '').replace('2;\n', '2;2024-03-05\n'));
    assert.deepEqual(roleOf(next), ['outcomeDate', words]);
    const panel = readPanel(db);
    assert.deepEqual([...panel.outcome], [1, 1]);
    // Read anew from what the second import kept.
    assert.deepEqual(roleOf(await importContent(t, db, rows('03', ''))), ['outcomeDate', words]);

    const own = await importContent(t, db, rows('04', '2024-05-05'), { settings: ['ignore=Gefallen'] });
    assert.equal(own.columns[3]!.role, 'ignored');
    const other = rows('05', '2024-05-05').replace('Stichtag', 'Monatsende');
    const unlike = await importContent(t, db, other, { settings: ['date=Monatsende'] });
    assert.equal(unlike.columns[3]!.role, 'ignored');
  });

  test('a flag and what it calls default, and a file of outcomes, as earlier imports had them', async (t) => {
    const { db } = newPortfolio(t);
    const flags = (month: string) =>
      `Kunde;Stichtag;Saldo;Lage\nA;2024-${month}-28;1;Q\nB;2024-${month}-28;2;R\nA;2024-${month}-15;3;R\n`;
    const said = { settings: ['outcome=Lage', 'outcomePositive=Q', 'timeStep=day'] };
    const { batchId } = await importContent(t, db, flags('01'), said);
    keepReading(db, batchId!, [{ key: 'outcomePositive', value: 'Q' }], null);
    for (const month of ['02', '03']) {
      const { columns } = await importContent(t, db, flags(month), { settings: ['timeStep=day'] });
      assert.match(columns[3]!.why, /the outcome of an earlier import/);
    }
    const named = await importContent(t, db, flags('04'), { settings: ['timeStep=day', 'outcome=Lage'] });
    assert.match(named.columns[3]!.why, /named with outcome=/);
    const list = (customer: string) => `Kunde;Gekommen;Filiale\n${customer};2024-04-01;Linz\n`;
    await importContent(t, db, list('A'), { settings: ['kind=outcomes', 'outcomeDate=Gekommen'] });
    const { kind, columns } = await importContent(t, db, list('B'));
    assert.deepEqual([kind, columns[1]!.role], ['outcomes', 'outcomeDate']);
  });

  test('the sample portfolio, undated and dated', async (t) => {
    for (const dates of [false, true]) {
      const { db } = newPortfolio(t);
      const out = `${fileOf(t, '')}.sample.csv`;
      const made = await generateSample({ out, customers: 20, days: 60, seed: 3, dates });
      const document = await importTo(db, out);
      assert.deepEqual([document.rows.accepted, document.rows.rejected], [made.rows, 0]);
      assert.deepEqual([document.customers, document.steps, document.timeStep], [20, made.rows, 'day']);
      const panel = readPanel(db);
      assert.deepEqual([panel.dated, panel.outcomeKind], [dates, dates ? 'dated' : 'constant']);
      assert.equal(panel.outcome.filter((flag) => flag === 1).length, made.defaulters);
      assert.equal(panel.features.length, 10);
    }
  });

  const MONTHS = 'customer,date,x\nA,2024-01-31,1\nA,2024-02-29,2\nB,2024-01-31,3\n';

  test('a preview is an import that is not kept', async (t) => {
    const { db } = newPortfolio(t);
    const before = dataOf(db);
    const preview = await importContent(t, db, MONTHS, { dryRun: true });
    assert.deepEqual(dataOf(db), before);
    const kept = await importContent(t, db, MONTHS);
    assert.equal(preview.batchId, null);
    assert.deepEqual({ ...preview, batchId: '1', seconds: 0 }, { ...kept, seconds: 0 });
  });

  test('outcomes of their own, and an outcome that changes', async (t) => {
    const { db } = newPortfolio(t);
    await importContent(t, db, MONTHS);
    const outcomes = await importContent(t, db, 'customer,default_date\nB,2024-05-05\n');
    assert.deepEqual([outcomes.kind, outcomes.timeStep, outcomes.steps], ['outcomes', 'month', 0]);
    const panel = readPanel(db);
    assert.equal(panel.outcomeKind, 'dated');
    assert.deepEqual([...panel.outcome], [0, 1]);
    assert.equal(panel.eventStep[1], 652);
  });

  test('a record whose outcome alone is new or another takes its fate', async (t) => {
    const { db } = newPortfolio(t);
    const rows = (a: string, b: string) => `customer,day,x,will_default\nA,0,1,${a}\nA,1,2,${a}\nB,0,3,${b}\n`;
    await importContent(t, db, rows('0', ''));
    const second = await importContent(t, db, rows('1', '1'));
    assert.deepEqual(second.rows, { read: 3, accepted: 1, unchanged: 1, conflicting: 1, rejected: 0 });
    assert.deepEqual([...readPanel(db).outcome], [0, 1]);
    const third = await importContent(t, db, rows('1', '1'), { onConflict: 'replace' });
    assert.deepEqual(third.rows, { read: 3, accepted: 0, unchanged: 2, conflicting: 1, rejected: 0 });
    assert.deepEqual([...readPanel(db).outcome], [1, 1]);
  });

  test('conflicts, fillings and contradictions', async (t) => {
    const { db } = newPortfolio(t);
    await importContent(t, db, 'customer,day,x,y\nA,0,1,\nA,1,2,5\n');
    const document = await importContent(t, db, 'customer,day,x,y\nA,0,1,4\nA,1,3,5\nA,2,6,6\nA,2,7,7\nA,2,6,6\n');
    assert.deepEqual(document.rows, { read: 5, accepted: 2, unchanged: 1, conflicting: 1, rejected: 1 });
    assert.deepEqual(historyOf(db, 'x', 'y'), [
      ['A', 0, 1, 4],
      ['A', 1, 2, 5],
      ['A', 2, 6, 6],
    ]);
    assert.deepEqual(rejectedRows(db, document.batchId!), document.rejected);
    assert.equal(document.rejected[0]!.line, 5);
  });

  test('dated and undated files, days and months do not mix', async (t) => {
    const { db } = newPortfolio(t);
    await importContent(t, db, MONTHS);
    const before = dataOf(db);
    await assert.rejects(importContent(t, db, 'customer,day,x\nC,0,1\n'), failure('data-refused', 'dates'));
    const days = 'customer,date,x\nC,2024-01-01,1\nC,2024-01-02,1\nC,2024-01-03,1\n';
    await assert.rejects(importContent(t, db, days), failure('data-refused', 'month'));
    await assert.rejects(importContent(t, db, 'customer,date,x\n,2024-01-31,1\n'), failure('data-refused', 'empty'));
    assert.deepEqual(dataOf(db), before);
    // One date is taken as the portfolio counts.
    assert.equal((await importContent(t, db, 'customer,date,x\nC,2024-03-15,1\n')).timeStep, 'month');
  });
});
