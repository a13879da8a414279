import { parameterCount, type Architecture } from '../architecture.ts';
import { crossEntropy, sigmoid } from '../cross-entropy.ts';
import { PREDICTION_BATCH, type Engine, type Network, type Rows } from '../network.ts';
import { nativeBinding, THREADS } from './binding.ts';
import { createDropoutMasks, maskedLayers, poolOf } from './dropout.ts';
import { ADAM, networkGraph } from './network-graph.ts';
import { startSession, type Feeds } from './session.ts';
import { createTensor, freeTensor, liveTensors, type TensorId } from './tensors.ts';
import { weightOrder } from './weight-order.ts';

interface NativeRows extends Rows {
  id: TensorId;
}

/** Native TensorFlow on the CPU. Throws `engine-missing`. */
export function createNativeEngine(): Engine {
  const { TF_Version: version } = nativeBinding();
  return {
    name: 'tensorflow',
    version,
    threads: THREADS,
    liveTensors,
    createRows(values, columns) {
      const rows = values.length / columns;
      const id = createTensor([rows, columns], values);
      return { id, rows, columns, dispose: () => freeTensor(id) } as NativeRows;
    },
    createNetwork: createNativeNetwork,
  };
}

/** The network lives in a session of its own. */
function createNativeNetwork(architecture: Architecture, weights: Float32Array, seed: number): Network {
  const { windowSteps } = architecture;
  const total = parameterCount(architecture);
  const order = weightOrder(architecture);
  const { places } = order;
  const session = startSession(networkGraph(architecture, order));
  const masks = createDropoutMasks(seed);
  const masked = maskedLayers(architecture);
  let power1: number;
  let power2: number;

  function writeWeights(flat: Float32Array) {
    if (flat.length !== total) throw new Error(`${flat.length} weights for a network of ${total}`);
    session.run({ replacement: Float32Array.from(places, (place) => flat[place]) }, 'write');
    power1 = ADAM.beta1;
    power2 = ADAM.beta2;
  }
  const readWeights = () => inOrder(session.run({}, 'read')[0]);
  /** Back from the graph's order; what `values` lack is 0. */
  function inOrder(values: Float32Array): Float32Array {
    const flat = new Float32Array(total);
    for (let i = 0; i < values.length; i++) flat[places[i]] = values[i];
    return flat;
  }

  function windowsOf(rows: Rows, starts: Int32Array): Feeds {
    for (const start of starts) {
      if (start < 0 || start + windowSteps > rows.rows)
        throw new RangeError(`a window of ${windowSteps} steps from row ${start} of ${rows.rows}`);
    }
    return { rows: (rows as NativeRows).id, starts };
  }
  function batchOf(rows: Rows, starts: Int32Array, labels: Uint8Array, learningRate: number): Feeds {
    const feeds = windowsOf(rows, starts);
    feeds['labels'] = Float32Array.from(labels);
    feeds['scalars'] = Float32Array.of(learningRate, power1, power2, 1 / starts.length);
    if (masked.length > 0) {
      feeds['cuts'] = Int32Array.from(masked, (layer) => masks.cut(layer.rate, layer.valuesPerWindow * starts.length));
      for (const { rate } of masked) feeds[poolOf(rate)] = masks.pool(rate);
    }
    return feeds;
  }

  writeWeights(weights);
  return {
    architecture,
    writeWeights,
    prepareTraining(rows) {
      const kept = readWeights();
      const feeds = windowsOf(rows, new Int32Array(2));
      feeds['labels'] = new Float32Array(2);
      feeds['scalars'] = new Float32Array(4);
      if (masked.length > 0) feeds['cuts'] = new Int32Array(masked.length);
      const largest = 2 * Math.max(0, ...masked.map(({ valuesPerWindow }) => valuesPerWindow));
      for (const { rate } of masked) feeds[poolOf(rate)] = new Float32Array(largest);
      session.run(feeds, 'train');
      writeWeights(kept);
    },
    trainBatch(rows, starts, labels, learningRate) {
      const [logits] = session.run(batchOf(rows, starts, labels, learningRate), 'train');
      power1 *= ADAM.beta1;
      power2 *= ADAM.beta2;
      return crossEntropy(logits, labels);
    },
    gradient(rows, starts, labels) {
      const [logits, gradient] = session.run(batchOf(rows, starts, labels, 0), 'logits', 'gradient');
      return { loss: crossEntropy(logits, labels), gradient: inOrder(gradient) };
    },
    predict(rows, starts) {
      const scores = new Float32Array(starts.length);
      for (let from = 0; from < starts.length; from += PREDICTION_BATCH) {
        const [logits] = session.run(windowsOf(rows, starts.subarray(from, from + PREDICTION_BATCH)), 'predict');
        for (let i = 0; i < logits.length; i++) scores[from + i] = sigmoid(logits[i]);
      }
      return scores;
    },
    inputGradient(rows, starts) {
      const [pds, byStep] = session.run(windowsOf(rows, starts), 'pds', 'inputGradient');
      const { inputs } = architecture;
      const gradient = new Float32Array(byStep.length);
      for (let step = 0, from = 0; step < windowSteps; step++) {
        for (let window = 0; window < starts.length; window++, from += inputs)
          gradient.set(byStep.subarray(from, from + inputs), (window * windowSteps + step) * inputs);
      }
      return { pds, gradient };
    },
    readWeights,
    dispose() {
      session.dispose();
      masks.dispose();
    },
  };
}
