import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learningCurves, listExperiments } from '../../src-main/store/experiment-list.ts';
import { registerExperiment } from '../../src-main/store/experiments.ts';
import { undoImport } from '../../src-main/store/imports.ts';
import { setChampion } from '../../src-main/store/models.ts';
import { importRows, newPortfolio } from './portfolio-file.ts';
import { experiment, metrics, model } from './trained.ts';

const part = (customers: number) => ({ customers, windows: 10 * customers, events: 2 });
const summary = {
  split: { train: part(6), validation: part(3), test: part(2), outOfTime: null },
  unlabelled: { unknown: 4, dropped: 0 },
  warnings: ['few rows'],
  refused: [{ kind: 'cnn-lstm', reason: 'too short' }],
  backend: { name: 'tensorflow', version: '2.21.0', threads: 1 },
  splitSeed: 5,
};
const file = { history: ['x'], records: [{ customer: 'c1', steps: [1], values: [[1]] }] };
/** Times are stored to the millisecond. */
const laterMoment = () => new Promise((resolve) => setTimeout(resolve, 3));

test('experiments come newest first, with everything that the screen says', (t) => {
  const { db } = newPortfolio(t);
  assert.deepEqual(listExperiments(db), { experiments: [] });
  registerExperiment(db, { ...experiment(model('lstm', 0.8)), summary });
  const given = { ...experiment(model('lightgbm', 0.7), model('logistic', null)), summary };
  given.models[0].document.outOfTime = metrics(0.6);
  registerExperiment(db, given);
  setChampion(db, '3');

  const { experiments } = listExperiments(db);
  assert.deepEqual(
    experiments.map(({ experimentId, models }) => [experimentId, models.map(({ id, champion }) => [id, champion])]),
    [
      [
        '2',
        [
          ['2', false],
          ['3', true],
        ],
      ],
      ['1', [['1', false]]],
    ],
  );
  const { createdAt, models, ...rest } = experiments[0];
  assert.equal(new Date(createdAt).toISOString(), createdAt);
  assert.deepEqual(rest, {
    experimentId: '2',
    settings: { ...given.settings, splitSeed: 5 },
    dataHash: given.dataHash,
    backend: summary.backend,
    versions: given.versions,
    seconds: given.seconds,
    split: summary.split,
    warnings: summary.warnings,
    refused: summary.refused,
    dataChanged: false,
  });
  const { history: _, ...document } = given.models[0].document;
  assert.deepEqual(models[0], { id: '2', champion: false, ...document });
});

test('an import or an undo after an experiment is told of', async (t) => {
  const { db } = newPortfolio(t);
  const { batchId } = await importRows(db, file);
  await laterMoment();
  registerExperiment(db, { ...experiment(model('lstm', 0.8)), summary });
  const changed = () => listExperiments(db).experiments.map(({ dataChanged }) => dataChanged);
  assert.deepEqual(changed(), [false]);
  await laterMoment();
  undoImport(db, batchId!);
  assert.deepEqual(changed(), [true]);
  await laterMoment();
  registerExperiment(db, { ...experiment(model('lstm', 0.8)), summary });
  assert.deepEqual(changed(), [false, true]);
  await laterMoment();
  await importRows(db, { ...file, file: 'may.csv' });
  assert.deepEqual(changed(), [true, true]);
});

test('learning curves come by model, empty where there are none', (t) => {
  const { db } = newPortfolio(t);
  const ensemble = model('ensemble', 0.8);
  ensemble.document.history = [];
  registerExperiment(db, experiment(model('lightgbm', 0.7)));
  const given = experiment(model('lstm', 0.8), ensemble);
  registerExperiment(db, given);
  assert.deepEqual(learningCurves(db, '2').models, [
    { id: '2', kind: 'lstm', history: given.models[0].document.history },
    { id: '3', kind: 'ensemble', history: [] },
  ]);
  for (const id of ['3', 'x', '']) assert.throws(() => learningCurves(db, id), { code: 'not-found' });
});
