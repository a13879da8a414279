import type { EpochRecord } from '../ipc/documents.ts';
import type { Windows } from '../sequences/windows.ts';
import type { EpochProgress } from './fit-network.ts';

/** How a training went. */
export interface TrainingRecord {
  parameters: number;
  /** Epochs of a network, boosting rounds, or Newton steps. */
  epochs: number;
  bestEpoch: number;
  history: EpochRecord[];
  seconds: number;
  /** Training only, validation excluded. */
  windowsPerSecond: number;
}

/** A model as it comes out of training: what is stored of it, and a way to apply it at once. */
export interface FittedModel {
  /** JSON. */
  configuration: unknown;
  weights: Uint8Array;
  training: TrainingRecord;
  /** The PD of each window of the panel it was trained on. */
  predict(windows: Windows): Promise<Float32Array>;
  dispose(): void;
}

/** How far a training is: epochs of a network, or rounds of a snapshot model. */
export type FitProgress = { unit: 'epochs'; epochs: EpochProgress } | { unit: 'rounds'; done: number; total: number };

export interface FitOptions {
  signal?: AbortSignal | undefined;
  progress?: ((progress: FitProgress) => void) | undefined;
}
