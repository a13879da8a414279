import type { Engine } from '../network.ts';
import { compileKernels, startKernels, type KernelBuild } from '../wasm-kernels.ts';
import { bestBuild } from './best-build.ts';
import { createWasmNetwork, type WasmRows } from './network.ts';
import { predictOnCores } from './predict-on-cores.ts';

/** Counted up whenever the kernels give other numbers than before. */
const VERSION = 2;
const BUILD_NAMES: Record<KernelBuild, string> = { wide: '256-bit SIMD', relaxed: 'relaxed SIMD', plain: 'SIMD' };

/** Rows and networks that are not yet let go. */
let live = 0;

/** Duecast's own kernels in WebAssembly, on one thread; they run wherever Node does. */
export function createWasmEngine(build: KernelBuild = bestBuild()): Engine {
  const kernels = compileKernels(build);
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
      const network = createWasmNetwork(startKernels(kernels), architecture, weights, seed, () => void live--);
      live++;
      return network;
    },
    predictOnCores: (architecture, weights, rows, starts, signal) =>
      predictOnCores(kernels, architecture, weights, rows as WasmRows, starts, signal),
  };
}
