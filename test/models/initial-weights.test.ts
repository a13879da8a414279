import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { architectureOf } from '../../src-main/models/architectures.ts';
import { initialWeights } from '../../src-main/models/initial-weights.ts';
import { parameterCount, weightSlots, type Architecture } from '../../src-main/tensors/architecture.ts';

const arraysOf = (architecture: Architecture, seed = 1) => {
  const weights = initialWeights(architecture, seed);
  return weightSlots(architecture).map((slot) => ({
    ...slot,
    layerType: architecture.layers[slot.layer].type,
    variable: slot.name.split('/')[1],
    values: weights.subarray(slot.offset, slot.offset + slot.size),
  }));
};

const recipes = {
  lstm: architectureOf('lstm', 30, 10),
  'cnn-lstm': architectureOf('cnn-lstm', 30, 10),
};

for (const [kind, architecture] of Object.entries(recipes)) {
  describe(kind, () => {
    const arrays = arraysOf(architecture);

    test('kernels are uniform within Glorot’s limit, from end to end of it', () => {
      const limits = arrays.flatMap(({ variable, layerType, shape, values, name }) => {
        if (variable !== 'kernel') return [];
        // Fan in and fan out count the places of a convolution's field; an LSTM's four gates are one kernel.
        const field = layerType === 'conv1d' ? shape[0] : 1;
        const [width, units] = shape.slice(-2);
        const limit = Math.sqrt(6 / (field * width + field * units));
        const largest = Math.max(...values.map(Math.abs));
        assert.ok(largest <= limit * (1 + 1e-6), `${name}: ${largest} beyond ${limit}`);
        assert.ok(largest > limit * (1 - 10 / values.length), `${name}: ${largest} far below ${limit}`);
        const variance = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
        const error = 4 * Math.sqrt(4 / 45 / values.length) * limit ** 2;
        assert.ok(Math.abs(variance - limit ** 2 / 3) < error, `${name}: variance ${variance}`);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        assert.ok(Math.abs(mean) < (4 * limit) / Math.sqrt(3 * values.length), `${name}: mean ${mean}`);
        return [limit];
      });
      assert.equal(limits.length, kind === 'lstm' ? 4 : 6);
      assert.equal(new Set(limits).size, limits.length, 'each shape has a limit of its own');
    });

    test('recurrent kernels have orthonormal rows', () => {
      const recurrent = arrays.filter(({ variable }) => variable === 'recurrent_kernel');
      assert.equal(recurrent.length, 2);
      for (const { shape, values, name } of recurrent) {
        const [rows, columns] = shape;
        assert.equal(columns, 4 * rows);
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j <= i; j++) {
            let product = 0;
            for (let k = 0; k < columns; k++) product += values[i * columns + k] * values[j * columns + k];
            assert.ok(Math.abs(product - (i === j ? 1 : 0)) < 1e-6, `${name}: rows ${i} and ${j}: ${product}`);
          }
        }
        // No direction is preferred: the entries are as often above 0 as below.
        const above = values.filter((value) => value > 0).length / values.length;
        assert.ok(Math.abs(above - 0.5) < 2 / Math.sqrt(values.length), `${name}: ${above} above 0`);
      }
    });

    test('biases are 0 but for the forget gate’s 1', () => {
      for (const { variable, layerType, values, name } of arrays.filter((array) => array.variable === 'bias')) {
        const units = values.length / 4;
        const expected = Array.from(values, (_, i) => (layerType === 'lstm' && i >= units && i < 2 * units ? 1 : 0));
        assert.deepEqual([...values], expected, `${name} ${variable}`);
      }
    });

    test('batch normalisation changes nothing at first', () => {
      const expected: Record<string, number> = { gamma: 1, beta: 0, moving_mean: 0, moving_variance: 1 };
      const seen = new Set<string>();
      for (const { variable, layerType, values } of arrays) {
        if (layerType !== 'batch-norm') continue;
        seen.add(variable);
        assert.ok(values.every((value) => value === expected[variable]));
      }
      assert.deepEqual([...seen].sort(), Object.keys(expected).sort());
    });

    test('repeat from the seed; another seed gives others', () => {
      assert.equal(initialWeights(architecture, 1).length, parameterCount(architecture));
      assert.deepEqual(initialWeights(architecture, 1), initialWeights(architecture, 1));
      const one = arraysOf(architecture, 1);
      arraysOf(architecture, 2).forEach(({ values, variable, name }, i) => {
        if (variable.endsWith('kernel')) assert.notDeepEqual(values, one[i].values, name);
      });
    });
  });
}

test('arrays of one shape within a network differ', () => {
  const layers = [
    { type: 'lstm', units: 4, returnSequences: true },
    { type: 'lstm', units: 4, returnSequences: false },
    { type: 'dense', units: 1, activation: 'none' },
  ] as const;
  const arrays = arraysOf({ windowSteps: 5, inputs: 4, layers: [...layers] });
  assert.notDeepEqual(arrays[0].values, arrays[3].values);
  assert.notDeepEqual(arrays[1].values, arrays[4].values);
});

test('recurrent kernels prefer no direction: every entry is as often above 0 as below, over seeds', () => {
  const layers = [
    { type: 'lstm', units: 2, returnSequences: false },
    { type: 'dense', units: 1, activation: 'none' },
  ] as const;
  const seeds = 400;
  const above = new Array<number>(16).fill(0);
  for (let seed = 0; seed < seeds; seed++) {
    const [, recurrent] = arraysOf({ windowSteps: 1, inputs: 1, layers: [...layers] }, seed);
    recurrent.values.forEach((value, i) => (above[i] += value > 0 ? 1 : 0));
  }
  // 200 expected, standard deviation 10.
  for (const times of above) assert.ok(Math.abs(times - seeds / 2) < 45, above.join());
});
