import { workerData } from 'node:worker_threads';
import type { Architecture } from './architecture.ts';
import { createWasmNetwork, type WasmRows } from './wasm/network.ts';
import { startKernels } from './wasm-kernels.ts';

/** What every thread of one prediction is given. Arrays are shared, so that each thread fills its own places. */
export interface PredictionTask {
  kernels: WebAssembly.Module;
  architecture: Architecture;
  weights: Float32Array;
  columns: number;
  values: Float32Array;
  starts: Int32Array;
  scores: Float32Array;
  /** The first window that no thread has taken yet; and 1 once all shall stop. */
  control: Int32Array;
}

/** Windows that a thread takes at a time: some hundredths of a second. */
const STRETCH = 480;

/** Predicts stretches of windows with kernels of its own until none is left. */
function predictStretches({
  kernels,
  architecture,
  weights,
  columns,
  values,
  starts,
  scores,
  control,
}: PredictionTask) {
  const nothing = () => undefined;
  const rows: WasmRows = { values, columns, rows: values.length / columns, dispose: nothing };
  const network = createWasmNetwork(startKernels(kernels), architecture, weights, 0, nothing);
  while (Atomics.load(control, 1) === 0) {
    const from = Atomics.add(control, 0, STRETCH);
    if (from >= starts.length) return;
    scores.set(network.predict(rows, starts.subarray(from, from + STRETCH)), from);
  }
}

predictStretches(workerData as PredictionTask);
