import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { architectureOf } from '../../src-main/models/architectures.ts';
import { extents, parameterCount } from '../../src-main/tensors/architecture.ts';

describe('the recipe’s networks', () => {
  test('have the recipe’s number of parameters', () => {
    assert.equal(parameterCount(architectureOf('lstm', 30, 10)), 33_217);
    // The length of the window changes no weight.
    assert.equal(parameterCount(architectureOf('lstm', 1, 10)), 33_217);
    assert.equal(parameterCount(architectureOf('cnn-lstm', 4, 10)), parameterCount(architectureOf('cnn-lstm', 90, 10)));
  });

  test('CNN-LSTM pads its convolutions below 10 steps and leaves the LSTM at least one step', () => {
    for (let windowSteps = 4; windowSteps <= 60; windowSteps++) {
      const architecture = architectureOf('cnn-lstm', windowSteps, 3);
      const paddings = architecture.layers.flatMap((layer) => (layer.type === 'conv1d' ? [layer.padding] : []));
      const padding = windowSteps < 10 ? 'same' : 'valid';
      assert.deepEqual(paddings, [padding, padding]);
      const first = architecture.layers.findIndex(({ type }) => type === 'lstm');
      const { steps, width } = extents(architecture)[first];
      assert.equal(
        steps,
        padding === 'same' ? windowSteps >> 2 : (((windowSteps - 2) >> 1) - 2) >> 1,
        `${windowSteps} steps`,
      );
      assert.ok(steps >= 1);
      assert.equal(width, 64);
    }
  });

  test('CNN-LSTM is refused below 4 steps, with the numbers; LSTM never', () => {
    for (const windowSteps of [1, 2, 3]) {
      assert.throws(
        () => architectureOf('cnn-lstm', windowSteps, 3),
        (error) =>
          error instanceof DuecastError &&
          error.code === 'model-refused' &&
          error.message.includes('at least 4 steps') &&
          error.message.includes(`these have ${windowSteps}`),
      );
      assert.equal(architectureOf('lstm', windowSteps, 3).windowSteps, windowSteps);
    }
  });
});
