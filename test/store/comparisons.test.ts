import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompareDocument } from '../../src-main/ipc/documents.ts';
import { readAudit } from '../../src-main/store/audit.ts';
import { readComparison, saveComparison, storedComparison } from '../../src-main/store/comparisons.ts';
import { registerExperiment } from '../../src-main/store/experiments.ts';
import { newPortfolio } from './portfolio-file.ts';
import { experiment, model } from './trained.ts';

const document = (experimentId: string, notes: string[] = []): CompareDocument => ({
  experimentId,
  rows: { windows: 2, customers: 2, events: 1, prevalence: 1 / 3 },
  resamples: 1_000,
  testUses: 0,
  models: [],
  pairs: [],
  aucByStep: [{ step: -3, date: null, windows: 2, events: 1, auc: { 1: 0.1 + 0.2, 2: null } }],
  notes,
  outOfTime: null,
});

test('without a training there is no comparison, and an unknown one is said to be so', (t) => {
  const { db } = newPortfolio(t);
  assert.deepEqual(storedComparison(db, null), { comparison: null });
  assert.throws(() => storedComparison(db, '1'), { code: 'not-found' });
  registerExperiment(db, experiment(model('lstm', 0.7)));
  assert.deepEqual(storedComparison(db, null), { comparison: null });
  assert.deepEqual(storedComparison(db, '1'), { comparison: null });
  assert.throws(() => storedComparison(db, '2'), { code: 'not-found' });
  assert.throws(() => storedComparison(db, 'x'), { code: 'not-found' });
});

test('a comparison comes back exactly, with the look it was; the next takes its place', (t) => {
  const { db } = newPortfolio(t);
  registerExperiment(db, experiment(model('lstm', 0.7)));
  registerExperiment(db, experiment(model('lstm', 0.7)));
  const first = saveComparison(db, document('1', ['first']));
  assert.deepEqual(first, { ...document('1', ['first']), testUses: 3 });
  const stored = readComparison(db, '1')!;
  assert.deepEqual(stored.document, first);
  assert.equal(new Date(stored.createdAt).toISOString(), stored.createdAt);

  assert.equal(storedComparison(db, null).comparison, null, 'the latest training was not compared');
  saveComparison(db, document('1', ['second']));
  assert.deepEqual(storedComparison(db, '1').comparison!.document, { ...document('1', ['second']), testUses: 4 });
});

test('looking at what is stored is no look; computing it is one, noted with its training', (t) => {
  const { db } = newPortfolio(t);
  registerExperiment(db, experiment(model('lstm', 0.7)));
  saveComparison(db, document('1'));
  storedComparison(db, null);
  storedComparison(db, '1');
  const looks = readAudit(db).filter(({ action }) => action === 'test-use');
  assert.deepEqual(
    looks.map(({ words }) => words),
    [
      'Looked at the test part for the 1st time: experiment 1',
      'Looked at the test part for the 2nd time: comparison of experiment 1',
    ],
  );
});

test('what can’t be kept is not counted either', (t) => {
  const { db } = newPortfolio(t);
  registerExperiment(db, experiment(model('lstm', 0.7)));
  assert.throws(() => saveComparison(db, document('7')), /FOREIGN KEY/);
  assert.equal(readAudit(db).filter(({ action }) => action === 'test-use').length, 1);
});
