/** 2³² over the golden ratio, odd: counters that are spread out. */
export const SPREAD: i32 = -1640531527;

/**
 * Random numbers by counter: any place of any pass can be drawn again, so a mask need not be kept for the way back.
 * The mixing is C. Wellons's `lowbias32`, a bijection of 32-bit words.
 */
export class Random {
  static word(counter: i32): i32 {
    let x = counter;
    x = (x ^ (x >>> 16)) * 0x7feb352d;
    x = (x ^ (x >>> 15)) * <i32>0x846ca68b;
    return x ^ (x >>> 16);
  }

  /** The same of four counters. */
  @inline static words(counters: v128): v128 {
    let x = counters;
    x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
    x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(<i32>0x846ca68b));
    return v128.xor(x, i32x4.shr_u(x, 16));
  }

  /** `value` where a draw of 24 bits reaches `rate`, else 0. */
  @inline static dropped(value: v128, counters: v128, rate: v128): v128 {
    return v128.and(value, i32x4.ge_s(i32x4.shr_u(Random.words(counters), 8), rate));
  }
}
