import { Lanes } from './lanes.ts';

/** Columns of a panel, and its bytes a row. */
export const PANEL: i32 = 16;
export const PANEL_BYTES: usize = 64;

/** 16 zeros. */
export const ZEROS: usize = memory.data(64, 16);

/**
 * Products of a few rows and a panel of 16 columns, [k][16], read from one end to the other. Sums stay in registers: with
 * vectors of 256 bits (`WIDE`) 6 × 16 of them fill x64's sixteen, with what is multiplied; with 128 bits 6 × 8 do, and
 * the panel's halves are taken one after the other. Strides are in bytes; each sum adds its products in the order of k,
 * whatever the tile, so all builds give the same numbers.
 */
export class Tile {
  /** Rows that the next tile takes of those that are left: not one by one as long as that can be helped. */
  @inline static rowsOf(left: i32): i32 {
    if (left >= 6 && left !== 8) return 6;
    return left >= 4 ? 4 : 1;
  }

  /**
   * out[count][16] = init + A · panel. A's rows are `segments` stretches of `length` bytes, `segmentStep` apart, so that
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
    if (count === 6) Tile.sums(6, false, a, aRow, 4, segments, segmentStep, length, panel, init, initRow, out, outRow);
    else if (count === 4)
      Tile.sums(4, false, a, aRow, 4, segments, segmentStep, length, panel, init, initRow, out, outRow);
    else Tile.sums(1, false, a, aRow, 4, segments, segmentStep, length, panel, init, initRow, out, outRow);
  }

  /** out[count][16] = init + Aᵀ · panel, of `count` columns of A from `a` on and its rows within `length` bytes. */
  static multiplyTransposed(
    count: i32,
    a: usize,
    aStep: usize,
    length: usize,
    panel: usize,
    init: usize,
    initRow: usize,
    out: usize,
    outRow: usize,
  ): void {
    if (count === 6) Tile.sums(6, true, a, 4, aStep, 1, 0, length, panel, init, initRow, out, outRow);
    else if (count === 4) Tile.sums(4, true, a, 4, aStep, 1, 0, length, panel, init, initRow, out, outRow);
    else Tile.sums(1, true, a, 4, aStep, 1, 0, length, panel, init, initRow, out, outRow);
  }

  /**
   * `count` and `across` are constants: what they rule out is not compiled. `across` tells that A's rows lie side by
   * side, as its transpose's do. No unrolling: the compiler would spill the sums.
   */
  @inline static sums(
    count: i32,
    across: bool,
    a: usize,
    aRow: usize,
    aStep: usize,
    segments: i32,
    segmentStep: usize,
    length: usize,
    panel: usize,
    init: usize,
    initRow: usize,
    out: usize,
    outRow: usize,
  ): void {
    if (WIDE)
      Tile.part(count, across, a, aRow, aStep, segments, segmentStep, length, panel, init, initRow, out, outRow);
    else {
      for (let half: usize = 0; half < PANEL_BYTES; half += PANEL_BYTES / 2)
        Tile.part(
          count,
          across,
          a,
          aRow,
          aStep,
          segments,
          segmentStep,
          length,
          panel + half,
          init + half,
          initRow,
          out + half,
          outRow,
        );
    }
  }

  /** The columns from `panel` on that registers hold: all 16 where vectors are wide, else 8. */
  @inline static part(
    count: i32,
    across: bool,
    a: usize,
    aRow: usize,
    aStep: usize,
    segments: i32,
    segmentStep: usize,
    length: usize,
    panel: usize,
    init: usize,
    initRow: usize,
    out: usize,
    outRow: usize,
  ): void {
    let s00 = v128.load(init);
    let s01 = v128.load(init, 16);
    let s02 = s00;
    let s03 = s01;
    if (WIDE) {
      s02 = v128.load(init, 32);
      s03 = v128.load(init, 48);
    }
    let s10 = s00;
    let s11 = s01;
    let s12 = s02;
    let s13 = s03;
    let s20 = s00;
    let s21 = s01;
    let s22 = s02;
    let s23 = s03;
    let s30 = s00;
    let s31 = s01;
    let s32 = s02;
    let s33 = s03;
    let s40 = s00;
    let s41 = s01;
    let s42 = s02;
    let s43 = s03;
    let s50 = s00;
    let s51 = s01;
    let s52 = s02;
    let s53 = s03;
    if (count > 1) {
      s10 = v128.load((init += initRow));
      s11 = v128.load(init, 16);
      if (WIDE) {
        s12 = v128.load(init, 32);
        s13 = v128.load(init, 48);
      }
      s20 = v128.load((init += initRow));
      s21 = v128.load(init, 16);
      if (WIDE) {
        s22 = v128.load(init, 32);
        s23 = v128.load(init, 48);
      }
      s30 = v128.load((init += initRow));
      s31 = v128.load(init, 16);
      if (WIDE) {
        s32 = v128.load(init, 32);
        s33 = v128.load(init, 48);
      }
    }
    if (count > 4) {
      s40 = v128.load((init += initRow));
      s41 = v128.load(init, 16);
      if (WIDE) {
        s42 = v128.load(init, 32);
        s43 = v128.load(init, 48);
      }
      s50 = v128.load((init += initRow));
      s51 = v128.load(init, 16);
      if (WIDE) {
        s52 = v128.load(init, 32);
        s53 = v128.load(init, 48);
      }
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
        const w2 = WIDE ? v128.load(panel, 32) : w0;
        const w3 = WIDE ? v128.load(panel, 48) : w1;
        let x = v128.load_splat<f32>(a0);
        s00 = Lanes.madd(x, w0, s00);
        s01 = Lanes.madd(x, w1, s01);
        if (WIDE) {
          s02 = Lanes.madd(x, w2, s02);
          s03 = Lanes.madd(x, w3, s03);
        }
        if (count > 1) {
          x = across ? v128.load_splat<f32>(a0, 4) : v128.load_splat<f32>(a1);
          s10 = Lanes.madd(x, w0, s10);
          s11 = Lanes.madd(x, w1, s11);
          if (WIDE) {
            s12 = Lanes.madd(x, w2, s12);
            s13 = Lanes.madd(x, w3, s13);
          }
          x = across ? v128.load_splat<f32>(a0, 8) : v128.load_splat<f32>(a2);
          s20 = Lanes.madd(x, w0, s20);
          s21 = Lanes.madd(x, w1, s21);
          if (WIDE) {
            s22 = Lanes.madd(x, w2, s22);
            s23 = Lanes.madd(x, w3, s23);
          }
          x = across ? v128.load_splat<f32>(a0, 12) : v128.load_splat<f32>(a3);
          s30 = Lanes.madd(x, w0, s30);
          s31 = Lanes.madd(x, w1, s31);
          if (WIDE) {
            s32 = Lanes.madd(x, w2, s32);
            s33 = Lanes.madd(x, w3, s33);
          }
        }
        if (count > 4) {
          x = across ? v128.load_splat<f32>(a0, 16) : v128.load_splat<f32>(a4);
          s40 = Lanes.madd(x, w0, s40);
          s41 = Lanes.madd(x, w1, s41);
          if (WIDE) {
            s42 = Lanes.madd(x, w2, s42);
            s43 = Lanes.madd(x, w3, s43);
          }
          x = across ? v128.load_splat<f32>(a0, 20) : v128.load_splat<f32>(a5);
          s50 = Lanes.madd(x, w0, s50);
          s51 = Lanes.madd(x, w1, s51);
          if (WIDE) {
            s52 = Lanes.madd(x, w2, s52);
            s53 = Lanes.madd(x, w3, s53);
          }
        }
        panel += PANEL_BYTES;
        a0 += aStep;
        if (!across && count > 1) {
          a1 += aStep;
          a2 += aStep;
          a3 += aStep;
        }
        if (!across && count > 4) {
          a4 += aStep;
          a5 += aStep;
        }
      }
      a += segmentStep;
    }
    v128.store(out, s00);
    v128.store(out, s01, 16);
    if (WIDE) {
      v128.store(out, s02, 32);
      v128.store(out, s03, 48);
    }
    if (count > 1) {
      v128.store((out += outRow), s10);
      v128.store(out, s11, 16);
      if (WIDE) {
        v128.store(out, s12, 32);
        v128.store(out, s13, 48);
      }
      v128.store((out += outRow), s20);
      v128.store(out, s21, 16);
      if (WIDE) {
        v128.store(out, s22, 32);
        v128.store(out, s23, 48);
      }
      v128.store((out += outRow), s30);
      v128.store(out, s31, 16);
      if (WIDE) {
        v128.store(out, s32, 32);
        v128.store(out, s33, 48);
      }
    }
    if (count > 4) {
      v128.store((out += outRow), s40);
      v128.store(out, s41, 16);
      if (WIDE) {
        v128.store(out, s42, 32);
        v128.store(out, s43, 48);
      }
      v128.store((out += outRow), s50);
      v128.store(out, s51, 16);
      if (WIDE) {
        v128.store(out, s52, 32);
        v128.store(out, s53, 48);
      }
    }
  }
}
