import type { ModelCurves } from '../ipc/views.ts';
import { binOf, boundsLike } from './equal-bins.ts';
import type { Scores } from './metrics.ts';
import { NORMAL_95 } from './normal-distribution.ts';

export const CALIBRATION_BINS = 10;

export type CalibrationBin = ModelCurves['calibration'][number];

/**
 * Reliability by PD (DeGroot & Fienberg 1983): bins of equal width over 0 to 1, a PD on a bound in the lower one, as
 * scikit-learn's calibration_curve has them; empty bins are left out. The interval is Wilson's, which takes rows as
 * independent: several rows of one customer are not, so with them it is too narrow.
 */
export function calibrationBins(scores: Scores, labels: Uint8Array, bins = CALIBRATION_BINS): CalibrationBin[] {
  const sums = new Float64Array(bins);
  const events = new Int32Array(bins);
  const windows = new Int32Array(bins);
  const bounds = boundsLike(scores, bins);
  for (let i = 0; i < scores.length; i++) {
    const bin = binOf(scores[i], bounds, 'lower');
    sums[bin] += scores[i];
    windows[bin]++;
    if (labels[i] === 1) events[bin]++;
  }
  return Array.from(windows, (count, bin) => ({
    meanPd: sums[bin] / count,
    eventShare: events[bin] / count,
    ...wilsonInterval(events[bin], count),
    windows: count,
  })).filter(({ windows: count }) => count > 0);
}

/**
 * The 95% interval of a share (Wilson 1927): (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n), with p = k/n.
 */
export function wilsonInterval(k: number, n: number): { low: number; high: number } {
  const p = k / n;
  const scale = 1 + NORMAL_95 ** 2 / n;
  const centre = (p + NORMAL_95 ** 2 / (2 * n)) / scale;
  const half = (NORMAL_95 * Math.sqrt((p * (1 - p)) / n + NORMAL_95 ** 2 / (4 * n ** 2))) / scale;
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
