import { Operation } from './operation.ts';

/** The larger of every two steps; an odd last one is left out. */
export class Pool {
  static forward(op: Operation, batch: i32): void {
    const width = (<usize>op.outputs) << 2;
    const step = <usize>batch * op.x.row;
    for (let t = 0; t < op.y.steps; t++) {
      let x = op.x.start(batch) + 2 * <usize>t * step;
      let y = op.y.start(batch) + <usize>(t * batch) * op.y.row;
      for (let b = 0; b < batch; b++) {
        for (let place: usize = 0; place < width; place += 32) {
          const y0 = f32x4.pmax(v128.load(x + place), v128.load(x + step + place));
          const y1 = f32x4.pmax(v128.load(x + place, 16), v128.load(x + step + place, 16));
          v128.store(y + place, y0);
          v128.store(y + place, y1, 16);
        }
        x += op.x.row;
        y += op.y.row;
      }
    }
  }

  /** The gradient goes to the step that was larger, to the first where both were alike. */
  static backward(op: Operation, batch: i32): void {
    const width = (<usize>op.outputs) << 2;
    const step = <usize>batch * op.x.row;
    const dStep = <usize>batch * op.dx.row;
    for (let t = 0; t < op.y.steps; t++) {
      let x = op.x.start(batch) + 2 * <usize>t * step;
      let dx = op.dx.start(batch) + 2 * <usize>t * dStep;
      let dy = op.dy.start(batch) + <usize>(t * batch) * op.dy.row;
      for (let b = 0; b < batch; b++) {
        for (let place: usize = 0; place < width; place += 32) {
          const first0 = f32x4.ge(v128.load(x + place), v128.load(x + step + place));
          const first1 = f32x4.ge(v128.load(x + place, 16), v128.load(x + step + place, 16));
          const d0 = v128.load(dy + place);
          const d1 = v128.load(dy + place, 16);
          v128.store(dx + place, v128.and(d0, first0));
          v128.store(dx + place, v128.and(d1, first1), 16);
          v128.store(dx + dStep + place, v128.andnot(d0, first0));
          v128.store(dx + dStep + place, v128.andnot(d1, first1), 16);
        }
        x += op.x.row;
        dx += op.dx.row;
        dy += op.dy.row;
      }
    }
    const left = op.dx.start(batch) + 2 * <usize>op.y.steps * dStep;
    memory.fill(left, 0, <usize>(op.x.steps - 2 * op.y.steps) * dStep);
  }
}
