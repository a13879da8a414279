import { createRequire } from 'node:module';
import type { Architecture } from '../../src-main/tensors/architecture.ts';
import { nativeBinding } from '../../src-main/tensors/native/binding.ts';
import { NATIVE_HIDDEN } from './native-hidden.ts';
import { stockLayers } from './stock-layers.ts';

if (!NATIVE_HIDDEN) nativeBinding(); // mends what tfjs-node misses in newer Nodes
const name = NATIVE_HIDDEN ? '@tensorflow/tfjs' : '@tensorflow/tfjs-node';
/** On native TensorFlow where that may be used, else in JavaScript. */
export const tf = createRequire(import.meta.url)(name) as typeof import('@tensorflow/tfjs');

/** The same network of stock tfjs layers, with the same weights. */
export const stockNetwork = (architecture: Architecture, weights: Float32Array) =>
  stockLayers(tf, architecture, weights);
