import { createRequire } from 'node:module';
import { layersContender } from './layers-contender.ts';

/** Stock tfjs on its WebAssembly backend with SIMD, on one thread. It has no kernels to train a convolution with. */
export async function createContender() {
  const require = createRequire(import.meta.url);
  const tf = require('@tensorflow/tfjs') as typeof import('@tensorflow/tfjs');
  require('@tensorflow/tfjs-backend-wasm');
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await tf.setBackend('wasm');
  return layersContender(tf);
}
