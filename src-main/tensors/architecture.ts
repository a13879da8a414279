/** One layer of a network, as Keras's layer of that name with sigmoid gates and Keras's defaults. */
export type Layer =
  | { type: 'conv1d'; filters: number; kernelSize: number; padding: 'valid' | 'same' }
  | { type: 'batch-norm' }
  | { type: 'max-pool' }
  | { type: 'lstm'; units: number; returnSequences: boolean }
  | { type: 'dropout'; rate: number }
  | { type: 'dense'; units: number; activation: 'relu' | 'none' };

/**
 * A network over windows of `windowSteps` × `inputs`. The last layer is one linear unit, the logit; the sigmoid is
 * part of the loss and of the prediction.
 */
export interface Architecture {
  windowSteps: number;
  inputs: number;
  layers: Layer[];
}

/** Keras's batch normalisation defaults. */
export const BATCH_NORM_EPSILON = 1e-3;
export const BATCH_NORM_MOMENTUM = 0.99;

/** Length and width of what reaches a layer; steps is 0 once the time axis is gone. */
export interface Extent {
  steps: number;
  width: number;
}

/** What each layer takes in, and, last, what the network gives. */
export function extents({ windowSteps, inputs, layers }: Architecture): Extent[] {
  const out: Extent[] = [{ steps: windowSteps, width: inputs }];
  for (const layer of layers) {
    const { steps, width } = out[out.length - 1];
    if (layer.type === 'conv1d') {
      out.push({ steps: layer.padding === 'same' ? steps : steps - layer.kernelSize + 1, width: layer.filters });
    } else if (layer.type === 'max-pool') out.push({ steps: steps >> 1, width });
    else if (layer.type === 'lstm') out.push({ steps: layer.returnSequences ? steps : 0, width: layer.units });
    else if (layer.type === 'dense') out.push({ steps: 0, width: layer.units });
    else out.push({ steps, width });
  }
  return out;
}

/** One array of weights in Keras's layout; `trainable` ones have a gradient. */
export interface WeightSlot {
  /** Layer number and Keras's variable name: `3/recurrent_kernel`. */
  name: string;
  layer: number;
  shape: number[];
  trainable: boolean;
  /** Where it starts in the flat vector of all weights. */
  offset: number;
  size: number;
}

const SHAPES: {
  [T in Layer['type']]: (layer: Extract<Layer, { type: T }>, width: number) => [string, number[], boolean][];
} = {
  conv1d: ({ kernelSize, filters }, width) => [
    ['kernel', [kernelSize, width, filters], true],
    ['bias', [filters], true],
  ],
  'batch-norm': (_, width) => [
    ['gamma', [width], true],
    ['beta', [width], true],
    ['moving_mean', [width], false],
    ['moving_variance', [width], false],
  ],
  lstm: ({ units }, width) => [
    ['kernel', [width, 4 * units], true],
    ['recurrent_kernel', [units, 4 * units], true],
    ['bias', [4 * units], true],
  ],
  dense: ({ units }, width) => [
    ['kernel', [width, units], true],
    ['bias', [units], true],
  ],
  'max-pool': () => [],
  dropout: () => [],
};

/**
 * The layout of a network's weights: one flat Float32Array, layer by layer in Keras's order and shapes (LSTM gates
 * i, f, c, o), so that weights move to and from Keras unchanged.
 */
export function weightSlots(architecture: Architecture): WeightSlot[] {
  const slots: WeightSlot[] = [];
  const widths = extents(architecture);
  let offset = 0;
  architecture.layers.forEach((layer, number) => {
    const shapesOf = SHAPES[layer.type] as (layer: Layer, width: number) => [string, number[], boolean][];
    for (const [name, shape, trainable] of shapesOf(layer, widths[number].width)) {
      const size = shape.reduce((a, b) => a * b, 1);
      slots.push({ name: `${number}/${name}`, layer: number, shape, trainable, offset, size });
      offset += size;
    }
  });
  return slots;
}

/** All weights, the untrainable ones of batch normalisation counted. */
export const parameterCount = (architecture: Architecture) =>
  weightSlots(architecture).reduce((sum, { size }) => sum + size, 0);
