import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { alertsFrom, costPer1000, matrixOf } from '../../../src-main/evaluation/thresholds/alert-outcomes.ts';
import { alertUnits } from '../../../src-main/evaluation/thresholds/alert-units.ts';
import { judgeThresholds, type ThresholdQuestion } from '../../../src-main/evaluation/thresholds/judge-thresholds.ts';
import { fitThreshold } from '../../../src-main/evaluation/thresholds/fit-threshold.ts';
import { createRandom } from '../../../src-main/sequences/random.ts';

const costs = { missed: 1_000, falseAlert: 50, assumed: true };
const labels = Uint8Array.of(1, 0, 1, 0, 0, 1, 0, 0, 0, 0);
const scores = Float32Array.of(0.9, 0.8, 0.7, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1);
const single = Math.fround;

describe('a threshold fitted on validation rows', () => {
  test('by budget is the lowest that keeps it; equal PDs are alerted together or not at all', () => {
    const at = (share: number) => fitThreshold({ kind: 'budget', share }, scores, labels, costs);
    assert.equal(at(0.2), single(0.8));
    assert.equal(at(0.3), single(0.8), 'four rows would be alerted with the tie');
    assert.equal(at(0.4), single(0.7));
    assert.equal(at(1), single(0.1));
    assert.equal(at(0.05), null, 'not even one row fits the budget');
    assert.equal(at(0), null);
  });

  test('by F1 is the best of all, the highest of equals', () => {
    // F1 at .9: 2/4, .8: 2/5, .7: 4/7, .6: 4/8, .5: 6/9, then falling.
    assert.equal(fitThreshold({ kind: 'f1' }, scores, labels, costs), single(0.5));
    assert.equal(fitThreshold({ kind: 'f1' }, scores, new Uint8Array(10), costs), null, 'nothing to find');
  });

  test('by cost weighs what is missed against false alerts', () => {
    const at = (missed: number, falseAlert: number) =>
      fitThreshold({ kind: 'cost' }, scores, labels, { missed, falseAlert });
    assert.equal(at(1_000, 50), single(0.5), 'three false alerts are cheaper than a missed one');
    assert.equal(at(10, 1_000), single(0.9));
    assert.equal(at(10, 15), single(0.9), 'of equally cheap ones the fewest alerts');
    assert.equal(at(0, 1), null, 'nobody is alerted where a miss costs nothing');
    assert.equal(at(1, 0), single(0.5), 'false alerts are free, and still no more than are needed');
  });

  test('by hand is as given', () =>
    assert.equal(fitThreshold({ kind: 'hand', threshold: 0.35 }, scores, labels, costs), 0.35));
});

/** Customers with five windows each; the sharp model knows the outcome better than the blunt one. */
function portfolio(customers: number, seed: number) {
  const random = createRandom(seed);
  const rows = { customers: new Int32Array(5 * customers), labels: new Uint8Array(5 * customers) };
  const sharp = new Float32Array(5 * customers);
  const blunt = new Float32Array(5 * customers);
  for (let c = 0; c < customers; c++) {
    const defaults = random.next() < 0.2 ? 1 : 0;
    const mood = random.normal();
    for (let w = 0; w < 5; w++) {
      const i = 5 * c + w;
      rows.customers[i] = 1_000 - c;
      rows.labels[i] = defaults;
      const pd = (signal: number) => 1 / (1 + Math.exp(-(signal * defaults - 2 + mood + 0.3 * random.normal())));
      sharp[i] = pd(3);
      blunt[i] = pd(0.5);
    }
  }
  return { rows, sharp, blunt };
}

const validation = portfolio(300, 1);
const judged = portfolio(300, 2);
const question = (changes: Partial<ThresholdQuestion> = {}): ThresholdQuestion => ({
  rule: { kind: 'cost' },
  unit: 'customers',
  costs,
  validation: validation.rows,
  judged: judged.rows,
  models: [
    { id: '1', kind: 'lstm', validation: validation.sharp, judged: judged.sharp },
    { id: '2', kind: 'logistic', validation: validation.blunt, judged: judged.blunt },
  ],
  resamples: 1_000,
  seed: 1,
  ...changes,
});

describe('alerts judged on rows that no threshold was fitted on', () => {
  test('are counted by customer: alerted where any window is', async () => {
    const { models, judged: size } = await judgeThresholds(question());
    assert.deepEqual([size.customers, size.windows, size.counted], [300, 1_500, 300]);
    for (const { threshold, matrix } of models) {
      const model = threshold === models[0].threshold ? judged.sharp : judged.blunt;
      let [hits, falseAlerts] = [0, 0];
      for (let c = 0; c < 300; c++) {
        const highest = Math.max(...model.subarray(5 * c, 5 * c + 5));
        if (highest < threshold!) continue;
        if (judged.rows.labels[5 * c] === 1) hits++;
        else falseAlerts++;
      }
      assert.deepEqual([matrix.truePositives, matrix.falsePositives], [hits, falseAlerts]);
      assert.equal(matrix.truePositives + matrix.falseNegatives, size.events);
      assert.equal(
        Object.values(matrix).reduce((sum, count) => sum + count),
        300,
      );
    }
  });

  test('are counted by window where that is asked for, and the note says what it means', async () => {
    const { models, judged: size, notes } = await judgeThresholds(question({ unit: 'windows' }));
    assert.equal(size.counted, 1_500);
    assert.equal(
      Object.values(models[0].matrix).reduce((sum, count) => sum + count),
      1_500,
    );
    assert.ok(notes.some((note) => /5\.0 a customer/.test(note)));
  });

  test('cost what the matrix says, between low and high, beside alerting nobody and all', async () => {
    const { models, alertNobody, alertAll, judged: size } = await judgeThresholds(question());
    for (const { matrix, costPer1000: cost, precision, recall, f1, alertRate, intervals } of models) {
      const expected = (matrix.falseNegatives * 1_000 + matrix.falsePositives * 50) / 0.3;
      assert.ok(Math.abs(cost.value! - expected) < 1e-9);
      assert.ok(cost.low! < cost.value! && cost.value! < cost.high!);
      assert.ok(Math.abs(f1! - (2 * precision! * recall!) / (precision! + recall!)) < 1e-12);
      assert.ok(intervals.alertRate.low! < alertRate && alertRate < intervals.alertRate.high!);
    }
    assert.ok(Math.abs(alertNobody.costPer1000.value! - (size.events * 1_000) / 0.3) < 1e-9);
    assert.ok(Math.abs(alertAll.costPer1000.value! - ((300 - size.events) * 50) / 0.3) < 1e-9);
  });

  test('the sharper model is cheaper beyond its interval, and cheaper than no model', async () => {
    const { models, pairs } = await judgeThresholds(question());
    const [{ deltaCostPer1000, high, p }] = pairs;
    assert.ok(deltaCostPer1000 < 0 && high! < 0 && p < 0.05);
    const { rule, costPer1000 } = models[0].againstNone;
    assert.equal(rule, 'all');
    assert.ok(costPer1000.value! < 0 && costPer1000.high! < 0);
  });

  test('a model against itself differs by nothing, p 1', async () => {
    const [model] = question().models;
    const { pairs } = await judgeThresholds(question({ models: [model, { ...model, id: '9' }] }));
    assert.deepEqual(pairs, [{ a: '1', b: '9', deltaCostPer1000: 0, low: null, high: null, p: 1 }]);
  });

  test('judged rows never move a threshold', async () => {
    const other = portfolio(200, 7);
    const models = question().models.map((model) => ({ ...model, judged: other.sharp }));
    for (const rule of [{ kind: 'budget', share: 0.1 }, { kind: 'f1' }, { kind: 'cost' }] as const) {
      const [here, there] = [
        await judgeThresholds(question({ rule })),
        await judgeThresholds(question({ rule, judged: other.rows, models })),
      ];
      assert.deepEqual(
        here.models.map(({ threshold }) => threshold),
        there.models.map(({ threshold }) => threshold),
      );
    }
  });

  test('a budget is kept on the validation rows, for every model alike', async () => {
    const { models } = await judgeThresholds(question({ rule: { kind: 'budget', share: 0.1 } }));
    for (const model of models) assert.ok(Math.abs(model.validation.alertRate - 0.1) < 1 / 300 + 1e-9);
  });

  test('the curve of counts holds the matrix of a threshold by hand', async () => {
    const { models, curves } = await judgeThresholds(question({ rule: { kind: 'hand', threshold: 0.4 } }));
    models.forEach(({ matrix }, m) => {
      assert.equal(curves[m].events[400], matrix.truePositives);
      assert.equal(curves[m].others[400], matrix.falsePositives);
    });
  });

  test('says nothing of precision where nobody is alerted', async () => {
    const { models } = await judgeThresholds(question({ rule: { kind: 'budget', share: 0 } }));
    const [{ threshold, precision, recall, f1, alertRate, intervals }] = models;
    assert.deepEqual([threshold, precision, recall, f1, alertRate], [null, null, 0, 0, 0]);
    assert.deepEqual(intervals.precision, { low: null, high: null });
  });

  test('repeats exactly, and can be cancelled', async () => {
    assert.deepEqual(await judgeThresholds(question()), await judgeThresholds(question()));
    await assert.rejects(judgeThresholds(question(), { signal: AbortSignal.abort() }), { code: 'cancelled' });
  });
});

test('the cost’s interval holds the true cost about 95% of the time', async () => {
  const truth = portfolio(60_000, 3);
  const rule = { kind: 'hand', threshold: 0.5 } as const;
  const models = (of: ReturnType<typeof portfolio>) => [
    { id: '1', kind: 'lstm' as const, validation: validation.sharp, judged: of.sharp },
  ];
  const all = alertUnits(truth.rows, 'customers');
  const alerts = alertsFrom(0.5, all.scoresOf(truth.sharp));
  const trueCost = costPer1000(matrixOf(alerts, all.labels), costs);
  let held = 0;
  const samples = 300;
  for (let s = 0; s < samples; s++) {
    const sample = portfolio(150, 1_000 + s);
    const [{ costPer1000: cost }] = (
      await judgeThresholds(question({ rule, judged: sample.rows, models: models(sample), seed: s }))
    ).models;
    if (cost.low! <= trueCost && trueCost <= cost.high!) held++;
  }
  assert.ok(held / samples > 0.91 && held / samples <= 0.985, `${held} of ${samples}`);
});
