/** Half the width of a two-sided 95% interval, in standard deviations. */
export const NORMAL_95 = 1.959963984540054;

/** Probability that a standard normal variable lies at least |z| away from 0, to about 14 digits. */
export function twoSidedNormalP(z: number): number {
  return complementaryError(Math.abs(z) / Math.SQRT2);
}

/** erfc for x ≥ 0. */
function complementaryError(x: number): number {
  if (x === Infinity) return 0;
  return x < 2 ? 1 - errorSeries(x) : errorFraction(x);
}

/** erf as a series without cancellation (Abramowitz & Stegun 7.1.6). */
function errorSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** erfc as a continued fraction (Abramowitz & Stegun 7.1.14), from the back; from x = 2 on, 100 terms are exact. */
function errorFraction(x: number): number {
  let fraction = x;
  for (let n = 100; n >= 1; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}
