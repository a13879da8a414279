import { Mode, Operation } from './operation.ts';
import { Products } from './products.ts';
import { PANEL, PANEL_BYTES } from './tile.ts';

/** A dense layer, or a convolution over time, which sums one over the steps that its kernel covers; relu if wanted. */
export class Affine {
  static forward(op: Operation, batch: i32): void {
    const row = op.x.row;
    const step = <usize>batch * row;
    const lead = op.lead;
    const xs = op.x.start(batch);
    const first = xs - <usize>lead * step;
    const after = op.y.steps + op.segments - 1 - lead - op.x.steps;
    memory.fill(first, 0, <usize>lead * step);
    memory.fill(xs + <usize>op.x.steps * step, 0, <usize>after * step);

    const panels = op.outputs / PANEL;
    const rows = op.y.steps * batch;
    const bias = op.weights + <usize>(op.segments * op.inputs * op.outputs) * 4;
    const length = (<usize>op.inputs) << 2;
    const y = op.y.start(batch);
    Products.multiply(first, row, rows, op.segments, step, length, op.weights, panels, bias, y, op.y.row);
    if (op.relu === 0) return;
    for (let at = y; at < y + <usize>rows * op.y.row; at += op.y.row) {
      for (let place = at; place < at + ((<usize>op.outputs) << 2); place += 32) {
        const y0 = f32x4.pmax(v128.load(place), f32x4.splat(0));
        const y1 = f32x4.pmax(v128.load(place, 16), f32x4.splat(0));
        v128.store(place, y0);
        v128.store(place, y1, 16);
      }
    }
  }

  static backward(op: Operation, batch: i32, mode: i32, inputNeeded: bool): void {
    const rows = op.y.steps * batch;
    const panels = op.outputs / PANEL;
    const dyRow = op.dy.row;
    const dy = op.dy.start(batch);
    const kernel = <usize>(op.segments * op.inputs * op.outputs) * 4;
    for (let place: usize = 0; place < (<usize>op.outputs) << 2; place += 32) {
      Affine.reluBack(op, dy + place, op.y.start(batch) + place, rows, op.gradients + kernel + place);
    }
    const step = <usize>batch * op.x.row;
    const lead = op.lead;
    if (mode === Mode.TRAIN) {
      const first = op.x.start(batch) - <usize>lead * step;
      Products.multiplyTransposed(first, op.x.row, op.segments, step, op.inputs, dy, dyRow, rows, panels, op.gradients);
    }
    if (!inputNeeded) return;
    const dyStep = <usize>batch * dyRow;
    const around = <usize>(op.segments - 1) * dyStep;
    memory.fill(dy - around, 0, around);
    memory.fill(dy + <usize>op.y.steps * dyStep, 0, around);
    const all = op.segments * op.inputs;
    Products.transpose(op.weights, all, panels, op.segments, 0, op.inputs, op.transposed);
    const inputPanels = (op.inputs + PANEL - 1) / PANEL;
    const length = (<usize>op.outputs) << 2;
    Products.multiply(
      dy + <usize>lead * dyStep,
      dyRow,
      op.x.steps * batch,
      op.segments,
      0 - dyStep,
      length,
      op.transposed,
      inputPanels,
      0,
      op.dx.start(batch),
      op.dx.row,
    );
  }

  /** Eight columns: gradients by the outputs become those by the sums, which are added up for the biases. */
  @inline static reluBack(op: Operation, dy: usize, y: usize, rows: i32, biasGradient: usize): void {
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    for (let n = 0; n < rows; n++) {
      let d0 = v128.load(dy);
      let d1 = v128.load(dy, 16);
      if (op.relu !== 0) {
        d0 = v128.and(d0, f32x4.gt(v128.load(y), f32x4.splat(0)));
        d1 = v128.and(d1, f32x4.gt(v128.load(y, 16), f32x4.splat(0)));
        v128.store(dy, d0);
        v128.store(dy, d1, 16);
      }
      sum0 = f32x4.add(sum0, d0);
      sum1 = f32x4.add(sum1, d1);
      dy += op.dy.row;
      y += op.y.row;
    }
    v128.store(biasGradient, sum0);
    v128.store(biasGradient, sum1, 16);
  }
}
