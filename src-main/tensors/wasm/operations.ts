import { extents, type Architecture, type Extent, type Layer } from '../architecture.ts';

/** Kinds, numbered as in kernels/operation.ts. */
export const KINDS = { affine: 0, norm: 1, pool: 2, lstm: 3 } as const;

/** What the kernels do in one go: a layer, or a normalisation with the dropout that follows it. */
export interface Operation {
  kind: keyof typeof KINDS;
  /** Whose weights it has; null for one that has none. */
  layer: number | null;
  /** Steps are 1 where there is no time axis. */
  input: Extent;
  output: Extent;
  /** Widths in memory, with padding. */
  inputs: number;
  outputs: number;
  /** Steps that each output of a convolution is summed from; 1 in a dense layer. */
  segments: number;
  /** Steps of zeros before the input. */
  lead: number;
  relu: boolean;
  /** Dropout's. */
  rate: number;
}

/** Panels of weights have 16 columns. */
const WIDTH = 16;
export const padded = (width: number) => WIDTH * Math.ceil(width / WIDTH);
/** Outputs of the layer before have panels' width; the network's inputs need only whole vectors. */
const paddedInputs = (width: number) => 4 * Math.ceil(width / 4);

/** An architecture as operations, first to last. */
export function operationsOf(architecture: Architecture): Operation[] {
  const extent = extents(architecture).map(({ steps, width }) => ({ steps: Math.max(1, steps), width }));
  const operations: Operation[] = [];
  architecture.layers.forEach((layer, number) => {
    const [input, output] = [extent[number], extent[number + 1]];
    const before = operations.at(-1);
    if (layer.type === 'dropout') {
      if (layer.rate === 0) return;
      if (before?.kind === 'norm' && before.rate === 0) before.rate = layer.rate;
      else operations.push(operationOf(layer, null, input, output));
      return;
    }
    // A convolution and an LSTM want their input where they can put something beside it.
    if (before?.kind === 'lstm' && (layer.type === 'lstm' || layer.type === 'conv1d'))
      operations.push(operationOf({ type: 'dropout', rate: 0 }, null, input, input));
    operations.push(operationOf(layer, number, input, output));
  });
  const [first] = operations;
  if (first.kind === 'affine' || first.kind === 'lstm') first.inputs = paddedInputs(first.input.width);
  return operations;
}

function operationOf(layer: Layer, number: number | null, input: Extent, output: Extent): Operation {
  const common = {
    layer: number,
    input,
    output,
    inputs: padded(input.width),
    outputs: padded(output.width),
    segments: 1,
    lead: 0,
    relu: false,
    rate: 0,
  };
  switch (layer.type) {
    case 'conv1d': {
      const lead = layer.padding === 'same' ? Math.floor((layer.kernelSize - 1) / 2) : 0;
      return { ...common, kind: 'affine', segments: layer.kernelSize, lead, relu: true };
    }
    case 'dense':
      return { ...common, kind: 'affine', relu: layer.activation === 'relu' };
    case 'batch-norm':
      return { ...common, kind: 'norm' };
    case 'dropout':
      return { ...common, kind: 'norm', rate: layer.rate };
    case 'max-pool':
      return { ...common, kind: 'pool' };
    case 'lstm':
      return { ...common, kind: 'lstm' };
  }
}
