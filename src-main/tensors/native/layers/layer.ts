import type { Output } from '../graph.ts';

/** A layer of a graph. Sequences are time-major, [steps, batch, width]; what has no time axis is [batch, width]. */
export interface GraphLayer {
  /** Batch statistics and dropout. */
  train(x: Output): TrainingPass;
  /** Moving averages and no dropout. */
  predict(x: Output): Output;
  /** As `predict`, with the way back to the input; missing where training does just that. */
  explain?(x: Output): ExplainingPass;
}

/** Prediction, of which the input's gradient is wanted. */
export interface ExplainingPass {
  y: Output;
  backward(dy: Output): Output;
}

export interface TrainingPass {
  y: Output;
  /** What moves the layer's moving averages, in their order. */
  statistics?: Output[];
  /** `inputNeeded` is false for a network's first layer, which may then leave out its input's gradient. */
  backward(dy: Output, inputNeeded: boolean): Gradients;
}

export interface Gradients {
  x: Output | null;
  /** By the layer's trainable arrays, in their order. */
  weights: Output[];
}
