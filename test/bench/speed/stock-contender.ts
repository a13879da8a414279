import { createRequire } from 'node:module';
import util from 'node:util';
import { layersContender } from './layers-contender.ts';

/** Stock tfjs-node. */
export function createContender() {
  // tfjs-node 4.22 calls two functions that Node 23 removed.
  const legacy = util as unknown as Record<string, unknown>;
  legacy['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  legacy['isArray'] ??= Array.isArray;
  const tf: unknown = createRequire(import.meta.url)('@tensorflow/tfjs-node');
  return layersContender(tf as typeof import('@tensorflow/tfjs'));
}
