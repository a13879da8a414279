import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { monthlyExport } from './monthly-export.ts';
import { windowlessSession, type WindowlessSession } from './windowless-session.ts';

const reading = { profile: null, settings: [{ key: 'static', value: 'city' }], onConflict: 'keep' as const };

async function importText({ folder, handlers, done }: WindowlessSession, name: string, text: string) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return done('import', handlers.startImport({ ...reading, file, dryRun: false }));
}

async function newPortfolio(bench: WindowlessSession) {
  const path = join(bench.folder, 'retail.duecast');
  await bench.handlers.createPortfolio({ path, name: 'Retail', currency: 'INR', timeStep: 'month' });
}

test('data quality: nothing without histories, then every feature, kept until data changes', async (t) => {
  const bench = windowlessSession(t);
  const { handlers, processes } = bench;
  await assert.rejects(async () => handlers.quality({}), { code: 'not-allowed' });
  await newPortfolio(bench);
  assert.deepEqual(await handlers.quality({}), { features: [], coverage: [] });

  const first = await importText(bench, 'october.csv', monthlyExport(20));
  assert.deepEqual(first.rows.accepted, 200);
  const before = processes.started.model;
  const [quality, again] = await Promise.all([handlers.quality({}), handlers.quality({})]);
  assert.deepEqual(await handlers.quality({}), quality);
  assert.deepEqual(again, quality);
  assert.equal(processes.started.model, before + 1, 'computed once for three questions');
  assert.deepEqual(
    quality.features.map(({ name, kind, of, missing, remarks }) => [name, kind, of, missing, remarks]),
    [
      ['salary', 'history', 200, 0, []],
      ['cash_loans', 'history', 200, 60, ['Empty since Aug 2025, though histories go on to Oct 2025.']],
      ['branch_code', 'history', 200, 0, ['Constant: it cannot tell customers apart.']],
      ['city', 'static', 20, 0, []],
    ],
  );
  const [salary, , , city] = quality.features;
  assert.deepEqual([salary.figures?.least, salary.figures?.most, city.figures], [1001, 1200, null]);
  assert.deepEqual(quality.coverage[0], { step: 660, date: '2025-01-31', customers: 20 });
  assert.equal(quality.coverage.length, 10);

  const { batchId } = await importText(bench, 'more.csv', monthlyExport(25));
  assert.equal((await handlers.quality({})).features[0].of, 250);
  await handlers.undoImport({ batchId: batchId! });
  assert.deepEqual(await handlers.quality({}), quality);
  assert.equal(processes.started.model, before + 3);
});

test('the audit log is newest first and names what was done', async (t) => {
  const bench = windowlessSession(t);
  const { handlers } = bench;
  await newPortfolio(bench);
  await importText(bench, 'october.csv', monthlyExport(150));
  await handlers.setLevelBounds({ critical: 0.8, high: 0.6, medium: 0.2 });
  const { entries } = await handlers.auditLog({});
  assert.deepEqual(
    entries.map(({ action }) => action),
    ['levels', 'import', 'named', 'created'],
  );
  const words = 'Import 1, october.csv: 1,500 accepted, 0 unchanged, 0 conflicting (kept as they were), 0 set aside';
  assert.equal(entries[1].words, words);
  for (const { at, words } of entries) assert.ok(!Number.isNaN(Date.parse(at)) && words.length > 5);
});

test('a copy goes where the analyst says, and nowhere when the dialog is closed', async (t) => {
  const bench = windowlessSession(t);
  const { handlers, answers, folder } = bench;
  await newPortfolio(bench);
  assert.deepEqual(await handlers.saveCopy({}), { path: null });
  answers.saveFile = join(folder, 'copy.duecast');
  assert.deepEqual(await handlers.saveCopy({}), { path: answers.saveFile });
  assert.ok(existsSync(answers.saveFile));
  await assert.rejects(async () => handlers.saveCopy({}), { code: 'file-exists' });
});

test('levels: their bounds are kept with the portfolio, and how the PDs spread is told once scored', async (t) => {
  const bench = windowlessSession(t);
  const { handlers, done, events } = bench;
  await newPortfolio(bench);
  await importText(bench, 'october.csv', monthlyExport(40));
  assert.deepEqual(await handlers.scoreCounts({}), { scored: null });
  const choice = { window: 4, horizon: 1, gap: 0, labelRule: null, splitSeed: null, epochs: 1, batch: 32, seed: 1 };
  await done('training', handlers.startTraining({ ...choice, models: ['logistic'] }));
  const scoring = await done('scoring', handlers.startScoring({ modelId: null }));

  const { scored } = await handlers.scoreCounts({});
  assert.ok(scored !== null);
  const from = (pd: number) => scored.bins.slice(Math.round(1_000 * pd)).reduce((sum, count) => sum + count, 0);
  assert.deepEqual([scored.bins.length, scored.customers, from(0)], [1_001, scoring.customers, scoring.customers]);
  const { Critical, High, Medium } = scoring.levels;
  assert.deepEqual([from(0.75), from(0.5), from(0.25)], [Critical, Critical + High, Critical + High + Medium]);

  const view = await handlers.setLevelBounds({ critical: 0.3, high: 0.2, medium: 0.1 });
  assert.equal(view.watched, from(0.2));
  const told = events.filter(({ name }) => name === 'portfolioChanged').pop();
  assert.deepEqual(told?.payload, { open: view });
  await assert.rejects(async () => handlers.setLevelBounds({ critical: 0.2, high: 0.2, medium: 0.1 }), {
    code: 'usage',
  });
  assert.deepEqual((await handlers.portfolio({})).open?.levelBounds, { critical: 0.3, high: 0.2, medium: 0.1 });
});
