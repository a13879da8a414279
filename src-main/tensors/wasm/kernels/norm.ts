import { Lanes } from './lanes.ts';
import { Mode, Operation } from './operation.ts';
import { Random, SPREAD } from './random.ts';
import { PANEL_BYTES } from './tile.ts';

/** Keras's defaults. */
const EPSILON: f32 = 1e-3;
const MOMENTUM: f32 = 0.99;
const RATE_UNITS: f32 = 16777216;

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
      for (let place: usize = 0; place < width; place += 16) {
        const deviation = f32x4.sqrt(f32x4.add(v128.load(means + width + place), f32x4.splat(EPSILON)));
        const scale = f32x4.div(v128.load(op.weights + place), deviation);
        v128.store(scales + place, scale);
        v128.store(shifts + place, Lanes.nmadd(v128.load(means + place), scale, v128.load(op.weights + width + place)));
      }
    }
    if (mode === Mode.TRAIN && op.rate > 0) Norm.apply(op, batch, true, key);
    else Norm.apply(op, batch, false, key);
  }

  /** Means and biased variances of the batch. */
  static summarise(op: Operation, x: usize, rows: i32): void {
    const width = (<usize>op.outputs) << 2;
    const row = op.x.row;
    const share = f32x4.splat(<f32>1 / <f32>rows);
    for (let place: usize = 0; place < width; place += PANEL_BYTES) {
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
      v128.store(target + width, f32x4.mul(sum0, share));
      v128.store(target + width, f32x4.mul(sum1, share), 16);
    }
  }

  /** `drops` is a constant. */
  @inline static apply(op: Operation, batch: i32, drops: bool, key: i32): void {
    const width = (<usize>op.outputs) << 2;
    const rows = op.x.steps * batch;
    const normalises = op.normalises !== 0;
    const scales = op.statistics + 2 * width;
    const shifts = op.statistics + 3 * width;
    const rate = i32x4.splat(op.rate);
    const kept = f32x4.splat(Norm.keptScale(op));
    let counters = Norm.counters(op, key);
    let x = op.x.start(batch);
    let y = op.y.start(batch);
    for (let n = 0; n < rows; n++) {
      for (let place: usize = 0; place < width; place += 16) {
        let value = v128.load(x + place);
        if (normalises) value = Lanes.madd(value, v128.load(scales + place), v128.load(shifts + place));
        if (drops) {
          value = Random.dropped(f32x4.mul(value, kept), counters, rate);
          counters = i32x4.add(counters, i32x4.splat(4 * SPREAD));
        }
        v128.store(y + place, value);
      }
      x += op.x.row;
      y += op.y.row;
    }
  }

  /** Of a row's first four values, in the pass that `key` stands for. */
  @inline static counters(op: Operation, key: i32): v128 {
    const start = Random.word(key + op.number * SPREAD);
    return i32x4.add(i32x4.splat(start), i32x4(0, SPREAD, 2 * SPREAD, 3 * SPREAD));
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
        for (let place: usize = 0; place < width; place += PANEL_BYTES) Norm.sumBack(op, batch, place);
      }
    }
    const normalises = op.normalises !== 0;
    const usesBatch = normalises && mode === Mode.TRAIN;
    const scales = op.statistics + 2 * width;
    const slopes = op.statistics + 4 * width;
    const offsets = op.statistics + 5 * width;
    let x = op.x.start(batch);
    let dx = op.dx.start(batch);
    let dy = op.dy.start(batch);
    for (let n = 0; n < rows; n++) {
      for (let place: usize = 0; place < width; place += 16) {
        let value = v128.load(dy + place);
        if (usesBatch) {
          const mean = Lanes.madd(v128.load(x + place), v128.load(slopes + place), v128.load(offsets + place));
          value = Lanes.madd(value, v128.load(scales + place), mean);
        } else if (normalises) value = f32x4.mul(value, v128.load(scales + place));
        v128.store(dx + place, value);
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
    let counters = Norm.counters(op, key);
    let dy = op.dy.start(batch);
    for (let n = op.x.steps * batch; n > 0; n--) {
      for (let place: usize = 0; place < width; place += 16) {
        const value = f32x4.mul(v128.load(dy + place), kept);
        v128.store(dy + place, Random.dropped(value, counters, rate));
        counters = i32x4.add(counters, i32x4.splat(4 * SPREAD));
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
    Norm.finishBack(op, statistics, width, sum0, product0, op.gradients + place, rows);
    Norm.finishBack(op, statistics + 16, width, sum1, product1, op.gradients + place + 16, rows);
  }

  @inline static finishBack(
    op: Operation,
    statistics: usize,
    width: usize,
    sum: v128,
    product: v128,
    gradient: usize,
    rows: i32,
  ): void {
    const share = f32x4.splat(<f32>1 / <f32>rows);
    const mean = v128.load(statistics);
    const variance = f32x4.add(v128.load(statistics + width), f32x4.splat(EPSILON));
    const scale = v128.load(statistics + 2 * width);
    const slope = f32x4.neg(f32x4.div(f32x4.mul(f32x4.mul(scale, product), share), variance));
    v128.store(gradient, f32x4.div(product, f32x4.sqrt(variance)));
    v128.store(gradient + width, sum);
    v128.store(statistics + 4 * width, slope);
    v128.store(statistics + 5 * width, Lanes.nmadd(slope, mean, f32x4.neg(f32x4.mul(f32x4.mul(scale, sum), share))));
  }

  /** The moving averages take their share of the batch's mean and biased variance. */
  static move(op: Operation): void {
    if (op.normalises === 0) return;
    for (let place: usize = 0; place < (<usize>op.outputs) << 3; place += 16) {
      const moved = f32x4.mul(v128.load(op.statistics + place), f32x4.splat(<f32>1 - MOMENTUM));
      v128.store(op.moving + place, Lanes.madd(v128.load(op.moving + place), f32x4.splat(MOMENTUM), moved));
    }
  }
}
