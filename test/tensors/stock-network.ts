import { createRequire } from 'node:module';
import util from 'node:util';
import type { Architecture } from '../../src-main/tensors/architecture.ts';
import { nativeBinding } from '../../src-main/tensors/native/binding.ts';
import { NATIVE_HIDDEN } from './native-hidden.ts';
import { stockLayers } from './stock-layers.ts';

// tfjs-node 4.22 calls two functions that Node 23 removed.
const legacy = util as unknown as Record<string, unknown>;
legacy['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
legacy['isArray'] ??= Array.isArray;
if (!NATIVE_HIDDEN) nativeBinding(); // sets how many threads TensorFlow makes when it is loaded
const name = NATIVE_HIDDEN ? '@tensorflow/tfjs' : '@tensorflow/tfjs-node';
/** On native TensorFlow where that may be used, else in JavaScript. */
export const tf = createRequire(import.meta.url)(name) as typeof import('@tensorflow/tfjs');

/** The same network of stock tfjs layers, with the same weights. */
export const stockNetwork = (architecture: Architecture, weights: Float32Array) =>
  stockLayers(tf, architecture, weights);
