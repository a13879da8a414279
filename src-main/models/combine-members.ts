import type { ModelKind } from '../ipc/documents.ts';
import type { CombineRequest } from '../processes/model-api.ts';
import type { NewModel } from '../processes/store-api.ts';
import { calibrateFitted } from './calibration/calibrate-fitted.ts';
import { calibrate, summariseCalibration } from './calibration/calibrator.ts';
import { combineScores, ensembleOf, fitSequenceShare, summariseEnsemble } from './ensemble.ts';
import { measureParts } from './train-model.ts';
import { describeTraining } from './training-scores.ts';

/**
 * The ensemble of an experiment's models, from their PDs on its rows. Members count with their calibrated PDs, since a
 * share means something only of PDs on one scale; a mean of calibrated PDs is too timid itself (Ranjan & Gneiting 2010),
 * so the ensemble gets a calibrator of its own. Weight and calibrator are fitted on the validation rows. Its metrics there
 * are of the members' PDs before their calibration, in the same shares: no calibration has seen the rows then.
 */
export function combineMembers({ rows, members, settings }: CombineRequest): NewModel {
  const kinds = members.map(({ kind }) => kind);
  const memberOf = (kind: ModelKind) =>
    members.find((member) => member.kind === kind) as CombineRequest['members'][number];
  const scoresOf = (part: keyof NewModel['predictions']) => (kind: ModelKind) =>
    memberOf(kind).predictions[part] as Float32Array;
  const labels = rows.validation?.labels;
  if (ensembleOf(kinds) === null || labels === undefined) throw new Error('an ensemble needs both kinds of model');

  const { calibration = 'none', ensembleWeight = 'recipe' } = settings;
  const fitted = ensembleWeight === 'fitted' ? fitSequenceShare(kinds, scoresOf('validation'), labels) : undefined;
  const shares = ensembleOf(kinds, fitted)!;
  const combined = (part: keyof NewModel['predictions']) =>
    rows[part] === null ? null : combineScores(shares, scoresOf(part));
  const { calibrator, predictions, warnings } = calibrateFitted(
    'ensemble',
    calibration,
    { validation: combined('validation'), test: combined('test'), outOfTime: combined('outOfTime') },
    labels,
  );
  const uncalibrated = combineScores(shares, (kind) => memberOf(kind).uncalibrated ?? scoresOf('validation')(kind));
  const hasTraining = shares.members.every(({ kind }) => memberOf(kind).training !== undefined);
  const ofTraining = () => combineScores(shares, (kind) => memberOf(kind).training!.scores);
  const configuration = { ...shares, weight: ensembleWeight, calibration: calibrator };
  return {
    kind: 'ensemble',
    configuration,
    scaler: null,
    weights: new Uint8Array(0),
    document: {
      kind: 'ensemble',
      parameters: shares.members.reduce((sum, { kind }) => sum + memberOf(kind).document.parameters, 0),
      epochs: 0,
      bestEpoch: 0,
      history: [],
      seconds: 0,
      windowsPerSecond: 0,
      ...measureParts(predictions, uncalibrated, (part) => rows[part]?.labels),
      calibration: summariseCalibration(calibrator),
      ensemble: summariseEnsemble(configuration),
    },
    predictions,
    warnings,
    ...(hasTraining ? { training: describeTraining(calibrate(calibrator, ofTraining())) } : {}),
  };
}
