import { DuecastError } from '../ipc/errors.ts';
import { createNativeEngine } from './native/engine.ts';
import type { Engine } from './network.ts';

export type Backend = 'auto' | 'tensorflow';
export const BACKENDS: readonly Backend[] = ['auto', 'tensorflow'];

/** The engine that the analyst asked for, or the best one there is. Throws `engine-missing` or `usage`. */
export function loadEngine(backend: Backend): Engine {
  if (!BACKENDS.includes(backend)) {
    throw new DuecastError(
      'usage',
      `There is no engine called ${String(backend)}; there are ${BACKENDS.join(' and ')}.`,
    );
  }
  return createNativeEngine();
}
