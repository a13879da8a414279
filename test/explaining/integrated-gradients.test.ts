import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sumOf } from '../../src-main/explaining/attribution.ts';
import { integratedGradients } from '../../src-main/explaining/integrated-gradients.ts';
import { architectureOf, type NetworkKind } from '../../src-main/models/architectures.ts';
import { initialWeights } from '../../src-main/models/initial-weights.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { loadEngine } from '../../src-main/tensors/engines.ts';

const CASES: [NetworkKind, number, number][] = [
  ['lstm', 10, 4],
  ['cnn-lstm', 14, 4],
];

describe('integrated gradients', () => {
  const engine = loadEngine('auto');
  for (const [kind, steps, inputs] of CASES) {
    const architecture = architectureOf(kind, steps, inputs);
    const weights = initialWeights(architecture, 3);
    // Nothing of the input would reach the PD by much in a fresh network.
    for (let i = 0; i < weights.length; i++) weights[i]! *= 1.5;
    const network = engine.createNetwork(architecture, weights, 1);
    const random = createRandom(5);
    const window = () => Float32Array.from({ length: steps * inputs }, () => 4 * random.next() - 2);
    const baseline = new Float32Array(steps * inputs);

    test(`${kind}: cells add up to score − base`, () => {
      for (let n = 0; n < 5; n++) {
        const { base, score, cells } = integratedGradients(engine, network, window(), baseline);
        assert.ok(Math.abs(score - base) > 1e-4, 'the score moves');
        assert.ok(Math.abs(sumOf(cells) - (score - base)) < 1e-7);
      }
    });

    test(`${kind}: what is as usual adds nothing`, () => {
      const partly = window();
      for (let i = 0; i < partly.length; i += inputs) partly[i] = 0;
      const { cells } = integratedGradients(engine, network, partly, baseline);
      for (let i = 0; i < cells.length; i += inputs) assert.equal(Math.abs(cells[i]!), 0);
      const { base, score, cells: none } = integratedGradients(engine, network, baseline, baseline);
      assert.equal(base, score);
      assert.ok(none.every((value) => Math.abs(value) === 0));
    });
  }
});
