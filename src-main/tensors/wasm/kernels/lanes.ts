/** The nearest multiple of 1 falls out of this sum's last bits, with an exponent's bias of 127 added. */
const ROUNDING: f32 = 12582912 + 127;
/** Beyond ±40 a sigmoid is 0 or 1 to single precision; three such powers still multiply without overflow. */
const LIMIT: f32 = 40;
const LOG2_E: f32 = 1.44269504;

/** Four floats at a time. */
export class Lanes {
  /** a · b + c, rounded once where the processor can and the build may (`relaxed`), else twice. */
  @inline static madd(a: v128, b: v128, c: v128): v128 {
    if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
    return f32x4.add(f32x4.mul(a, b), c);
  }

  /** c − a · b */
  @inline static nmadd(a: v128, b: v128, c: v128): v128 {
    if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
    return f32x4.sub(c, f32x4.mul(a, b));
  }

  /**
   * 2^y for |y| ≤ 40, clamped beyond, to a relative 1e-7: a power of two by the exponent's bits, times a polynomial of
   * degree 5 in what is left, in −½ … ½ (least relative error, exact at 0).
   */
  @inline static exp2(y: v128): v128 {
    const limited = f32x4.pmax(f32x4.pmin(y, f32x4.splat(LIMIT)), f32x4.splat(-LIMIT));
    const rounded = f32x4.add(limited, f32x4.splat(ROUNDING));
    const x = f32x4.sub(limited, f32x4.sub(rounded, f32x4.splat(ROUNDING)));
    let p = Lanes.madd(x, f32x4.splat(0.001326472387), f32x4.splat(0.00967151287));
    p = Lanes.madd(x, p, f32x4.splat(0.05550733754));
    p = Lanes.madd(x, p, f32x4.splat(0.2402224208));
    p = Lanes.madd(x, p, f32x4.splat(0.6931469776));
    p = Lanes.madd(x, p, f32x4.splat(1));
    return f32x4.mul(p, i32x4.shl(rounded, 23));
  }

  /** e^−x, with which sigmoid(x) is 1 / (1 + e^−x). */
  @inline static expNegative(x: v128): v128 {
    return Lanes.exp2(f32x4.mul(x, f32x4.splat(-LOG2_E)));
  }

  /** e^−2x, with which tanh(x) is (1 − e^−2x) / (1 + e^−2x). */
  @inline static expNegativeTwice(x: v128): v128 {
    return Lanes.exp2(f32x4.mul(x, f32x4.splat(-2 * LOG2_E)));
  }

  @inline static onePlus(x: v128): v128 {
    return f32x4.add(f32x4.splat(1), x);
  }

  @inline static oneMinus(x: v128): v128 {
    return f32x4.sub(f32x4.splat(1), x);
  }
}
