import type { Engine } from '../network.ts';
import { bestBuild, startKernels, type KernelBuild } from '../wasm-kernels.ts';
import { createWasmNetwork, type WasmRows } from './network.ts';
import { predictOnCores } from './predict-on-cores.ts';

/** Counted up whenever the kernels give other numbers than before. */
const VERSION = 1;
const BUILD_NAMES: Record<KernelBuild, string> = { relaxed: 'relaxed SIMD', plain: 'SIMD' };

/** Rows and networks that are not yet let go. */
let live = 0;

/** Duecast's own kernels in WebAssembly, on one thread; they run wherever Node does. */
export function createWasmEngine(build: KernelBuild = bestBuild()): Engine {
  return {
    name: 'wasm',
    version: `${VERSION} (${BUILD_NAMES[build]})`,
    threads: 1,
    liveTensors: () => live,
    createRows(values, columns): WasmRows {
      live++;
      return { values, rows: values.length / columns, columns, dispose: () => void live-- };
    },
    createNetwork(architecture, weights, seed) {
      const network = createWasmNetwork(startKernels(build), architecture, weights, seed, () => void live--);
      live++;
      return network;
    },
    predictOnCores: (architecture, weights, rows, starts, signal) =>
      predictOnCores(build, architecture, weights, rows as WasmRows, starts, signal),
  };
}
