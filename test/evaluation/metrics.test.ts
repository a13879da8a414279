import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Metrics } from '../../src-main/ipc/documents.ts';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { aucOf, measure, rankRows } from '../../src-main/evaluation/metrics.ts';
import { createRandom } from '../../src-main/sequences/random.ts';

const labels = (...values: number[]) => Uint8Array.from(values);
const scores = (...values: number[]) => Float64Array.from(values);

function assertClose(actual: number | null, expected: number | null, tolerance: number, what: string): void {
  assert.ok(actual !== null && expected !== null, `${what}: ${actual}, ${expected}`);
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} instead of ${expected}`);
}

interface MetricCase {
  name: string;
  labels: number[];
  scores: number[];
  weights: number[] | null;
  expected: Record<keyof Metrics, number>;
}

const fixture = new URL('../fixtures/scikit-learn/metrics.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: MetricCase[] };

test('gives the published examples', () => {
  assertClose(measure(scores(0.1, 0.9, 0.8, 0.3), labels(0, 1, 1, 0)).brier, 0.0375, 1e-15, 'Brier');
  assertClose(measure(scores(0.9, 0.1, 0.2, 0.65), labels(1, 0, 0, 1)).logLoss, 0.21616187468, 1e-11, 'log-loss');
  const ranked = measure(scores(0.1, 0.4, 0.35, 0.8), labels(0, 0, 1, 1));
  assert.equal(ranked.auc, 0.75);
  assert.equal(ranked.gini, 0.5);
  assertClose(ranked.prAuc, 0.8333333333333333, 1e-15, 'average precision');
  assert.equal(ranked.ks, 0.5);
});

for (const { name, ...given } of cases) {
  test(`equals scikit-learn: ${name}`, () => {
    const measured = measure(scores(...given.scores), labels(...given.labels), given.weights ?? undefined);
    for (const metric of Object.keys(given.expected) as (keyof Metrics)[]) {
      assertClose(measured[metric], given.expected[metric], 1e-12, metric);
    }
    if (given.weights === null) assert.equal(aucOf(scores(...given.scores), labels(...given.labels)), measured.auc);
  });
}

test('single-precision scores give what their values say', () => {
  const single = Float32Array.from(cases[0].scores);
  assert.deepEqual(
    measure(single, labels(...cases[0].labels)),
    measure(Float64Array.from(single), labels(...cases[0].labels)),
  );
});

test('AUC counts every pair, ties half', () => {
  const random = createRandom(4);
  const y = Uint8Array.from({ length: 120 }, () => (random.next() < 0.4 ? 1 : 0));
  const s = Float32Array.from(y, (label) => Math.round(4 * (random.normal() + label)));
  let won = 0;
  let pairs = 0;
  for (let i = 0; i < y.length; i++) {
    for (let j = 0; j < y.length; j++) {
      if (y[i] !== 1 || y[j] !== 0) continue;
      pairs++;
      won += s[i] > s[j] ? 1 : s[i] === s[j] ? 0.5 : 0;
    }
  }
  assertClose(aucOf(s, y), won / pairs, 1e-14, 'AUC');
});

test('a weight of n is the row n times, a weight of 0 no row', () => {
  const s = scores(0.9, 0.8, 0.8, 0.5, 0.5, 0.3, 0.1);
  const y = labels(0, 1, 0, 1, 1, 0, 0);
  const weights = [0, 2, 1, 3, 0, 2, 1];
  const rows = weights.flatMap((weight, i) => new Array<number>(weight).fill(i));
  const repeated = measure(
    Float64Array.from(rows, (i) => s[i]),
    Uint8Array.from(rows, (i) => y[i]),
  );
  const weighted = measure(s, y, weights);
  for (const metric of Object.keys(repeated) as (keyof Metrics)[]) {
    assertClose(weighted[metric], repeated[metric], 1e-14, metric);
  }
});

test('a perfect, a useless and a reversed ranking', () => {
  const y = labels(0, 0, 1, 1, 0);
  const { auc, ks, prAuc, gini } = measure(scores(0.1, 0.2, 0.8, 0.9, 0.3), y);
  assert.deepEqual({ auc, ks, prAuc, gini }, { auc: 1, ks: 1, prAuc: 1, gini: 1 });
  const flat = measure(scores(0.4, 0.4, 0.4, 0.4, 0.4), y);
  assert.deepEqual([flat.auc, flat.ks, flat.prAuc], [0.5, 0, 0.4]);
  assert.equal(aucOf(scores(0.9, 0.8, 0.2, 0.1, 0.7), y), 0);
});

test('one class leaves ranking unknown but not calibration', () => {
  for (const only of [0, 1]) {
    const measured = measure(scores(0.5, 0.5), labels(only, only));
    assert.deepEqual(measured, { auc: null, gini: null, ks: null, prAuc: null, brier: 0.25, logLoss: Math.log(2) });
  }
});

test('a certain PD that turns out wrong costs a finite log-loss', () => {
  assertClose(measure(scores(0), labels(1)).logLoss, -Math.log(2 ** -52), 1e-9, 'PD 0');
  assertClose(measure(scores(1), labels(0)).logLoss, -Math.log(2 ** -52), 1e-9, 'PD 1');
  assertClose(measure(Float32Array.of(1), labels(0)).logLoss, -Math.log(2 ** -23), 1e-9, 'PD 1 of single precision');
  assert.ok(measure(scores(1), labels(1)).logLoss < 1e-14);
});

test('no rows are refused, and so is what is no score', () => {
  assert.throws(
    () => measure(scores(), labels()),
    (error) => error instanceof DuecastError && error.code === 'too-small',
  );
  assert.throws(() => measure(scores(0.1, NaN), labels(0, 1)), TypeError);
  assert.throws(() => rankRows(scores(0.1, 0.2), labels(0)), RangeError);
});
