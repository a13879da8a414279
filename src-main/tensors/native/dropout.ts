import { createRandom } from '../../sequences/random.ts';
import { extents, type Architecture } from '../architecture.ts';
import { createTensor, freeTensor, type TensorId } from './tensors.ts';

const POOL_SIZE = 1 << 20;
/** A pool holds at least so many masks side by side, and is drawn anew after so many were cut. */
const LEAST_MASKS = 4;
const MASKS_PER_POOL = 2048;
/** TensorFlow need not copy a stretch that starts at a multiple of 64 bytes. */
const ALIGNMENT = 16;

interface Pool {
  id: TensorId;
  size: number;
  cut: number;
}

/**
 * Inverted dropout: kept values are scaled by 1 / (1 − rate). Drawing tens of thousands of uniforms in every step would
 * cost more than the LSTM's forward pass, so masks are stretches of a pool of drawn ones, each at a random place.
 * Repeats from the seed.
 */
export interface DropoutMasks {
  /** Where in the rate's pool a mask of `size` values starts. */
  cut(rate: number, size: number): number;
  /** The pool that the latest masks of a rate were cut from, one-dimensional. */
  pool(rate: number): TensorId;
  dispose(): void;
}

export function createDropoutMasks(seed: number): DropoutMasks {
  const random = createRandom(seed);
  const pools = new Map<number, Pool>();

  function draw(rate: number, size: number): Pool {
    const kept = 1 / (1 - rate);
    const values = new Float32Array(size);
    for (let i = 0; i < size; i++) values[i] = random.next() < rate ? 0 : kept;
    return { id: createTensor([size], values), size, cut: 0 };
  }

  return {
    cut(rate, size) {
      let pool = pools.get(rate);
      if (pool === undefined || pool.size < LEAST_MASKS * size || pool.cut >= MASKS_PER_POOL) {
        if (pool !== undefined) freeTensor(pool.id);
        // Never smaller than before: another layer's mask may have been cut from the old one.
        pool = draw(rate, Math.max(POOL_SIZE, LEAST_MASKS * size, pool?.size ?? 0));
        pools.set(rate, pool);
      }
      pool.cut++;
      return ALIGNMENT * random.integer(0, Math.floor((pool.size - size) / ALIGNMENT));
    },
    pool(rate) {
      const pool = pools.get(rate);
      if (pool === undefined) throw new Error(`no mask has been cut at rate ${rate}`);
      return pool.id;
    },
    dispose() {
      for (const { id } of pools.values()) freeTensor(id);
      pools.clear();
    },
  };
}

/** The placeholder of a rate's pool. */
export const poolOf = (rate: number) => `pool_${rate}`;

/** A layer that drops values out in training. */
export interface MaskedLayer {
  layer: number;
  rate: number;
  valuesPerWindow: number;
}

export function maskedLayers(architecture: Architecture): MaskedLayer[] {
  const inputs = extents(architecture);
  return architecture.layers.flatMap((layer, number) => {
    if (layer.type !== 'dropout' || layer.rate === 0) return [];
    const { steps, width } = inputs[number];
    return [{ layer: number, rate: layer.rate, valuesPerWindow: Math.max(steps, 1) * width }];
  });
}
