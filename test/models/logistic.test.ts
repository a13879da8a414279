import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { fitLogistic, predictLogistic, type LogisticModel } from '../../src-main/models/logistic.ts';
import { tableOf } from '../../src-main/models/snapshot-features.ts';
import { createRandom } from '../../src-main/sequences/random.ts';

interface LogisticCase {
  name: string;
  columns: number;
  inversePenalty: number;
  features: (number | null)[];
  labels: number[];
  intercept: number;
  coefficients: number[];
  pd: number[];
}

const fixture = new URL('../fixtures/scikit-learn/logistic.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: LogisticCase[] };

const failsWith = (code: string) => (error: unknown) => error instanceof DuecastError && error.code === code;

const columnNames = (columns: number) => Array.from({ length: columns }, (_column, i) => `x${i}`);

function draw(seed: number, rows: number, coefficients: readonly number[]) {
  const random = createRandom(seed);
  const columns = coefficients.length;
  const values = Float32Array.from({ length: rows * columns }, () => random.normal());
  const labels = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const logit = coefficients.reduce((sum, weight, j) => sum + weight * values[i * columns + j], 0.5);
    labels[i] = random.next() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
  }
  return { table: tableOf(values, columnNames(columns)), labels };
}

for (const given of cases) {
  test(`equals scikit-learn: ${given.name}`, async () => {
    const features = Float32Array.from(given.features, (value) => value ?? NaN);
    const table = tableOf(features, columnNames(given.columns));
    const fit = await fitLogistic({ table, labels: Uint8Array.from(given.labels) }, given);
    assert.ok(fit.converged);
    const close = (what: string, actual: number, expected: number) =>
      assert.ok(Math.abs(actual - expected) < 1e-8, `${what}: ${actual} instead of ${expected}`);
    close('intercept', fit.model.intercept, given.intercept);
    given.coefficients.forEach((weight, j) => close(`coefficient ${j}`, fit.model.coefficients[j], weight));
    const pd = await predictLogistic(fit.model, table);
    given.pd.forEach((expected, i) => assert.ok(Math.abs(pd[i] - expected) < 1e-6, `PD of row ${i}`));
  });
}

test('finds the coefficients that made the data, over many blocks', async () => {
  const made = [1, -0.5, 0];
  const { model, losses, converged } = await fitLogistic(draw(1, 40_000, made));
  assert.ok(converged);
  made.forEach((weight, j) => {
    const perUnit = model.coefficients[j] / model.standardDeviations[j];
    assert.ok(Math.abs(perUnit - weight) < 0.05, `${perUnit} instead of ${weight}`);
  });
  assert.ok(losses.length > 2 && losses.at(-1)! < losses[0]);
  losses.slice(1).forEach((loss, i) => assert.ok(loss <= losses[i] + 1e-9));
});

test('separable data have a finite, converged answer', async () => {
  const values = Float32Array.from({ length: 200 }, (_value, i) => (i < 100 ? -1 : 1) + i / 1_000);
  const labels = Uint8Array.from({ length: 200 }, (_label, i) => (i < 100 ? 0 : 1));
  for (const inversePenalty of [1, 1e4]) {
    const { model, converged } = await fitLogistic({ table: tableOf(values, ['x']), labels }, { inversePenalty });
    assert.ok(converged);
    assert.ok(Number.isFinite(model.coefficients[0]) && model.coefficients[0] > 1);
  }
});

test('an empty value stands at the mean, an absurd one at five standard deviations', async () => {
  const { model } = await fitLogistic(draw(2, 2_000, [1, 1]));
  const at = async (...values: number[]) => {
    const row = Float32Array.of(...values);
    return (await predictLogistic(model, tableOf(row, model.names)))[0];
  };
  const [mean0, mean1] = model.means;
  assert.ok(Math.abs((await at(NaN, mean1)) - (await at(mean0, mean1))) < 1e-6);
  assert.equal(await at(1e9, mean1), await at(1e6, mean1));
  const cut = mean0 + 5 * model.standardDeviations[0];
  assert.ok(Math.abs((await at(1e9, mean1)) - (await at(cut, mean1))) < 1e-6);
  assert.ok((await at(cut, mean1)) - (await at(mean0 + 4 * model.standardDeviations[0], mean1)) > 1e-4);
});

test('columns that are empty or never vary get no weight', async () => {
  const { table, labels } = draw(3, 500, [1]);
  const values = new Float32Array(1_500);
  table.read(0, 500).forEach((value, i) => values.set([value, NaN, 0.1], i * 3));
  const { model, converged } = await fitLogistic({ table: tableOf(values, ['x', 'empty', 'flat']), labels });
  assert.ok(converged);
  assert.ok(Math.abs(model.coefficients[0]) > 0.5);
  assert.deepEqual(model.standardDeviations.slice(1), [1, 1]);
  for (const weight of model.coefficients.slice(1)) assert.ok(Math.abs(weight) < 1e-6);
});

test('the model survives JSON and repeats exactly', async () => {
  const training = draw(4, 300, [0.5, 0.5]);
  const { model } = await fitLogistic(training);
  assert.deepEqual((await fitLogistic(training)).model, model);
  const read = JSON.parse(JSON.stringify(model)) as LogisticModel;
  assert.deepEqual(await predictLogistic(read, training.table), await predictLogistic(model, training.table));
});

test('one outcome only, and columns of another model, are refused', async () => {
  const training = draw(5, 50, [1, 1]);
  for (const only of [0, 1]) {
    const labels = new Uint8Array(50).fill(only);
    await assert.rejects(fitLogistic({ ...training, labels }), failsWith('too-small'));
  }
  const { model } = await fitLogistic(training);
  await assert.rejects(predictLogistic(model, tableOf(new Float32Array(4), ['x1', 'x0'])), RangeError);
});

test('a cancel gets through in the middle', async () => {
  const training = draw(6, 400_000, [1, 1, 1, 1]);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 0);
  await assert.rejects(fitLogistic(training, {}, { signal: controller.signal }), failsWith('cancelled'));
  const { model } = await fitLogistic(draw(6, 1_000, [1, 1, 1, 1]));
  const predicting = new AbortController();
  const progress = () => setTimeout(() => predicting.abort(), 0);
  await assert.rejects(
    predictLogistic(
      model,
      { ...training.table, rows: 2e7, read: () => training.table.read(0, 4_096) },
      { signal: predicting.signal, progress },
    ),
    failsWith('cancelled'),
  );
});
