import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { architectureOf, type NetworkKind } from '../../src-main/models/architectures.ts';
import { parameterCount, weightSlots } from '../../src-main/tensors/architecture.ts';
import { ENGINES } from './engines.ts';
import { formulaBatch, formulaWeights, largestDifference, withoutDropout } from './formula.ts';

interface Case {
  name: string;
  kind: NetworkKind;
  window: number;
  inputs: number;
  batch: number;
  parameters: number;
  predictions: number[];
  loss: number;
  losses: number[];
}

const folder = new URL('../fixtures/keras/', import.meta.url);
const { cases, keras } = JSON.parse(readFileSync(new URL('keras.json', folder), 'utf8')) as {
  cases: Case[];
  keras: string;
};
const floats = (file: string) => new Float32Array(new Uint8Array(readFileSync(new URL(file, folder))).buffer);

for (const { name: engineName, engine } of ENGINES) {
  describe(`${engineName} engine against Keras ${keras}`, () => {
    for (const fixture of cases) {
      describe(fixture.name, () => {
        const architecture = withoutDropout(architectureOf(fixture.kind, fixture.window, fixture.inputs));
        const { values, starts, labels } = formulaBatch(architecture, fixture.batch);
        const start = () => ({
          rows: engine.createRows(values, fixture.inputs),
          network: engine.createNetwork(architecture, formulaWeights(architecture), 1),
        });

        test('has as many parameters', () => assert.equal(parameterCount(architecture), fixture.parameters));

        test('predicts the same', () => {
          const { rows, network } = start();
          assert.ok(largestDifference(network.predict(rows, starts), fixture.predictions) < 1e-5);
        });

        test('has the same loss and gradient', () => {
          const { rows, network } = start();
          const { loss, gradient } = network.gradient(rows, starts, labels);
          assert.ok(largestDifference([loss], [fixture.loss]) < 1e-5);
          const expected = floats(`${fixture.name}.gradient.bin`);
          assert.ok(Math.max(...expected.map(Math.abs)) > 1e-3, 'the gradient is far from 0');
          for (const { name, offset, size } of weightSlots(architecture)) {
            const difference = largestDifference(
              gradient.subarray(offset, offset + size),
              expected.subarray(offset, offset + size),
            );
            assert.ok(difference < 1e-5, `${name}: ${difference}`);
          }
        });

        test('trains to the same losses and moving averages', () => {
          const { rows, network } = start();
          const losses = fixture.losses.map(() => network.trainBatch(rows, starts, labels, 1e-3));
          assert.ok(largestDifference(losses, fixture.losses) < 1e-4, `${losses}\n${fixture.losses}`);
          const trained = network.readWeights();
          const expected = floats(`${fixture.name}.trained.bin`);
          // Adam divides by the gradient's size, so rounding shows in weights whose gradient is nearly 0.
          assert.ok(largestDifference(trained, expected) < 2e-3);
          assert.ok(largestDifference(trained, formulaWeights(architecture)) > 1e-2, 'training moved the weights');
        });
      });
    }
  });
}
