import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aucByStep } from '../../src-main/evaluation/auc-by-step.ts';
import { compareModels, type Comparison } from '../../src-main/evaluation/compare-models.ts';
import { aucOf, measure } from '../../src-main/evaluation/metrics.ts';

/** Four customers, two of them with an event; three steps, the last of which only the good customers reach. */
const rows = {
  customers: Int32Array.of(11, 12, 13, 14, 14, 13, 12, 11, 13, 14),
  steps: Int32Array.of(5, 5, 5, 5, 3, 3, 3, 3, 7, 7),
  labels: Uint8Array.of(1, 1, 0, 0, 0, 0, 1, 1, 0, 0),
};
const sharp = {
  id: '4',
  kind: 'lstm' as const,
  scores: Float32Array.of(0.9, 0.8, 0.2, 0.1, 0.5, 0.5, 0.5, 0.5, 0.1, 0.1),
};
const blunt = {
  id: '5',
  kind: 'logistic' as const,
  scores: Float32Array.of(0.5, 0.25, 0.375, 0.125, 0.75, 0.25, 0.5, 0.5, 0.5, 0.5),
};

/** The same with three customers in the place of each: enough for intervals. */
const threeTimes: Pick<Comparison, 'rows' | 'models'> = {
  rows: {
    customers: Int32Array.from([0, 100, 200].flatMap((more) => [...rows.customers].map((customer) => customer + more))),
    steps: Int32Array.from([0, 1, 2].flatMap(() => [...rows.steps])),
    labels: Uint8Array.from([0, 1, 2].flatMap(() => [...rows.labels])),
  },
  models: [sharp, blunt].map((model) => ({
    ...model,
    scores: Float32Array.from([0, 1, 2].flatMap(() => [...model.scores])),
  })),
};

const comparison = (changes: Partial<Comparison> = {}): Comparison => ({
  experimentId: '2',
  rows,
  models: [sharp, blunt],
  outOfTime: null,
  labelRule: 'constant',
  dateOfStep: () => null,
  resamples: 1_000,
  seed: 1,
  testUses: 3,
  ...changes,
});

test('AUC by step looks at each step alone, oldest first', () => {
  assert.deepEqual(aucByStep(rows, [sharp, blunt]), [
    { step: 3, windows: 4, events: 2, auc: { 4: 0.5, 5: 0.5 } },
    { step: 5, windows: 4, events: 2, auc: { 4: 1, 5: 0.75 } },
    { step: 7, windows: 2, events: 0, auc: { 4: null, 5: null } },
  ]);
  const empty = { customers: new Int32Array(0), steps: new Int32Array(0), labels: new Uint8Array(0) };
  assert.deepEqual(aucByStep(empty, []), []);
});

test('puts the comparison together', async () => {
  const document = await compareModels(comparison({ dateOfStep: (step) => `2026-01-0${step}` }));
  assert.equal(document.experimentId, '2');
  assert.equal(document.testUses, 3);
  assert.equal(document.resamples, 1_000);
  assert.deepEqual(document.rows, { windows: 10, customers: 4, events: 2, prevalence: 0.4 });
  assert.deepEqual(
    document.models.map(({ id, kind }) => ({ id, kind })),
    [
      { id: '4', kind: 'lstm' },
      { id: '5', kind: 'logistic' },
    ],
  );
  const { auc, brier } = document.models[0].metrics;
  const expected = measure(sharp.scores, rows.labels);
  assert.equal(auc.value, expected.auc);
  assert.ok(Math.abs(brier.value! - expected.brier) < 1e-12);
  assert.deepEqual([auc.low, auc.high], [null, null]);
  // Two customers with an event are too few for any interval.
  assert.deepEqual([brier.low, brier.high], [null, null]);
  assert.equal(document.pairs.length, 1);
  assert.equal(document.pairs[0].a, '4');
  assert.equal(document.pairs[0].b, '5');
  assert.equal(document.pairs[0].deltaAuc, aucOf(sharp.scores, rows.labels)! - aucOf(blunt.scores, rows.labels)!);
  assert.deepEqual(
    document.aucByStep.map(({ step, date }) => [step, date]),
    [
      [3, '2026-01-03'],
      [5, '2026-01-05'],
      [7, '2026-01-07'],
    ],
  );
});

test('says that a constant flag puts the calendar into the pooled AUC, with the range by step', async () => {
  const { notes } = await compareModels(comparison());
  assert.match(notes[0], /position in the calendar/);
  assert.match(notes[0], /lstm 0\.50 \(step 3\) to 1\.00 \(step 5\); logistic 0\.50 \(step 3\) to 0\.75 \(step 5\)\./);
  assert.ok(notes.some((note) => note.includes('PR-AUC') && note.includes('0.400')));
  assert.ok(
    notes.some((note) =>
      /There are no intervals and no p here: only 2 test customers with the rarer outcome/.test(note),
    ),
  );

  const dated = await compareModels(comparison({ labelRule: 'event' }));
  assert.ok(!dated.notes.some((note) => note.includes('calendar')));
});

test('says so where no step holds both outcomes', async () => {
  const oneClass = { ...rows, steps: Int32Array.of(1, 1, 2, 2, 2, 2, 1, 1, 2, 2) };
  const { notes } = await compareModels(comparison({ rows: oneClass }));
  assert.match(notes[0], /No single step holds both outcomes/);
});

test('every metric’s difference has an interval of its own, and AUC’s is the pair’s', async () => {
  const { models, pairs } = await compareModels(comparison(threeTimes));
  const [{ differences, deltaAuc, low, high, p }] = pairs;
  assert.deepEqual(differences.auc, { value: deltaAuc, low, high, p });
  assert.deepEqual(differences.gini, { value: 2 * deltaAuc!, low: 2 * low!, high: 2 * high!, p });
  for (const name of ['ks', 'prAuc', 'brier', 'logLoss'] as const) {
    const { value } = differences[name];
    assert.equal(value, models[0].metrics[name].value! - models[1].metrics[name].value!, name);
    assert.ok(differences[name].low! <= value! && value! <= differences[name].high!, name);
  }
});

test('what is out of time is judged apart, on the same terms, and counted into the progress', async () => {
  const seen: [number, number][] = [];
  const document = await compareModels(comparison({ outOfTime: { rows, models: [sharp, blunt] } }), {
    progress: (done, total) => seen.push([done, total]),
  });
  const { experimentId, resamples, testUses, outOfTime, ...part } = document;
  assert.deepEqual({ experimentId, resamples, testUses }, { experimentId: '2', resamples: 1_000, testUses: 3 });
  assert.deepEqual(outOfTime, part);
  assert.deepEqual(seen[seen.length - 1], [2_000, 2_000]);
  assert.ok(seen.some(([done]) => done === 1_000));
  for (let i = 1; i < seen.length; i++) assert.ok(seen[i][0] >= seen[i - 1][0]);
  assert.equal((await compareModels(comparison())).outOfTime, null);
});

test('AUC by calendar month, where there are dates', async () => {
  const { byMonth } = await compareModels(comparison({ dateOfStep: (step) => `2026-0${step === 7 ? 2 : 1}-1${step}` }));
  const both = Uint8Array.of(1, 1, 0, 0, 0, 0, 1, 1);
  assert.deepEqual(byMonth, [
    {
      month: '2026-01',
      windows: 8,
      customers: 4,
      events: 4,
      auc: { 4: aucOf(sharp.scores.slice(0, 8), both), 5: aucOf(blunt.scores.slice(0, 8), both) },
    },
    { month: '2026-02', windows: 2, customers: 2, events: 0, auc: { 4: null, 5: null } },
  ]);
  assert.equal((await compareModels(comparison())).byMonth, null);
});

test('DeLong’s test stands beside the resamples only where every customer has one row', async () => {
  assert.equal((await compareModels(comparison())).deLong, null);
  const once = { ...rows, customers: rows.customers.map((_, row) => row) };
  const { deLong, pairs } = await compareModels(comparison({ rows: once }));
  assert.deepEqual(
    deLong?.models.map(({ id }) => id),
    ['4', '5'],
  );
  assert.equal(deLong.pairs[0].deltaAuc, pairs[0].deltaAuc);
  assert.ok(deLong.pairs[0].p! > 0 && deLong.pairs[0].p! < 1);
});

test('the stability index is held against training, where that is known', async () => {
  const training = { bounds: [0.3, 0.6], counts: [5, 3, 2] };
  const document = await compareModels(comparison({ models: [{ ...sharp, training }, blunt] }));
  const [ofSharp, ofBlunt] = document.models.map(({ metrics }) => metrics.psi!);
  // 4 PDs up to .3, 4 up to .6, 2 above.
  assert.ok(Math.abs(ofSharp.value! - (-0.1 * Math.log(0.8) + 0.1 * Math.log(4 / 3))) < 1e-12);
  assert.equal(ofBlunt.value, null);
  assert.deepEqual(document.conventions, {
    captureShare: 0.1,
    alertRate: 0.05,
    calibrationBins: 10,
    hosmerLemeshowGroups: 10,
  });
});
