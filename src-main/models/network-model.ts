import type { Panel } from '../sequences/panel.ts';
import { inputCount, scaleRows, type Scaler } from '../sequences/scaling.ts';
import { firstRows, windowCount, type Windows } from '../sequences/windows.ts';
import { parameterCount, type Architecture } from '../tensors/architecture.ts';
import type { Engine } from '../tensors/network.ts';
import { architectureOf, type NetworkKind } from './architectures.ts';
import { fitNetwork, predictWindows } from './fit-network.ts';
import type { FitOptions, FittedModel } from './fitted-model.ts';
import type { FitSettings } from './training-plan.ts';

/** What a stored LSTM or CNN-LSTM needs besides its weights. */
export interface NetworkConfiguration {
  architecture: Architecture;
  fit: FitSettings;
}

/** Trains a network of the recipe on a panel's windows. Throws `model-refused` for windows that are too short for it. */
export async function fitNetworkModel(
  engine: Engine,
  kind: NetworkKind,
  panel: Panel,
  scaler: Scaler,
  train: Windows,
  validation: Windows,
  settings: FitSettings,
  options: FitOptions,
): Promise<FittedModel> {
  const architecture = architectureOf(kind, train.windowSteps, inputCount(panel));
  const rows = engine.createRows(scaleRows(panel, scaler), architecture.inputs);
  try {
    const fitted = await fitNetwork(engine, rows, architecture, train, validation, settings, {
      signal: options.signal,
      progress: (epochs) => options.progress?.({ unit: 'epochs', epochs }),
    });
    const { weights, epochs, bestEpoch, history, seconds, windowsPerSecond } = fitted;
    const network = engine.createNetwork(architecture, weights, settings.seed);
    const configuration: NetworkConfiguration = { architecture, fit: settings };
    return {
      configuration,
      weights: new Uint8Array(weights.buffer),
      training: { parameters: parameterCount(architecture), epochs, bestEpoch, history, seconds, windowsPerSecond },
      predict: (windows) => predictWindows(network, rows, windows, options.signal),
      dispose() {
        network.dispose();
        rows.dispose();
      },
    };
  } catch (error) {
    rows.dispose();
    throw error;
  }
}

/** From so many windows on, one core takes longer than threads take to start. */
const MANY_WINDOWS = 8192;

/** The PD of each window by a stored network; `panel` has the model's inputs in its order. */
export async function applyNetworkModel(
  engine: Engine,
  { architecture, fit }: NetworkConfiguration,
  weights: Uint8Array,
  panel: Panel,
  scaler: Scaler,
  windows: Windows,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const rows = engine.createRows(scaleRows(panel, scaler), architecture.inputs);
  const values = new Float32Array(weights.slice().buffer);
  try {
    if (engine.predictOnCores !== undefined && windowCount(windows) >= MANY_WINDOWS)
      return await engine.predictOnCores(architecture, values, rows, firstRows(windows), signal);
    const network = engine.createNetwork(architecture, values, fit.seed);
    try {
      return await predictWindows(network, rows, windows, signal);
    } finally {
      network.dispose();
    }
  } finally {
    rows.dispose();
  }
}
