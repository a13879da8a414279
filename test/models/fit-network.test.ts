import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aucOf, measure } from '../../src-main/evaluation/metrics.ts';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { architectureOf } from '../../src-main/models/architectures.ts';
import { fitNetwork, predictWindows, type EpochProgress, type FitOptions } from '../../src-main/models/fit-network.ts';
import { createSchedule, type FitSettings } from '../../src-main/models/training-plan.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { unlabelledWindows, windowCount, type Windows } from '../../src-main/sequences/windows.ts';
import type { Engine, Rows } from '../../src-main/tensors/network.ts';
import { smallPanel } from '../sequences/small-panel.ts';
import { ENGINES } from '../tensors/engines.ts';
import { narrow } from '../tensors/narrow.ts';

const WINDOW = 6;
const INPUTS = 2;
const architecture = narrow(architectureOf('lstm', WINDOW, INPUTS));
const settings: FitSettings = { epochs: 30, batch: 32, seed: 1 };

/** Customers of noise; a window is an event where the first input was positive on average in its last three steps. */
function portfolio(customers: number, seed: number) {
  const random = createRandom(seed);
  const row = () => [random.normal(), random.normal()];
  const panel = smallPanel(Array.from({ length: customers }, () => ({ rows: Array.from({ length: 24 }, row) })));
  const values = panel.values;
  const windowsOf = (from: number, to: number): Windows => {
    const customers = Array.from({ length: to - from }, (_, i) => from + i);
    const windows = unlabelledWindows(panel, WINDOW, { lastOnly: false, customers });
    const label = windows.endRow.map((end) =>
      values[end * INPUTS] + values[(end - 1) * INPUTS] + values[(end - 2) * INPUTS] > 0 ? 1 : 0,
    );
    return { ...windows, label: Uint8Array.from(label) };
  };
  return { values, windowsOf };
}

const { values, windowsOf } = portfolio(50, 3);
const train = windowsOf(0, 40);
const validation = windowsOf(40, 50);
const opposite = (windows: Windows): Windows => ({ ...windows, label: windows.label.map((label) => 1 - label) });

for (const { name, engine } of ENGINES) {
  describe(name, () => {
    async function withRows<T>(work: (rows: Rows) => Promise<T>): Promise<T> {
      const rows = engine.createRows(values, INPUTS);
      try {
        return await work(rows);
      } finally {
        rows.dispose();
      }
    }
    const fit = (over: Partial<FitSettings> = {}, options: FitOptions = {}, on = { train, validation }) =>
      withRows((rows) =>
        fitNetwork(engine, rows, architecture, on.train, on.validation, { ...settings, ...over }, options),
      );

    const isCancelled = (error: unknown) => error instanceof DuecastError && error.code === 'cancelled';
    const losses = <T extends { seconds: number }>(history: T[]) => history.map(({ seconds: _, ...record }) => record);

    describe('a network that is trained', () => {
      const learned = fit();

      test('learns a simple rule', async () => {
        const { history, bestEpoch, epochs } = await learned;
        assert.equal(history.length, epochs);
        assert.deepEqual(
          history.map(({ epoch }) => epoch),
          Array.from({ length: epochs }, (_, i) => i + 1),
        );
        const best = history[bestEpoch - 1];
        assert.ok(best.valAuc !== null && best.valAuc > 0.9, `AUC ${best.valAuc}`);
        assert.ok(best.loss < history[0].loss);
      });

      test('comes with the weights of its best epoch', async () => {
        const { weights, history, bestEpoch } = await learned;
        assert.equal(history[bestEpoch - 1].valLoss, Math.min(...history.map(({ valLoss }) => valLoss)));
        await withRows(async (rows) => {
          const network = engine.createNetwork(architecture, weights, 99);
          const scores = await predictWindows(network, rows, validation);
          network.dispose();
          assert.equal(measure(scores, validation.label).logLoss, history[bestEpoch - 1].valLoss);
          assert.equal(aucOf(scores, validation.label), history[bestEpoch - 1].valAuc);
        });
      });

      test('repeats exactly from the seed; another seed differs', async () => {
        const first = await fit({ epochs: 4 });
        const again = await fit({ epochs: 4 });
        assert.deepEqual(again.weights, first.weights);
        assert.deepEqual(losses(again.history), losses(first.history));
        assert.deepEqual(
          losses((await learned).history.slice(0, 4)),
          losses(first.history),
          'fewer epochs are the first ones',
        );
        const other = await fit({ epochs: 4, seed: 2 });
        assert.notDeepEqual(other.weights, first.weights);
        assert.notDeepEqual(losses(other.history), losses(first.history));
      });

      test('sees no label of the validation part', async () => {
        // The validation labels steer only when to stop and which epoch is kept.
        const told = await fit({ epochs: 3 });
        const untold = await fit({ epochs: 3 }, {}, { train, validation: opposite(validation) });
        assert.deepEqual(
          untold.history.map(({ loss }) => loss),
          told.history.map(({ loss }) => loss),
        );
        assert.notDeepEqual(untold.history[0].valLoss, told.history[0].valLoss);
      });

      test('takes batches of any size, the last one smaller', async () => {
        const few = { train: windowsOf(0, 2), validation: windowsOf(40, 42) };
        assert.equal(windowCount(few.train), 38);
        for (const batch of [1, 37, 38, 500]) {
          const { history } = await fit({ epochs: 2, batch }, {}, few);
          assert.ok(history.every(({ loss, valLoss }) => Number.isFinite(loss) && Number.isFinite(valLoss)));
        }
      });
    });

    describe('early stopping', () => {
      test('ends ten epochs after the best one, and the learning rate follows the schedule', async () => {
        // What training learns makes validation worse.
        const { history, epochs, bestEpoch, weights } = await fit(
          { epochs: 50 },
          {},
          { train, validation: opposite(validation) },
        );
        assert.ok(epochs < 50);
        assert.equal(epochs, bestEpoch + 10);
        assert.equal(history[bestEpoch - 1].valLoss, Math.min(...history.map(({ valLoss }) => valLoss)));
        const judge = createSchedule();
        let rate = 1e-3;
        for (const record of history) {
          assert.equal(record.learningRate, rate);
          rate = judge(record.valLoss).learningRate;
        }
        assert.ok(history[epochs - 1].learningRate < 1e-3);
        const best = await fit({ epochs: bestEpoch }, {}, { train, validation: opposite(validation) });
        assert.deepEqual(weights, best.weights);
      });
    });

    describe('cancelling', () => {
      test('in the middle rejects with cancelled and leaves no tensors', async () => {
        const before = engine.liveTensors();
        const abort = new AbortController();
        let told = 0;
        const progress = () => {
          if (++told === 2) abort.abort();
        };
        await assert.rejects(
          fit({ epochs: 100_000 }, { signal: abort.signal, progress }, { train, validation: train }),
          isCancelled,
        );
        assert.equal(told, 2, 'nothing is told any more');
        assert.equal(engine.liveTensors(), before);
      });

      test('by a signal that comes from outside', async () => {
        const before = engine.liveTensors();
        const work = fit({ epochs: 100_000 }, { signal: AbortSignal.timeout(150) }, { train, validation: train });
        await assert.rejects(work, isCancelled);
        assert.equal(engine.liveTensors(), before);
      });

      test('beforehand trains nothing', async () => {
        const before = engine.liveTensors();
        const progress = () => assert.fail('it trained');
        await assert.rejects(fit({}, { signal: AbortSignal.abort(), progress }), isCancelled);
        assert.equal(engine.liveTensors(), before);
      });

      test('of a prediction', async () => {
        await withRows(async (rows) => {
          const { weights } = await fit({ epochs: 1 });
          const network = engine.createNetwork(architecture, weights, 1);
          await assert.rejects(predictWindows(network, rows, train, AbortSignal.abort()), isCancelled);
          network.dispose();
        });
      });
    });

    test('progress goes forward, in windows of the epoch, with the last finished epoch', async () => {
      const told: EpochProgress[] = [];
      const { history } = await fit({}, { progress: (progress) => told.push(progress) });
      assert.ok(told.length >= 2);
      for (const [i, { epoch, epochs, done, total, windowsPerSecond, secondsLeft, last }] of told.entries()) {
        assert.equal(epochs, 30);
        assert.equal(total, windowCount(train));
        assert.ok(done > 0 && done <= total);
        assert.ok(windowsPerSecond > 0);
        // The epoch itself once it has been validated, the one before until then.
        const finished = last?.epoch ?? 0;
        assert.ok(finished === epoch - 1 || (finished === epoch && done === total));
        if (last !== null) assert.deepEqual(last, history[finished - 1]);
        assert.ok(finished === 0 ? secondsLeft === null : secondsLeft !== null && secondsLeft >= 0);
        const before = told[i - 1];
        if (i > 0) assert.ok(epoch > before.epoch || (epoch === before.epoch && done >= before.done));
      }
      assert.equal(
        told.filter(({ done, total, last, epoch }) => done === total && last?.epoch === epoch).length,
        history.length,
      );
    });

    test('as many tensors live after 50 epochs as after 2, and none after the end', async () => {
      const counts: number[] = [];
      /** The same engine, counted each time that the validation part has been predicted: once an epoch. */
      const counted: Engine = {
        ...engine,
        createNetwork(...given) {
          const network = engine.createNetwork(...given);
          return {
            ...network,
            predict(...request) {
              const scores = network.predict(...request);
              counts.push(engine.liveTensors());
              return scores;
            },
          };
        },
      };
      const before = engine.liveTensors();
      await withRows(async (rows) => {
        const few = windowsOf(0, 3);
        // With this seed the loss goes on falling, so that nothing stops early.
        const { epochs } = await fitNetwork(counted, rows, architecture, few, few, { epochs: 50, batch: 32, seed: 3 });
        assert.equal(epochs, 50);
        assert.equal(counts.length, 50);
        assert.ok(counts[1] > before + 1);
        assert.equal(counts[49], counts[1]);
        assert.equal(engine.liveTensors(), before + 1, 'the rows alone');
      });
      assert.equal(engine.liveTensors(), before);
    });
  });
}
