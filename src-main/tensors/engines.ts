import { DuecastError } from '../ipc/errors.ts';
import { BACKENDS, type Backend, type EngineName } from './backends.ts';
import { createNativeEngine } from './native/engine.ts';
import type { Engine } from './network.ts';
import { bestBuild } from './wasm/best-build.ts';
import { createWasmEngine } from './wasm/engine.ts';

/** The engines, the one that is faster on this machine first: WebAssembly's where it has vectors of 256 bits. */
export const fasterFirst = (): EngineName[] =>
  bestBuild() === 'wide' ? ['wasm', 'tensorflow'] : ['tensorflow', 'wasm'];

/**
 * The engine that the analyst asked for; `auto` takes the fastest that is there. Throws `engine-missing` or `usage`.
 */
export function loadEngine(backend: Backend): Engine {
  switch (backend) {
    case 'wasm':
      return createWasmEngine();
    case 'tensorflow':
      return createNativeEngine();
    case 'auto':
      if (fasterFirst()[0] === 'wasm') return createWasmEngine();
      try {
        return createNativeEngine();
      } catch (error) {
        if (error instanceof DuecastError && error.code === 'engine-missing') return createWasmEngine();
        throw error;
      }
    default:
      throw new DuecastError(
        'usage',
        `There is no engine called ${String(backend)}; there are ${BACKENDS.join(', ')}.`,
      );
  }
}
