import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measure } from '../../src-main/evaluation/metrics.ts';
import {
  judgeWarnings,
  outcomeWithin,
  type KnownOutcome,
  type WarningOutcome,
} from '../../src-main/evaluation/warnings.ts';

const quiet: KnownOutcome = { step: 100, eventStep: null, hasEvent: false, hasData: true, reaches: true };
const event = (eventStep: number) => ({ ...quiet, eventStep, hasEvent: true });

test('an event counts from after the gap to the end of the horizon, both as windows are labelled', () => {
  const horizon = { gapSteps: 2, horizonSteps: 14 };
  const of = (known: KnownOutcome) => outcomeWithin(known, horizon);
  assert.deepEqual(
    [100, 102, 103, 116, 117].map((step) => of(event(step))),
    ['beforeHorizon', 'beforeHorizon', 'event', 'event', 'good'],
  );
  assert.equal(of(quiet), 'good');
});

test('who is not known to have had no event is never good', () => {
  const horizon = { gapSteps: 0, horizonSteps: 14 };
  assert.equal(outcomeWithin({ ...quiet, reaches: false }, horizon), 'unknown');
  assert.equal(outcomeWithin({ ...quiet, hasEvent: true }, horizon), 'undated');
  assert.equal(outcomeWithin({ ...quiet, hasData: false }, horizon), 'withoutData');
  // An event says enough, wherever the customer's history ends.
  assert.equal(outcomeWithin({ ...event(110), reaches: false }, horizon), 'event');
});

test('warned and not warned, with what is unknown left out', async () => {
  const scores = Float32Array.of(0.9, 0.75, 0.5, 0.49, 0.3, 0.2, 0.1, 0.95, 0.05);
  const outcomes: WarningOutcome[] = [
    'event',
    'good',
    'event',
    'event',
    'good',
    'good',
    'good',
    'unknown',
    'beforeHorizon',
  ];
  const judged = (await judgeWarnings(scores, outcomes, 0.5))!;
  assert.deepEqual([judged.customers, judged.events, judged.eventRate], [7, 3, 3 / 7]);
  assert.deepEqual([judged.warned.customers, judged.warned.events, judged.warned.share.value], [3, 2, 2 / 3]);
  assert.deepEqual([judged.notWarned.customers, judged.notWarned.events, judged.notWarned.share.value], [4, 1, 0.25]);
  assert.equal(judged.caught.value, 2 / 3);
  // Wilson's interval of 2 of 3, as R's prop.test without its continuity correction has it.
  assert.deepEqual([judged.caught.low!.toFixed(4), judged.caught.high!.toFixed(4)], ['0.2077', '0.9385']);
  assert.deepEqual(judged.leftOut, { unknown: 1, undated: 0, beforeHorizon: 1, withoutData: 0 });
  const { auc, brier } = measure(scores.slice(0, 7), Uint8Array.of(1, 0, 1, 1, 0, 0, 0));
  assert.deepEqual([judged.auc.value, judged.brier.value], [auc, brier]);
  // Of the 12 pairs only the two of the good one at .75 with the events below it are the wrong way round.
  assert.equal(judged.auc.value, 10 / 12);
  assert.deepEqual([judged.auc.low, judged.auc.high], [null, null], 'of three customers with an event nothing is told');
});

test('without a known outcome there is nothing to say, without events no share of them', async () => {
  assert.equal(await judgeWarnings(Float32Array.of(0.9), ['unknown'], 0.5), null);
  assert.equal(await judgeWarnings(Float32Array.of(0.9, 0.1), ['event', 'unknown'], 0.5), null);
  const judged = (await judgeWarnings(Float32Array.of(0.4, 0.1), ['good', 'good'], 0.5))!;
  assert.deepEqual([judged.caught.value, judged.auc.value, judged.warned.share.value], [null, null, null]);
  assert.equal(judged.notWarned.share.value, 0);
});
