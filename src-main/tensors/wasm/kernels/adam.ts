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
    for (let at: usize = 0; at < bytes; at += 32) {
      const g0 = v128.load(gradients + at);
      const g1 = v128.load(gradients + at, 16);
      const w0 = v128.load(weights + at);
      const w1 = v128.load(weights + at, 16);
      let m0 = v128.load(first + at);
      let m1 = v128.load(first + at, 16);
      let v0 = v128.load(second + at);
      let v1 = v128.load(second + at, 16);
      m0 = Lanes.madd(f32x4.sub(g0, m0), f32x4.splat(<f32>1 - BETA1), m0);
      m1 = Lanes.madd(f32x4.sub(g1, m1), f32x4.splat(<f32>1 - BETA1), m1);
      v0 = Lanes.madd(f32x4.sub(f32x4.mul(g0, g0), v0), f32x4.splat(<f32>1 - BETA2), v0);
      v1 = Lanes.madd(f32x4.sub(f32x4.mul(g1, g1), v1), f32x4.splat(<f32>1 - BETA2), v1);
      const size0 = f32x4.add(f32x4.sqrt(v0), f32x4.splat(EPSILON));
      const size1 = f32x4.add(f32x4.sqrt(v1), f32x4.splat(EPSILON));
      const moved0 = f32x4.sub(w0, f32x4.div(f32x4.mul(f32x4.splat(rate), m0), size0));
      const moved1 = f32x4.sub(w1, f32x4.div(f32x4.mul(f32x4.splat(rate), m1), size1));
      v128.store(first + at, m0);
      v128.store(first + at, m1, 16);
      v128.store(second + at, v0);
      v128.store(second + at, v1, 16);
      v128.store(weights + at, moved0);
      v128.store(weights + at, moved1, 16);
    }
  }
}
