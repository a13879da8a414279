import { twoSidedNormalP } from './normal-distribution.ts';

/** Probability that a standard normal variable is at most `z`. */
export function normalCdf(z: number): number {
  const outside = twoSidedNormalP(z) / 2;
  return z < 0 ? outside : 1 - outside;
}

/** Its inverse, 0 < `share` < 1: Newton's method with Halley's correction, from a logistic curve near it. */
export function normalQuantile(share: number): number {
  let z = Math.max(-8, Math.min(8, Math.log(share / (1 - share)) / 1.702));
  for (let step = 0; step < 50; step++) {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const newton = (normalCdf(z) - share) / density;
    const move = newton / Math.max(0.5, 1 + (z * newton) / 2);
    z -= Math.max(-1, Math.min(1, move));
    if (Math.abs(move) < 1e-12) break;
  }
  return z;
}
