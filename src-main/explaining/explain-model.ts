import { createPacer } from '../evaluation/pacing.ts';
import type { ModelKind } from '../ipc/documents.ts';
import { inputsOf, type ApplyOptions } from '../models/apply-model.ts';
import { calibrate, type Calibrated } from '../models/calibration/calibrator.ts';
import type { EnsembleConfiguration } from '../models/ensemble.ts';
import { explainLightgbm } from '../models/lightgbm.ts';
import { explainLogistic, type LogisticModel } from '../models/logistic.ts';
import type { NetworkConfiguration } from '../models/network-model.ts';
import { snapshotFeatures } from '../models/snapshot-features.ts';
import type { ModelBody } from '../processes/store-api.ts';
import type { Panel } from '../sequences/panel.ts';
import { inputCount, scaleRows, type Scaler } from '../sequences/scaling.ts';
import type { Windows } from '../sequences/windows.ts';
import { combineAttributions, mapAttribution, type Attribution } from './attribution.ts';
import { integratedGradients } from './integrated-gradients.ts';
import { snapshotCells } from './snapshot-cells.ts';

/** What each input at each step of a window adds to a model's PD. */
export interface Explained extends Attribution {
  /** The model's inputs: the columns of `cells`. */
  inputs: { name: string; kind: 'history' | 'static' }[];
  /** A snapshot model's own columns in log-odds; null for networks and the ensemble. */
  logOdds: { base: number; columns: { column: string; contribution: number }[] } | null;
}

/** How each kind of model is explained, for the analyst. */
export const METHODS: Record<ModelKind, string> = {
  lstm: 'integrated gradients, from a window of training customers’ means to this one',
  'cnn-lstm': 'integrated gradients, from a window of training customers’ means to this one',
  lightgbm: 'LightGBM’s SHAP values in log-odds, scaled to add up in PD',
  logistic: 'terms of the log-odds against training customers’ means, scaled to add up in PD',
  ensemble: 'what its members say, each by its share',
  external: 'nothing: it is not known how it came about',
};

/**
 * Explains the PD of the first of `windows` by a stored model. Typical behaviour, the base, is every input at its mean
 * over the training customers' steps, or for LightGBM the mean log-odds of the training windows. Throws as `applyModel`
 * does.
 */
export async function explainModel(
  model: ModelBody,
  panel: Panel,
  windows: Windows,
  options: ApplyOptions,
): Promise<Explained> {
  const { calibration } = model.configuration as Calibrated;
  const explained = await explainUncalibrated(model, panel, windows, options);
  if (!calibration) return explained;
  const calibrated = (pd: number) => calibrate(calibration, Float32Array.of(pd))[0];
  return { ...explained, ...mapAttribution(explained, calibrated) };
}

async function explainUncalibrated(
  model: ModelBody,
  panel: Panel,
  windows: Windows,
  options: ApplyOptions,
): Promise<Explained> {
  if (model.kind === 'ensemble') return explainEnsemble(model, panel, windows, options);
  await createPacer(options.signal).pause();
  const own = inputsOf(panel, model.scaler as Scaler);
  const inputs = [...own.features, ...own.staticFeatures].map(({ name, kind }) => ({ name, kind }));
  if (model.kind === 'lstm' || model.kind === 'cnn-lstm') {
    return { ...explainNetwork(model, own, windows, options), inputs, logOdds: null };
  }
  const { names, values } = snapshotFeatures(own, windows);
  const row = values.slice(0, names.length);
  const text = new TextDecoder().decode(model.weights);
  const terms =
    model.kind === 'lightgbm' ? explainLightgbm(text, row) : explainLogistic(JSON.parse(text) as LogisticModel, row);
  const width = own.features.length;
  const [first, end] = rowsOf(windows);
  const window = own.values.subarray(first * width, end * width);
  return {
    ...snapshotCells(own, windows.windowSteps, window, terms),
    inputs,
    logOdds: {
      base: terms.base,
      columns: names.map((column, i) => ({ column, contribution: terms.columns[i] })),
    },
  };
}

/** The panel's rows of the first window, and the one behind them. */
const rowsOf = ({ windowSteps, endRow }: Windows): [number, number] => [endRow[0] - windowSteps + 1, endRow[0] + 1];

function explainNetwork(model: ModelBody, panel: Panel, windows: Windows, { engine }: ApplyOptions): Attribution {
  const { architecture, fit } = model.configuration as NetworkConfiguration;
  const width = inputCount(panel);
  const [first, end] = rowsOf(windows);
  const window = scaleRows(panel, model.scaler as Scaler).slice(first * width, end * width);
  const network = engine().createNetwork(architecture, new Float32Array(model.weights.slice().buffer), fit.seed);
  try {
    // Scaled inputs have a mean of 0.
    return integratedGradients(engine(), network, window, new Float32Array(window.length));
  } finally {
    network.dispose();
  }
}

async function explainEnsemble(
  model: ModelBody,
  panel: Panel,
  windows: Windows,
  options: ApplyOptions,
): Promise<Explained> {
  const { members } = model.configuration as EnsembleConfiguration;
  const explained: { attribution: Explained; share: number }[] = [];
  for (const { kind, share } of members)
    explained.push({ attribution: await explainModel(options.memberOf(kind), panel, windows, options), share });
  const [{ attribution }] = explained;
  return { ...combineAttributions(explained), inputs: attribution.inputs, logOdds: null };
}
