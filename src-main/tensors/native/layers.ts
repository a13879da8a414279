import { BATCH_NORM_MOMENTUM, type Extent, type Layer } from '../architecture.ts';
import type { Constants } from './constants.ts';
import type { DropoutMasks } from './dropout.ts';
import type { Kernels, LstmForward, TensorId } from './kernels.ts';

/** A tensor with its shape. Sequences are time-major: [steps, batch, width]; what has no time axis is [batch, width]. */
export interface Value {
  id: TensorId;
  shape: number[];
}

/** A trainable array: a contiguous stretch of the network's flat weights. */
export interface Parameter {
  offset: number;
  shape: number[];
  value: TensorId;
  m: TensorId;
  v: TensorId;
  /** This step's value and gradient. */
  current: TensorId;
  gradient: TensorId;
}

/** What the layers of one network share. */
export interface LayerContext {
  kernels: Kernels;
  constants: Constants;
  masks: DropoutMasks;
  /** Registers a trainable array at the next place of the flat weights. */
  parameter(shape: number[]): Parameter;
  /** Registers an untrainable one, which lives outside TensorFlow. */
  statistic(size: number): Float32Array;
}

export interface NativeLayer {
  /** `training`: batch statistics and dropout; remembers what `backward` needs. */
  forward(x: Value, training: boolean): Value;
  /** Sets the parameters' gradients and returns the input's; `inputNeeded` is false for a network's first layer. */
  backward(dy: Value, inputNeeded: boolean): Value;
  /** Ends a training step: moves the moving averages. */
  settle?(): void;
  /** The weights have been replaced. */
  refresh?(): void;
  dispose?(): void;
}

const sizeOf = (shape: number[]) => shape.reduce((a, b) => a * b, 1);

function reshaped({ kernels, constants }: LayerContext, value: Value, ...shape: number[]): Value {
  if (shape.length === value.shape.length && shape.every((size, axis) => size === value.shape[axis])) return value;
  return { id: kernels.reshape(value.id, constants.integers(...shape)), shape };
}

/** [steps, batch, width], whatever rank the layer before gave it. */
const asSequence = (context: LayerContext, x: Value, { steps, width }: Extent) =>
  reshaped(context, x, steps, sizeOf(x.shape) / (steps * width), width);

/** [1, steps, batch, width]: time as an image's height, the batch as its width. */
const asImage = (context: LayerContext, x: Value, { steps, width }: Extent) =>
  reshaped(context, x, 1, steps, sizeOf(x.shape) / (steps * width), width);

const asMatrix = (context: LayerContext, x: Value, width: number) =>
  reshaped(context, x, sizeOf(x.shape) / width, width);

export function createLayer(context: LayerContext, layer: Layer, input: Extent): NativeLayer {
  switch (layer.type) {
    case 'lstm':
      return createLstm(context, input, layer.units, layer.returnSequences);
    case 'batch-norm':
      return createBatchNorm(context, input);
    case 'dropout':
      return createDropout(context, layer.rate);
    case 'dense':
      return createDense(context, input, layer.units, layer.activation);
    case 'conv1d':
      return createConv1d(context, input, layer);
    case 'max-pool':
      return createMaxPool(context, input);
  }
}

function createLstm(context: LayerContext, input: Extent, units: number, returnSequences: boolean): NativeLayer {
  const { kernels, constants } = context;
  const { steps, width } = input;
  const weights = context.parameter([width + units, 4 * units]);
  const bias = context.parameter([4 * units]);
  let forward: LstmForward;
  let outputs: TensorId[];
  return {
    forward(value) {
      const x = asSequence(context, value, input);
      const batch = x.shape[1];
      forward = {
        steps: constants.steps(steps),
        x: x.id,
        zeroState: constants.zeros(batch, units),
        weights: weights.current,
        peephole: constants.zeros(units),
        bias: bias.current,
      };
      outputs = kernels.lstm(forward);
      const hidden = outputs[6];
      if (returnSequences) return { id: hidden, shape: [steps, batch, units] };
      return {
        id: kernels.slice(hidden, constants.integers(steps - 1, 0, 0), constants.integers(1, batch, units)),
        shape: [1, batch, units],
      };
    },
    backward(dy) {
      const batch = sizeOf(dy.shape) / (units * (returnSequences ? steps : 1));
      let hidden = reshaped(context, dy, returnSequences ? steps : 1, batch, units).id;
      if (!returnSequences) hidden = kernels.pad(hidden, constants.paddings([steps - 1, 0], [0, 0], [0, 0]));
      const gradient = kernels.lstmGradient(forward, outputs, constants.zeros(steps, batch, units), hidden);
      weights.gradient = gradient.weights;
      bias.gradient = gradient.bias;
      return { id: gradient.x, shape: [steps, batch, width] };
    },
  };
}

/** Over every axis but the last, as Keras's BatchNormalization; the moving variance takes the biased batch variance. */
function createBatchNorm(context: LayerContext, { width }: Extent): NativeLayer {
  const { kernels, constants } = context;
  const gamma = context.parameter([width]);
  const beta = context.parameter([width]);
  const movingMean = context.statistic(width);
  const movingVariance = context.statistic(width);
  let x: Value;
  let saved: TensorId[];
  /** The moving averages as tensors, for prediction; made anew after they move. */
  let moving: TensorId[] = [];
  const refresh = () => {
    kernels.free(moving);
    moving = [];
  };
  const move = (average: Float32Array, batch: Float32Array) => {
    for (let i = 0; i < width; i++)
      average[i] = average[i] * BATCH_NORM_MOMENTUM + batch[i] * (1 - BATCH_NORM_MOMENTUM);
  };
  return {
    forward(value, training) {
      x = value.shape.length === 4 ? value : reshaped(context, value, sizeOf(value.shape) / width, 1, 1, width);
      if (!training) {
        if (moving.length === 0)
          moving = [movingMean, movingVariance].map((average) => kernels.keep(() => kernels.floats([width], average)));
        return {
          id: kernels.batchNormInference(x.id, gamma.current, beta.current, moving[0], moving[1]),
          shape: x.shape,
        };
      }
      const outputs = kernels.batchNorm(x.id, gamma.current, beta.current, constants.zeros(0));
      saved = outputs.slice(3);
      return { id: outputs[0], shape: x.shape };
    },
    backward(dy) {
      const gradients = kernels.batchNormGradient(reshaped(context, dy, ...x.shape).id, x.id, gamma.current, saved);
      gamma.gradient = gradients[1];
      beta.gradient = gradients[2];
      return { id: gradients[0], shape: x.shape };
    },
    refresh,
    dispose: refresh,
    settle() {
      move(movingMean, kernels.read(saved[0]));
      move(movingVariance, kernels.read(saved[1]));
      refresh();
    },
  };
}

function createDropout(context: LayerContext, rate: number): NativeLayer {
  const { kernels, masks } = context;
  let mask: Value | null = null;
  const apply = (value: Value): Value =>
    mask === null
      ? value
      : { id: kernels.multiply(reshaped(context, value, ...mask.shape).id, mask.id), shape: mask.shape };
  return {
    forward(x, training) {
      mask = training && rate > 0 ? { id: masks.mask(rate, x.shape), shape: x.shape } : null;
      return apply(x);
    },
    backward: apply,
  };
}

function createDense(
  context: LayerContext,
  { width }: Extent,
  units: number,
  activation: 'relu' | 'none',
): NativeLayer {
  const { kernels } = context;
  const kernel = context.parameter([width, units]);
  const bias = context.parameter([units]);
  let x: Value;
  let y: TensorId;
  return {
    forward(value) {
      x = asMatrix(context, value, width);
      y = kernels.addBias(kernels.matMul(x.id, kernel.current), bias.current);
      if (activation === 'relu') y = kernels.relu(y);
      return { id: y, shape: [x.shape[0], units] };
    },
    backward(dy, inputNeeded) {
      let d = asMatrix(context, dy, units).id;
      if (activation === 'relu') d = kernels.reluGradient(d, y);
      kernel.gradient = kernels.matMul(x.id, d, true, false);
      bias.gradient = kernels.biasGradient(d);
      return inputNeeded ? { id: kernels.matMul(d, kernel.current, false, true), shape: x.shape } : x;
    },
  };
}

/** Relu of a convolution over time, as an image's over its height, so that nothing is transposed. */
function createConv1d(context: LayerContext, input: Extent, layer: Extract<Layer, { type: 'conv1d' }>): NativeLayer {
  const { kernels, constants } = context;
  const { filters, kernelSize } = layer;
  const kernelShape = [kernelSize, 1, input.width, filters];
  const kernel = context.parameter(kernelShape);
  const bias = context.parameter([filters]);
  const padding = layer.padding === 'same' ? 'SAME' : 'VALID';
  const steps = layer.padding === 'same' ? input.steps : input.steps - kernelSize + 1;
  let x: Value;
  let y: TensorId;
  return {
    forward(value) {
      x = asImage(context, value, input);
      y = kernels.relu(kernels.addBias(kernels.conv2d(x.id, kernel.current, padding), bias.current));
      return { id: y, shape: [1, steps, x.shape[2], filters] };
    },
    backward(dy, inputNeeded) {
      const d = kernels.reluGradient(asImage(context, dy, { steps, width: filters }).id, y);
      kernel.gradient = kernels.conv2dKernelGradient(x.id, constants.integers(...kernelShape), d, padding);
      bias.gradient = kernels.biasGradient(d);
      if (!inputNeeded) return x;
      return {
        id: kernels.conv2dInputGradient(constants.integers(...x.shape), kernel.current, d, padding),
        shape: x.shape,
      };
    },
  };
}

function createMaxPool(context: LayerContext, { steps, width }: Extent): NativeLayer {
  const { kernels } = context;
  let x: Value;
  let y: TensorId;
  return {
    forward(value) {
      x = asImage(context, value, { steps, width });
      y = kernels.maxPool(x.id);
      return { id: y, shape: [1, steps >> 1, x.shape[2], width] };
    },
    backward(dy) {
      return {
        id: kernels.maxPoolGradient(x.id, y, asImage(context, dy, { steps: steps >> 1, width }).id),
        shape: x.shape,
      };
    },
  };
}
