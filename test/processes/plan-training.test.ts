import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSplitPlanner, planTraining } from '../../src-main/processes/plan-training.ts';
import { registerExperiment } from '../../src-main/store/experiments.ts';
import { assignParts } from '../../src-main/store/parts.ts';
import { readAudit } from '../../src-main/store/audit.ts';
import { importRows, newPortfolio } from '../store/portfolio-file.ts';
import { experiment } from '../store/trained.ts';

const STEPS = 12;
const customers = (from: number, to: number) => {
  const names = Array.from({ length: to - from }, (_, i) => `c${from + i}`);
  return {
    history: ['x'],
    records: names.map((customer, c) => ({
      customer,
      steps: Array.from({ length: STEPS }, (_, step) => step),
      values: Array.from({ length: STEPS }, (_, step) => [c + step]),
    })),
    outcomes: names.map((name, i): [string, 0 | 1, null] => [name, i % 4 === 0 ? 1 : 0, null]),
    outcomeKind: 'constant' as const,
  };
};
const requested = { windowSteps: 5, horizonSteps: 2, gapSteps: null, labelRule: null };

test('the split that is shown is the one that training draws, and showing it draws nothing', async (t) => {
  const { db, path } = newPortfolio(t);
  await importRows(db, customers(0, 100));
  const plan = createSplitPlanner();
  const seventh = plan({ path, requested, splitSeed: 7 });
  assert.deepEqual([seventh.splitSeed, seventh.canRedraw], [7, true]);
  assert.deepEqual(seventh.split.train, { customers: 60, windows: 60 * 6, events: 15 });
  assert.equal(db.prepare('SELECT count(*) FROM customers WHERE part IS NOT NULL').pluck().get(), 0);
  assert.ok(!readAudit(db).some(({ action }) => action === 'parts'));

  assignParts(db, 7);
  const { settings, split, unlabelled, warnings } = planTraining({ path, requested });
  const { splitSeed: _, canRedraw: __, ...shown } = seventh;
  assert.deepEqual(shown, { settings, split, unlabelled, warnings });
  assert.deepEqual(plan({ path, requested, splitSeed: null }), seventh, 'null: the seed that was drawn with');
});

test('new data is seen, and newcomers join the parts that there are', async (t) => {
  const { db, path } = newPortfolio(t);
  await importRows(db, customers(0, 100));
  assignParts(db, 3);
  const plan = createSplitPlanner();
  assert.equal(plan({ path, requested, splitSeed: null }).split.test.customers, 20);
  await importRows(db, { ...customers(100, 150), file: 'may.csv' });
  const grown = plan({ path, requested, splitSeed: null });
  const all = (['train', 'validation', 'test'] as const).reduce((sum, part) => sum + grown.split[part].customers, 0);
  assert.deepEqual([all, grown.splitSeed], [150, 3]);
  assignParts(db, null);
  assert.deepEqual(grown.split, planTraining({ path, requested }).split);
});

test('another split seed is taken until something has been trained', async (t) => {
  const { db, path } = newPortfolio(t);
  await importRows(db, customers(0, 100));
  assignParts(db, 3);
  const plan = createSplitPlanner();
  assert.deepEqual([plan({ path, requested, splitSeed: 4 }).splitSeed, assignParts(db, null).splitSeed], [4, 3]);
  registerExperiment(db, experiment());
  assert.throws(() => plan({ path, requested, splitSeed: 4 }), { code: 'not-allowed', message: /seed 3/ });
  assert.equal(plan({ path, requested, splitSeed: 3 }).canRedraw, false);
});

test('where there is too little, it says what to do', async (t) => {
  const { db, path } = newPortfolio(t);
  const plan = createSplitPlanner();
  assert.throws(() => plan({ path, requested, splitSeed: null }), { code: 'data-refused', message: /Import some/ });
  await importRows(db, { ...customers(0, 100), outcomes: [], outcomeKind: 'none' });
  assert.throws(() => plan({ path, requested, splitSeed: null }), { code: 'too-small', message: /no outcomes yet/ });
});
