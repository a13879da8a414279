import type { CalibrationMethod, CalibrationSummary } from '../../ipc/calibration.ts';
import { fitIsotonic, isotonicAt, type IsotonicMap } from './isotonic.ts';
import { fitPlatt, logistic, logit, smoothedTargets, type PlattMap } from './platt.ts';

/** Stored with a model's configuration; it turns the model's own PD into the calibrated one. */
export type Calibrator = ({ method: 'platt' } & PlattMap) | ({ method: 'isotonic' } & IsotonicMap);

/** What a configuration holds of it; one from an earlier version has no such key. */
export interface Calibrated {
  calibration?: Calibrator | null;
}

/** A calibrator, or none where none was asked for; `refused` says why the model stays as it is. */
export interface CalibrationFit {
  calibrator: Calibrator | null;
  refused: string | null;
}

const NONE: CalibrationFit = { calibrator: null, refused: null };
const refuse = (reason: string): CalibrationFit => ({ calibrator: null, refused: reason });

/**
 * Fits a calibrator on the PDs and labels of the validation rows, [rows] both; a customer may have several of them. The
 * model's order of risk is never reversed or lost: where only that would fit, there is none.
 */
export function fitCalibrator(method: CalibrationMethod, pds: Float32Array, labels: Uint8Array): CalibrationFit {
  if (method === 'none') return NONE;
  if (!labels.includes(1) || !labels.includes(0)) return refuse('the validation rows hold one outcome only');
  if (pds.every((pd) => pd === pds[0])) return refuse('it gives every validation window the same PD');
  const sigmoid = fitPlatt(Float64Array.from(pds, logit), labels);
  // A sigmoid would turn such PDs round, isotonic regression make nearly all of them one.
  if (!(sigmoid.slope > 0)) return refuse('on the validation rows its PDs fall where risk rises');
  if (method === 'platt') return { calibrator: { method, ...sigmoid }, refused: null };
  // A block of non-events alone would say that an event cannot be.
  const { event: most, other: least } = smoothedTargets(labels);
  const map = fitIsotonic(pds, labels, { least, most });
  if (map.y[0] === map.y[map.y.length - 1]) return refuse('on the validation rows its PDs do not rise with risk');
  return { calibrator: { method, ...map }, refused: null };
}

/** The calibrated PDs; the same array where there is no calibrator. */
export function calibrate(calibrator: Calibrator | null | undefined, pds: Float32Array): Float32Array {
  if (!calibrator) return pds;
  if (calibrator.method === 'isotonic') return pds.map((pd) => isotonicAt(calibrator, pd));
  const { slope, intercept } = calibrator;
  return pds.map((pd) => logistic(slope * logit(pd) + intercept));
}

export function summariseCalibration(calibrator: Calibrator | null | undefined): CalibrationSummary | null {
  if (!calibrator) return null;
  if (calibrator.method === 'isotonic') return { method: 'isotonic', levels: new Set(calibrator.y).size };
  const { method, slope, intercept } = calibrator;
  return { method, slope, intercept };
}
