import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registerExperiment } from '../../src-main/store/experiments.ts';
import { undoImport } from '../../src-main/store/imports.ts';
import { portfolioInfo } from '../../src-main/store/portfolio.ts';
import { latestScoring, saveScoring } from '../../src-main/store/scorings.ts';
import { dataMark, readTimeline, saveTimelines } from '../../src-main/store/timelines.ts';
import { importRows, newPortfolio } from './portfolio-file.ts';
import { experiment, inside, model } from './trained.ts';

const file = (...customers: string[]) => ({
  history: ['x'],
  records: customers.map((customer) => ({ customer, steps: [1, 2], values: [[1], [2]] })),
});

const scoring = (...scores: number[]) => ({
  modelId: '1',
  asOfStep: 2,
  customers: Int32Array.from(scores, (_, i) => i + 1),
  scores: inside(Float32Array.from(scores)),
  steps: Int32Array.from(scores, () => 2),
  skipped: [{ reason: 'fewer than 30 steps', customers: 4 }],
});

async function scoredPortfolio(t: Parameters<typeof newPortfolio>[0]) {
  const portfolio = newPortfolio(t);
  await importRows(portfolio.db, file('a', 'b'));
  registerExperiment(portfolio.db, experiment(model('lstm', 0.7)));
  return portfolio;
}

test('scorings come back exactly, the latest and the one before it', async (t) => {
  const { db } = await scoredPortfolio(t);
  assert.equal(latestScoring(db), null);
  assert.deepEqual(saveScoring(db, scoring(0.1, 0.9)), { scoringId: '1' });
  assert.deepEqual(saveScoring(db, scoring(1 / 3, 0.2)), { scoringId: '2' });
  const { createdAt, ...latest } = latestScoring(db)!;
  assert.equal(new Date(createdAt).toISOString(), createdAt);
  assert.deepEqual(latest, { scoringId: '2', ...scoring(1 / 3, 0.2) });
  assert.deepEqual(latestScoring(db, '2')!.scores, Float32Array.of(0.1, 0.9));
  assert.equal(latestScoring(db, '1'), null);
});

test('a scoring with a customer who does not exist is not kept', async (t) => {
  const { db } = await scoredPortfolio(t);
  assert.throws(() => saveScoring(db, scoring(0.1, 0.2, 0.3)), /FOREIGN KEY/);
  assert.equal(latestScoring(db), null);
});

test('a scored customer stays known when its import is undone', async (t) => {
  const { db, path } = await scoredPortfolio(t);
  saveScoring(db, scoring(0.1, 0.9));
  undoImport(db, '1');
  assert.equal(portfolioInfo(db, path).customers, 0);
  assert.deepEqual(latestScoring(db)!.customers, Int32Array.of(1, 2));
});

test('timelines are kept until data changes', async (t) => {
  const { db } = await scoredPortfolio(t);
  const timeline = { customerId: 1, modelId: '1', firstStep: -3, scores: inside(Float32Array.of(0.1, NaN, 0.3)) };
  const keep = () => saveTimelines(db, [timeline], dataMark(db));
  const kept = () => readTimeline(db, 1, '1');
  keep();
  assert.deepEqual(kept(), timeline);
  saveTimelines(db, [{ ...timeline, firstStep: 5 }], dataMark(db));
  assert.equal(kept()!.firstStep, 5, 'a new one takes its place');
  assert.equal(readTimeline(db, 2, '1'), null);

  await importRows(db, file('a', 'b'));
  await importRows(db, { ...file('c'), dryRun: true });
  assert.notEqual(kept(), null, 'nothing changed');
  await importRows(db, file('c'));
  assert.equal(kept(), null, 'an import');
  keep();
  undoImport(db, '2');
  assert.equal(kept(), null, 'an undo');
});
