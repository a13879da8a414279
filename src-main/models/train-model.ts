import { measure } from '../evaluation/metrics.ts';
import type { Metrics, TrainableKind } from '../ipc/documents.ts';
import type { EvaluatedPart, NewModel } from '../processes/store-api.ts';
import type { Panel } from '../sequences/panel.ts';
import { fitScaler } from '../sequences/scaling.ts';
import type { Windows, WindowsByPart } from '../sequences/windows.ts';
import type { Engine } from '../tensors/network.ts';
import { calibrateFitted } from './calibration/calibrate-fitted.ts';
import { calibrate, summariseCalibration } from './calibration/calibrator.ts';
import type { FitOptions, FittedModel } from './fitted-model.ts';
import { isNetwork } from './model-names.ts';
import { fitNetworkModel } from './network-model.ts';
import { fitSnapshotModel } from './snapshot-model.ts';
import type { FitSettings } from './training-plan.ts';
import { scoreTraining } from './training-scores.ts';

/**
 * Trains one model on the training windows, stops it early and calibrates it on the validation windows, and judges it on
 * every part.
 * `engine` is asked for by networks only. Throws `engine-missing`, `model-refused` or `cancelled`.
 */
export async function trainModel(
  kind: TrainableKind,
  panel: Panel,
  windows: WindowsByPart,
  settings: FitSettings,
  engine: () => Engine,
  options: FitOptions,
): Promise<NewModel> {
  const { train, validation } = windows;
  const scaler = fitScaler(panel, train);
  let fitted: FittedModel;
  if (isNetwork(kind)) {
    fitted = await fitNetworkModel(engine(), kind, panel, scaler, train, validation, settings, options);
  } else {
    fitted = await fitSnapshotModel(kind, panel, train, validation, settings, options);
  }
  try {
    const uncalibrated = await predictParts(windows, fitted.predict);
    const { calibrator, predictions, warnings } = calibrateFitted(
      kind,
      settings.calibration ?? 'none',
      uncalibrated,
      validation.label,
    );
    const metrics = measureParts(predictions, uncalibrated.validation, (part) => windows[part]?.label);
    const { weights, training } = fitted;
    const configuration = { ...(fitted.configuration as object), calibration: calibrator };
    const document = { kind, ...training, ...metrics, calibration: summariseCalibration(calibrator) };
    const trainingScores = await scoreTraining(train, async (part) =>
      calibrate(calibrator, await fitted.predict(part)),
    );
    return {
      kind,
      configuration,
      scaler,
      weights,
      document,
      predictions,
      uncalibrated: uncalibrated.validation,
      warnings,
      training: trainingScores,
    };
  } finally {
    fitted.dispose();
  }
}

type Predictions = NewModel['predictions'];

async function predictParts(
  windows: WindowsByPart,
  predict: (windows: Windows) => Promise<Float32Array>,
): Promise<Predictions & { validation: Float32Array }> {
  return {
    validation: await predict(windows.validation),
    test: await predict(windows.test),
    outOfTime: windows.outOfTime === null ? null : await predict(windows.outOfTime),
  };
}

/**
 * Metrics of each part; out of time there may be no rows to judge on. Those of the validation rows are of the PDs before
 * calibration: fitted on these rows, it would flatter them, isotonic regression even their AUC, and they choose the model
 * that scores.
 */
export function measureParts(
  predictions: Predictions,
  uncalibrated: Float32Array,
  labelsOf: (part: EvaluatedPart) => Uint8Array | undefined,
): { validation: Metrics; test: Metrics; outOfTime: Metrics | null } {
  const of = (part: EvaluatedPart) => {
    const [scores, labels] = [part === 'validation' ? uncalibrated : predictions[part], labelsOf(part)];
    return scores === null || labels === undefined || labels.length === 0 ? null : measure(scores, labels);
  };
  const [validation, test] = [of('validation'), of('test')];
  if (validation === null || test === null) throw new Error('validation and test have rows in every dataset');
  return { validation, test, outOfTime: of('outOfTime') };
}
