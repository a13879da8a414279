import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { architectureOf } from '../../src-main/models/architectures.ts';
import { weightSlots } from '../../src-main/tensors/architecture.ts';
import { stockNetwork, tf } from './stock-network.ts';
import { ENGINES } from './engines.ts';
import { formulaBatch, formulaWeights, largestDifference, withoutDropout } from './formula.ts';

for (const { name: engineName, engine } of ENGINES) {
  describe(`${engineName} engine against stock tfjs layers with sigmoid gates`, () => {
    for (const [kind, window] of [
      ['lstm', 12],
      ['cnn-lstm', 14],
      ['cnn-lstm', 9],
    ] as const) {
      test(`${kind}, ${window} steps: predictions, loss and gradient`, () => {
        const inputs = 4;
        const architecture = withoutDropout(architectureOf(kind, window, inputs));
        const weights = formulaWeights(architecture);
        const { values, starts, labels } = formulaBatch(architecture, 9);
        const rows = engine.createRows(values, inputs);
        const network = engine.createNetwork(architecture, weights, 1);
        const { model, layers } = stockNetwork(architecture, weights);

        const windows = Array.from(starts, (start) =>
          Array.from(values.subarray(start * inputs, (start + window) * inputs)),
        );
        const x = tf.tensor(windows.flat(), [starts.length, window, inputs]);
        const y = tf.tensor2d(
          Array.from(labels, (label) => [label]),
          undefined,
          'float32',
        );
        const predictions = tf.sigmoid(model.predict(x) as InstanceType<typeof tf.Tensor>).dataSync();
        assert.ok(largestDifference(network.predict(rows, starts), predictions) < 1e-5);

        const { value, grads } = tf.variableGrads(() =>
          tf.losses
            .sigmoidCrossEntropy(y, model.apply(x, { training: true }) as InstanceType<typeof tf.Tensor>)
            .asScalar(),
        );
        const { loss, gradient } = network.gradient(rows, starts, labels);
        assert.ok(largestDifference([loss], value.dataSync()) < 1e-5);
        for (const [number, layer] of layers.entries()) {
          const slots = weightSlots(architecture).filter((slot) => slot.layer === number && slot.trainable);
          layer.trainableWeights.forEach((weight, i) => {
            const { offset, size, name } = slots[i];
            const stock = Object.entries(grads).find(
              ([key]) => key === weight.name || key.startsWith(`${weight.name}_`),
            );
            assert.ok(stock !== undefined, `${name} has a stock gradient`);
            const difference = largestDifference(gradient.subarray(offset, offset + size), stock[1].dataSync());
            assert.ok(difference < 1e-5, `${name}: ${difference}`);
          });
        }
      });
    }
  });
}
