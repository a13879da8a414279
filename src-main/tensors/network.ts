import type { BackendInfo } from '../ipc/documents.ts';
import type { Architecture } from './architecture.ts';

/** Inputs of every row, [rows, columns] row-major, held by an engine; windows point into it by their first row. */
export interface Rows {
  readonly rows: number;
  readonly columns: number;
  dispose(): void;
}

/** A network that lives in an engine. Windows are given by the row at which each starts. */
export interface Network {
  readonly architecture: Architecture;
  /** Makes ready what the first training step would else wait for; changes nothing. `rows` hold a window. */
  prepareTraining(rows: Rows): void;
  /**
   * One step of Adam (Kingma & Ba 2015, Keras's form: beta 0.9 and 0.999, epsilon 1e-7) on the mean binary
   * cross-entropy of a batch, with dropout. Returns that loss.
   */
  trainBatch(rows: Rows, starts: Int32Array, labels: Uint8Array, learningRate: number): number;
  /** The loss of a batch in training mode and its gradient by every weight (0 for untrainable ones). Changes nothing. */
  gradient(rows: Rows, starts: Int32Array, labels: Uint8Array): { loss: number; gradient: Float32Array };
  /** The PD of each window: batch normalisation by moving averages, no dropout. */
  predict(rows: Rows, starts: Int32Array): Float32Array;
  /**
   * The PD of each window and its gradient by each input of that window, [windows, steps, inputs], both as `predict`
   * computes. Meant for few windows: it keeps every step's states.
   */
  inputGradient(rows: Rows, starts: Int32Array): { pds: Float32Array; gradient: Float32Array };
  /** All weights in the layout of `weightSlots`. */
  readWeights(): Float32Array;
  /** Replaces all weights; Adam starts anew. */
  writeWeights(weights: Float32Array): void;
  dispose(): void;
}

/** A way to compute networks; all engines give the same numbers to single precision. */
export interface Engine extends BackendInfo {
  createRows(values: Float32Array, columns: number): Rows;
  /** `weights` in the layout of `weightSlots`; `seed` draws the dropout. */
  createNetwork(architecture: Architecture, weights: Float32Array, seed: number): Network;
  /**
   * What `predict` of a network with these weights gives, by all cores; for many windows, because threads take a tenth of
   * a second to start. Missing where one thread is all that an engine has. Throws `cancelled`.
   */
  predictOnCores?(
    architecture: Architecture,
    weights: Float32Array,
    rows: Rows,
    starts: Int32Array,
    signal?: AbortSignal,
  ): Promise<Float32Array>;
  /** Tensors made and not yet deleted. */
  liveTensors(): number;
}

/** Windows that one call of an engine takes at once in prediction. */
export const PREDICTION_BATCH = 512;
