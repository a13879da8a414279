import type { ModelKind } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { ModelBody } from '../processes/store-api.ts';
import { selectInputs, type Panel } from '../sequences/panel.ts';
import type { Scaler } from '../sequences/scaling.ts';
import type { Windows } from '../sequences/windows.ts';
import type { Engine } from '../tensors/network.ts';
import { calibrate, type Calibrated } from './calibration/calibrator.ts';
import { combineScores, type EnsembleConfiguration } from './ensemble.ts';
import { isNetwork } from './model-names.ts';
import { applyNetworkModel, type NetworkConfiguration } from './network-model.ts';
import { applySnapshotModel } from './snapshot-model.ts';

export interface ApplyOptions {
  engine: () => Engine;
  /** The models that an ensemble combines, by kind. */
  memberOf: (kind: ModelKind) => ModelBody;
  signal?: AbortSignal | undefined;
}

/**
 * The PD of each window by a stored model, calibrated where the model is. Windows are of the panel as it is stored; the
 * model takes its own inputs from it. Throws `model-refused` where one of them is no longer there.
 */
export async function applyModel(
  model: ModelBody,
  panel: Panel,
  windows: Windows,
  options: ApplyOptions,
): Promise<Float32Array> {
  const pds = await applyUncalibrated(model, panel, windows, options);
  return calibrate((model.configuration as Calibrated | null)?.calibration, pds);
}

/**
 * The PDs before the model's own calibration. Those that an ensemble combines are its members' calibrated ones: a share
 * means something only of PDs on one scale.
 */
async function applyUncalibrated(
  model: ModelBody,
  panel: Panel,
  windows: Windows,
  options: ApplyOptions,
): Promise<Float32Array> {
  if (model.kind === 'ensemble') {
    const configuration = model.configuration as EnsembleConfiguration;
    const scores = new Map<ModelKind, Float32Array>();
    for (const { kind } of configuration.members)
      scores.set(kind, await applyModel(options.memberOf(kind), panel, windows, options));
    return combineScores(configuration, (kind) => scores.get(kind) as Float32Array);
  }
  const scaler = model.scaler as Scaler;
  const inputs = inputsOf(panel, scaler);
  if (isNetwork(model.kind)) {
    const configuration = model.configuration as NetworkConfiguration;
    return applyNetworkModel(options.engine(), configuration, model.weights, inputs, scaler, windows, options.signal);
  }
  if (model.kind === 'external')
    throw new DuecastError('model-refused', 'A score from elsewhere can be compared, but not applied to customers.');
  return applySnapshotModel(model.kind, model, inputs, windows, options.signal);
}

/** The panel as a stored model takes it. Throws `model-refused`. */
export function inputsOf(panel: Panel, { inputs }: Scaler): Panel {
  const names = (kind: 'history' | 'static') => inputs.filter((input) => input.kind === kind).map(({ name }) => name);
  const selected = selectInputs(panel, names('history'), names('static'));
  if (selected !== null) return selected;
  const known = new Set([...panel.features, ...panel.staticFeatures].map(({ name }) => name));
  const missing = inputs.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  throw new DuecastError(
    'model-refused',
    `This model needs ${missing.join(', ')}, which the portfolio no longer has as numbers. Import them again, or train a new model.`,
  );
}
