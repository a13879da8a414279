import { createRandom } from '../../sequences/random.ts';
import type { Constants } from './constants.ts';
import type { Kernels, TensorId } from './kernels.ts';

const POOL_SIZE = 1 << 20;
/** A mask is a stretch of the pool at a random place; the pool is drawn anew after so many masks. */
const MASKS_PER_POOL = 2048;

/**
 * Inverted dropout: kept values are scaled by 1 / (1 − rate). Drawing tens of thousands of uniforms in every step would
 * cost more than the LSTM's forward pass, so masks are cut from a pool of drawn ones. Repeats from the seed.
 */
export interface DropoutMasks {
  /** A mask of `shape`, in the current scope. Throws nothing; shapes beyond the pool get a pool of their size. */
  mask(rate: number, shape: number[]): TensorId;
  dispose(): void;
}

export function createDropoutMasks(kernels: Kernels, constants: Constants, seed: number): DropoutMasks {
  const random = createRandom(seed);
  const pools = new Map<number, { id: TensorId; size: number; masks: number }>();

  const draw = (rate: number, size: number) => {
    const values = new Float32Array(size);
    const kept = 1 / (1 - rate);
    for (let i = 0; i < size; i++) values[i] = random.next() < rate ? 0 : kept;
    const old = pools.get(rate);
    if (old !== undefined) kernels.free([old.id]);
    const pool = { id: kernels.keep(() => kernels.floats([size], values)), size, masks: 0 };
    pools.set(rate, pool);
    return pool;
  };

  return {
    mask(rate, shape) {
      const size = shape.reduce((a, b) => a * b, 1);
      let pool = pools.get(rate);
      if (pool === undefined || pool.size < 4 * size || pool.masks >= MASKS_PER_POOL)
        pool = draw(rate, Math.max(POOL_SIZE, 4 * size));
      pool.masks++;
      const start = kernels.integers([1], Int32Array.of(random.integer(0, pool.size - size)));
      return kernels.reshape(kernels.slice(pool.id, start, constants.integers(size)), constants.integers(...shape));
    },
    dispose() {
      for (const { id } of pools.values()) kernels.free([id]);
      pools.clear();
    },
  };
}
