import { DuecastError } from '../ipc/errors.ts';
import { createNativeEngine } from './native/engine.ts';
import type { Engine } from './network.ts';
import { createWasmEngine } from './wasm/engine.ts';

export type Backend = 'auto' | 'tensorflow' | 'wasm';
export const BACKENDS: readonly Backend[] = ['auto', 'tensorflow', 'wasm'];

/**
 * The engine that the analyst asked for; `auto` takes native TensorFlow where it is there, else WebAssembly, which is
 * everywhere. Throws `engine-missing` or `usage`.
 */
export function loadEngine(backend: Backend): Engine {
  switch (backend) {
    case 'wasm':
      return createWasmEngine();
    case 'tensorflow':
      return createNativeEngine();
    case 'auto':
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
