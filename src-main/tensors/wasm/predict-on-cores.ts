import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { cancelled } from '../../ipc/errors.ts';
import type { Architecture } from '../architecture.ts';
import type { PredictionTask } from '../predicting-thread.ts';
import type { WasmRows } from './network.ts';

const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? '../predicting-thread.ts' : './predicting-thread.cjs',
  import.meta.url,
);

/** The PD of each window, by as many threads as there are cores. Throws `cancelled`. */
export async function predictOnCores(
  kernels: WebAssembly.Module,
  architecture: Architecture,
  weights: Float32Array,
  { values, columns }: WasmRows,
  starts: Int32Array,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const scores = new Float32Array(new SharedArrayBuffer(4 * starts.length));
  const control = new Int32Array(new SharedArrayBuffer(8));
  const sharedValues = new Float32Array(new SharedArrayBuffer(values.byteLength));
  sharedValues.set(values);
  const sharedStarts = new Int32Array(new SharedArrayBuffer(starts.byteLength));
  sharedStarts.set(starts);
  const arrays = { values: sharedValues, starts: sharedStarts, scores, control };
  const task: PredictionTask = { kernels, architecture, weights, columns, ...arrays };

  const stop = () => void Atomics.store(control, 1, 1);
  if (signal?.aborted) throw cancelled();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const threads = Array.from({ length: availableParallelism() }, () =>
      endOf(new Worker(THREAD, { workerData: task })),
    );
    for (const thread of threads) thread.catch(stop);
    await Promise.all(threads);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  if (signal?.aborted) throw cancelled();
  return new Float32Array(scores);
}

function endOf(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`a predicting thread ended with code ${code}`));
    });
  });
}
