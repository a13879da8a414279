import { twoSidedNormalP } from './normal-distribution.ts';

/**
 * Probability that a chi-squared variable is at least `x`. For whole degrees of freedom the tail is a finite sum
 * (Abramowitz & Stegun 26.4.4 and 26.4.5).
 */
export function chiSquaredTail(x: number, degreesOfFreedom: number): number {
  const half = x / 2;
  const isOdd = degreesOfFreedom % 2 === 1;
  // Terms half^k·e^−half/Γ(k + 1), k from 0 or from 1/2.
  let term = isOdd ? 2 * Math.sqrt(half / Math.PI) * Math.exp(-half) : Math.exp(-half);
  let tail = isOdd ? twoSidedNormalP(Math.sqrt(x)) : 0;
  for (let k = isOdd ? 0.5 : 0; k < degreesOfFreedom / 2; k++) {
    tail += term;
    term *= half / (k + 1);
  }
  return Math.min(1, tail);
}
