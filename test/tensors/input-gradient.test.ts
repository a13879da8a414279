import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { architectureOf, type NetworkKind } from '../../src-main/models/architectures.ts';
import { ENGINES } from './engines.ts';
import { formulaBatch, formulaWeights, largestDifference } from './formula.ts';

const CASES: [NetworkKind, number, number][] = [
  ['lstm', 12, 4],
  ['lstm', 1, 3],
  ['cnn-lstm', 20, 5],
  ['cnn-lstm', 6, 3],
];
/** Large enough for single precision, small enough for a straight line. */
const STEP = 0.02;

for (const { name: engineName, engine } of ENGINES) {
  describe(`${engineName}: the gradient of a PD by the inputs of its window`, () => {
    for (const [kind, window, inputs] of CASES) {
      test(`${kind}, ${window} steps, ${inputs} inputs`, () => {
        const architecture = architectureOf(kind, window, inputs);
        const { values } = formulaBatch(architecture, 3);
        const network = engine.createNetwork(architecture, formulaWeights(architecture), 1);
        const size = window * inputs;
        const windows = values.slice(0, 3 * size);
        const starts = Int32Array.of(0, window, 2 * window);
        const before = engine.liveTensors();
        const rows = engine.createRows(windows, inputs);
        const { pds, gradient } = network.inputGradient(rows, starts);
        assert.ok(largestDifference(pds, [...network.predict(rows, starts)]) < 1e-6);
        assert.equal(gradient.length, 3 * size);
        rows.dispose();

        // Every value of the windows moved up and down by itself, all of them at once.
        const moved = new Float32Array(2 * 3 * size * size);
        for (let i = 0; i < 3 * size; i++) {
          const own = Math.floor(i / size) * size;
          for (const [side, by] of [STEP, -STEP].entries()) {
            moved.set(windows.subarray(own, own + size), (2 * i + side) * size);
            moved[(2 * i + side) * size + (i - own)]! += by;
          }
        }
        const many = engine.createRows(moved, inputs);
        const scores = network.predict(
          many,
          Int32Array.from({ length: 2 * 3 * size }, (_, i) => i * window),
        );
        many.dispose();
        const slopes = Array.from(gradient, (_, i) => (scores[2 * i]! - scores[2 * i + 1]!) / (2 * STEP));
        const largest = Math.max(...slopes.map(Math.abs));
        assert.ok(largest > 5e-4, `${largest}: the gradient is far from 0`);
        // A step may cross a kink, where the larger of two steps or the sign of a relu changes.
        const close = slopes.filter((slope, i) => Math.abs(slope - gradient[i]!) < 0.02 * largest);
        const least = kind === 'lstm' ? 1 : 0.85;
        assert.ok(close.length >= least * slopes.length, `${close.length} of ${slopes.length}`);
        assert.equal(engine.liveTensors(), before);
        network.dispose();
      });
    }
  });
}
