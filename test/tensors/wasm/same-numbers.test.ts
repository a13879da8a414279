import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { architectureOf } from '../../../src-main/models/architectures.ts';
import { initialWeights } from '../../../src-main/models/initial-weights.ts';
import { createNativeEngine } from '../../../src-main/tensors/native/engine.ts';
import type { Engine } from '../../../src-main/tensors/network.ts';
import { createWasmEngine } from '../../../src-main/tensors/wasm/engine.ts';
import { roundings, type KernelBuild } from '../../../src-main/tensors/wasm-kernels.ts';
import { largestDifference, withoutDropout } from '../formula.ts';
import { NATIVE_HIDDEN } from '../native-hidden.ts';
import { KINDS, labelsOf, startsOf, withNetworkOf } from '../known-network.ts';

const STEPS = 100;

describe('kernels for vectors of 256 and of 128 bits', { skip: roundings() !== 1 }, () => {
  for (const kind of KINDS) {
    test(`${kind}: the same losses, weights, PDs and input gradients to the last bit`, () => {
      const architecture = architectureOf(kind, 13, 5);
      const numbers = (build: KernelBuild) =>
        withNetworkOf(createWasmEngine(build))(architecture, (network, rows) => {
          const losses = [32, 32, 11, 1].map((batch) =>
            network.trainBatch(rows, startsOf(architecture, batch), labelsOf(batch), 1e-3),
          );
          const starts = startsOf(architecture, 51);
          return [losses, network.readWeights(), network.predict(rows, starts), network.inputGradient(rows, starts)];
        });
      assert.deepEqual(numbers('wide'), numbers('relaxed'));
    });
  }
});

describe('both engines from the same weights and batches, without dropout', { skip: NATIVE_HIDDEN }, () => {
  for (const kind of KINDS) {
    const architecture = withoutDropout(architectureOf(kind, 14, 5));
    const weights = initialWeights(architecture, 3);
    const course = (engine: Engine) =>
      withNetworkOf(engine)(
        architecture,
        (network, rows) => {
          const losses = Array.from({ length: STEPS }, (_, i) => {
            // The last batch of an epoch is a partial one.
            const batch = i % 4 === 3 ? 11 : 32;
            return network.trainBatch(rows, startsOf(architecture, batch), labelsOf(batch), 1e-3);
          });
          return { losses, weights: network.readWeights() };
        },
        { weights },
      );
    const native = course(createNativeEngine());
    const predictions = (engine: Engine) =>
      withNetworkOf(engine)(
        architecture,
        (network, rows) => network.predict(rows, startsOf(architecture, 100)),
        native,
      );

    for (const build of ['wide', 'relaxed', 'plain'] as const) {
      const engine = createWasmEngine(build);
      test(`${kind}, ${build}: ${STEPS} steps give the same losses and weights to 1e-4`, () => {
        const found = course(engine);
        assert.ok(largestDifference(found.losses, native.losses) < 1e-4);
        assert.ok(largestDifference(found.weights, native.weights) < 1e-4);
        assert.ok(native.losses[STEPS - 1] < 0.5 * native.losses[0], 'it learns these windows');
      });

      test(`${kind}, ${build}: one trained model predicts the same to 1e-5`, () => {
        const expected = predictions(createNativeEngine());
        assert.ok(Math.max(...expected) - Math.min(...expected) > 0.1, 'PDs differ');
        assert.ok(largestDifference(predictions(engine), expected) < 1e-5);
      });
    }
  }
});
