import { Lanes } from './lanes.ts';

/** Columns of a tile and of a panel, and their bytes. */
export const PANEL: i32 = 8;
export const PANEL_BYTES: usize = 32;

/** 16 zeros. */
export const ZEROS: usize = memory.data(64, 16);

/**
 * Products of a few rows and 8 columns, whose sums stay in registers: 6 × 8 of them, with what is multiplied, fill the
 * 16 vector registers of x64. The right factor lies in panels of 8 columns, [k][8], read from one end to the other.
 * Strides are in bytes; each sum adds its products in the order of k, whatever the tile.
 */
export class Tile {
  /** Rows that the next tile takes of those that are left: not one by one as long as that can be helped. */
  @inline static rowsOf(left: i32): i32 {
    if (left >= 6 && left !== 8) return 6;
    return left >= 4 ? 4 : 1;
  }

  /**
   * out[count][8] = init + A · panel. A's rows are `segments` stretches of `length` bytes, `segmentStep` apart, so that
   * a convolution reads its windows where they lie. `initRow` is 0 where all rows start from the same.
   */
  static multiply(
    count: i32,
    a: usize,
    aRow: usize,
    segments: i32,
    segmentStep: usize,
    length: usize,
    panel: usize,
    init: usize,
    initRow: usize,
    out: usize,
    outRow: usize,
  ): void {
    if (count === 6) Tile.rows(6, a, aRow, segments, segmentStep, length, panel, init, initRow, out, outRow);
    else if (count === 4) Tile.rows(4, a, aRow, segments, segmentStep, length, panel, init, initRow, out, outRow);
    else Tile.rows(1, a, aRow, segments, segmentStep, length, panel, init, initRow, out, outRow);
  }

  /** out[count][8] = init + Aᵀ · panel, of `count` columns of A from `a` on and `length` of its rows. */
  static multiplyTransposed(
    count: i32,
    a: usize,
    aStep: usize,
    length: i32,
    panel: usize,
    init: usize,
    initRow: usize,
    out: usize,
    outRow: usize,
  ): void {
    if (count === 6) Tile.columns(6, a, aStep, length, panel, init, initRow, out, outRow);
    else if (count === 4) Tile.columns(4, a, aStep, length, panel, init, initRow, out, outRow);
    else Tile.columns(1, a, aStep, length, panel, init, initRow, out, outRow);
  }

  /** `count` is a constant: what is beyond it is not compiled. No unrolling: the compiler would spill the sums. */
  @inline static rows(
    count: i32,
    a: usize,
    aRow: usize,
    segments: i32,
    segmentStep: usize,
    length: usize,
    panel: usize,
    init: usize,
    initRow: usize,
    out: usize,
    outRow: usize,
  ): void {
    let at = init;
    let s00 = v128.load(at);
    let s01 = v128.load(at, 16);
    let s10 = s00;
    let s11 = s01;
    let s20 = s00;
    let s21 = s01;
    let s30 = s00;
    let s31 = s01;
    let s40 = s00;
    let s41 = s01;
    let s50 = s00;
    let s51 = s01;
    if (count > 1) {
      s10 = v128.load((at += initRow));
      s11 = v128.load(at, 16);
      s20 = v128.load((at += initRow));
      s21 = v128.load(at, 16);
      s30 = v128.load((at += initRow));
      s31 = v128.load(at, 16);
    }
    if (count > 4) {
      s40 = v128.load((at += initRow));
      s41 = v128.load(at, 16);
      s50 = v128.load((at += initRow));
      s51 = v128.load(at, 16);
    }
    for (let segment = 0; segment < segments; segment++) {
      let a0 = a;
      let a1 = a0 + aRow;
      let a2 = a1 + aRow;
      let a3 = a2 + aRow;
      let a4 = a3 + aRow;
      let a5 = a4 + aRow;
      const end = a0 + length;
      while (a0 < end) {
        const w0 = v128.load(panel);
        const w1 = v128.load(panel, 16);
        let x = v128.load_splat<f32>(a0);
        s00 = Lanes.madd(x, w0, s00);
        s01 = Lanes.madd(x, w1, s01);
        if (count > 1) {
          x = v128.load_splat<f32>(a1);
          s10 = Lanes.madd(x, w0, s10);
          s11 = Lanes.madd(x, w1, s11);
          x = v128.load_splat<f32>(a2);
          s20 = Lanes.madd(x, w0, s20);
          s21 = Lanes.madd(x, w1, s21);
          x = v128.load_splat<f32>(a3);
          s30 = Lanes.madd(x, w0, s30);
          s31 = Lanes.madd(x, w1, s31);
        }
        if (count > 4) {
          x = v128.load_splat<f32>(a4);
          s40 = Lanes.madd(x, w0, s40);
          s41 = Lanes.madd(x, w1, s41);
          x = v128.load_splat<f32>(a5);
          s50 = Lanes.madd(x, w0, s50);
          s51 = Lanes.madd(x, w1, s51);
        }
        panel += PANEL_BYTES;
        a0 += 4;
        if (count > 1) {
          a1 += 4;
          a2 += 4;
          a3 += 4;
        }
        if (count > 4) {
          a4 += 4;
          a5 += 4;
        }
      }
      a += segmentStep;
    }
    v128.store(out, s00);
    v128.store(out, s01, 16);
    if (count > 1) {
      v128.store((out += outRow), s10);
      v128.store(out, s11, 16);
      v128.store((out += outRow), s20);
      v128.store(out, s21, 16);
      v128.store((out += outRow), s30);
      v128.store(out, s31, 16);
    }
    if (count > 4) {
      v128.store((out += outRow), s40);
      v128.store(out, s41, 16);
      v128.store((out += outRow), s50);
      v128.store(out, s51, 16);
    }
  }

  /** As `rows`, with A's columns for its rows: those of a k lie side by side, `aStep` after those of the one before. */
  @inline static columns(
    count: i32,
    a: usize,
    aStep: usize,
    length: i32,
    panel: usize,
    init: usize,
    initRow: usize,
    out: usize,
    outRow: usize,
  ): void {
    let at = init;
    let s00 = v128.load(at);
    let s01 = v128.load(at, 16);
    let s10 = s00;
    let s11 = s01;
    let s20 = s00;
    let s21 = s01;
    let s30 = s00;
    let s31 = s01;
    let s40 = s00;
    let s41 = s01;
    let s50 = s00;
    let s51 = s01;
    if (count > 1) {
      s10 = v128.load((at += initRow));
      s11 = v128.load(at, 16);
      s20 = v128.load((at += initRow));
      s21 = v128.load(at, 16);
      s30 = v128.load((at += initRow));
      s31 = v128.load(at, 16);
    }
    if (count > 4) {
      s40 = v128.load((at += initRow));
      s41 = v128.load(at, 16);
      s50 = v128.load((at += initRow));
      s51 = v128.load(at, 16);
    }
    for (let k = 0; k < length; k++) {
      const w0 = v128.load(panel);
      const w1 = v128.load(panel, 16);
      let x = v128.load_splat<f32>(a);
      s00 = Lanes.madd(x, w0, s00);
      s01 = Lanes.madd(x, w1, s01);
      if (count > 1) {
        x = v128.load_splat<f32>(a, 4);
        s10 = Lanes.madd(x, w0, s10);
        s11 = Lanes.madd(x, w1, s11);
        x = v128.load_splat<f32>(a, 8);
        s20 = Lanes.madd(x, w0, s20);
        s21 = Lanes.madd(x, w1, s21);
        x = v128.load_splat<f32>(a, 12);
        s30 = Lanes.madd(x, w0, s30);
        s31 = Lanes.madd(x, w1, s31);
      }
      if (count > 4) {
        x = v128.load_splat<f32>(a, 16);
        s40 = Lanes.madd(x, w0, s40);
        s41 = Lanes.madd(x, w1, s41);
        x = v128.load_splat<f32>(a, 20);
        s50 = Lanes.madd(x, w0, s50);
        s51 = Lanes.madd(x, w1, s51);
      }
      panel += PANEL_BYTES;
      a += aStep;
    }
    v128.store(out, s00);
    v128.store(out, s01, 16);
    if (count > 1) {
      v128.store((out += outRow), s10);
      v128.store(out, s11, 16);
      v128.store((out += outRow), s20);
      v128.store(out, s21, 16);
      v128.store((out += outRow), s30);
      v128.store(out, s31, 16);
    }
    if (count > 4) {
      v128.store((out += outRow), s40);
      v128.store(out, s41, 16);
      v128.store((out += outRow), s50);
      v128.store(out, s51, 16);
    }
  }
}
