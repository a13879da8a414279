import { createRandom } from '../../sequences/random.ts';
import type { Constants } from './constants.ts';
import type { Kernels, TensorId } from './kernels.ts';

const POOL_SIZE = 1 << 20;
/** A pool holds at least so many masks side by side, and is drawn anew after so many were cut. */
const LEAST_MASKS = 4;
const MASKS_PER_POOL = 2048;

interface Pool {
  id: TensorId;
  /** Of [1, …, width] each. */
  rows: number;
  cut: number;
}

/**
 * Inverted dropout: kept values are scaled by 1 / (1 − rate). Drawing tens of thousands of uniforms in every step would
 * cost more than the LSTM's forward pass, so masks are stretches of a pool of drawn ones, each at a random row of it;
 * TensorFlow need not even copy them. Repeats from the seed.
 */
export interface DropoutMasks {
  /** A mask of `shape`, in the current scope. */
  mask(rate: number, shape: number[]): TensorId;
  dispose(): void;
}

export function createDropoutMasks(kernels: Kernels, constants: Constants, seed: number): DropoutMasks {
  const random = createRandom(seed);
  const pools = new Map<string, Pool>();

  const draw = (rate: number, rowShape: number[], rows: number): Pool => {
    const kept = 1 / (1 - rate);
    const values = new Float32Array(rows * rowShape.reduce((a, b) => a * b, 1));
    for (let i = 0; i < values.length; i++) values[i] = random.next() < rate ? 0 : kept;
    return { id: kernels.keep(() => kernels.floats([rows, ...rowShape], values)), rows, cut: 0 };
  };

  return {
    mask(rate, shape) {
      const [rows, ...rowShape] = shape;
      const key = `${rate} ${rowShape.join()}`;
      let pool = pools.get(key);
      if (pool === undefined || pool.rows < LEAST_MASKS * rows || pool.cut >= MASKS_PER_POOL) {
        if (pool !== undefined) kernels.free([pool.id]);
        const width = rowShape.reduce((a, b) => a * b, 1);
        pool = draw(rate, rowShape, Math.max(Math.ceil(POOL_SIZE / width), LEAST_MASKS * rows));
        pools.set(key, pool);
      }
      pool.cut++;
      const start = Int32Array.from(shape, (_, axis) => (axis === 0 ? random.integer(0, pool.rows - rows) : 0));
      return kernels.slice(pool.id, kernels.integers([shape.length], start), constants.integers(...shape));
    },
    dispose() {
      for (const { id } of pools.values()) kernels.free([id]);
      pools.clear();
    },
  };
}
