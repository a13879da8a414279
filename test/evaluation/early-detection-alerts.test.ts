import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import {
  alertSteps,
  countAlerts,
  leadSteps,
  NEVER,
  scoresInARow,
} from '../../src-main/evaluation/early-detection-alerts.ts';
import { judgedCustomers, monthsOf } from '../../src-main/evaluation/early-detection-judged.ts';
import { alertRule, USUAL_REQUEST } from '../../src-main/evaluation/early-detection-rule.ts';
import { candidateThresholds, lowestWithin } from '../../src-main/evaluation/early-detection-thresholds.ts';
import { scoredTracks, smallTracks } from './early-detection-tracks.ts';

const daily = alertRule('day', USUAL_REQUEST);
const points = (scores: readonly number[], first = 0) => scores.map((score, i) => ({ step: first + i, score }));

test('the rule in days, weeks and months', () => {
  const { inARow, quietSteps, leadFromSteps, leadToSteps } = daily;
  assert.deepEqual([inARow, quietSteps, leadFromSteps, leadToSteps], [2, 30, 90, 7]);
  const weekly = alertRule('week', USUAL_REQUEST);
  // 90 days are 12.86 weeks, 30 days 4.29, 7 days one.
  assert.deepEqual([weekly.inARow, weekly.quietSteps, weekly.leadFromSteps, weekly.leadToSteps], [1, 4, 13, 1]);
  const monthly = alertRule('month', USUAL_REQUEST);
  assert.deepEqual([monthly.inARow, monthly.quietSteps, monthly.leadFromSteps, monthly.leadToSteps], [1, 1, 3, 1]);
  // The window is never empty, and never reaches the event's own step.
  const short = alertRule('month', { budget: 2, leadFromDays: 10, leadToDays: 0 });
  assert.deepEqual([short.leadFromSteps, short.leadToSteps], [1, 1]);
});

test('a budget or days that make no sense are refused', () => {
  for (const request of [
    { ...USUAL_REQUEST, budget: 0 },
    { ...USUAL_REQUEST, budget: NaN },
    { ...USUAL_REQUEST, leadFromDays: 7 },
    { ...USUAL_REQUEST, leadToDays: -1 },
  ])
    assert.throws(
      () => alertRule('day', request),
      (error) => error instanceof DuecastError && error.code === 'usage',
    );
});

test('two in a row make an alert, one does not; after it, thirty days of quiet', () => {
  const calm = [0.1, 0.9, 0.1, 0.9, 0.1];
  assert.deepEqual(alertSteps(points(calm), 0.5, daily), []);
  // At the threshold counts. Days 1 and 2 alert on day 2; days 3 … 32 are quiet; day 33 may alert again.
  assert.deepEqual(alertSteps(points([0.1, 0.5, 0.5, ...Array<number>(40).fill(0.9)]), 0.5, daily), [2, 33]);
  // What begins in the quiet counts in the row that ends after it.
  assert.deepEqual(alertSteps(points(Array<number>(32).fill(1)), 0.5, daily), [1]);
  assert.deepEqual(alertSteps(points(Array<number>(33).fill(1)), 0.5, daily), [1, 32]);
});

test('a step that is missing breaks the row', () => {
  const gap = [
    { step: 4, score: 1 },
    { step: 6, score: 1 },
    { step: 7, score: 1 },
  ];
  assert.deepEqual(alertSteps(gap, 0.5, daily), [7]);
  const { tracks, scores } = scoredTracks([{ from: 4, to: 7, missing: [5] }], [() => 1]);
  assert.deepEqual([...scoresInARow(tracks, scores[0], 2)], [-Infinity, -Infinity, 1]);
});

test('weeks and months alert on one score, and are quiet for four weeks or one month', () => {
  const weekly = alertRule('week', USUAL_REQUEST);
  const monthly = alertRule('month', USUAL_REQUEST);
  const high = points(Array<number>(8).fill(1), 100);
  assert.deepEqual(alertSteps(high, 0.5, weekly), [100, 105]);
  assert.deepEqual(alertSteps(high, 0.5, monthly), [100, 102, 104, 106]);
});

test('alerts counted by track are the same alerts', () => {
  const { tracks, scores } = scoredTracks(
    [
      { from: 0, to: 99 },
      { from: 0, to: 99, event: 50 },
    ],
    [(_, step) => ((step * 37) % 101) / 100],
  );
  for (const inARow of [1, 2, 3]) {
    const met = scoresInARow(tracks, scores[0], inARow);
    for (const threshold of [0, 0.2, 0.35, 0.6, 1, NEVER]) {
      const listed = alertSteps(points([...scores[0].subarray(0, 100)]), threshold, { inARow, quietSteps: 9 });
      assert.equal(countAlerts(tracks, 0, met, threshold, 9), listed.length);
      const before = alertSteps(points([...scores[0].subarray(100, 150)]), threshold, { inARow, quietSteps: 9 });
      assert.equal(countAlerts(tracks, 1, met, threshold, 9), before.length, 'none at or after the event');
    }
  }
});

test('the lead is that of the first warning in time, and never more than H', () => {
  const lead = (onset: number) => {
    const { tracks, scores } = scoredTracks([{ from: 0, to: 199, event: 200 }], [(_, step) => (step >= onset ? 1 : 0)]);
    return leadSteps(tracks, 0, scoresInARow(tracks, scores[0], 2), 0.5, { leadFromSteps: 90, quietSteps: 30 });
  };
  assert.equal(lead(150), 49, 'two scores in a row cost a day');
  assert.equal(lead(109), 90);
  assert.equal(lead(60), 90, 'warned long before and still so: from H on');
  assert.equal(lead(198), 1);
  assert.equal(lead(199), 0, 'no second day');
  assert.equal(lead(200), 0);
});

test('an alert before the time that counts silences what comes in its quiet, as it does elsewhere', () => {
  const lead = (...high: [from: number, to: number][]) => {
    const { tracks, scores } = scoredTracks(
      [{ from: 0, to: 199, event: 200 }],
      [(_, step) => (high.some(([from, to]) => step >= from && step <= to) ? 1 : 0)],
    );
    return leadSteps(tracks, 0, scoresInARow(tracks, scores[0], 1), 0.5, { leadFromSteps: 90, quietSteps: 30 });
  };
  assert.equal(lead([104, 105], [114, 120]), 0, 'alert 96 days before, quiet until 66, above it again at 86 to 80');
  assert.equal(lead([104, 105], [114, 150]), 65, 'and still above it when the quiet ends');
  assert.equal(lead([104, 105], [155, 160]), 45, 'the quiet is over');
  assert.equal(lead([104, 112], [150, 151]), 90, 'above it when the time begins');
  assert.equal(lead([60, 61], [114, 120]), 86, 'the quiet was over before');
});

test('the threshold is the lowest that keeps within the budget; what is tied goes together', () => {
  // Three good customers, one high day each; and one who is high on two days far apart.
  const high = new Map([
    [0, [10]],
    [1, [20]],
    [2, [30]],
    [3, [10, 60]],
  ]);
  const level = [0.9, 0.8, 0.8, 0.6];
  const { tracks, scores } = scoredTracks(
    level.map(() => ({ from: 0, to: 99 })),
    [(customer, step) => (high.get(customer)!.includes(step) ? level[customer] : 0.125)],
  );
  const met = scoresInARow(tracks, scores[0], 1);
  const candidates = candidateThresholds(met);
  const single = (value: number) => new Float32Array([value])[0];
  assert.deepEqual([...candidates], [0.125, single(0.6), single(0.8), single(0.9), NEVER]);
  const within = (most: number) => candidates[lowestWithin(tracks, met, candidates, 30, most)];
  assert.equal(within(0), NEVER);
  assert.equal(within(1), single(0.9));
  assert.equal(within(2), single(0.9), 'the two at 0.8 would make three');
  assert.equal(within(3), single(0.8));
  assert.equal(within(4), single(0.8));
  assert.equal(within(5), single(0.6));
  assert.equal(within(16), 0.125, 'four days a customer, thirty quiet days after each');
});

test('who is judged, and for how long', () => {
  const tracks = smallTracks([
    { from: 0, to: 60 },
    { from: 0, to: 100, event: 60 },
    // Scored at last five days before the event, and from three days before it on.
    { from: 100, to: 195, event: 200, missing: [] },
    { from: 197, to: 199, event: 200 },
    // The two days in a row end six days before the event.
    { from: 193, to: 199, event: 200 },
    { from: 192, to: 199, event: 200 },
    { from: 70, to: 80, event: 60 },
  ]);
  const { defaulters, goods, leftOut, reach } = judgedCustomers(tracks, daily);
  assert.deepEqual([...goods], [0]);
  assert.deepEqual([...defaulters], [1, 2, 5]);
  assert.deepEqual([...reach], [59, 90, 7]);
  assert.equal(leftOut, 3);
  assert.equal(monthsOf(tracks, 0, daily), 61 / 30.4375);
  assert.equal(monthsOf(tracks, 1, daily), 60 / 30.4375, 'until the event');
  assert.equal(monthsOf(tracks, 6, daily), 0);
  const weekly = smallTracks([{ from: 0, to: 9 }]);
  assert.equal(monthsOf(weekly, 0, alertRule('week', USUAL_REQUEST)), 70 / 30.4375);
  assert.equal(monthsOf(weekly, 0, alertRule('month', USUAL_REQUEST)), 10);
});
