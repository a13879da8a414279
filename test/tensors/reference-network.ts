import { BATCH_NORM_EPSILON, weightSlots, type Architecture } from '../../src-main/tensors/architecture.ts';

/** [steps][width] of one window. */
type Sequence = Float64Array[];

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** x · kernel + bias, kernel [width, units] row-major. */
function affine(x: Float64Array, kernel: Float64Array, bias: Float64Array): Float64Array {
  const units = bias.length;
  const out = Float64Array.from(bias);
  for (let i = 0; i < x.length; i++) for (let j = 0; j < units; j++) out[j] += x[i] * kernel[i * units + j];
  return out;
}

function lstm(window: Sequence, kernel: Float64Array, recurrent: Float64Array, bias: Float64Array): Sequence {
  const units = bias.length / 4;
  let h = new Float64Array(units);
  const c = new Float64Array(units);
  return window.map((x) => {
    const z = affine(x, kernel, bias);
    const back = affine(h, recurrent, z);
    h = new Float64Array(units);
    for (let j = 0; j < units; j++) {
      // Gates lie in the order input, forget, cell, output.
      c[j] = sigmoid(back[units + j]) * c[j] + sigmoid(back[j]) * Math.tanh(back[2 * units + j]);
      h[j] = sigmoid(back[3 * units + j]) * Math.tanh(c[j]);
    }
    return h;
  });
}

function conv1d(window: Sequence, kernel: Float64Array, bias: Float64Array, size: number, same: boolean): Sequence {
  const width = window[0].length;
  const none = new Float64Array(width);
  const left = same ? Math.floor((size - 1) / 2) : 0;
  return Array.from({ length: same ? window.length : window.length - size + 1 }, (_, t) => {
    const patch = new Float64Array(size * width);
    for (let k = 0; k < size; k++) patch.set(window[t - left + k] ?? none, k * width);
    return affine(patch, kernel, bias).map((value) => Math.max(0, value));
  });
}

function batchNorm(windows: Sequence[], weights: Float64Array[], training: boolean): Sequence[] {
  const [gamma, beta, movingMean, movingVariance] = weights;
  const all = windows.flat();
  const mean = training ? gamma.map((_, j) => all.reduce((sum, x) => sum + x[j], 0) / all.length) : movingMean;
  const variance = training
    ? gamma.map((_, j) => all.reduce((sum, x) => sum + (x[j] - mean[j]) ** 2, 0) / all.length)
    : movingVariance;
  const scale = gamma.map((g, j) => g / Math.sqrt(variance[j] + BATCH_NORM_EPSILON));
  return windows.map((window) => window.map((x) => x.map((value, j) => (value - mean[j]) * scale[j] + beta[j])));
}

/**
 * The network's logits in double precision, written from the definitions of its layers, without dropout. `training`:
 * batch normalisation by the batch, else by the moving averages.
 */
export function referenceLogits(
  architecture: Architecture,
  weights: Float64Array,
  windows: Sequence[],
  training: boolean,
): number[] {
  const slots = weightSlots(architecture);
  let values = windows;
  architecture.layers.forEach((layer, number) => {
    const own = slots
      .filter((slot) => slot.layer === number)
      .map(({ offset, size }) => weights.subarray(offset, offset + size));
    const each = (apply: (window: Sequence) => Sequence) => (values = values.map(apply));
    if (layer.type === 'batch-norm') values = batchNorm(values, own, training);
    if (layer.type === 'lstm') {
      const last = layer.returnSequences ? 0 : -1;
      each((window) => lstm(window, own[0], own[1], own[2]).slice(last));
    }
    if (layer.type === 'conv1d')
      each((window) => conv1d(window, own[0], own[1], layer.kernelSize, layer.padding === 'same'));
    if (layer.type === 'max-pool')
      each((window) =>
        Array.from({ length: window.length >> 1 }, (_, t) =>
          window[2 * t].map((value, j) => Math.max(value, window[2 * t + 1][j])),
        ),
      );
    if (layer.type === 'dense')
      each((window) =>
        window.map((x) => affine(x, own[0], own[1]).map((v) => (layer.activation === 'relu' ? Math.max(0, v) : v))),
      );
  });
  return values.map((window) => window[0][0]);
}

/** Mean binary cross-entropy of logits. */
export function referenceLoss(logits: number[], labels: ArrayLike<number>): number {
  const losses = logits.map((z, i) => -Math.log(labels[i] === 1 ? sigmoid(z) : sigmoid(-z)));
  return losses.reduce((a, b) => a + b, 0) / losses.length;
}

export const referencePds = (logits: number[]) => logits.map(sigmoid);

/** The windows that start at the given rows of `values`, [rows, inputs] row-major. */
export function windowsAt({ windowSteps, inputs }: Architecture, values: Float32Array, starts: Int32Array): Sequence[] {
  return Array.from(starts, (start) =>
    Array.from({ length: windowSteps }, (_, t) =>
      Float64Array.from(values.subarray((start + t) * inputs, (start + t + 1) * inputs)),
    ),
  );
}
