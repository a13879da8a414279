import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { architectureOf } from '../../src-main/models/architectures.ts';
import { initialWeights } from '../../src-main/models/initial-weights.ts';
import { weightSlots } from '../../src-main/tensors/architecture.ts';
import { PREDICTION_BATCH, type Network, type Rows } from '../../src-main/tensors/network.ts';
import { formulaWeights, largestDifference, noise, withoutDropout } from './formula.ts';
import { ENGINES } from './engines.ts';
import { KINDS, labelsOf, ROWS, startsOf, valuesOf, withNetworkOf } from './known-network.ts';
import { narrow } from './narrow.ts';
import { referenceLogits, referencePds, windowsAt } from './reference-network.ts';

for (const { name: engineName, engine } of ENGINES) {
  const withNetwork = withNetworkOf(engine);

  describe(`${engineName}: training`, () => {
    const architecture = narrow(architectureOf('lstm', 8, 3));
    const train = (network: Network, rows: Rows, steps: number) =>
      Array.from({ length: steps }, (_, i) =>
        // The last batch of an epoch is a partial one.
        network.trainBatch(rows, startsOf(architecture, i % 4 === 3 ? 5 : 16), labelsOf(i % 4 === 3 ? 5 : 16), 1e-3),
      );

    for (const kind of KINDS) {
      test(`${kind}: repeats bit by bit from the seed; another seed differs`, () => {
        const recipe = architectureOf(kind, 12, 4);
        const run = (seed: number) =>
          withNetwork(
            recipe,
            (network, rows) => {
              const losses = Array.from({ length: 30 }, () =>
                network.trainBatch(rows, startsOf(recipe, 16), labelsOf(16), 1e-3),
              );
              return { losses, weights: network.readWeights(), pds: network.predict(rows, startsOf(recipe, 50)) };
            },
            { seed, weights: initialWeights(recipe, 1) },
          );
        const first = run(1);
        assert.deepEqual(run(1), first);
        const other = run(2);
        assert.notDeepEqual(other.losses, first.losses);
        assert.notDeepEqual(other.weights, first.weights);
        assert.ok(first.losses[29] < first.losses[0], 'it learns these windows');
      });
    }

    for (const kind of KINDS) {
      test(`${kind}: preparing it changes neither weights nor what follows`, () => {
        const recipe = architectureOf(kind, 12, 4);
        const [plain, prepared] = [false, true].map((prepares) =>
          withNetwork(recipe, (network, rows) => {
            if (prepares) network.prepareTraining(rows);
            const before = network.readWeights();
            const losses = [16, 16, 5].map((batch) =>
              network.trainBatch(rows, startsOf(recipe, batch), labelsOf(batch), 1e-3),
            );
            return { before, losses, weights: network.readWeights() };
          }),
        );
        assert.deepEqual(prepared, plain);
      });
    }

    test('two networks side by side do not touch each other', () => {
      const alone = withNetwork(architecture, (network, rows) => [train(network, rows, 8), network.readWeights()]);
      withNetwork(architecture, (one, rows) => {
        withNetwork(
          architecture,
          (other, otherRows) => {
            const losses: number[] = [];
            for (let i = 0; i < 8; i++) {
              const batch = i % 4 === 3 ? 5 : 16;
              losses.push(one.trainBatch(rows, startsOf(architecture, batch), labelsOf(batch), 1e-3));
              other.trainBatch(otherRows, startsOf(architecture, 7), labelsOf(7), 1e-2);
              other.predict(otherRows, startsOf(architecture, 3));
            }
            assert.deepEqual([losses, one.readWeights()], alone);
          },
          { seed: 9 },
        );
      });
    });

    test('drops values out; prediction does not, and repeats', () => {
      withNetwork(architecture, (network, rows) => {
        const starts = startsOf(architecture, 16);
        const losses = Array.from({ length: 5 }, () => network.gradient(rows, starts, labelsOf(16)).loss);
        assert.equal(new Set(losses).size, 5, 'each pass drops other values');
        const pds = network.predict(rows, starts);
        for (let i = 0; i < 3; i++) assert.deepEqual(network.predict(rows, starts), pds);
        const weights = Float64Array.from(formulaWeights(architecture));
        const windows = windowsAt(architecture, valuesOf(architecture), starts);
        assert.ok(largestDifference(pds, referencePds(referenceLogits(architecture, weights, windows, false))) < 1e-5);
      });
    });

    test('prediction and reading weights leave the course of training alone', () => {
      const run = (looked: boolean) =>
        withNetwork(architecture, (network, rows) => {
          const losses: number[] = [];
          for (let i = 0; i < 6; i++) {
            if (looked) network.predict(rows, startsOf(architecture, 20));
            if (looked) network.readWeights();
            losses.push(...train(network, rows, 1));
          }
          return losses;
        });
      assert.deepEqual(run(true), run(false));
    });

    test('moves the averages of batch normalisation by a hundredth, and nothing else that has no gradient', () => {
      const plain = withoutDropout(architecture);
      const start = formulaWeights(plain);
      const after = withNetwork(plain, (network, rows) => {
        network.trainBatch(rows, startsOf(plain, 16), labelsOf(16), 0);
        return network.readWeights();
      });
      for (const { name, offset, size } of weightSlots(plain)) {
        const moved = largestDifference(after.subarray(offset, offset + size), start.subarray(offset, offset + size));
        if (name.includes('moving')) assert.ok(moved > 1e-5 && moved < 0.1, `${name}: ${moved}`);
        else assert.equal(moved, 0, `${name} at a learning rate of 0`);
      }
    });
  });

  describe(`${engineName}: prediction`, () => {
    for (const kind of KINDS) {
      test(`${kind}: a window’s PD does not depend on the others in its batch`, () => {
        const architecture = architectureOf(kind, 10, 3);
        withNetwork(architecture, (network, rows) => {
          const starts = startsOf(architecture, PREDICTION_BATCH + 90);
          const together = network.predict(rows, starts);
          assert.ok(new Set(together).size > 50, 'windows differ');
          const oneByOne = Array.from(starts, (start) => network.predict(rows, Int32Array.of(start))[0]);
          // Matrix products of other sizes round differently in the last bit.
          assert.ok(largestDifference(together, oneByOne) < 5e-7);
          const backwards = network.predict(rows, starts.slice().reverse()).reverse();
          assert.ok(largestDifference(together, backwards) < 5e-7);
        });
      });

      test(`${kind}: windows of wild values in the same batch spoil nothing`, () => {
        const architecture = architectureOf(kind, 10, 3);
        const network = engine.createNetwork(architecture, formulaWeights(architecture), 1);
        const values = valuesOf(architecture);
        const calm = engine.createRows(values, 3);
        const wild = engine.createRows(
          values.map((value, i) => (i < 60 * 3 ? value : i % 2 === 0 ? 1e30 : -1e30)),
          3,
        );
        const starts = Int32Array.of(0, 70, 12, 80, 50);
        const expected = network.predict(calm, starts);
        const found = network.predict(wild, starts);
        for (const i of [0, 2, 4]) assert.equal(found[i], expected[i]);
        assert.notEqual(found[1], expected[1]);
        for (const held of [network, calm, wild]) held.dispose();
      });
    }

    test('of no windows is empty', () => {
      const architecture = narrow(architectureOf('lstm', 5, 2));
      withNetwork(architecture, (network, rows) => assert.equal(network.predict(rows, new Int32Array(0)).length, 0));
    });
  });

  describe(`${engineName}: weights`, () => {
    for (const kind of KINDS) {
      test(`${kind}: come back as they were written, bit by bit`, () => {
        const architecture = architectureOf(kind, 10, 4);
        const weights = noise(formulaWeights(architecture).length, 12).map((value, i) => value * 10 ** ((i % 60) - 30));
        withNetwork(architecture, (network, rows) => {
          assert.deepEqual(network.readWeights(), formulaWeights(architecture));
          network.trainBatch(rows, startsOf(architecture, 4), labelsOf(4), 1e-2);
          network.writeWeights(weights);
          assert.deepEqual(network.readWeights(), weights);
        });
      });
    }

    test('replaced ones count at once, in prediction too, and Adam starts anew', () => {
      const architecture = withoutDropout(narrow(architectureOf('cnn-lstm', 12, 3)));
      const starts = startsOf(architecture, 8);
      const course = (network: Network, rows: Rows) => [
        network.predict(rows, starts),
        Array.from({ length: 5 }, () => network.trainBatch(rows, starts, labelsOf(8), 1e-2)),
        network.predict(rows, starts),
      ];
      withNetwork(architecture, (network, rows) => {
        const first = course(network, rows);
        network.writeWeights(formulaWeights(architecture));
        assert.deepEqual(course(network, rows), first);
      });
    });

    test('read once do not change as training goes on', () => {
      const architecture = narrow(architectureOf('lstm', 5, 2));
      withNetwork(architecture, (network, rows) => {
        const read = network.readWeights();
        const copy = read.slice();
        network.trainBatch(rows, startsOf(architecture, 8), labelsOf(8), 1e-2);
        assert.deepEqual(read, copy);
        assert.notDeepEqual(network.readWeights(), copy);
      });
    });
  });

  describe(`${engineName}: tensors`, () => {
    for (const kind of KINDS) {
      test(`${kind}: none is left over by a step, whatever the learning rate, and all are let go at the end`, () => {
        const architecture = narrow(architectureOf(kind, 12, 3));
        const before = engine.liveTensors();
        withNetwork(architecture, (network, rows) => {
          const round = (learningRate: number) => {
            for (const batch of [16, 5, 1]) {
              network.trainBatch(rows, startsOf(architecture, batch), labelsOf(batch), learningRate);
              network.gradient(rows, startsOf(architecture, batch), labelsOf(batch));
            }
            network.predict(rows, startsOf(architecture, 20));
            network.writeWeights(network.readWeights());
            network.predict(rows, startsOf(architecture, 20));
            return engine.liveTensors();
          };
          const held = round(1e-3);
          assert.ok(held > before);
          for (let i = 0; i < 10; i++) assert.equal(round(1e-3 / 2 ** i), held);
        });
        assert.equal(engine.liveTensors(), before);
      });
    }

    test('a step that fails leaves none behind', () => {
      const architecture = narrow(architectureOf('lstm', 5, 2));
      const before = engine.liveTensors();
      withNetwork(architecture, (network, rows) => {
        network.trainBatch(rows, startsOf(architecture, 4), labelsOf(4), 1e-3);
        const held = engine.liveTensors();
        // The window would start beyond the rows.
        assert.throws(() => network.trainBatch(rows, Int32Array.of(0, 1, 2, ROWS), labelsOf(4), 1e-3));
        assert.equal(engine.liveTensors(), held);
        assert.throws(() => network.writeWeights(new Float32Array(3)), /3 weights for a network of/);
        assert.equal(engine.liveTensors(), held);
      });
      assert.equal(engine.liveTensors(), before);
    });
  });
}
