import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { capturedAtCut, capturedEvents, sampleCuts } from '../../src-main/evaluation/captured-events.ts';
import { chiSquaredTail } from '../../src-main/evaluation/chi-squared.ts';
import { gainsCurve } from '../../src-main/evaluation/gains-curve.ts';
import { hosmerLemeshow } from '../../src-main/evaluation/hosmer-lemeshow.ts';
import { smallSampleFactor } from '../../src-main/evaluation/intervals.ts';
import { rankRows } from '../../src-main/evaluation/metrics.ts';
import { NORMAL_95 } from '../../src-main/evaluation/normal-distribution.ts';
import { normalCdf, normalQuantile } from '../../src-main/evaluation/normal-quantile.ts';
import { rankGroups } from '../../src-main/evaluation/ranked-groups.ts';
import { calibrationIntercept, eachRow, recalibrationLine } from '../../src-main/evaluation/recalibration.ts';
import {
  measureOnce,
  measureWeighted,
  prepareModel,
  totalsByCustomer,
} from '../../src-main/evaluation/weighted-metrics.ts';
import { createRandom } from '../../src-main/sequences/random.ts';

interface Case {
  name: string;
  labels: number[];
  scores: number[];
  brierSkill: number;
  recalibration: { intercept: number; lineIntercept: number; lineSlope: number };
  ece: number;
  hosmerLemeshow: { statistic: number; degreesOfFreedom: number; p: number } | null;
  captured: Record<string, number>;
}

interface Fixture {
  cases: Case[];
  chiSquaredTail: [x: number, degreesOfFreedom: number, tail: number][];
  normal: [share: number, quantile: number][];
  studentT: [degreesOfFreedom: number, quantile: number][];
}

const fixture = new URL('../fixtures/scikit-learn/judged.json', import.meta.url);
const { cases, chiSquaredTail: tails, normal, studentT } = JSON.parse(readFileSync(fixture, 'utf8')) as Fixture;

function assertClose(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} instead of ${expected}`);
}

/** Every row a customer of its own. */
function prepared(scores: Float64Array | Float32Array, labels: Uint8Array) {
  const place = Int32Array.from(labels, (_, row) => row);
  return {
    model: prepareModel(scores, labels, place, labels.length, null),
    totals: totalsByCustomer(labels, place, labels.length),
  };
}

for (const { name, ...given } of cases) {
  test(`equals scikit-learn and scipy: ${name}`, () => {
    const labels = Uint8Array.from(given.labels);
    const scores = Float64Array.from(given.scores);
    const { model, totals } = prepared(scores, labels);
    const measured = measureOnce(model, totals);
    assertClose(measured.brierSkill, given.brierSkill, 1e-12, 'Brier skill');
    assertClose(measured.ece, given.ece, 1e-12, 'ECE');
    assertClose(measured.capture, given.captured['0.1'], 1e-12, 'capture');
    assertClose(measured.recallAtAlertRate, given.captured['0.05'], 1e-12, 'recall');
    assertClose(measured.calibrationIntercept, given.recalibration.intercept, 1e-8, 'intercept');
    assertClose(measured.calibrationSlope, given.recalibration.lineSlope, 1e-5, 'slope');
    const line = recalibrationLine(eachRow(scores, labels))!;
    assertClose(line.intercept, given.recalibration.lineIntercept, 1e-5, 'intercept of the line');
    if (given.hosmerLemeshow !== null) {
      const found = hosmerLemeshow(scores, labels)!;
      assertClose(found.statistic, given.hosmerLemeshow.statistic, 1e-9, 'Hosmer–Lemeshow');
      assert.equal(found.degreesOfFreedom, given.hosmerLemeshow.degreesOfFreedom);
      assertClose(found.p, given.hosmerLemeshow.p, 1e-12, 'its p');
    }
  });
}

test('tails and quantiles equal scipy’s', () => {
  for (const [x, degrees, tail] of tails)
    assertClose(chiSquaredTail(x, degrees), tail, 1e-13, `chi-squared ${x}, ${degrees}`);
  for (const [share, quantile] of normal) {
    assertClose(normalQuantile(share), quantile, 1e-9, `quantile ${share}`);
    assertClose(normalCdf(quantile), share, 1e-12, `share ${quantile}`);
  }
  for (const [degrees, quantile] of studentT) {
    const expected = (Math.sqrt((degrees + 1) / degrees) * quantile) / NORMAL_95;
    assertClose(smallSampleFactor(degrees + 1), expected, 0.5 / degrees ** 2, `t, ${degrees}`);
  }
});

test('events captured are those of the gains curve, ties shared evenly', () => {
  const random = createRandom(3);
  const labels = Uint8Array.from({ length: 500 }, () => (random.next() < 0.2 ? 1 : 0));
  const scores = Float32Array.from(labels, (label) => Math.round(3 * (random.normal() + label)) / 10);
  const gains = gainsCurve(rankGroups(scores, labels));
  const events = labels.reduce((sum, label) => sum + label, 0);
  const shares = [0.01, 0.05, 0.1, 0.37, 1];
  const captured = capturedEvents(rankRows(scores, labels), Float64Array.of(1), events, 500 - events, shares);
  shares.forEach((share, i) => assertClose(captured[i], gains[Math.round(100 * share)], 1e-7, `riskiest ${share}`));
});

test('a cut that stays where the sample has it gives what a search gives, to first order', () => {
  const random = createRandom(4);
  const rows = 2_000;
  const risk = Float64Array.from({ length: rows }, () => random.normal());
  const labels = Uint8Array.from(risk, (x) => (random.next() < 1 / (1 + Math.exp(2 - x)) ? 1 : 0));
  const shares = [0.05, 0.1, 0.5];
  // As they are, and in four large groups of equal scores.
  for (const scores of [risk, risk.map((x) => Math.min(3, Math.max(0, Math.round(x))))]) {
    const ranking = rankRows(scores, labels, Int32Array.from(labels.keys()));
    const cuts = sampleCuts(ranking, shares);
    const weigh = (weights: Float64Array) => {
      const events = labels.reduce((sum, label, row) => sum + label * weights[row], 0);
      const others = weights.reduce((sum, weight) => sum + weight, 0) - events;
      const searched = capturedEvents(ranking, weights, events, others, shares);
      return cuts.map((cut, i) => [capturedAtCut(ranking, weights, events, others, cut), searched[i]]);
    };
    for (const [atCut, searched] of weigh(new Float64Array(rows).fill(1)))
      assertClose(atCut, searched, 2 / 300, 'each row once');
    const drawn = new Float64Array(rows);
    for (let i = 0; i < rows; i++) drawn[random.integer(0, rows - 1)]++;
    for (const [atCut, searched] of weigh(drawn)) assertClose(atCut, searched, 0.025, 'a resample');
  }
});

test('a resample’s recalibration, by segments, is within a thousandth of the one by rows', () => {
  const random = createRandom(8);
  const rows = 3_000;
  const logits = Array.from({ length: rows }, () => 2 * random.normal() - 2);
  const labels = Uint8Array.from(logits, (x) => (random.next() < 1 / (1 + Math.exp(-(0.4 + 0.7 * x))) ? 1 : 0));
  const scores = Float32Array.from(logits, (x) => 1 / (1 + Math.exp(-x)));
  const { model, totals } = prepared(scores, labels);
  const weights = Float64Array.from(labels, () => random.integer(0, 2));
  const bySegments = measureWeighted(model, totals, weights);
  const groups = eachRow(scores, labels);
  const drawn = {
    logit: groups.logit,
    rows: weights,
    events: groups.events.map((event, row) => event * weights[row]),
  };
  assertClose(bySegments.calibrationIntercept, calibrationIntercept(drawn)!, 1e-3, 'intercept');
  assertClose(bySegments.calibrationSlope, recalibrationLine(drawn)!.slope, 1e-3, 'slope');
});

test('there is no recalibration by one class, by PDs that are all the same, or that separate the classes', () => {
  const groups = (scores: number[], labels: number[]) => eachRow(Float64Array.from(scores), Uint8Array.from(labels));
  assert.equal(recalibrationLine(groups([0.2, 0.4], [0, 0])), null);
  assert.equal(calibrationIntercept(groups([0.2, 0.4], [0, 0])), null);
  const flat = groups([0.2, 0.2, 0.2, 0.2], [0, 0, 1, 1]);
  assert.equal(recalibrationLine(flat), null);
  assertClose(calibrationIntercept(flat)!, Math.log(4), 1e-9, 'from odds 1:4 to 1:1');
  assert.equal(recalibrationLine(groups([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1])), null);
  // Certain PDs, one of them wrong.
  const certain = recalibrationLine(groups([0, 0, 1, 1, 1], [0, 1, 1, 0, 1]));
  assert.ok(certain !== null && Number.isFinite(certain.slope) && certain.slope < 0.1);
});

test('Hosmer–Lemeshow keeps equal PDs in one group, and says nothing where nothing is left to chance', () => {
  const labels = Uint8Array.from({ length: 40 }, (_, i) => i % 2);
  const two = Float64Array.from({ length: 40 }, (_, i) => (i < 20 ? 0.4 : 0.6));
  assert.equal(hosmerLemeshow(two, labels)!.degreesOfFreedom, 2);
  // 10 of 20 in both: (10 − 8)²/(8·0.6) + (10 − 12)²/(12·0.4).
  assertClose(hosmerLemeshow(two, labels)!.statistic, 4 / 4.8 + 4 / 4.8, 1e-12, 'statistic');
  assert.equal(hosmerLemeshow(new Float64Array(40), labels), null);
});
