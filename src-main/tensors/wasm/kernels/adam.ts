import { Lanes } from './lanes.ts';

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.999;
const EPSILON: f32 = 1e-7;

/**
 * A step of Adam (Kingma & Ba 2015) in Keras's form over one flat vector. `rate` has the corrections of both moments in
 * it.
 */
export class Adam {
  static step(weights: usize, gradients: usize, first: usize, second: usize, bytes: usize, rate: f32): void {
    for (let at: usize = 0; at < bytes; at += 16) {
      const g = v128.load(gradients + at);
      const m0 = v128.load(first + at);
      const v0 = v128.load(second + at);
      const m = Lanes.madd(f32x4.sub(g, m0), f32x4.splat(<f32>1 - BETA1), m0);
      const v = Lanes.madd(f32x4.sub(f32x4.mul(g, g), v0), f32x4.splat(<f32>1 - BETA2), v0);
      const size = f32x4.add(f32x4.sqrt(v), f32x4.splat(EPSILON));
      v128.store(first + at, m);
      v128.store(second + at, v);
      const moved = f32x4.div(f32x4.mul(f32x4.splat(rate), m), size);
      v128.store(weights + at, f32x4.sub(v128.load(weights + at), moved));
    }
  }
}
