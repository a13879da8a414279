import { extents, parameterCount, type Architecture } from '../architecture.ts';
import { PREDICTION_BATCH, type Engine, type Network, type Rows } from '../network.ts';
import { nativeBinding, THREADS } from './binding.ts';
import { createConstants } from './constants.ts';
import { createDropoutMasks } from './dropout.ts';
import { createKernels, liveTensors, type Kernels, type TensorId } from './kernels.ts';
import { createLayer, type LayerContext, type Parameter, type Value } from './layers.ts';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-7;

interface NativeRows extends Rows {
  id: TensorId;
}

/** Native TensorFlow's CPU kernels. Throws `engine-missing`. */
export function createNativeEngine(): Engine {
  const { TF_Version: version } = nativeBinding();
  const kernels = createKernels();
  return {
    name: 'tensorflow',
    version,
    threads: THREADS,
    liveTensors,
    createRows(values, columns) {
      const rows = values.length / columns;
      const id = kernels.floats([rows, columns], values);
      return { id, rows, columns, dispose: () => kernels.free([id]) } as NativeRows;
    },
    createNetwork: (architecture, weights, seed) => createNativeNetwork(kernels, architecture, weights, seed),
  };
}

function createNativeNetwork(
  kernels: Kernels,
  architecture: Architecture,
  weights: Float32Array,
  seed: number,
): Network {
  const { windowSteps } = architecture;
  const total = parameterCount(architecture);
  const constants = createConstants(kernels);
  const masks = createDropoutMasks(kernels, constants, seed);
  const parameters: Parameter[] = [];
  const statistics: { offset: number; values: Float32Array }[] = [];

  // Layers ask for their arrays in the order of the flat weights; an LSTM's two kernels lie side by side as one.
  let offset = 0;
  const place = (size: number) => {
    const at = offset;
    offset += size;
    return at;
  };
  const none = 0 as TensorId;
  const context: LayerContext = {
    kernels,
    constants,
    masks,
    parameter(shape) {
      const [value, m, v] = [0, 0, 0].map(() => kernels.variable(shape));
      const at = place(shape.reduce((a, b) => a * b, 1));
      const parameter = { offset: at, shape, value, m, v, current: none, gradient: none };
      parameters.push(parameter);
      return parameter;
    },
    statistic(size) {
      const values = new Float32Array(size);
      statistics.push({ offset: place(size), values });
      return values;
    },
  };
  const inputs = extents(architecture);
  const layers = architecture.layers.map((layer, i) => createLayer(context, layer, inputs[i]));
  if (offset !== total) throw new Error(`the layers registered ${offset} weights, the architecture has ${total}`);

  let power1 = BETA1;
  let power2 = BETA2;
  const sizeOf = ({ shape }: Parameter) => shape.reduce((a, b) => a * b, 1);

  function assign(variable: TensorId, shape: number[], values: Float32Array) {
    kernels.scope(() => kernels.assign(variable, kernels.floats(shape, values)));
  }
  function writeWeights(flat: Float32Array) {
    if (flat.length !== total) throw new Error(`${flat.length} weights for a network of ${total}`);
    for (const parameter of parameters) {
      const size = sizeOf(parameter);
      assign(parameter.value, parameter.shape, flat.slice(parameter.offset, parameter.offset + size));
      for (const moment of [parameter.m, parameter.v]) assign(moment, parameter.shape, new Float32Array(size));
    }
    for (const { offset: at, values } of statistics) values.set(flat.subarray(at, at + values.length));
    for (const layer of layers) layer.refresh?.();
    power1 = BETA1;
    power2 = BETA2;
  }

  /** The row of each step of each window, time-major. */
  function gather(rows: Rows, starts: Int32Array): Value {
    const batch = starts.length;
    const index = new Int32Array(windowSteps * batch);
    for (let t = 0, i = 0; t < windowSteps; t++) for (let j = 0; j < batch; j++) index[i++] = starts[j] + t;
    const x = kernels.gatherRows(
      (rows as NativeRows).id,
      kernels.integers([windowSteps, batch], index),
      constants.axis0,
    );
    return { id: x, shape: [windowSteps, batch, architecture.inputs] };
  }
  function forward(rows: Rows, starts: Int32Array, training: boolean): Float32Array {
    for (const parameter of parameters) parameter.current = kernels.readVariable(parameter.value);
    const logits = layers.reduce((value, layer) => layer.forward(value, training), gather(rows, starts));
    return kernels.read(logits.id);
  }
  /** Forward and backward; leaves the gradients in the parameters. */
  function backpropagate(rows: Rows, starts: Int32Array, labels: Uint8Array): number {
    const { loss, gradient } = crossEntropy(forward(rows, starts, true), labels);
    let d: Value = { id: kernels.floats([starts.length, 1], gradient), shape: [starts.length, 1] };
    for (let i = layers.length - 1; i >= 0; i--) d = layers[i].backward(d, i > 0);
    return loss;
  }

  writeWeights(weights);
  return {
    architecture,
    writeWeights,
    trainBatch: (rows, starts, labels, learningRate) =>
      kernels.scope(() => {
        const loss = backpropagate(rows, starts, labels);
        const scalars = {
          power1: kernels.floats([], Float32Array.of(power1)),
          power2: kernels.floats([], Float32Array.of(power2)),
          rate: kernels.floats([], Float32Array.of(learningRate)),
          beta1: constants.scalar(BETA1),
          beta2: constants.scalar(BETA2),
          epsilon: constants.scalar(EPSILON),
        };
        for (const parameter of parameters) kernels.applyAdam(parameter, scalars, parameter.gradient);
        power1 *= BETA1;
        power2 *= BETA2;
        for (const layer of layers) layer.settle?.();
        return loss;
      }),
    gradient: (rows, starts, labels) =>
      kernels.scope(() => {
        const loss = backpropagate(rows, starts, labels);
        const gradient = new Float32Array(total);
        for (const parameter of parameters) gradient.set(kernels.read(parameter.gradient), parameter.offset);
        return { loss, gradient };
      }),
    predict(rows, starts) {
      const scores = new Float32Array(starts.length);
      for (let from = 0; from < starts.length; from += PREDICTION_BATCH) {
        const logits = kernels.scope(() => forward(rows, starts.subarray(from, from + PREDICTION_BATCH), false));
        for (let i = 0; i < logits.length; i++) scores[from + i] = sigmoid(logits[i]);
      }
      return scores;
    },
    readWeights() {
      const flat = new Float32Array(total);
      for (const parameter of parameters) {
        kernels.scope(() => flat.set(kernels.read(kernels.readVariable(parameter.value)), parameter.offset));
      }
      for (const { offset: at, values } of statistics) flat.set(values, at);
      return flat;
    },
    dispose() {
      for (const { value, m, v } of parameters) for (const variable of [value, m, v]) kernels.destroyVariable(variable);
      for (const layer of layers) layer.dispose?.();
      masks.dispose();
      constants.dispose();
    },
  };
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** Mean binary cross-entropy of logits and its gradient by them, [batch]. */
function crossEntropy(logits: Float32Array, labels: Uint8Array): { loss: number; gradient: Float32Array } {
  const n = logits.length;
  const gradient = new Float32Array(n);
  let loss = 0;
  for (let i = 0; i < n; i++) {
    const z = logits[i];
    loss += Math.max(z, 0) - z * labels[i] + Math.log1p(Math.exp(-Math.abs(z)));
    gradient[i] = (sigmoid(z) - labels[i]) / n;
  }
  return { loss: loss / n, gradient };
}
