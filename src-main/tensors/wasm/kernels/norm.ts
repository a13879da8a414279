import { Lanes } from './lanes.ts';
import { Mode, Operation } from './operation.ts';
import { Random, SPREAD } from './random.ts';

/** Keras's defaults. */
const EPSILON: f32 = 1e-3;
const MOMENTUM: f32 = 0.99;
const RATE_UNITS: f32 = 16777216;

/** What counters of eight values are apart. */
const SPREADS = memory.data<i32>(
  [0, SPREAD, 2 * SPREAD, 3 * SPREAD, 4 * SPREAD, 5 * SPREAD, 6 * SPREAD, 7 * SPREAD],
  16,
);

/** Batch normalisation over all axes but the last, with the dropout that follows it; or dropout alone. */
export class Norm {
  static forward(op: Operation, batch: i32, mode: i32, key: i32): void {
    const width = (<usize>op.outputs) << 2;
    const rows = op.x.steps * batch;
    const scales = op.statistics + 2 * width;
    const shifts = op.statistics + 3 * width;
    if (op.normalises !== 0) {
      let means = op.moving;
      if (mode === Mode.TRAIN) {
        means = op.statistics;
        Norm.summarise(op, op.x.start(batch), rows);
      }
      const gammas = op.weights;
      const betas = op.weights + width;
      for (let place: usize = 0; place < width; place += 32) {
        const deviation0 = f32x4.sqrt(f32x4.add(v128.load(means + width + place), f32x4.splat(EPSILON)));
        const deviation1 = f32x4.sqrt(f32x4.add(v128.load(means + width + place, 16), f32x4.splat(EPSILON)));
        const scale0 = f32x4.div(v128.load(gammas + place), deviation0);
        const scale1 = f32x4.div(v128.load(gammas + place, 16), deviation1);
        const shift0 = Lanes.nmadd(v128.load(means + place), scale0, v128.load(betas + place));
        const shift1 = Lanes.nmadd(v128.load(means + place, 16), scale1, v128.load(betas + place, 16));
        v128.store(scales + place, scale0);
        v128.store(scales + place, scale1, 16);
        v128.store(shifts + place, shift0);
        v128.store(shifts + place, shift1, 16);
      }
    }
    const drops = mode === Mode.TRAIN && op.rate > 0;
    if (op.normalises === 0) {
      if (drops) Norm.apply(op, batch, false, true, key);
      else Norm.apply(op, batch, false, false, key);
    } else if (drops) Norm.apply(op, batch, true, true, key);
    else Norm.apply(op, batch, true, false, key);
  }

  /** Means and biased variances of the batch. */
  static summarise(op: Operation, x: usize, rows: i32): void {
    const width = (<usize>op.outputs) << 2;
    const row = op.x.row;
    const share = f32x4.splat(<f32>1 / <f32>rows);
    for (let place: usize = 0; place < width; place += 32) {
      let sum0 = f32x4.splat(0);
      let sum1 = f32x4.splat(0);
      let at = x + place;
      for (let n = 0; n < rows; n++) {
        sum0 = f32x4.add(sum0, v128.load(at));
        sum1 = f32x4.add(sum1, v128.load(at, 16));
        at += row;
      }
      const mean0 = f32x4.mul(sum0, share);
      const mean1 = f32x4.mul(sum1, share);
      sum0 = f32x4.splat(0);
      sum1 = f32x4.splat(0);
      at = x + place;
      for (let n = 0; n < rows; n++) {
        const from0 = f32x4.sub(v128.load(at), mean0);
        const from1 = f32x4.sub(v128.load(at, 16), mean1);
        sum0 = Lanes.madd(from0, from0, sum0);
        sum1 = Lanes.madd(from1, from1, sum1);
        at += row;
      }
      const target = op.statistics + place;
      v128.store(target, mean0);
      v128.store(target, mean1, 16);
      const variance0 = f32x4.mul(sum0, share);
      const variance1 = f32x4.mul(sum1, share);
      v128.store(target + width, variance0);
      v128.store(target + width, variance1, 16);
    }
  }

  /** `normalises` and `drops` are constants. */
  @inline static apply(op: Operation, batch: i32, normalises: bool, drops: bool, key: i32): void {
    const width = (<usize>op.outputs) << 2;
    const rows = op.x.steps * batch;
    const scales = op.statistics + 2 * width;
    const shifts = op.statistics + 3 * width;
    const rate = i32x4.splat(op.rate);
    const kept = f32x4.splat(Norm.keptScale(op));
    const start = i32x4.splat(Norm.start(op, key));
    let counters0 = i32x4.add(start, v128.load(SPREADS));
    let counters1 = i32x4.add(start, v128.load(SPREADS, 16));
    let x = op.x.start(batch);
    let y = op.y.start(batch);
    for (let n = 0; n < rows; n++) {
      for (let place: usize = 0; place < width; place += 32) {
        let value0 = v128.load(x + place);
        let value1 = v128.load(x + place, 16);
        if (normalises) {
          value0 = Lanes.madd(value0, v128.load(scales + place), v128.load(shifts + place));
          value1 = Lanes.madd(value1, v128.load(scales + place, 16), v128.load(shifts + place, 16));
        }
        if (drops) {
          value0 = Random.dropped(f32x4.mul(value0, kept), counters0, rate);
          value1 = Random.dropped(f32x4.mul(value1, kept), counters1, rate);
          counters0 = i32x4.add(counters0, i32x4.splat(8 * SPREAD));
          counters1 = i32x4.add(counters1, i32x4.splat(8 * SPREAD));
        }
        v128.store(y + place, value0);
        v128.store(y + place, value1, 16);
      }
      x += op.x.row;
      y += op.y.row;
    }
  }

  /** The counter of a sequence's first value, in the pass that `key` stands for; the others follow SPREAD apart. */
  @inline static start(op: Operation, key: i32): i32 {
    return Random.word(key + op.number * SPREAD);
  }

  /** What is kept is scaled up by. */
  @inline static keptScale(op: Operation): f32 {
    return RATE_UNITS / (RATE_UNITS - <f32>op.rate);
  }

  static backward(op: Operation, batch: i32, mode: i32, key: i32): void {
    const width = (<usize>op.outputs) << 2;
    const rows = op.x.steps * batch;
    if (mode === Mode.TRAIN) {
      if (op.rate > 0) Norm.dropBack(op, batch, key);
      if (op.normalises !== 0) {
        for (let place: usize = 0; place < width; place += 32) Norm.sumBack(op, batch, place);
      }
    }
    if (op.normalises === 0) Norm.inputBack(op, batch, false, false);
    else if (mode === Mode.TRAIN) Norm.inputBack(op, batch, true, true);
    else Norm.inputBack(op, batch, true, false);
  }

  /** `normalises` and `usesBatch`, that the batch's own mean and variance did, are constants. */
  @inline static inputBack(op: Operation, batch: i32, normalises: bool, usesBatch: bool): void {
    const width = (<usize>op.outputs) << 2;
    const scales = op.statistics + 2 * width;
    const slopes = op.statistics + 4 * width;
    const offsets = op.statistics + 5 * width;
    let x = op.x.start(batch);
    let dx = op.dx.start(batch);
    let dy = op.dy.start(batch);
    for (let n = op.x.steps * batch; n > 0; n--) {
      for (let place: usize = 0; place < width; place += 32) {
        let value0 = v128.load(dy + place);
        let value1 = v128.load(dy + place, 16);
        if (usesBatch) {
          const mean0 = Lanes.madd(v128.load(x + place), v128.load(slopes + place), v128.load(offsets + place));
          const mean1 = Lanes.madd(
            v128.load(x + place, 16),
            v128.load(slopes + place, 16),
            v128.load(offsets + place, 16),
          );
          value0 = Lanes.madd(value0, v128.load(scales + place), mean0);
          value1 = Lanes.madd(value1, v128.load(scales + place, 16), mean1);
        } else if (normalises) {
          value0 = f32x4.mul(value0, v128.load(scales + place));
          value1 = f32x4.mul(value1, v128.load(scales + place, 16));
        }
        v128.store(dx + place, value0);
        v128.store(dx + place, value1, 16);
      }
      x += op.x.row;
      dx += op.dx.row;
      dy += op.dy.row;
    }
  }

  /** The mask of the way forward, on gradients in place. */
  static dropBack(op: Operation, batch: i32, key: i32): void {
    const width = (<usize>op.outputs) << 2;
    const rate = i32x4.splat(op.rate);
    const kept = f32x4.splat(Norm.keptScale(op));
    const start = i32x4.splat(Norm.start(op, key));
    let counters0 = i32x4.add(start, v128.load(SPREADS));
    let counters1 = i32x4.add(start, v128.load(SPREADS, 16));
    let dy = op.dy.start(batch);
    for (let n = op.x.steps * batch; n > 0; n--) {
      for (let place: usize = 0; place < width; place += 32) {
        const value0 = f32x4.mul(v128.load(dy + place), kept);
        const value1 = f32x4.mul(v128.load(dy + place, 16), kept);
        v128.store(dy + place, Random.dropped(value0, counters0, rate));
        v128.store(dy + place, Random.dropped(value1, counters1, rate), 16);
        counters0 = i32x4.add(counters0, i32x4.splat(8 * SPREAD));
        counters1 = i32x4.add(counters1, i32x4.splat(8 * SPREAD));
      }
      dy += op.dy.row;
    }
  }

  /**
   * Gradients by gamma and beta, of eight columns, and what the mean and the variance add to the gradient by x:
   * scale · (dy − Σdy / n − x̂ · Σ(dy · x̂) / n) = scale · dy + slope · x + offset.
   */
  @inline static sumBack(op: Operation, batch: i32, place: usize): void {
    const width = (<usize>op.outputs) << 2;
    const rows = op.x.steps * batch;
    const statistics = op.statistics + place;
    const mean0 = v128.load(statistics);
    const mean1 = v128.load(statistics, 16);
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    let product0 = f32x4.splat(0);
    let product1 = f32x4.splat(0);
    let x = op.x.start(batch) + place;
    let dy = op.dy.start(batch) + place;
    for (let n = 0; n < rows; n++) {
      const d0 = v128.load(dy);
      const d1 = v128.load(dy, 16);
      sum0 = f32x4.add(sum0, d0);
      sum1 = f32x4.add(sum1, d1);
      product0 = Lanes.madd(d0, f32x4.sub(v128.load(x), mean0), product0);
      product1 = Lanes.madd(d1, f32x4.sub(v128.load(x, 16), mean1), product1);
      x += op.x.row;
      dy += op.dy.row;
    }
    const share = f32x4.splat(<f32>1 / <f32>rows);
    const variance0 = f32x4.add(v128.load(statistics + width), f32x4.splat(EPSILON));
    const variance1 = f32x4.add(v128.load(statistics + width, 16), f32x4.splat(EPSILON));
    const scale0 = v128.load(statistics + 2 * width);
    const scale1 = v128.load(statistics + 2 * width, 16);
    const slope0 = f32x4.neg(f32x4.div(f32x4.mul(f32x4.mul(scale0, product0), share), variance0));
    const slope1 = f32x4.neg(f32x4.div(f32x4.mul(f32x4.mul(scale1, product1), share), variance1));
    const byGamma0 = f32x4.div(product0, f32x4.sqrt(variance0));
    const byGamma1 = f32x4.div(product1, f32x4.sqrt(variance1));
    const offset0 = Lanes.nmadd(slope0, mean0, f32x4.neg(f32x4.mul(f32x4.mul(scale0, sum0), share)));
    const offset1 = Lanes.nmadd(slope1, mean1, f32x4.neg(f32x4.mul(f32x4.mul(scale1, sum1), share)));
    const gradient = op.gradients + place;
    v128.store(gradient, byGamma0);
    v128.store(gradient, byGamma1, 16);
    v128.store(gradient + width, sum0);
    v128.store(gradient + width, sum1, 16);
    v128.store(statistics + 4 * width, slope0);
    v128.store(statistics + 4 * width, slope1, 16);
    v128.store(statistics + 5 * width, offset0);
    v128.store(statistics + 5 * width, offset1, 16);
  }

  /** The moving averages take their share of the batch's mean and biased variance. */
  static move(op: Operation): void {
    if (op.normalises === 0) return;
    for (let place: usize = 0; place < (<usize>op.outputs) << 3; place += 32) {
      const taken0 = f32x4.mul(v128.load(op.statistics + place), f32x4.splat(<f32>1 - MOMENTUM));
      const taken1 = f32x4.mul(v128.load(op.statistics + place, 16), f32x4.splat(<f32>1 - MOMENTUM));
      const moved0 = Lanes.madd(v128.load(op.moving + place), f32x4.splat(MOMENTUM), taken0);
      const moved1 = Lanes.madd(v128.load(op.moving + place, 16), f32x4.splat(MOMENTUM), taken1);
      v128.store(op.moving + place, moved0);
      v128.store(op.moving + place, moved1, 16);
    }
  }
}
