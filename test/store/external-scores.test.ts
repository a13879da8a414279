import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import {
  deleteExternalScore,
  listExternalScores,
  readExternalScores,
  saveExternalScore,
} from '../../src-main/store/external-scores.ts';
import type { NewExternalScore } from '../../src-main/processes/store-api.ts';
import { readAudit } from '../../src-main/store/audit.ts';
import { registerExperiment } from '../../src-main/store/experiments.ts';
import { newPortfolio } from './portfolio-file.ts';
import { experiment, model } from './trained.ts';

const bureau = (experimentId: string, name = 'Bureau'): NewExternalScore => ({
  summary: {
    experimentId,
    name,
    lowerIsRiskier: true,
    isPd: false,
    file: 'bureau.csv',
    sha256: 'ab'.repeat(32),
    columns: { customer: 'id', score: 'score', when: null },
    rows: { read: 3, used: 2 },
    skipped: [{ reason: 'no score', rows: 1, line: 4 }],
    unknownCustomers: 0,
    coverage: {
      validation: null,
      test: { windows: 2, covered: 1, customers: 2, coveredCustomers: 1 },
      outOfTime: null,
    },
    notes: [],
  },
  scores: { validation: Float64Array.of(NaN, 612.5, 1 / 3), test: Float64Array.of(700, NaN), outOfTime: null },
});

test('scores from elsewhere are kept with their experiment until they are removed', (t) => {
  const { db } = newPortfolio(t);
  const { experimentId } = registerExperiment(db, experiment(model('lstm', 0.8)));
  const { scores } = saveExternalScore(db, bureau(experimentId));
  assert.equal(scores.length, 1);
  const { id, createdAt, ...summary } = scores[0];
  assert.deepEqual(summary, bureau(experimentId).summary);
  assert.ok(createdAt.endsWith('Z'));
  const [stored] = readExternalScores(db, experimentId, 'validation');
  assert.deepEqual([stored.id, stored.name, stored.lowerIsRiskier, stored.isPd], [id, 'Bureau', true, false]);
  assert.deepEqual([...stored.scores], [NaN, 612.5, 1 / 3]);
  assert.deepEqual(readExternalScores(db, experimentId, 'outOfTime'), []);

  const taken = (error: unknown) => error instanceof DuecastError && error.code === 'not-allowed';
  assert.throws(() => saveExternalScore(db, bureau(experimentId, 'BUREAU')), taken);
  const missing = (error: unknown) => error instanceof DuecastError && error.code === 'not-found';
  assert.throws(() => saveExternalScore(db, bureau('99')), missing);
  assert.throws(() => deleteExternalScore(db, '99'), missing);

  assert.deepEqual(deleteExternalScore(db, id).scores, []);
  assert.deepEqual(listExternalScores(db, null).scores, []);
  assert.deepEqual(readExternalScores(db, experimentId, 'test'), []);
  const told = readAudit(db).filter(({ action }) => action === 'external-score');
  assert.deepEqual(
    told.map(({ words }) => words),
    ['Added the score Bureau of bureau.csv to experiment 1', 'Removed the score Bureau from experiment 1'],
  );
});
