import { createRequire } from 'node:module';
import type { Architecture } from '../../src-main/tensors/architecture.ts';
import { nativeBinding } from '../../src-main/tensors/native/binding.ts';
import { stockLayers } from './stock-layers.ts';

nativeBinding(); // mends what tfjs-node misses in newer Nodes
export const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node') as typeof import('@tensorflow/tfjs-node');

/** The same network of stock tfjs-node layers, with the same weights. */
export const stockNetwork = (architecture: Architecture, weights: Float32Array) =>
  stockLayers(tf, architecture, weights);
