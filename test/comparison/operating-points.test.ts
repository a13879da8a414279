import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cheapest,
  outcomeOf,
  placeOf,
  rulesOf,
  thresholdOfShare,
} from '../../src-renderer/comparison/operating-points.ts';

/** Ten windows, four with the event: PDs .9 (event), .6 (event), .6, .3 (two events), .1 (five without). */
const rows = { windows: 10, events: 4 };
const at = (scores: number[]) =>
  Int32Array.from({ length: 1_001 }, (_, i) => scores.filter((pd) => pd >= i / 1_000).length);
const gains = new Float32Array(101);
for (let percent = 0; percent <= 100; percent++) {
  const alerted = percent / 10;
  gains[percent] =
    Math.min(
      4,
      Math.min(alerted, 1) + Math.max(0, Math.min(alerted - 1, 2)) / 2 + Math.max(0, Math.min(alerted - 3, 2)),
    ) / 4;
}
const model = {
  atThreshold: { events: at([0.9, 0.6, 0.3, 0.3]), others: at([0.6, 0.1, 0.1, 0.1, 0.1, 0.1]) },
  gains,
};

test('what alerts from a threshold on would have done', () => {
  assert.deepEqual(outcomeOf(model, rows, { kind: 'threshold', thousandth: 500 }, 10), {
    hit: 2,
    missed: 2,
    falseAlarm: 1,
    correct: 5,
    recall: 0.5,
    precision: 2 / 3,
    alertsPer1000: 300,
    cost: 2_100,
  });
  const all = outcomeOf(model, rows, { kind: 'threshold', thousandth: 0 }, 10);
  assert.deepEqual([all.hit, all.falseAlarm, all.correct, all.recall], [4, 6, 0, 1]);
  const none = outcomeOf(model, rows, { kind: 'threshold', thousandth: 1_000 }, 10);
  assert.deepEqual([none.hit, none.recall, none.precision, none.alertsPer1000], [0, 0, null, 0]);
});

test('as many alerts for every model: a tie gives its share', () => {
  const outcome = outcomeOf(model, rows, { kind: 'share', percent: 20 }, 1);
  assert.ok(Math.abs(outcome.hit - 1.5) < 1e-6);
  assert.ok(Math.abs(outcome.falseAlarm - 0.5) < 1e-6);
  assert.equal(outcome.alertsPer1000, 200);
});

test('without events there is no recall', () => {
  const empty = { atThreshold: { events: new Int32Array(1_001), others: at([0.5]) }, gains: new Float32Array(0) };
  const outcome = outcomeOf(empty, { windows: 1, events: 0 }, { kind: 'share', percent: 50 }, 1);
  assert.deepEqual([outcome.recall, outcome.hit], [null, 0]);
});

test('the cheapest: of equal ones that with the fewest alerts', () => {
  assert.deepEqual(cheapest(model, rows, 'threshold', 10).rule, { kind: 'threshold', thousandth: 300 });
  assert.deepEqual(cheapest(model, rows, 'threshold', 0).rule, { kind: 'threshold', thousandth: 1_000 });
  assert.equal(cheapest(model, rows, 'threshold', 10).cost, 100);
  assert.deepEqual(cheapest(model, rows, 'share', 10).rule, { kind: 'share', percent: 50 });
});

test('places on the axis, and the PD from which the riskiest share begins', () => {
  assert.deepEqual([rulesOf('threshold').length, rulesOf('share').length], [1_001, 101]);
  assert.equal(placeOf({ kind: 'threshold', thousandth: 250 }), 0.25);
  assert.equal(placeOf({ kind: 'share', percent: 25 }), 0.25);
  assert.equal(thresholdOfShare(model, rows, 0), null);
  assert.equal(thresholdOfShare(model, rows, 10), 0.9);
  assert.equal(thresholdOfShare(model, rows, 30), 0.6);
  assert.equal(thresholdOfShare(model, rows, 100), 0.1);
});
