import type { NetworkKind } from '../../../src-main/models/architectures.ts';

/** The reference recipe's size. */
export const WINDOW_STEPS = 30;
export const INPUTS = 10;

/** One piece of work whose time is taken. */
export interface Task {
  work: 'train' | 'predict';
  kind: NetworkKind;
  batch: number;
  windows: number;
}

export interface Timing {
  seconds: number;
  /** Processor time of all threads over elapsed time. */
  coresBusy: number;
}

/** A way to compute the reference networks, on its own in a process. */
export interface Contender {
  /** Makes the network of a kind, outside the time that is taken. */
  prepare(kind: NetworkKind): void;
  /** Seconds of the work alone. */
  seconds(task: Task): Promise<number>;
}

/** Duecast's two engines, and stock tfjs layers on tfjs-node and on tfjs's own WebAssembly. */
export const CONTENDERS = ['native', 'wasm', 'stock', 'stock-wasm'] as const;
export type ContenderName = (typeof CONTENDERS)[number];
