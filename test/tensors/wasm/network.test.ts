import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Architecture, Layer } from '../../../src-main/tensors/architecture.ts';
import { BUILDS } from '../../../scripts/kernels.mjs';
import { createWasmEngine } from '../../../src-main/tensors/wasm/engine.ts';
import { formulaWeights, largestDifference } from '../formula.ts';
import { labelsOf, startsOf, valuesOf, withNetworkOf } from '../known-network.ts';
import { referenceLogits, referenceLoss, referencePds, windowsAt } from '../reference-network.ts';

const engine = createWasmEngine();
const withNetwork = withNetworkOf(engine);
const logit: Layer = { type: 'dense', units: 1, activation: 'none' };
const lstm = (units: number, returnSequences: boolean): Layer => ({ type: 'lstm', units, returnSequences });
const conv = (padding: 'same' | 'valid', kernelSize = 3): Layer => ({
  type: 'conv1d',
  filters: 5,
  kernelSize,
  padding,
});

describe('layers in any order', () => {
  const networks: Record<string, Layer[]> = {
    'LSTM after LSTM': [lstm(5, true), lstm(3, false), logit],
    'a convolution after an LSTM': [lstm(5, true), conv('same'), lstm(9, false), logit],
    'an LSTM after a convolution without padding': [conv('valid', 4), lstm(4, false), logit],
    'pooling first': [{ type: 'max-pool' }, lstm(5, false), logit],
    'pooling after an LSTM': [lstm(12, true), { type: 'max-pool' }, { type: 'batch-norm' }, lstm(2, false), logit],
    'normalisation first': [{ type: 'batch-norm' }, conv('same', 5), conv('same', 2), lstm(3, false), logit],
    'dense layers alone': [lstm(3, false), { type: 'dense', units: 7, activation: 'relu' }, logit],
  };
  const cases = BUILDS.flatMap((build) => Object.entries(networks).map(([name, layers]) => ({ build, name, layers })));
  for (const { build, name, layers } of cases) {
    test(`${build}, ${name}: PDs, loss and gradient as defined`, () => {
      const architecture: Architecture = { windowSteps: 11, inputs: 3, layers };
      const weights = Float64Array.from(formulaWeights(architecture));
      withNetworkOf(createWasmEngine(build))(architecture, (network, rows) => {
        // The memory grows, and what a smaller batch left in it must not count in a larger one.
        for (const batch of [5, 2, 9, 60, 7]) {
          const starts = startsOf(architecture, batch);
          const windows = windowsAt(architecture, valuesOf(architecture), starts);
          const pds = referencePds(referenceLogits(architecture, weights, windows, false));
          assert.ok(largestDifference(network.predict(rows, starts), pds) < 1e-5, `${batch}`);
          const lossOf = () => referenceLoss(referenceLogits(architecture, weights, windows, true), labelsOf(batch));
          const { loss, gradient } = network.gradient(rows, starts, labelsOf(batch));
          assert.ok(largestDifference([loss], [lossOf()]) < 1e-5);
          for (let weight = batch % 7; weight < weights.length; weight += 1 + (weights.length >> 3)) {
            const value = weights[weight];
            weights[weight] = value + 1e-5;
            const above = lossOf();
            weights[weight] = value - 1e-5;
            const slope = (above - lossOf()) / 2e-5;
            weights[weight] = value;
            const difference = Math.abs(gradient[weight] - slope);
            assert.ok(
              difference < 2e-5 + 1e-3 * Math.abs(slope),
              `weight ${weight}: ${gradient[weight]}, not ${slope}`,
            );
          }
        }
      });
    });
  }
});

describe('dropout', () => {
  /** With weights of 0 and inputs of 1 every weight's gradient is its input's mask, times the error of ½. */
  const masks = (rate: number, seed: number, count: number) => {
    const architecture: Architecture = { windowSteps: 1, inputs: 203, layers: [{ type: 'dropout', rate }, logit] };
    const rows = engine.createRows(new Float32Array(203).fill(1), 203);
    const network = engine.createNetwork(architecture, new Float32Array(204), seed);
    const drawn = Array.from({ length: count }, () => {
      const { gradient } = network.gradient(rows, new Int32Array(1), new Uint8Array(1));
      return Array.from(gradient.subarray(0, 203), (slope) => slope * 2);
    });
    network.dispose();
    rows.dispose();
    return drawn;
  };

  for (const rate of [0.2, 0.5]) {
    test(`keeps a share of ${1 - rate}, scaled by its inverse, anew in each pass`, () => {
      const drawn = masks(rate, 3, 200);
      assert.deepEqual([...new Set(drawn.flat())].sort(), [0, Math.fround(1 / (1 - rate))]);
      assert.equal(new Set(drawn.map((mask) => mask.join())).size, 200, 'no two passes drop the same');
      const dropped = drawn.flat().filter((value) => value === 0).length / drawn.flat().length;
      assert.ok(Math.abs(dropped - rate) < 0.01, `${dropped} dropped`);
      for (let place = 0; place < 203; place++) {
        const here = drawn.filter((mask) => mask[place] === 0).length / 200;
        assert.ok(Math.abs(here - rate) < 0.16, `${here} dropped at place ${place}`);
      }
    });
  }

  test('repeats from the seed, and another seed drops other values', () => {
    assert.deepEqual(masks(0.2, 5, 3), masks(0.2, 5, 3));
    assert.notDeepEqual(masks(0.2, 6, 3), masks(0.2, 5, 3));
  });
});

test('the memory of a thousand networks that were trained is let go', () => {
  const architecture: Architecture = { windowSteps: 10, inputs: 4, layers: [lstm(32, true), lstm(32, false), logit] };
  const weights = formulaWeights(architecture);
  const before = engine.liveTensors();
  const starts = startsOf(architecture, 16);
  let peak = 0;
  for (let i = 0; i < 1000; i++) {
    withNetwork(architecture, (network, rows) => void network.trainBatch(rows, starts, labelsOf(16), 1e-3), {
      weights,
    });
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  assert.equal(engine.liveTensors(), before);
  // Each takes a megabyte and more.
  assert.ok(peak < 2 ** 29, `${Math.round(peak / 2 ** 20)} MB`);
});

describe('prediction by all cores', () => {
  const architecture: Architecture = { windowSteps: 10, inputs: 4, layers: [lstm(6, false), logit] };
  const weights = formulaWeights(architecture);
  const starts = startsOf(architecture, 5_000);
  const onCores = async (wanted: Int32Array, signal?: AbortSignal) => {
    const rows = engine.createRows(valuesOf(architecture), architecture.inputs);
    try {
      return await engine.predictOnCores!(architecture, weights, rows, wanted, signal);
    } finally {
      rows.dispose();
    }
  };

  test('gives what one thread gives, bit by bit', async () => {
    const expected = withNetwork(architecture, (network, rows) => network.predict(rows, starts), { weights });
    assert.ok(new Set(expected).size > 50, 'windows differ');
    assert.deepEqual(await onCores(starts), expected);
  });

  test('ends at a cancel, and fails as one thread does', async () => {
    const abort = new AbortController();
    const cancelled = onCores(starts, abort.signal);
    abort.abort();
    await assert.rejects(cancelled, { code: 'cancelled' });
    await assert.rejects(onCores(Int32Array.of(0, 100_000)), RangeError);
  });
});
