import type { CalibrationMethod } from '../../ipc/calibration.ts';
import type { ModelKind } from '../../ipc/documents.ts';
import type { NewModel } from '../../processes/store-api.ts';
import { calibrate, fitCalibrator, type Calibrator } from './calibrator.ts';

export interface CalibratedModel {
  calibrator: Calibrator | null;
  predictions: NewModel['predictions'];
  warnings: string[];
}

/**
 * Calibrates what a model predicts for each part, by its validation rows alone: what is stored and judged are the PDs
 * that scoring will give. A model that can't be calibrated stays as it is, with a warning.
 */
export function calibrateFitted(
  kind: ModelKind,
  method: CalibrationMethod,
  predictions: NewModel['predictions'],
  validationLabels: Uint8Array,
): CalibratedModel {
  const { validation, test, outOfTime } = predictions;
  if (validation === null) return { calibrator: null, predictions, warnings: [] };
  const { calibrator, refused } = fitCalibrator(method, validation, validationLabels);
  const of = (pds: Float32Array | null) => (pds === null ? null : calibrate(calibrator, pds));
  return {
    calibrator,
    predictions: { validation: of(validation), test: of(test), outOfTime: of(outOfTime) },
    warnings: refused === null ? [] : [`${kind} was left uncalibrated: ${refused}.`],
  };
}
