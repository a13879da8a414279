import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { outcomeWithin } from '../../src-main/evaluation/warnings.ts';
import { registerExperiment } from '../../src-main/store/experiments.ts';
import { undoImport } from '../../src-main/store/imports.ts';
import { listScorings } from '../../src-main/store/score-history.ts';
import { horizonOf, readKnownOutcomes } from '../../src-main/store/scoring-outcomes.ts';
import { saveScoring } from '../../src-main/store/scorings.ts';
import { importRows, newPortfolio, type ImportFile } from './portfolio-file.ts';
import { experiment, model } from './trained.ts';

const LAST = 100;
const HORIZON = 14;
const rowsOf = (customer: string, first: number, last: number) => {
  const steps = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return { customer, steps, values: steps.map((step) => [step]) };
};
const rows = (first: number, last: number, ...customers: string[]): ImportFile => ({
  history: ['x'],
  records: customers.map((customer) => rowsOf(customer, first, last)),
});
const events = (...outcomes: [string, 0 | 1, number | null][]): ImportFile => ({
  kind: 'outcomes',
  file: 'outcomes.csv',
  outcomes,
  outcomeKind: 'dated',
});

/** A to E are scored at step 100, with a horizon of 14 steps; of an earlier event nobody knows. */
async function scored(t: TestContext) {
  const { db } = newPortfolio(t);
  await importRows(db, rows(60, LAST, 'A', 'B', 'C', 'D', 'E'));
  await importRows(db, events(['Z', 1, 70]));
  registerExperiment(db, experiment(model('lstm', 0.7)));
  saveScoring(db, {
    modelId: '1',
    asOfStep: LAST,
    customers: Int32Array.of(1, 2, 3, 4, 5),
    scores: Float32Array.of(0.9, 0.8, 0.7, 0.2, 0.1),
    steps: Int32Array.of(LAST, LAST, LAST, LAST, LAST),
    skipped: [],
  });
  const [scoring] = listScorings(db);
  const outcomes = () => {
    const horizon = horizonOf(db, scoring);
    return readKnownOutcomes(db, scoring, horizon).map((known) => outcomeWithin(known, horizon));
  };
  return { db, scoring, outcomes };
}

test('the horizon is that of the scoring’s experiment', async (t) => {
  const { db, scoring } = await scored(t);
  assert.deepEqual(horizonOf(db, scoring), {
    gapSteps: 0,
    horizonSteps: HORIZON,
    labelRule: 'constant',
    untilStep: LAST + HORIZON,
    lastStep: LAST,
    outcomeKind: 'dated',
  });
});

test('a history that goes on says nothing of events while no outcomes come with it', async (t) => {
  const { db, outcomes } = await scored(t);
  await importRows(db, rows(LAST + 1, LAST + 30, 'A', 'B', 'C', 'D', 'E'));
  assert.deepEqual(outcomes(), ['unknown', 'unknown', 'unknown', 'unknown', 'unknown']);
  await importRows(db, events(['A', 1, 105], ['B', 1, 130]));
  assert.deepEqual(outcomes(), ['event', 'good', 'good', 'good', 'good']);
});

test('outcomes that came before the rows do not tell who had no event since', async (t) => {
  const { db, outcomes } = await scored(t);
  await importRows(db, events(['A', 1, 105]));
  await importRows(db, rows(LAST + 1, LAST + 30, 'A', 'B', 'C', 'D', 'E'));
  assert.deepEqual(outcomes(), ['event', 'unknown', 'unknown', 'unknown', 'unknown']);
});

test('who left the export, whose event has no date, and who had it before the scoring are told apart', async (t) => {
  const { db, outcomes } = await scored(t);
  await importRows(db, { ...rows(LAST + 1, LAST + 30, 'A', 'B', 'C'), outcomeKind: 'dated' });
  await importRows(db, rows(LAST + 1, LAST + HORIZON - 1, 'D'));
  await importRows(db, events(['A', 1, null], ['B', 1, 99], ['C', 1, LAST + HORIZON]));
  assert.deepEqual(outcomes(), ['undated', 'beforeHorizon', 'event', 'unknown', 'unknown']);
});

test('an undone import takes what it told back', async (t) => {
  const { db, outcomes } = await scored(t);
  await importRows(db, rows(LAST + 1, LAST + 30, 'A', 'B', 'C', 'D', 'E'));
  const { batchId } = await importRows(db, events(['A', 1, 105]));
  assert.deepEqual(outcomes(), ['event', 'good', 'good', 'good', 'good']);
  undoImport(db, batchId!);
  assert.deepEqual(outcomes(), ['unknown', 'unknown', 'unknown', 'unknown', 'unknown']);
});
