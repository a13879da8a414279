import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAudit } from '../../src-main/store/audit.ts';
import {
  countTestUse,
  latestExperimentId,
  readExperiment,
  readPredictionRows,
  readPredictions,
  registerExperiment,
} from '../../src-main/store/experiments.ts';
import { defaultModelId, listModels, readModel, readTrainedModel, setChampion } from '../../src-main/store/models.ts';
import { portfolioInfo } from '../../src-main/store/portfolio.ts';
import { readTrainingScores } from '../../src-main/store/training-scores.ts';
import { newPortfolio } from './portfolio-file.ts';
import { experiment, metrics, model, rowsOf } from './trained.ts';

test('an experiment comes back byte for byte', (t) => {
  const { db } = newPortfolio(t);
  const given = experiment(model('lstm', 0.71), model('lightgbm', null));
  assert.deepEqual(registerExperiment(db, given), { experimentId: '1', modelIds: ['1', '2'], testUses: 1 });

  const { createdAt, ...stored } = readExperiment(db);
  assert.equal(new Date(createdAt).toISOString(), createdAt);
  const { settings, summary, dataHash, versions, seconds } = given;
  assert.deepEqual(stored, {
    experimentId: '1',
    modelIds: ['1', '2'],
    settings,
    summary,
    dataHash,
    versions,
    seconds,
  });
  assert.deepEqual(readPredictionRows(db, '1', 'validation'), rowsOf(3));
  assert.deepEqual(readPredictionRows(db, '1', 'test'), rowsOf(2));
  assert.equal(readPredictionRows(db, '1', 'outOfTime'), null);
  given.models.forEach((expected, i) => {
    const id = String(i + 1);
    const { kind, configuration, scaler, weights, document, predictions } = expected;
    assert.deepEqual(readModel(db, id), {
      id,
      experimentId: '1',
      kind,
      champion: false,
      configuration,
      scaler,
      weights,
      validation: document.validation,
      test: document.test,
    });
    assert.deepEqual(readTrainedModel(db, id), { id, ...document });
    assert.deepEqual(readPredictions(db, id, 'validation'), predictions.validation);
    assert.deepEqual(readPredictions(db, id, 'test'), predictions.test);
    assert.equal(readPredictions(db, id, 'outOfTime'), null);
  });
});

test('how PDs spread in training is kept where it is known', (t) => {
  const { db } = newPortfolio(t);
  const spread = { bounds: [Math.fround(0.1), 0.25], counts: [3, 4, 5] };
  const known = { ...model('lstm', 0.7), training: { scores: Float32Array.of(0.1, 0.2), spread } };
  const { modelIds } = registerExperiment(db, experiment(known, model('logistic', 0.6)));
  assert.deepEqual(readTrainingScores(db, modelIds[0]), spread);
  assert.equal(readTrainingScores(db, modelIds[1]), null);
});

test('an experiment that fails halfway leaves nothing', (t) => {
  const { db, path } = newPortfolio(t);
  const bad = model('cnn-lstm', 0.7);
  bad.predictions.test = new Float32Array(5);
  assert.throws(() => registerExperiment(db, experiment(model('lstm', 0.71), bad)), /5 predictions for 2 test rows/);
  for (const table of ['experiments', 'models', 'training_epochs', 'prediction_rows', 'predictions']) {
    assert.equal(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), 0, table);
  }
  assert.equal(portfolioInfo(db, path).testUses, 0);
  assert.throws(() => latestExperimentId(db), { code: 'not-found' });
});

test('there is one champion, and it is the default for scoring', (t) => {
  const { db } = newPortfolio(t);
  assert.throws(() => defaultModelId(db), { code: 'not-found' });
  assert.deepEqual(listModels(db), { models: [] });
  registerExperiment(db, experiment(model('lstm', 0.9)));
  registerExperiment(db, experiment(model('lstm', null), model('cnn-lstm', 0.7), model('logistic', 0.6)));
  assert.equal(defaultModelId(db), '3', 'the best validation AUC of the latest experiment');
  setChampion(db, '2');
  const { models } = setChampion(db, '1');
  assert.deepEqual(
    models.map(({ id, kind, experimentId, champion, validationAuc, testAuc }) => [
      id,
      kind,
      experimentId,
      champion,
      validationAuc,
      testAuc,
    ]),
    [
      ['1', 'lstm', '1', true, 0.9, 0.7],
      ['2', 'lstm', '2', false, null, 0.7],
      ['3', 'cnn-lstm', '2', false, 0.7, 0.7],
      ['4', 'logistic', '2', false, 0.6, 0.7],
    ],
  );
  assert.equal(defaultModelId(db), '1');
  assert.equal(readModel(db, '1').champion, true);
  for (const id of ['5', 'x', '']) assert.throws(() => setChampion(db, id), { code: 'not-found' });
  assert.equal(defaultModelId(db), '1', 'a wrong id changes nothing');
});

test('every look at the test part is counted and noted', (t) => {
  const { db, path } = newPortfolio(t);
  assert.deepEqual(countTestUse(db, 'compare'), { testUses: 1 });
  assert.equal(registerExperiment(db, experiment(model('lstm', 0.7))).testUses, 2);
  const blind = { ...experiment(), rows: { validation: rowsOf(3), test: null, outOfTime: null } };
  assert.equal(registerExperiment(db, blind).testUses, 2, 'without test rows nobody looked');
  assert.deepEqual(countTestUse(db, 'report'), { testUses: 3 });
  assert.equal(portfolioInfo(db, path).testUses, 3);
  assert.deepEqual(
    readAudit(db)
      .filter(({ action }) => action === 'test-use')
      .map(({ words }) => words),
    ['1st', '2nd', '3rd'].map(
      (nth, i) => `Looked at the test part for the ${nth} time: ${['compare', 'experiment 1', 'report'][i]}`,
    ),
  );
});

test('metrics without a value stay without one', (t) => {
  const { db } = newPortfolio(t);
  const given = model('logistic', 0.7);
  given.document.outOfTime = metrics(null);
  registerExperiment(db, experiment(given));
  assert.deepEqual(readTrainedModel(db, '1').outOfTime, metrics(null));
});
