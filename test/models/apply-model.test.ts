import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { ModelKind, Part, TrainableKind } from '../../src-main/ipc/documents.ts';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { applyModel } from '../../src-main/models/apply-model.ts';
import { trainModel } from '../../src-main/models/train-model.ts';
import type { NewModel } from '../../src-main/processes/store-api.ts';
import { cutDataset } from '../../src-main/sequences/dataset.ts';
import { PARTS, type Panel } from '../../src-main/sequences/panel.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { unlabelledWindows, type WindowSettings } from '../../src-main/sequences/windows.ts';
import { loadEngine } from '../../src-main/tensors/engines.ts';
import { copyPanel, historyFeature, smallPanel, staticFeature } from '../sequences/small-panel.ts';

const KINDS: readonly TrainableKind[] = ['lstm', 'cnn-lstm', 'lightgbm', 'logistic'];
const STEPS = 20;
const settings: WindowSettings = { windowSteps: 6, horizonSteps: 3, gapSteps: 0, labelRule: 'constant' };

/** Customers whose second feature rises where they default; a tenth of the values is empty. */
function portfolio(customers: number): { panel: Panel; parts: Part[] } {
  const random = createRandom(11);
  const panel = smallPanel(
    Array.from({ length: customers }, (_, c) => {
      const outcome = c % 3 === 0 ? 1 : 0;
      const value = (mean: number) => (random.next() < 0.1 ? NaN : mean + random.normal());
      const rows = Array.from({ length: STEPS }, (_, t) => [value(0), value(outcome * t * 0.2)]);
      return { rows, outcome, statics: [random.normal()] } as const;
    }),
    {
      features: [historyFeature('savings'), historyFeature('withdrawals', 'zero')],
      staticFeatures: [staticFeature('limit')],
    },
  );
  return { panel, parts: panel.customers.map((_, c) => PARTS[Math.floor(c / 3) % 3]) };
}

const { panel, parts } = portfolio(90);
const windows = cutDataset(panel, parts, settings);
const engine = loadEngine('auto');
const models = new Map<ModelKind, NewModel>();
const options = { engine: () => engine, memberOf: (kind: ModelKind) => models.get(kind) as NewModel };

before(async () => {
  for (const kind of KINDS) {
    models.set(kind, await trainModel(kind, panel, windows, { epochs: 2, batch: 32, seed: 1 }, options.engine, {}));
  }
  const ensemble = { members: KINDS.map((kind) => ({ kind, share: 0.25 })) };
  models.set('ensemble', {
    ...(models.get('lstm') as NewModel),
    kind: 'ensemble',
    configuration: ensemble,
    scaler: null,
  });
});

for (const kind of [...KINDS, 'ensemble'] as const) {
  describe(kind, () => {
    const apply = (to: Panel, lastOnly = false) =>
      applyModel(models.get(kind) as NewModel, to, unlabelledWindows(to, settings.windowSteps, { lastOnly }), options);

    test('rows after a step do not change the score of a window that ends there', async () => {
      const last = 12;
      const changed = copyPanel(panel);
      const width = panel.features.length;
      for (let c = 0; c < panel.customers.length; c++) {
        changed.values.fill(1e4, (panel.firstRow[c] + last + 1) * width, panel.firstRow[c + 1] * width);
      }
      const [scores, after] = [await apply(panel), await apply(changed)];
      const { step } = unlabelledWindows(panel, settings.windowSteps, { lastOnly: false });
      const until = (of: Float32Array) => of.filter((_, i) => step[i] <= last);
      assert.deepEqual(until(after), until(scores));
      assert.notDeepEqual(after, scores, 'later windows do change');
    });

    test('a customer is scored the same alone and among others', async () => {
      const all = await apply(panel, true);
      for (const customer of [0, 17, 89]) {
        const one = unlabelledWindows(panel, settings.windowSteps, { lastOnly: true, customers: [customer] });
        const [score] = await applyModel(models.get(kind) as NewModel, panel, one, options);
        assert.ok(Math.abs(score - all[customer]) < 1e-6);
      }
    });

    test('takes its inputs by name, whatever else the portfolio holds by now', async () => {
      const rows = panel.values.length / 2;
      const wider: Panel = {
        ...panel,
        features: [historyFeature('newcomer'), panel.features[1], panel.features[0]],
        values: Float32Array.from({ length: rows * 3 }, (_, i) =>
          i % 3 === 0 ? 7 : panel.values[Math.floor(i / 3) * 2 + (2 - (i % 3))],
        ),
      };
      assert.deepEqual(await apply(wider), await apply(panel));
      const narrower: Panel = { ...panel, staticFeatures: [], statics: new Float32Array(0) };
      await assert.rejects(
        apply(narrower),
        (error) => error instanceof DuecastError && error.code === 'model-refused' && /limit/.test(error.message),
      );
    });

    if (kind === 'ensemble') return;
    test('applied again from what is stored, it predicts what it was judged on', async () => {
      const model = structuredClone(models.get(kind) as NewModel);
      const stored = {
        ...model,
        configuration: JSON.parse(JSON.stringify(model.configuration)) as unknown,
        scaler: JSON.parse(JSON.stringify(model.scaler)) as unknown,
      };
      const scores = await applyModel(stored, panel, windows.test, options);
      const judged = model.predictions.test as Float32Array;
      for (let i = 0; i < judged.length; i++) assert.ok(Math.abs(scores[i] - judged[i]) < 1e-6);
    });

    test('keeps how its PDs spread over the training windows', async () => {
      const { training } = models.get(kind) as NewModel;
      const scores = await applyModel(models.get(kind) as NewModel, panel, windows.train, options);
      assert.equal(training?.scores.length, scores.length);
      for (let i = 0; i < scores.length; i++) assert.ok(Math.abs(scores[i] - training.scores[i]) < 1e-6);
      assert.equal(
        training.spread.counts.reduce((sum, count) => sum + count, 0),
        scores.length,
      );
    });

    test('changing test customers changes neither the model nor its scores of others', async () => {
      const changed = copyPanel(panel);
      parts.forEach((part, c) => {
        if (part === 'test') changed.values.fill(123, panel.firstRow[c] * 2, panel.firstRow[c + 1] * 2);
      });
      const again = await trainModel(
        kind,
        changed,
        cutDataset(changed, parts, settings),
        { epochs: 2, batch: 32, seed: 1 },
        options.engine,
        {},
      );
      const model = models.get(kind) as NewModel;
      assert.deepEqual(again.scaler, model.scaler);
      assert.deepEqual(again.weights, model.weights);
      assert.deepEqual(again.predictions.validation, model.predictions.validation);
    });
  });
}
