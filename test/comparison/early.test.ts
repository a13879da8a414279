import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Estimate, ModelKind } from '../../src-main/ipc/documents.ts';
import type { EarlyDetection, EarlyModel, TestedDifference } from '../../src-main/ipc/early-detection.ts';
import { USUAL_REQUEST } from '../../src-main/evaluation/early-detection-rule.ts';
import { earlyVerdict } from '../../src-renderer/comparison/early-verdict.ts';
import {
  detectionSeries,
  earlierThan,
  earlyRows,
  shuffledWords,
  thresholdText,
} from '../../src-renderer/comparison/early-words.ts';
import { earlyErrors, earlyRequest, USUAL_EARLY } from '../../src-renderer/comparison/early-settings.ts';
import { verdictOf } from '../../src-renderer/comparison/verdict.ts';
import { judged } from './judged.ts';

const known = (value: number): Estimate => ({ value, low: value - 0.1, high: value + 0.1 });
const difference = (value: number, low: number, high: number): TestedDifference => ({ value, low, high, p: 0.01 });

const model = (kind: ModelKind, recall: number): EarlyModel => ({
  id: `id-${kind}`,
  kind,
  threshold: 0.0123,
  timelyRecall: known(recall),
  lead: { detectedMean: known(30), detectedMedian: known(28), allMean: known(20), allMedian: known(18) },
  alertsPer1000: known(70),
  falseAlertsPer100: known(2.2),
  recallAt: [{ days: 30, recall: known(0.5), controls: 0.02 }],
  curve: { customers: [0.2, 0.5, recall], controls: [0, 0.02, recall / 10] },
  controls: { timelyRecall: known(0.05) },
  shuffled: { timelyRecall: recall / 10, leadAllMean: 2 },
  atEqualAlerts: { timelyRecall: known(recall), leadAllMean: known(21) },
});

function early(gain: TestedDifference, over: Partial<EarlyDetection> = {}): EarlyDetection {
  return {
    settings: {
      budget: 2,
      leadFromDays: 90,
      leadToDays: 7,
      timeStep: 'day',
      daysPerStep: 1,
      inARow: 2,
      quietSteps: 30,
      leadFromSteps: 90,
      leadToSteps: 7,
      resamples: 1_000,
      permutations: 20,
      seed: 1,
    },
    eventTaken: 'dated',
    reason: null,
    validation: { goodCustomers: 50, goodMonths: 250, allowedFalseAlerts: 5 },
    judged: {
      defaulters: 24,
      leftOut: 0,
      goodCustomers: 56,
      goodMonths: 278,
      controls: 560,
      reachable: [{ days: 30, defaulters: 20 }],
    },
    days: [3, 2, 1],
    models: [model('cnn-lstm', 0.9), model('lightgbm', 0.8)],
    pairs: [{ a: 'id-cnn-lstm', b: 'id-lightgbm', leadAllMean: gain, timelyRecall: difference(0.1, -0.1, 0.3) }],
    sequenceGain: {
      sequence: 'id-cnn-lstm',
      snapshot: 'id-lightgbm',
      leadAllMean: gain,
      timelyRecall: difference(0.1, -0.1, 0.3),
    },
    notes: [],
    ...over,
  };
}

const aucs = judged(
  { 'cnn-lstm': 0.95, lightgbm: 0.94 },
  { 'cnn-lstm lightgbm': { interval: [-0.01, 0.03], p: 0.41 } },
);

test('one line: who warns earlier by how much, and how they rank', () => {
  assert.equal(
    verdictOf(aucs, null, early(difference(4, 2, 6))).headline,
    'CNN-LSTM warns 4 days earlier than LightGBM at the same alert budget (2 to 6; other seeds were not looked at); they can’t be told apart by AUC here (p = .41).',
  );
});

test('it is as plain where the snapshot model is the earlier one, and where there is no gain', () => {
  assert.equal(
    earlyVerdict(early(difference(-6.6, -12.4, -0.4)))?.words,
    'LightGBM warns 6.6 days earlier than CNN-LSTM at the same alert budget (0.4 to 12; other seeds were not looked at)',
  );
  assert.equal(
    earlyVerdict(early(difference(1.4, -4.5, 12.2)))?.words,
    'CNN-LSTM and LightGBM can’t be told apart here in how early they warn at the same alert budget: +1.4 days (−4.5 to +12)',
  );
  const full = early(difference(0, 0, 0));
  full.judged.leadCeiling = 20;
  assert.match(
    earlyVerdict(full)!.words,
    /, where every model warns as early as it could, 20 days before in the mean$/,
  );
  full.judged.leadCeiling = 20.2;
  assert.doesNotMatch(earlyVerdict(full)!.words, /as early as it could/);
  assert.equal(earlyVerdict(early(difference(1, 0.5, 1.5)))?.words.includes('1 day earlier'), true);
  assert.match(earlyVerdict(early(difference(0, 0, 0)))!.words, /can’t be told apart here .*: 0 days/);
});

test('among more models the ranking follows; a clear difference of AUC is named', () => {
  const three = judged(
    { 'cnn-lstm': 0.95, lightgbm: 0.9, logistic: 0.85 },
    {
      'cnn-lstm lightgbm': { interval: [0.02, 0.08], p: 0.001 },
      'cnn-lstm logistic': { interval: [0.05, 0.15], p: 0.001 },
    },
  );
  assert.equal(
    verdictOf(three, null, early(difference(4, 2, 6))).headline,
    'CNN-LSTM warns 4 days earlier than LightGBM at the same alert budget (2 to 6; other seeds were not looked at); the AUC of CNN-LSTM is 0.050 above that of LightGBM. ' +
      'CNN-LSTM ranks best (AUC 0.950); LightGBM and logistic regression rank lower (by 0.050, 0.100).',
  );
});

test('what was not measured is not said', () => {
  const none = early(difference(4, 2, 6), { sequenceGain: null, reason: 'there are 2 test customers with an event' });
  assert.equal(earlyVerdict(none), null);
  assert.match(verdictOf(aucs, null, none).headline, /^No model ranks clearly best/);
  assert.match(verdictOf(aucs, null, none).remarks.join('\n'), /How early a model warns is not measured here/);
  assert.doesNotMatch(verdictOf(aucs, null, early(difference(4, 2, 6))).remarks.join('\n'), /not measured/);
});

test('the table has every figure, and marks what is beyond the interval', () => {
  const document = early(difference(4, 2, 6));
  const rows = earlyRows(document).map((row) => {
    const { value } = row.of(document.models[0]);
    return `${row.title}: ${row.write(value)}`;
  });
  assert.deepEqual(rows.slice(0, 3), [
    'Timely recall: 90%',
    'good customers, by chance: 5%',
    'Lead time, detected: mean days: 30.0',
  ]);
  assert.ok(rows.includes('Recall 30 days before (20 of 24 scored): 50%'));
  assert.ok(rows.includes('Shuffled scores: timely recall: 9%'));
  assert.deepEqual(earlierThan(document.pairs, 'id-cnn-lstm', 'leadAllMean'), ['id-lightgbm']);
  assert.deepEqual(earlierThan(document.pairs, 'id-lightgbm', 'leadAllMean'), []);
  assert.deepEqual(earlierThan(document.pairs, 'id-cnn-lstm', 'timelyRecall'), []);
  assert.deepEqual(
    [thresholdText(0.0000234), thresholdText(0.37251), thresholdText(null)],
    ['0.0023%', '37%', 'never'],
  );
});

test('the curve goes up to the event, with the controls under it', () => {
  const series = detectionSeries(early(difference(4, 2, 6)), () => true);
  assert.deepEqual(
    series.map(({ label }) => label),
    ['CNN-LSTM', 'LightGBM', 'Controls'],
  );
  assert.deepEqual(series[0].x, [-3, -2, -1]);
  const [, , last] = Array.from(series[2].y) as number[];
  assert.ok(Math.abs(last - 0.085) < 1e-9);
  assert.deepEqual(
    detectionSeries(early(difference(4, 2, 6)), () => false),
    [],
  );
});

test('the shuffled control in words', () => {
  assert.equal(
    shuffledWords(early(difference(4, 2, 6))),
    'Dealt out to other customers, the same scores warn 8% to 9% of the customers with an event in time, instead of 80% to 90%: so much the number of alerts gives by itself.',
  );
  assert.equal(shuffledWords(early(difference(4, 2, 6), { models: [] })), null);
});

test('what can be set is checked at its field, and proposes what the command line takes', () => {
  assert.deepEqual(USUAL_EARLY, USUAL_REQUEST);
  assert.deepEqual(earlyRequest({ ...USUAL_EARLY, budget: 0.5 }), { ...USUAL_EARLY, budget: 0.5 });
  assert.deepEqual(earlyErrors(USUAL_EARLY), {});
  assert.deepEqual(Object.keys(earlyErrors({ budget: 0, leadFromDays: null, leadToDays: 1.5 })), [
    'budget',
    'leadFromDays',
    'leadToDays',
  ]);
  const late = { ...USUAL_EARLY, leadToDays: 90 };
  assert.match(earlyErrors(late).leadToDays!, /Less than the longest warning, 90 days/);
  assert.equal(earlyRequest(late), null);
});
