import { Lanes } from './lanes.ts';
import { Mode, Operation } from './operation.ts';
import { Products } from './products.ts';
import { PANEL, PANEL_BYTES, Tile, ZEROS } from './tile.ts';

/** Bytes of four units' gates: four vectors, i, f, c and o. */
const BLOCK: usize = 64;
/** Added to a row of gates, whose length is else a power of two: its rows would share a few lines of the cache. */
const GATE_PADDING: usize = 64;

/** A tile of gates, or of what reaches a step's output from the one after. */
const scratch: usize = memory.data(6 * 64, 16);

/**
 * Keras's LSTM with sigmoid gates. An input's row holds x and, behind it, the output of the step before, so that all
 * of a step is one product; its columns come four units at a time, each with its four gates side by side, so that a
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
    const bias = op.weights + <usize>(units >> 1) * panelStep;
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
      for (let unit = 0; unit < units; unit += 4) {
        const place = (<usize>unit) << 2;
        const panel = op.weights + <usize>(unit >> 1) * panelStep;
        const init = bias + (place << 2);
        for (let b = 0; b < batch;) {
          const count = Tile.rowsOf(batch - b);
          const source = x + <usize>b * row;
          const z = kept ? gates + <usize>b * gateRow + (place << 2) : scratch;
          Tile.multiply(count, source, row, 1, 0, length, panel, init, 0, z, gateRow);
          Tile.multiply(count, source, row, 1, 0, length, panel + panelStep, init + 32, 0, z + 32, gateRow);
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

  /** Four units of one window: gates in place, and the cell. Two gates share a division. */
  @inline static cell(gate: usize, before: usize, after: usize): void {
    const i1 = Lanes.onePlus(Lanes.expNegative(v128.load(gate)));
    const f1 = Lanes.onePlus(Lanes.expNegative(v128.load(gate, 16)));
    const eg = Lanes.expNegativeTwice(v128.load(gate, 32));
    const o1 = Lanes.onePlus(Lanes.expNegative(v128.load(gate, 48)));
    const g1 = Lanes.onePlus(eg);
    const inverseIf = f32x4.div(Lanes.one(), f32x4.mul(i1, f1));
    const inverseGo = f32x4.div(Lanes.one(), f32x4.mul(g1, o1));
    const i = f32x4.mul(f1, inverseIf);
    const f = f32x4.mul(i1, inverseIf);
    const g = f32x4.mul(f32x4.mul(Lanes.oneMinus(eg), o1), inverseGo);
    v128.store(gate, i);
    v128.store(gate, f, 16);
    v128.store(gate, g, 32);
    v128.store(gate, f32x4.mul(g1, inverseGo), 48);
    v128.store(after, Lanes.madd(f, v128.load(before), f32x4.mul(i, g)));
  }

  /** Their outputs, once all of a tile's cells are there: by itself each would wait for a chain of a hundred cycles. */
  @inline static output(gate: usize, cell: usize, activated: usize, output: usize): void {
    const ec = Lanes.expNegativeTwice(v128.load(cell));
    const k = f32x4.div(Lanes.oneMinus(ec), Lanes.onePlus(ec));
    v128.store(activated, k);
    v128.store(output, f32x4.mul(v128.load(gate, 48), k));
  }

  /** As `cell` where the gates are not wanted: one division. Leaves 1 / o where o was. */
  @inline static lightCell(gate: usize, cell: usize): void {
    const i1 = Lanes.onePlus(Lanes.expNegative(v128.load(gate)));
    const f1 = Lanes.onePlus(Lanes.expNegative(v128.load(gate, 16)));
    const eg = Lanes.expNegativeTwice(v128.load(gate, 32));
    v128.store(gate, Lanes.onePlus(Lanes.expNegative(v128.load(gate, 48))), 48);
    const ig1 = f32x4.mul(i1, Lanes.onePlus(eg));
    const sum = Lanes.madd(v128.load(cell), ig1, f32x4.mul(Lanes.oneMinus(eg), f1));
    v128.store(cell, f32x4.div(sum, f32x4.mul(ig1, f1)));
  }

  @inline static lightOutput(gate: usize, cell: usize, output: usize): void {
    const ec = Lanes.expNegativeTwice(v128.load(cell));
    v128.store(output, f32x4.div(Lanes.oneMinus(ec), f32x4.mul(v128.load(gate, 48), Lanes.onePlus(ec))));
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
    const panels = units >> 1;
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
    for (let unit = 0; unit < units; unit += 4) {
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
          Lstm.stepBack(op, batch, t, b, count, place + 16, scratch + 16, PANEL_BYTES, biasGradient);
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

  /** `count` windows from `b` on, the four units at `place`; `dh` holds the gradients by their outputs at step `t`. */
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
    let di = v128.load(bias);
    let df = v128.load(bias, 16);
    let dg = v128.load(bias, 32);
    let dO = v128.load(bias, 48);
    for (let n = 0; n < count; n++) {
      const i = v128.load(gate);
      const f = v128.load(gate, 16);
      const g = v128.load(gate, 32);
      const o = v128.load(gate, 48);
      const k = v128.load(activated);
      const d = v128.load(dh);
      const byO = f32x4.mul(d, o);
      const byCell = Lanes.madd(byO, Lanes.nmadd(k, k, Lanes.one()), v128.load(carried));
      const byI = f32x4.mul(byCell, i);
      const byF = f32x4.mul(byCell, f);
      const zi = f32x4.mul(f32x4.mul(byI, g), Lanes.oneMinus(i));
      const zf = f32x4.mul(f32x4.mul(byF, v128.load(before)), Lanes.oneMinus(f));
      const zg = f32x4.mul(byI, Lanes.nmadd(g, g, Lanes.one()));
      const zo = f32x4.mul(f32x4.mul(byO, k), Lanes.oneMinus(o));
      v128.store(carried, byF);
      v128.store(gate, zi);
      v128.store(gate, zf, 16);
      v128.store(gate, zg, 32);
      v128.store(gate, zo, 48);
      di = f32x4.add(di, zi);
      df = f32x4.add(df, zf);
      dg = f32x4.add(dg, zg);
      dO = f32x4.add(dO, zo);
      before += unitBytes;
      activated += unitBytes;
      carried += unitBytes;
      gate += gateRow;
      dh += dhRow;
    }
    v128.store(bias, di);
    v128.store(bias, df, 16);
    v128.store(bias, dg, 32);
    v128.store(bias, dO, 48);
  }
}
