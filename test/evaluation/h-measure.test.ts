import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { hMeasure } from '../../src-main/evaluation/h-measure.ts';
import { aucOf, rankRows } from '../../src-main/evaluation/metrics.ts';
import { createRandom } from '../../src-main/sequences/random.ts';

const fixture = new URL('../fixtures/published-scores/pima-hmeasure.json', import.meta.url);
const pima = JSON.parse(readFileSync(fixture, 'utf8')) as {
  labels: number[];
  scores: number[];
  expected: { severityRatio: number | null; h: number }[];
};

function measureH(labels: number[], scores: number[], severityRatio?: number): number | null {
  const events = labels.filter((label) => label === 1).length;
  const ranking = rankRows(Float64Array.from(scores), Uint8Array.from(labels));
  return hMeasure(ranking, Float64Array.of(1), events, labels.length - events, severityRatio);
}

function assertClose(actual: number | null, expected: number, what: string): void {
  assert.ok(actual !== null && Math.abs(actual - expected) <= 1e-13, `${what}: ${actual} instead of ${expected}`);
}

const halves = [...Array<number>(10).fill(0), ...Array<number>(10).fill(1)];
const blurred = (from: number, to: number) => halves.map((y, i) => (i >= from && i <= to ? 0.5 : y));
const auc = (labels: number[], scores: number[]) => aucOf(Float64Array.from(scores), Uint8Array.from(labels));

test('the known values of ten and ten', () => {
  assertClose(measureH(halves, blurred(8, 11)), 0.8, 'items 8 to 11 blurred');
  assert.equal(auc(halves, blurred(8, 11)), 0.98);
  assertClose(measureH(halves, blurred(5, 14)), 0.5, 'items 5 to 14 blurred');
  assert.equal(auc(halves, blurred(5, 14)), 0.875);
  assertClose(measureH(halves, halves), 1, 'perfect');
});

test('the example of the Python package', () => {
  const labels = [1, 1, 0, 1, 1, 0, 1, 1, 1, 0];
  const scores = [
    0.84901876, 0.10282827, 0.43752488, 0.46004468, 0.90878931, 0.79177719, 0.5297229, 0.13803906, 0.73166264,
    0.22959056,
  ];
  assertClose(measureH(labels, scores), 0.18889596344769588, 'its own ratio');
});

for (const { severityRatio, h } of pima.expected) {
  test(`equals the R package on Pima.te, severity ratio ${severityRatio ?? 'by default'}`, () => {
    assertClose(measureH(pima.labels, pima.scores, severityRatio ?? undefined), h, 'H');
  });
}

test('turns a ranking below 0.5 round, as the R package does', () => {
  const turned = pima.scores.map((score) => -score);
  assert.ok(auc(pima.labels, turned)! < 0.5);
  assertClose(measureH(pima.labels, turned), pima.expected.find((known) => known.severityRatio === null)!.h, 'H');
});

test('without skill it is 0, without two classes null', () => {
  assertClose(
    measureH(
      halves,
      halves.map(() => 3),
    ),
    0,
    'one score for all',
  );
  assert.equal(measureH([1, 1], [0, 1]), null);
  assert.equal(measureH([0, 0], [0, 1]), null);
});

test('is what its definition says: the average over costs of the least loss', () => {
  const random = createRandom(11);
  const labels = Array.from({ length: 90 }, () => (random.next() < 0.2 ? 1 : 0));
  const scores = labels.map((y) => Math.round(5 * (random.normal() + y)));
  for (const ratio of [0.3, 2, undefined]) {
    const h = measureH(labels, scores, ratio);
    const expected = integrate(labels, scores, ratio);
    assert.ok(Math.abs(h! - expected) < 1e-5, `${h} instead of ${expected}`);
  }
});

test('weights count as copies of a row', () => {
  const random = createRandom(12);
  const labels = Array.from({ length: 60 }, () => (random.next() < 0.3 ? 1 : 0));
  const scores = labels.map((y) => Math.round(3 * (random.normal() + y)));
  const copies = labels.map(() => random.integer(0, 3));
  const ownPlace = Int32Array.from(labels, (_, i) => i);
  const ranking = rankRows(Float64Array.from(scores), Uint8Array.from(labels), ownPlace);
  const events = copies.reduce((sum, count, i) => sum + count * labels[i], 0);
  const all = copies.reduce((sum, count) => sum + count, 0);
  const repeated = <T>(values: T[]) => values.flatMap((value, i) => Array<T>(copies[i]).fill(value));
  const expected = measureH(repeated(labels), repeated(scores));
  assertClose(hMeasure(ranking, Float64Array.from(copies), events, all - events), expected!, 'weighted');
});

test('rare events lose no digits', () => {
  const labels = Array.from({ length: 200_000 }, (_, i) => (i < 4 ? 1 : 0));
  assertClose(measureH(labels, labels), 1, 'perfect');
  assertClose(
    measureH(
      labels,
      labels.map(() => 0),
    ),
    0,
    'no skill',
  );
});

/** Σ over a fine grid of costs, at each the cheapest of all thresholds. */
function integrate(labels: number[], scores: number[], ratio?: number): number {
  const rows = labels.length;
  const events = labels.reduce((sum, label) => sum + label, 0);
  const share = events / rows;
  const b = 1 + 1 / (ratio ?? share / (1 - share));
  const points = [Infinity, ...new Set(scores)].map((threshold) => {
    let [falseAlarms, missed] = [0, 0];
    for (let i = 0; i < rows; i++) {
      if (labels[i] === 0 && scores[i] >= threshold) falseAlarms++;
      if (labels[i] === 1 && scores[i] < threshold) missed++;
    }
    return { falseAlarms: falseAlarms / rows, missed: missed / rows };
  });
  let [loss, ignorant] = [0, 0];
  const grid = 20_000;
  for (let i = 0; i < grid; i++) {
    const cost = (i + 0.5) / grid;
    const density = cost * (1 - cost) ** (b - 1);
    loss += density * Math.min(...points.map((point) => cost * point.falseAlarms + (1 - cost) * point.missed));
    ignorant += density * Math.min(cost * (1 - share), (1 - cost) * share);
  }
  return 1 - loss / ignorant;
}
