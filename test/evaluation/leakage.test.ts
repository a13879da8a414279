import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aloneAuc, columnAuc, type MeasuredRows } from '../../src-main/evaluation/alone-auc.ts';
import { checkCalendar } from '../../src-main/evaluation/calendar-check.ts';
import { aucOf } from '../../src-main/evaluation/metrics.ts';
import { judgeShuffles, wordShuffles } from '../../src-main/evaluation/shuffled-verdict.ts';
import { describeTwins, findTwins } from '../../src-main/evaluation/twins.ts';
import type { Part } from '../../src-main/ipc/documents.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { shuffleOutcomes } from '../../src-main/sequences/shuffle-outcomes.ts';
import { historyFeature, smallPanel, type SmallCustomer } from '../sequences/small-panel.ts';

describe('one number alone', () => {
  test('has the AUC of ranking by it, ties half, empty ones left out', () => {
    const random = createRandom(4);
    for (let round = 0; round < 50; round++) {
      const rows = random.integer(2, 200);
      const labels = Uint8Array.from({ length: rows }, () => random.integer(0, 1));
      const values = Float32Array.from({ length: rows }, () => random.integer(-4, 4) / 2);
      assert.equal(columnAuc(values, labels)?.toFixed(12), aucOf(values, labels)?.toFixed(12));
    }
    // scikit-learn's example.
    assert.equal(columnAuc(Float32Array.of(0.1, 0.4, 0.35, 0.8), Uint8Array.of(0, 0, 1, 1)), 0.75);
    assert.equal(columnAuc(Float32Array.of(NaN, 1, 2, NaN), Uint8Array.of(1, 0, 1, 0)), 1);
    assert.equal(columnAuc(Float32Array.of(1, 2, NaN), Uint8Array.of(0, 0, 1)), null);
    assert.equal(columnAuc(Float32Array.of(0, -0), Uint8Array.of(1, 0)), 0.5);
  });

  const rowsOf = (customers: number): MeasuredRows => ({
    labels: Uint8Array.from({ length: 2 * customers }, (_, i) => (i % customers) % 2),
    customers: Int32Array.from({ length: 2 * customers }, (_, i) => i % customers),
    validationFrom: customers,
    customerCount: customers,
  });

  test('has a direction, and each part by itself in that direction', () => {
    const rows = rowsOf(40);
    const values = Float32Array.from(rows.labels, (label, i) => (i < rows.validationFrom ? -label : 0));
    const alone = aloneAuc(rows, values);
    assert.deepEqual([alone?.auc, alone?.higherIsRiskier], [0.75, false]);
    assert.deepEqual([alone?.train, alone?.validation], [1, 0.5]);
    assert.deepEqual(alone?.customers, { events: 20, others: 20 });
  });

  test('is beyond chance by customers, not by their many windows', () => {
    const perfect = (customers: number) => aloneAuc(rowsOf(customers), Float32Array.from(rowsOf(customers).labels));
    assert.deepEqual([perfect(6)?.auc, perfect(6)?.beyondChance], [1, false]);
    assert.deepEqual([perfect(40)?.auc, perfect(40)?.beyondChance], [1, true]);
  });
});

describe('customers under two ids', () => {
  const random = createRandom(9);
  const own = (length: number) => Array.from({ length }, () => [random.integer(0, 1e6), random.integer(0, 1e6)]);
  const panelOf = (customers: SmallCustomer[]) =>
    smallPanel(customers, { features: [historyFeature('savings'), historyFeature('expenses')] });

  test('are found by the same history, also where one is longer or lies at other steps', () => {
    const [a, b] = [own(20), own(20)];
    const panel = panelOf([
      { rows: a },
      { rows: a.slice(3), firstStep: 3 },
      { rows: b },
      { rows: b, firstStep: 100 },
      { rows: own(20) },
      { rows: own(20) },
    ]);
    const groups = findTwins(panel, 5);
    assert.deepEqual(groups, [
      [0, 1],
      [2, 3],
    ]);
    const swapped: Part[] = ['train', 'train', 'train', 'validation', 'train', 'train'];
    assert.deepEqual(describeTwins(panel, swapped, groups), [
      {
        customers: [
          { customer: 'C2', part: 'train' },
          { customer: 'C3', part: 'validation' },
        ],
        acrossParts: true,
      },
      {
        customers: [
          { customer: 'C0', part: 'train' },
          { customer: 'C1', part: 'train' },
        ],
        acrossParts: false,
      },
    ]);
  });

  test('are not those whose accounts lie idle, nor those who differ in one value', () => {
    const idle = Array.from({ length: 20 }, () => [0, NaN]);
    const a = own(20);
    const almost = a.map((row, i) => (i % 4 === 2 ? [row[0] + 1, row[1]] : row));
    const panel = panelOf([
      { rows: idle },
      { rows: idle },
      { rows: a },
      { rows: almost },
      { rows: idle },
      { rows: 20 },
    ]);
    assert.deepEqual(findTwins(panel, 5), []);
  });

  test('keep one outcome when outcomes are shuffled; every part keeps its events, and unknown ones stay unknown', () => {
    const panel = panelOf(
      Array.from({ length: 60 }, (_, c): SmallCustomer => ({
        rows: 3,
        ...(c % 10 === 0 ? {} : { outcome: c % 3 === 0 ? 1 : 0 }),
      })),
    );
    const partOf = panel.customers.map((_, c): Part => (c < 30 ? 'train' : c < 45 ? 'validation' : 'test'));
    const shuffled = shuffleOutcomes(panel, partOf, [], 1);
    const eventsOf = (outcome: Int8Array, part: Part) =>
      outcome.filter((flag, c) => flag === 1 && partOf[c] === part).length;
    for (const part of ['train', 'validation', 'test'] as const)
      assert.equal(eventsOf(shuffled.outcome, part), eventsOf(panel.outcome, part));
    assert.notDeepEqual(shuffled.outcome, panel.outcome);
    assert.deepEqual(
      [...shuffled.outcome.keys()].filter((c) => shuffled.outcome[c] === -1),
      [...panel.outcome.keys()].filter((c) => panel.outcome[c] === -1),
    );
    assert.deepEqual(shuffleOutcomes(panel, partOf, [], 1).outcome, shuffled.outcome, 'repeats from the seed');
    for (let seed = 0; seed < 10; seed++) {
      const { outcome } = shuffleOutcomes(panel, partOf, [[1, 31, 51]], seed);
      assert.ok(outcome[1] === outcome[31] && outcome[31] === outcome[51]);
    }
  });
});

test('within a step the calendar can’t help', () => {
  const labels = Uint8Array.of(1, 1, 0, 1, 0, 0);
  const rows = { labels, steps: Int32Array.of(9, 9, 9, 1, 1, 1), customers: Int32Array.of(1, 2, 3, 4, 5, 6) };
  // The score is the step and nothing else.
  const byStep = { id: '1', kind: 'lstm' as const, scores: Float32Array.of(0.9, 0.9, 0.9, 0.1, 0.1, 0.1) };
  const { models, steps } = checkCalendar(rows, [byStep], () => null);
  assert.deepEqual(models, [{ id: '1', kind: 'lstm', pooled: 6 / 9, withinSteps: 0.5, fittedHere: false }]);
  const isotonic = checkCalendar(rows, [{ ...byStep, calibration: 'isotonic' }], () => null);
  assert.equal(isotonic.models[0].fittedHere, true);
  assert.deepEqual(
    steps.map(({ step, auc }) => [step, auc['1']]),
    [
      [1, 0.5],
      [9, 0.5],
    ],
  );
});

test('the verdict on shuffled outcomes goes by the mean of all shuffles', () => {
  const run = (auc: number) => ({ auc, low: auc - 0.098, high: auc + 0.098 });
  // One standard error is .05, that of the mean of four .025: 99 of 100 lie within .4356 and .5644.
  const near = judgeShuffles('logistic', [0.42, 0.61, 0.55, 0.5].map(run));
  assert.deepEqual(
    [near.mean?.toFixed(4), near.expected?.low.toFixed(4), near.expected?.high.toFixed(4), near.mark],
    ['0.5200', '0.4356', '0.5644', 'fine'],
  );
  const leaks = judgeShuffles('lightgbm', [0.62, 0.59, 0.55, 0.6].map(run));
  assert.equal(leaks.mark, 'look');
  assert.equal(wordShuffles([near], 4).mark, 'fine');
  const check = wordShuffles([leaks, near], 4);
  assert.deepEqual([check.mark, check.title], ['look', 'Shuffled outcomes can be predicted: something leaks']);
  assert.match(check.text, /LightGBM 0\.590 \(chance: 0\.436 to 0\.564\), Logistic 0\.520/);
  const untold = judgeShuffles('lstm', [{ auc: null, low: null, high: null }]);
  assert.deepEqual([untold.mean, untold.mark], [null, 'not-made']);
  assert.deepEqual(
    [wordShuffles([untold], 1).mark, wordShuffles([untold, near], 4).mark, wordShuffles([untold, leaks], 4).mark],
    ['not-made', 'fine', 'look'],
  );
});
