import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { architectureOf } from '../../src-main/models/architectures.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { weightSlots, type Architecture } from '../../src-main/tensors/architecture.ts';
import { formulaWeights, largestDifference, withoutDropout } from './formula.ts';
import { ENGINES } from './engines.ts';
import { KINDS, labelsOf, startsOf, valuesOf, withNetworkOf } from './known-network.ts';
import { narrow } from './narrow.ts';
import { referenceLogits, referenceLoss, referencePds, windowsAt } from './reference-network.ts';

for (const { name: engineName, engine } of ENGINES) {
  const withNetwork = withNetworkOf(engine);

  describe(`${engineName}: windows of any length and number of inputs`, () => {
    /** Compares predictions and loss with the definitions, and takes a step of Adam, for a few sizes of batch. */
    function check(architecture: Architecture, batches: readonly number[]) {
      const what = `${architecture.windowSteps} × ${architecture.inputs}`;
      const values = valuesOf(architecture);
      const formula = formulaWeights(architecture);
      const weights = Float64Array.from(formula);
      withNetwork(
        architecture,
        (network, rows) => {
          for (const batch of batches) {
            const starts = startsOf(architecture, batch);
            const labels = labelsOf(batch);
            const windows = windowsAt(architecture, values, starts);
            network.writeWeights(formula);
            const pds = referencePds(referenceLogits(architecture, weights, windows, false));
            assert.ok(largestDifference(network.predict(rows, starts), pds) < 1e-5, `${what}, batch ${batch}: PDs`);
            const expected = referenceLoss(referenceLogits(architecture, weights, windows, true), labels);
            const loss = network.trainBatch(rows, starts, labels, 1e-3);
            assert.ok(
              largestDifference([loss], [expected]) < 1e-4,
              `${what}, batch ${batch}: ${loss}, not ${expected}`,
            );
            const after = network.readWeights();
            assert.ok(after.every(Number.isFinite), `${what}, batch ${batch}: weights`);
            assert.ok(largestDifference(after, formula) > 1e-4, `${what}, batch ${batch}: training moves the weights`);
          }
        },
        { weights: formula },
      );
    }

    for (const kind of KINDS) {
      const least = kind === 'lstm' ? 1 : 4;
      test(`${kind}: narrow networks over windows of ${least} to 40 steps × 1 to 13 inputs`, () => {
        for (let windowSteps = least; windowSteps <= 40; windowSteps++) {
          // One of thirteen: each network takes TensorFlow some time to prepare.
          const inputs = 1 + ((5 * windowSteps) % 13);
          check(narrow(withoutDropout(architectureOf(kind, windowSteps, inputs))), [
            1 + ((2 * windowSteps + inputs) % 7),
          ]);
        }
      });

      test(`${kind}: the recipe’s network, at lengths where its shape changes`, () => {
        for (const windowSteps of [least, 5, 6, 9, 10, 11, 12, 40]) {
          for (const inputs of [1, 13]) check(withoutDropout(architectureOf(kind, windowSteps, inputs)), [1, 2, 9]);
        }
      });
    }
  });

  describe(`${engineName}: gradients`, () => {
    const random = createRandom(17);
    for (const [kind, windowSteps, inputs, batch] of [
      ['lstm', 1, 1, 3],
      ['lstm', 9, 4, 5],
      ['lstm', 30, 10, 2],
      ['cnn-lstm', 4, 2, 5],
      ['cnn-lstm', 9, 13, 3],
      ['cnn-lstm', 10, 3, 4],
      ['cnn-lstm', 23, 5, 3],
    ] as const) {
      test(`${kind}, ${windowSteps} × ${inputs}, batch ${batch}: as central differences in double precision`, () => {
        const architecture = withoutDropout(architectureOf(kind, windowSteps, inputs));
        const starts = startsOf(architecture, batch);
        const labels = labelsOf(batch);
        const windows = windowsAt(architecture, valuesOf(architecture), starts);
        const weights = Float64Array.from(formulaWeights(architecture));
        const { gradient } = withNetwork(architecture, (network, rows) => network.gradient(rows, starts, labels));
        const lossWith = (weight: number, value: number) => {
          const before = weights[weight];
          weights[weight] = value;
          const loss = referenceLoss(referenceLogits(architecture, weights, windows, true), labels);
          weights[weight] = before;
          return loss;
        };
        let steepest = 0;
        for (const { name, offset, size, trainable } of weightSlots(architecture)) {
          const own = gradient.subarray(offset, offset + size);
          if (!trainable) {
            assert.ok(
              own.every((slope) => slope === 0),
              `${name} has no gradient`,
            );
            continue;
          }
          // The steepest weight of each array and another one.
          const steep = own.reduce((best, slope, i) => (Math.abs(slope) > Math.abs(own[best]) ? i : best), 0);
          for (const weight of [offset + steep, offset + random.integer(0, size - 1)]) {
            const h = 1e-5;
            const slope = (lossWith(weight, weights[weight] + h) - lossWith(weight, weights[weight] - h)) / (2 * h);
            const difference = Math.abs(gradient[weight] - slope);
            assert.ok(difference < 2e-5 + 1e-4 * Math.abs(slope), `${name}: ${gradient[weight]}, not ${slope}`);
            steepest = Math.max(steepest, Math.abs(slope));
          }
        }
        assert.ok(steepest > 1e-2, 'the gradient is far from 0');
      });
    }

    test('asking for them changes nothing', () => {
      const architecture = withoutDropout(narrow(architectureOf('cnn-lstm', 12, 3)));
      const starts = startsOf(architecture, 6);
      const run = (asked: boolean) =>
        withNetwork(architecture, (network, rows) => {
          const losses = Array.from({ length: 4 }, () => {
            if (asked) network.gradient(rows, startsOf(architecture, 9), labelsOf(9));
            return network.trainBatch(rows, starts, labelsOf(6), 1e-3);
          });
          return [losses, network.readWeights(), network.predict(rows, starts)];
        });
      assert.deepEqual(run(true), run(false));
    });
  });
}
