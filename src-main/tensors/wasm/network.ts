import { parameterCount, type Architecture } from '../architecture.ts';
import { crossEntropy, sigmoid } from '../cross-entropy.ts';
import type { Network, Rows } from '../network.ts';
import type { Kernels } from '../wasm-kernels.ts';
import { operationsOf } from './operations.ts';
import { planNetwork, type Plan, type SequencePlace } from './plan.ts';
import { passKey } from './pass-key.ts';
import { weightPlaces } from './weight-places.ts';

/** Rows of inputs as they are, in the host's memory; networks copy the windows that they need. */
export interface WasmRows extends Rows {
  values: Float32Array;
}

/** Windows that are predicted at once: with all that is computed for them they fit a second-level cache. */
const BLOCK = 48;
const PAGE_BYTES = 65536;
const BETAS = [0.9, 0.999] as const;

/** A network in a memory of its own, which grows to what the largest batch needs. `onDispose` hears of its end. */
export function createWasmNetwork(
  kernels: Kernels,
  architecture: Architecture,
  weights: Float32Array,
  seed: number,
  onDispose: () => void,
): Network {
  const { windowSteps, inputs } = architecture;
  const operations = operationsOf(architecture);
  const places = weightPlaces(architecture, operations);
  const total = parameterCount(architecture);
  let plan: Plan;
  let capacity = 0;
  let floats = new Float32Array(0);
  /** Powers of Adam's betas after the steps taken, and the passes that drew dropout. */
  let powers: number[] = [1, 1];
  let passes = 0;

  function reserve(batch: number) {
    if (batch <= capacity) return;
    const usedBefore = capacity === 0 ? 0 : plan.end;
    plan = planNetwork(operations, places, batch, kernels.freeMemory.value);
    const missing = plan.end - kernels.memory.buffer.byteLength;
    if (missing > 0) kernels.memory.grow(Math.ceil(missing / PAGE_BYTES));
    floats = new Float32Array(kernels.memory.buffer);
    if (usedBefore > plan.buffers) floats.fill(0, plan.buffers / 4, usedBefore / 4);
    const words = new Int32Array(kernels.memory.buffer);
    for (const [address, structure] of plan.structures) words.set(structure, address / 4);
    capacity = batch;
  }

  const vector = (address: number, count: number) => floats.subarray(address / 4, address / 4 + count);
  /** Where a sequence's first row lies in a batch, in floats. */
  const startOf = ({ base, row, lead }: SequencePlace, batch: number) => (base + lead * batch * row) / 4;

  function checkWindows(rows: Rows, starts: Int32Array) {
    for (const start of starts) {
      if (start < 0 || start + windowSteps > rows.rows)
        throw new RangeError(`a window of ${windowSteps} steps from row ${start} of ${rows.rows}`);
    }
  }

  /** Puts `count` windows, from the `from`th on, into the first operation's input. */
  function gather(rows: Rows, starts: Int32Array, from: number, count: number) {
    const { values } = rows as WasmRows;
    const row = plan.input.row / 4;
    let to = startOf(plan.input, count);
    for (let step = 0; step < windowSteps; step++) {
      for (let window = from; window < from + count; window++, to += row) {
        const source = (starts[window] + step) * inputs;
        for (let i = 0; i < inputs; i++) floats[to + i] = values[source + i];
      }
    }
  }

  function logitsOf(count: number): Float32Array {
    const row = plan.logits.row / 4;
    const start = startOf(plan.logits, count);
    return Float32Array.from({ length: count }, (_, i) => floats[start + i * row]);
  }

  function pass(rows: Rows, starts: Int32Array, labels: Uint8Array, rate: number | null): number {
    const batch = starts.length;
    checkWindows(rows, starts);
    if (labels.length !== batch) throw new RangeError(`${labels.length} labels of ${batch} windows`);
    reserve(batch);
    gather(rows, starts, 0, batch);
    floats.set(labels, plan.labels / 4);
    const key = passKey(seed, passes++);
    if (rate === null) kernels.differentiate(plan.address, batch, key);
    else kernels.train(plan.address, batch, key, rate);
    return crossEntropy(logitsOf(batch), labels);
  }

  function writeWeights(flat: Float32Array) {
    if (flat.length !== total) throw new Error(`${flat.length} weights for a network of ${total}`);
    const trainable = vector(plan.weights, places.trainable);
    const moving = vector(plan.moving, places.moving);
    flat.forEach((value, i) => {
      const place = places.places[i];
      if (place < places.trainable) trainable[place] = value;
      else moving[place - places.trainable] = value;
    });
    vector(plan.firstMoments, places.trainable).fill(0);
    vector(plan.secondMoments, places.trainable).fill(0);
    powers = [1, 1];
  }

  reserve(1);
  writeWeights(weights);
  return {
    architecture,
    writeWeights,
    // Nothing is to be made ready.
    prepareTraining: () => undefined,
    trainBatch(rows, starts, labels, learningRate) {
      powers = powers.map((power, i) => power * BETAS[i]);
      const [first, second] = powers;
      return pass(rows, starts, labels, (learningRate * Math.sqrt(1 - second)) / (1 - first));
    },
    gradient(rows, starts, labels) {
      const loss = pass(rows, starts, labels, null);
      const found = vector(plan.gradients, places.trainable);
      const gradient = Float32Array.from(places.places, (place) => (place < places.trainable ? found[place] : 0));
      return { loss, gradient };
    },
    predict(rows, starts) {
      checkWindows(rows, starts);
      reserve(Math.min(BLOCK, starts.length));
      const scores = new Float32Array(starts.length);
      for (let from = 0; from < starts.length; from += BLOCK) {
        const count = Math.min(BLOCK, starts.length - from);
        gather(rows, starts, from, count);
        kernels.predict(plan.address, count);
        scores.set(logitsOf(count).map(sigmoid), from);
      }
      return scores;
    },
    inputGradient(rows, starts) {
      const count = starts.length;
      checkWindows(rows, starts);
      reserve(count);
      gather(rows, starts, 0, count);
      kernels.explain(plan.address, count);
      const gradient = new Float32Array(count * windowSteps * inputs);
      const row = plan.inputGradient.row / 4;
      let at = startOf(plan.inputGradient, count);
      for (let step = 0; step < windowSteps; step++) {
        for (let window = 0; window < count; window++, at += row)
          gradient.set(floats.subarray(at, at + inputs), (window * windowSteps + step) * inputs);
      }
      return { pds: logitsOf(count).map(sigmoid), gradient };
    },
    readWeights() {
      const trainable = vector(plan.weights, places.trainable);
      const moving = vector(plan.moving, places.moving);
      return Float32Array.from(places.places, (place) =>
        place < places.trainable ? trainable[place] : moving[place - places.trainable],
      );
    },
    dispose: onDispose,
  };
}
