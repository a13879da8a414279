import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { ScoresRequest } from '../../src-main/processes/store-api.ts';
import { registerExperiment } from '../../src-main/store/experiments.ts';
import { saveScoring } from '../../src-main/store/scorings.ts';
import { scoresPage } from '../../src-main/store/scores-page.ts';
import { importRows, newPortfolio } from './portfolio-file.ts';
import { experiment, model } from './trained.ts';

const everything: ScoresRequest = { search: '', levels: [], offset: 0, limit: 100 };
const customers = ['A-1', 'A-2', 'b-1', 'B%3'];

async function trainedPortfolio(t: TestContext) {
  const { db } = newPortfolio(t);
  await importRows(db, {
    history: ['x'],
    records: customers.map((customer) => ({ customer, steps: [1, 2], values: [[1], [2]] })),
  });
  registerExperiment(db, experiment(model('lstm', 0.7)));
  return db;
}

const scoring = (...scores: number[]) => ({
  modelId: '1',
  asOfStep: 2,
  customers: Int32Array.from(scores, (_, i) => i + 1),
  scores: Float32Array.from(scores),
  steps: Int32Array.from(scores, () => 2),
  skipped: [{ reason: 'too short', customers: 4 }],
});

test('nothing scored is an empty page', async (t) => {
  const page = scoresPage(await trainedPortfolio(t), everything);
  assert.deepEqual(page, {
    scoring: null,
    levels: { Critical: 0, High: 0, Medium: 0, Low: 0 },
    matching: 0,
    rows: [],
  });
});

test('the latest scoring comes riskiest first, with the change since the one before', async (t) => {
  const db = await trainedPortfolio(t);
  saveScoring(db, scoring(0.5, 0.25, 0.125));
  saveScoring(db, scoring(0.25, 0.75, 0.125, 0.5));
  const { scoring: head, levels, matching, rows } = scoresPage(db, everything);
  assert.deepEqual([head?.scoringId, head?.kind, head?.asOf, head?.stale], ['2', 'lstm', '2', false]);
  assert.deepEqual(head?.skipped, [{ reason: 'too short', customers: 4 }]);
  assert.deepEqual(levels, { Critical: 1, High: 1, Medium: 1, Low: 1 });
  assert.equal(matching, 4);
  assert.deepEqual(rows, [
    { customer: 'A-2', pd: 0.75, change: 0.5, riskLevel: 'Critical' },
    { customer: 'B%3', pd: 0.5, change: null, riskLevel: 'High' },
    { customer: 'A-1', pd: 0.25, change: -0.25, riskLevel: 'Medium' },
    { customer: 'b-1', pd: 0.125, change: 0, riskLevel: 'Low' },
  ]);
});

test('search takes text as it is, levels add up, and a page is a stretch of what matches', async (t) => {
  const db = await trainedPortfolio(t);
  saveScoring(db, scoring(0.25, 0.75, 0.125, 0.5));
  const found = (request: Partial<ScoresRequest>) => {
    const { matching, rows } = scoresPage(db, { ...everything, ...request });
    return [matching, ...rows.map(({ customer }) => customer)];
  };
  assert.deepEqual(found({ search: 'B' }), [2, 'B%3', 'b-1']);
  assert.deepEqual(found({ search: '%' }), [1, 'B%3']);
  assert.deepEqual(found({ levels: ['Critical', 'Low'] }), [2, 'A-2', 'b-1']);
  assert.deepEqual(found({ search: 'a-', levels: ['Critical'] }), [1, 'A-2']);
  assert.deepEqual(found({ offset: 1, limit: 2 }), [4, 'B%3', 'A-1']);
  assert.deepEqual(found({ search: 'none' }), [0]);
});

test('an import after the scoring makes it stale', async (t) => {
  const db = await trainedPortfolio(t);
  saveScoring(db, scoring(0.1));
  db.prepare("UPDATE scorings SET created_at = '2020-01-01T00:00:00.000Z'").run();
  assert.equal(scoresPage(db, everything).scoring?.stale, true);
});
