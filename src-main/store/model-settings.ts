import type { CalibrationSummary, EnsembleSummary } from '../ipc/calibration.ts';
import { summariseCalibration, type Calibrator } from '../models/calibration/calibrator.ts';
import { summariseEnsemble, type EnsembleConfiguration } from '../models/ensemble.ts';

/** What lists show of a model's configuration, without reading all of it. */
export const SHOWN_CONFIGURATION = `
  json_extract(configuration, '$.calibration') AS calibration,
  iif(kind = 'ensemble', json_remove(configuration, '$.calibration'), NULL) AS ensemble`;

/** JSON, or null: without a calibrator, no ensemble, or of an earlier version. */
export interface ShownConfiguration {
  calibration: string | null;
  ensemble: string | null;
}

export function summariseConfiguration({ calibration, ensemble }: ShownConfiguration): {
  calibration: CalibrationSummary | null;
  ensemble: EnsembleSummary | null;
} {
  return {
    calibration: calibration === null ? null : summariseCalibration(JSON.parse(calibration) as Calibrator),
    ensemble: ensemble === null ? null : summariseEnsemble(JSON.parse(ensemble) as EnsembleConfiguration),
  };
}
