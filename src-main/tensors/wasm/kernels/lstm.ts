import { Lanes } from './lanes.ts';
import { Mode, Operation } from './operation.ts';
import { Products } from './products.ts';
import { PANEL, PANEL_BYTES, Tile, ZEROS } from './tile.ts';

/** Units whose gates lie side by side: eight i, then as many f, c and o. */
const UNITS: i32 = 8;
const UNITS_BYTES: usize = 32;
/** Bytes of their gates. */
const BLOCK: usize = 128;
/** Added to a row of gates, whose length is else a power of two: its rows would share a few lines of the cache. */
const GATE_PADDING: usize = 64;

/** A tile of gates, or of what reaches a step's output from the one after. */
const scratch: usize = memory.data(6 * 128, 64);

/**
 * Keras's LSTM with sigmoid gates. An input's row holds x and, behind it, the output of the step before, so that all
 * of a step is one product; its columns come eight units at a time, each with its four gates side by side, so that a
 * tile of sums becomes cells and outputs while it is in the cache.
 */
export class Lstm {
  static forward(op: Operation, batch: i32, mode: i32): void {
    const kept = mode !== Mode.PREDICT;
    const units = op.outputs;
    const row = op.x.row;
    const inputBytes = (<usize>op.inputs) << 2;
    const unitBytes = (<usize>units) << 2;
    const panelStep = <usize>(op.inputs + units) * PANEL_BYTES;
    const bias = op.weights + <usize>(units >> 2) * panelStep;
    const stateStep = <usize>batch * unitBytes;
    const gateRow = kept ? unitBytes * 4 + GATE_PADDING : BLOCK;
    const xs = op.x.start(batch);

    for (let b = 0; b < batch; b++) memory.fill(xs + <usize>b * row + inputBytes, 0, unitBytes);
    memory.fill(op.cells, 0, stateStep);
    for (let t = 0; t < op.x.steps; t++) {
      const x = xs + <usize>(t * batch) * row;
      const h = x + <usize>batch * row + inputBytes;
      // Nothing comes from before the first step.
      const length = t === 0 ? inputBytes : inputBytes + unitBytes;
      const before = kept ? op.cells + <usize>t * stateStep : op.cells;
      const after = kept ? before + stateStep : before;
      const activated = op.activated + <usize>t * stateStep;
      const gates = op.gates + <usize>(t * batch) * gateRow;
      for (let unit = 0; unit < units; unit += UNITS) {
        const place = (<usize>unit) << 2;
        const panel = op.weights + <usize>(unit >> 2) * panelStep;
        const init = bias + (place << 2);
        for (let b = 0; b < batch;) {
          const count = Tile.rowsOf(batch - b);
          const source = x + <usize>b * row;
          const z = kept ? gates + <usize>b * gateRow + (place << 2) : scratch;
          Tile.multiply(count, source, row, 1, 0, length, panel, init, 0, z, gateRow);
          Tile.multiply(
            count,
            source,
            row,
            1,
            0,
            length,
            panel + panelStep,
            init + PANEL_BYTES,
            0,
            z + PANEL_BYTES,
            gateRow,
          );
          const state = <usize>b * unitBytes + place;
          const target = h + <usize>b * row + place;
          for (let n: usize = 0; n < <usize>count; n++) {
            const cell = state + n * unitBytes;
            if (kept) Lstm.cell(z + n * gateRow, before + cell, after + cell);
            else Lstm.lightCell(z + n * gateRow, before + cell);
          }
          for (let n: usize = 0; n < <usize>count; n++) {
            const cell = state + n * unitBytes;
            if (kept) Lstm.output(z + n * gateRow, after + cell, activated + cell, target + n * row);
            else Lstm.lightOutput(z + n * gateRow, before + cell, target + n * row);
          }
          b += count;
        }
      }
    }
  }

  /** Eight units of one window: gates in place, and the cells. Two gates share a division. */
  @inline static cell(gate: usize, before: usize, after: usize): void {
    const before0 = v128.load(before);
    const before1 = v128.load(before, 16);
    const i10 = Lanes.onePlus(Lanes.expNegative(v128.load(gate)));
    const i11 = Lanes.onePlus(Lanes.expNegative(v128.load(gate, 16)));
    const f10 = Lanes.onePlus(Lanes.expNegative(v128.load(gate, 32)));
    const f11 = Lanes.onePlus(Lanes.expNegative(v128.load(gate, 48)));
    const eg0 = Lanes.expNegativeTwice(v128.load(gate, 64));
    const eg1 = Lanes.expNegativeTwice(v128.load(gate, 80));
    const o10 = Lanes.onePlus(Lanes.expNegative(v128.load(gate, 96)));
    const o11 = Lanes.onePlus(Lanes.expNegative(v128.load(gate, 112)));
    const g10 = Lanes.onePlus(eg0);
    const g11 = Lanes.onePlus(eg1);
    const inverseIf0 = f32x4.div(Lanes.one(), f32x4.mul(i10, f10));
    const inverseIf1 = f32x4.div(Lanes.one(), f32x4.mul(i11, f11));
    const inverseGo0 = f32x4.div(Lanes.one(), f32x4.mul(g10, o10));
    const inverseGo1 = f32x4.div(Lanes.one(), f32x4.mul(g11, o11));
    const i0 = f32x4.mul(f10, inverseIf0);
    const i1 = f32x4.mul(f11, inverseIf1);
    const f0 = f32x4.mul(i10, inverseIf0);
    const f1 = f32x4.mul(i11, inverseIf1);
    const g0 = f32x4.mul(f32x4.mul(Lanes.oneMinus(eg0), o10), inverseGo0);
    const g1 = f32x4.mul(f32x4.mul(Lanes.oneMinus(eg1), o11), inverseGo1);
    const o0 = f32x4.mul(g10, inverseGo0);
    const o1 = f32x4.mul(g11, inverseGo1);
    const c0 = Lanes.madd(f0, before0, f32x4.mul(i0, g0));
    const c1 = Lanes.madd(f1, before1, f32x4.mul(i1, g1));
    v128.store(gate, i0);
    v128.store(gate, i1, 16);
    v128.store(gate, f0, 32);
    v128.store(gate, f1, 48);
    v128.store(gate, g0, 64);
    v128.store(gate, g1, 80);
    v128.store(gate, o0, 96);
    v128.store(gate, o1, 112);
    v128.store(after, c0);
    v128.store(after, c1, 16);
  }

  /** Their outputs, once all of a tile's cells are there: by itself each would wait for a chain of a hundred cycles. */
  @inline static output(gate: usize, cell: usize, activated: usize, output: usize): void {
    const o0 = v128.load(gate, 96);
    const o1 = v128.load(gate, 112);
    const ec0 = Lanes.expNegativeTwice(v128.load(cell));
    const ec1 = Lanes.expNegativeTwice(v128.load(cell, 16));
    const k0 = f32x4.div(Lanes.oneMinus(ec0), Lanes.onePlus(ec0));
    const k1 = f32x4.div(Lanes.oneMinus(ec1), Lanes.onePlus(ec1));
    const y0 = f32x4.mul(o0, k0);
    const y1 = f32x4.mul(o1, k1);
    v128.store(activated, k0);
    v128.store(activated, k1, 16);
    v128.store(output, y0);
    v128.store(output, y1, 16);
  }

  /** As `cell` where the gates are not wanted: one division. Leaves 1 / o where o was. */
  @inline static lightCell(gate: usize, cell: usize): void {
    const c0 = v128.load(cell);
    const c1 = v128.load(cell, 16);
    const i10 = Lanes.onePlus(Lanes.expNegative(v128.load(gate)));
    const i11 = Lanes.onePlus(Lanes.expNegative(v128.load(gate, 16)));
    const f10 = Lanes.onePlus(Lanes.expNegative(v128.load(gate, 32)));
    const f11 = Lanes.onePlus(Lanes.expNegative(v128.load(gate, 48)));
    const eg0 = Lanes.expNegativeTwice(v128.load(gate, 64));
    const eg1 = Lanes.expNegativeTwice(v128.load(gate, 80));
    const o10 = Lanes.onePlus(Lanes.expNegative(v128.load(gate, 96)));
    const o11 = Lanes.onePlus(Lanes.expNegative(v128.load(gate, 112)));
    const ig0 = f32x4.mul(i10, Lanes.onePlus(eg0));
    const ig1 = f32x4.mul(i11, Lanes.onePlus(eg1));
    const sum0 = Lanes.madd(c0, ig0, f32x4.mul(Lanes.oneMinus(eg0), f10));
    const sum1 = Lanes.madd(c1, ig1, f32x4.mul(Lanes.oneMinus(eg1), f11));
    const after0 = f32x4.div(sum0, f32x4.mul(ig0, f10));
    const after1 = f32x4.div(sum1, f32x4.mul(ig1, f11));
    v128.store(gate, o10, 96);
    v128.store(gate, o11, 112);
    v128.store(cell, after0);
    v128.store(cell, after1, 16);
  }

  @inline static lightOutput(gate: usize, cell: usize, output: usize): void {
    const o10 = v128.load(gate, 96);
    const o11 = v128.load(gate, 112);
    const ec0 = Lanes.expNegativeTwice(v128.load(cell));
    const ec1 = Lanes.expNegativeTwice(v128.load(cell, 16));
    const y0 = f32x4.div(Lanes.oneMinus(ec0), f32x4.mul(o10, Lanes.onePlus(ec0)));
    const y1 = f32x4.div(Lanes.oneMinus(ec1), f32x4.mul(o11, Lanes.onePlus(ec1)));
    v128.store(output, y0);
    v128.store(output, y1, 16);
  }

  /**
   * Gates become gradients of their sums, step by step from the last; then all steps' weight gradients are one product,
   * and so are the input's.
   */
  static backward(op: Operation, batch: i32, mode: i32, inputNeeded: bool): void {
    const units = op.outputs;
    const steps = op.x.steps;
    const unitBytes = (<usize>units) << 2;
    const gateBytes = unitBytes * 4;
    const gateRow = gateBytes + GATE_PADDING;
    const rows = op.inputs + units;
    const panels = units >> 2;
    const biasGradient = op.gradients + <usize>(panels * rows) * PANEL_BYTES;
    const dyRow = op.dy.row;
    const dys = op.dy.start(batch);
    const everyStep = op.dy.steps > 1 || steps === 1;
    const recurrent = op.transposed;
    const panelStep = <usize>(4 * units) * PANEL_BYTES;

    Products.transpose(op.weights, rows, panels, 1, op.inputs, units, recurrent);
    memory.fill(op.carried, 0, <usize>batch * unitBytes);
    memory.fill(biasGradient, 0, gateBytes);
    const last = everyStep ? dys + <usize>((steps - 1) * batch) * dyRow : dys;
    for (let unit = 0; unit < units; unit += UNITS) {
      const place = (<usize>unit) << 2;
      Lstm.stepBack(op, batch, steps - 1, 0, batch, place, last + place, dyRow, biasGradient);
    }
    for (let t = steps - 2; t >= 0; t--) {
      const later = op.gates + <usize>((t + 1) * batch) * gateRow;
      const dy = everyStep ? dys + <usize>(t * batch) * dyRow : 0;
      for (let unit = 0; unit < units; unit += PANEL) {
        const place = (<usize>unit) << 2;
        const panel = recurrent + <usize>(unit / PANEL) * panelStep;
        for (let b = 0; b < batch;) {
          const count = Tile.rowsOf(batch - b);
          const init = everyStep ? dy + <usize>b * dyRow + place : ZEROS;
          const initRow = everyStep ? dyRow : 0;
          const source = later + <usize>b * gateRow;
          Tile.multiply(count, source, gateRow, 1, 0, gateBytes, panel, init, initRow, scratch, PANEL_BYTES);
          Lstm.stepBack(op, batch, t, b, count, place, scratch, PANEL_BYTES, biasGradient);
          Lstm.stepBack(op, batch, t, b, count, place + UNITS_BYTES, scratch + UNITS_BYTES, PANEL_BYTES, biasGradient);
          b += count;
        }
      }
    }

    const all = steps * batch;
    if (mode === Mode.TRAIN) {
      const x = op.x.start(batch);
      Products.multiplyTransposed(x, op.x.row, 1, 0, rows, op.gates, gateRow, all, panels, op.gradients);
    }
    if (inputNeeded) {
      const inputPanels = (op.inputs + PANEL - 1) / PANEL;
      Products.transpose(op.weights, rows, panels, 1, 0, op.inputs, op.transposed);
      const dx = op.dx.start(batch);
      Products.multiply(op.gates, gateRow, all, 1, 0, gateBytes, op.transposed, inputPanels, 0, dx, op.dx.row);
    }
  }

  /** `count` windows from `b` on, the eight units at `place`; `dh` holds the gradients by their outputs at step `t`. */
  @inline static stepBack(
    op: Operation,
    batch: i32,
    t: i32,
    b: i32,
    count: i32,
    place: usize,
    dh: usize,
    dhRow: usize,
    biasGradient: usize,
  ): void {
    const unitBytes = (<usize>op.outputs) << 2;
    const gateRow = unitBytes * 4 + GATE_PADDING;
    const state = <usize>(t * batch + b) * unitBytes + place;
    let before = op.cells + state;
    let activated = op.activated + state;
    let carried = op.carried + <usize>b * unitBytes + place;
    let gate = op.gates + <usize>(t * batch + b) * gateRow + (place << 2);
    const bias = biasGradient + (place << 2);
    let di0 = v128.load(bias, 0);
    let di1 = v128.load(bias, 16);
    let df0 = v128.load(bias, 32);
    let df1 = v128.load(bias, 48);
    let dg0 = v128.load(bias, 64);
    let dg1 = v128.load(bias, 80);
    let dO0 = v128.load(bias, 96);
    let dO1 = v128.load(bias, 112);
    for (let n = 0; n < count; n++) {
      const i0 = v128.load(gate, 0);
      const i1 = v128.load(gate, 16);
      const f0 = v128.load(gate, 32);
      const f1 = v128.load(gate, 48);
      const g0 = v128.load(gate, 64);
      const g1 = v128.load(gate, 80);
      const o0 = v128.load(gate, 96);
      const o1 = v128.load(gate, 112);
      const k0 = v128.load(activated, 0);
      const k1 = v128.load(activated, 16);
      const d0 = v128.load(dh, 0);
      const d1 = v128.load(dh, 16);
      const later0 = v128.load(carried, 0);
      const later1 = v128.load(carried, 16);
      const cell0 = v128.load(before, 0);
      const cell1 = v128.load(before, 16);
      const byO0 = f32x4.mul(d0, o0);
      const byO1 = f32x4.mul(d1, o1);
      const byCell0 = Lanes.madd(byO0, Lanes.nmadd(k0, k0, Lanes.one()), later0);
      const byCell1 = Lanes.madd(byO1, Lanes.nmadd(k1, k1, Lanes.one()), later1);
      const byI0 = f32x4.mul(byCell0, i0);
      const byI1 = f32x4.mul(byCell1, i1);
      const byF0 = f32x4.mul(byCell0, f0);
      const byF1 = f32x4.mul(byCell1, f1);
      const zi0 = f32x4.mul(f32x4.mul(byI0, g0), Lanes.oneMinus(i0));
      const zi1 = f32x4.mul(f32x4.mul(byI1, g1), Lanes.oneMinus(i1));
      const zf0 = f32x4.mul(f32x4.mul(byF0, cell0), Lanes.oneMinus(f0));
      const zf1 = f32x4.mul(f32x4.mul(byF1, cell1), Lanes.oneMinus(f1));
      const zg0 = f32x4.mul(byI0, Lanes.nmadd(g0, g0, Lanes.one()));
      const zg1 = f32x4.mul(byI1, Lanes.nmadd(g1, g1, Lanes.one()));
      const zo0 = f32x4.mul(f32x4.mul(byO0, k0), Lanes.oneMinus(o0));
      const zo1 = f32x4.mul(f32x4.mul(byO1, k1), Lanes.oneMinus(o1));
      v128.store(carried, byF0, 0);
      v128.store(carried, byF1, 16);
      v128.store(gate, zi0, 0);
      v128.store(gate, zi1, 16);
      v128.store(gate, zf0, 32);
      v128.store(gate, zf1, 48);
      v128.store(gate, zg0, 64);
      v128.store(gate, zg1, 80);
      v128.store(gate, zo0, 96);
      v128.store(gate, zo1, 112);
      di0 = f32x4.add(di0, zi0);
      di1 = f32x4.add(di1, zi1);
      df0 = f32x4.add(df0, zf0);
      df1 = f32x4.add(df1, zf1);
      dg0 = f32x4.add(dg0, zg0);
      dg1 = f32x4.add(dg1, zg1);
      dO0 = f32x4.add(dO0, zo0);
      dO1 = f32x4.add(dO1, zo1);
      before += unitBytes;
      activated += unitBytes;
      carried += unitBytes;
      gate += gateRow;
      dh += dhRow;
    }
    v128.store(bias, di0, 0);
    v128.store(bias, di1, 16);
    v128.store(bias, df0, 32);
    v128.store(bias, df1, 48);
    v128.store(bias, dg0, 64);
    v128.store(bias, dg1, 80);
    v128.store(bias, dO0, 96);
    v128.store(bias, dO1, 112);
  }
}
