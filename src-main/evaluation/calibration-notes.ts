import type { CalibrationMethod } from '../ipc/calibration.ts';
import type { ModelKind } from '../ipc/documents.ts';

interface Model {
  kind: ModelKind;
  calibration?: Exclude<CalibrationMethod, 'none'> | undefined;
}

/** What a comparison's reader has to know of PDs that were calibrated. */
export function calibrationNotes(models: readonly Model[]): string[] {
  const of = (method: Model['calibration']) =>
    models.flatMap(({ kind, calibration }) => (calibration === method ? [kind] : []));
  const [platt, isotonic] = [of('platt'), of('isotonic')];
  const combined = platt.includes('ensemble') ? ' The ensemble combines PDs that are calibrated already.' : '';
  return [
    ...(platt.length === 0
      ? []
      : [
          `PDs of ${platt.join(', ')} are calibrated by Platt’s sigmoid, fitted on the validation rows. It keeps the ` +
            `order of the PDs, so AUC, KS and PR-AUC are as without it.${combined}`,
        ]),
    ...(isotonic.length === 0
      ? []
      : [
          `PDs of ${isotonic.join(', ')} are calibrated by isotonic regression, fitted on the validation rows. It makes ` +
            `equal what it cannot tell apart: AUC, KS and PR-AUC are of the calibrated PDs, ties among them.`,
        ]),
  ];
}
