import { CALIBRATION_BINS } from './calibration-bins.ts';
import type { KsDraws } from './ks-interval.ts';
import { RESAMPLED, type MeasuredRows, type Resampled } from './weighted-metrics.ts';

/** What one model's metrics are in every resample: by metric, [resamples]; NaN where a resample can't tell. */
export interface Draws extends Record<Resampled, Float64Array> {
  distance: KsDraws;
  /** [resamples]: see `straightened`. */
  psiSlope: Float64Array;
  /** [resamples × bins of calibration]. */
  surplus: Float64Array;
}

export const emptyDraws = (resamples: number): Draws => ({
  ...(Object.fromEntries(RESAMPLED.map((name) => [name, new Float64Array(resamples)])) as Record<
    Resampled,
    Float64Array
  >),
  distance: { there: new Float64Array(resamples), optimism: new Float64Array(resamples) },
  psiSlope: new Float64Array(resamples),
  surplus: new Float64Array(resamples * CALIBRATION_BINS),
});

export function keepDraw(draws: Draws, resample: number, measured: MeasuredRows): void {
  for (const name of RESAMPLED) draws[name][resample] = measured[name];
  draws.distance.there[resample] = measured.ksThere;
  draws.distance.optimism[resample] = measured.ksOptimism;
  draws.psiSlope[resample] = measured.psiSlope;
  draws.surplus.set(measured.surplus, resample * CALIBRATION_BINS);
}
