/** Kinds of operations, as plan.ts numbers them. */
export namespace Kind {
  export const AFFINE: i32 = 0;
  export const NORM: i32 = 1;
  export const POOL: i32 = 2;
  export const LSTM: i32 = 3;
}

/** What a pass is for. */
export namespace Mode {
  /** Moving averages, no dropout, nothing kept. */
  export const PREDICT: i32 = 0;
  /** Batch statistics, dropout, everything kept for the way back. */
  export const TRAIN: i32 = 1;
  /** As PREDICT, with everything kept for the way back to the inputs. */
  export const EXPLAIN: i32 = 2;
}

/**
 * A sequence in memory, time-major: `lead` steps of zeros or other values, then [steps][batch] rows of floats, `row`
 * bytes apart. Where it starts depends on the batch, so a pass asks `Sequence.start`.
 */
@unmanaged
export class Sequence {
  base: usize = 0;
  row: usize = 0;
  lead: i32 = 0;
  steps: i32 = 0;

  @inline start(batch: i32): usize {
    return this.base + <usize>(this.lead * batch) * this.row;
  }
}

/** One layer, or two in one. plan.ts writes these fields, all of 32 bits, in this order. */
@unmanaged
export class Operation {
  kind: i32 = 0;
  /** Widths with their padding, in floats: `inputs` a multiple of 4, `outputs` one of 16. Padded values stay 0. */
  inputs: i32 = 0;
  outputs: i32 = 0;
  /** Convolution: the kernel's size; a dense layer has 1. */
  segments: i32 = 0;
  /** Convolution: steps of zeros before the input. */
  lead: i32 = 0;
  /** Whether a relu follows. */
  relu: i32 = 0;
  /** Among the network's operations. */
  number: i32 = 0;
  /** Dropout's rate in 1 / 2²⁴. */
  rate: i32 = 0;
  /** Whether there is a normalisation, or dropout alone. */
  normalises: i32 = 0;
  /** Among the weights: kernels in panels, then biases; or gamma, then beta. */
  weights: usize = 0;
  gradients: usize = 0;
  /** Moving mean, then moving variance. */
  moving: usize = 0;
  /** Mean and variance of the batch, a scale and a shift; on the way back a slope and an offset. */
  statistics: usize = 0;
  /** Transposed kernels. */
  transposed: usize = 0;
  /** LSTM: gates of all steps, [steps][batch] rows. */
  gates: usize = 0;
  /** LSTM: cell states, those before the first step leading; their tanh. */
  cells: usize = 0;
  activated: usize = 0;
  /** LSTM: what reaches a step's cell from the one after. */
  carried: usize = 0;
  x: Sequence = changetype<Sequence>(0);
  y: Sequence = changetype<Sequence>(0);
  /** Gradients by x and by y. */
  dx: Sequence = changetype<Sequence>(0);
  dy: Sequence = changetype<Sequence>(0);
}
