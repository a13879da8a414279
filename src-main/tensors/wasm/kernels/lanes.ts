/**
 * What `exp2` and the gates multiply and add, one float each. They are read from memory: a compiler of WebAssembly makes
 * a constant vector from immediates at each use, which takes several instructions.
 */
const CONSTANTS = memory.data<f32>([
  // Beyond ±40 a sigmoid is 0 or 1 to single precision; three such powers still multiply without overflow.
  40,
  -40,
  // The nearest multiple of 1 falls out of this sum's last bits, with an exponent's bias of 127 added.
  12582912 + 127,
  // Least relative error of degree 5 in −½ … ½, exact at 0.
  0.001326472387,
  0.00967151287,
  0.05550733754,
  0.2402224208,
  0.6931469776,
  // 1, −log₂ e and −2 log₂ e.
  1,
  -1.44269504,
  -2.88539008,
]);

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

  /** By its offset in bytes. */
  @inline static constant(offset: usize): v128 {
    return v128.load_splat<f32>(CONSTANTS + offset);
  }

  @inline static one(): v128 {
    return Lanes.constant(32);
  }

  /**
   * 2^y for |y| ≤ 40, clamped beyond, to a relative 1e-7: a power of two by the exponent's bits, times a polynomial of
   * degree 5 in what is left, in −½ … ½ (least relative error, exact at 0).
   */
  @inline static exp2(y: v128): v128 {
    const limited = f32x4.pmax(f32x4.pmin(y, Lanes.constant(0)), Lanes.constant(4));
    const rounded = f32x4.add(limited, Lanes.constant(8));
    const x = f32x4.sub(limited, f32x4.sub(rounded, Lanes.constant(8)));
    let p = Lanes.madd(x, Lanes.constant(12), Lanes.constant(16));
    p = Lanes.madd(x, p, Lanes.constant(20));
    p = Lanes.madd(x, p, Lanes.constant(24));
    p = Lanes.madd(x, p, Lanes.constant(28));
    p = Lanes.madd(x, p, Lanes.one());
    return f32x4.mul(p, i32x4.shl(rounded, 23));
  }

  /** e^−x, with which sigmoid(x) is 1 / (1 + e^−x). */
  @inline static expNegative(x: v128): v128 {
    return Lanes.exp2(f32x4.mul(x, Lanes.constant(36)));
  }

  /** e^−2x, with which tanh(x) is (1 − e^−2x) / (1 + e^−2x). */
  @inline static expNegativeTwice(x: v128): v128 {
    return Lanes.exp2(f32x4.mul(x, Lanes.constant(40)));
  }

  @inline static onePlus(x: v128): v128 {
    return f32x4.add(Lanes.one(), x);
  }

  @inline static oneMinus(x: v128): v128 {
    return f32x4.sub(Lanes.one(), x);
  }
}
