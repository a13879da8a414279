import type { ModelKind } from '../ipc/documents.ts';
import { inputsOf, type ApplyOptions } from '../models/apply-model.ts';
import { calibrate, type Calibrated } from '../models/calibration/calibrator.ts';
import type { EnsembleConfiguration } from '../models/ensemble.ts';
import { lightgbmExplainer } from '../models/lightgbm.ts';
import { explainLogistic, type LogisticModel } from '../models/logistic.ts';
import type { NetworkConfiguration } from '../models/network-model.ts';
import { isNetwork } from '../models/model-names.ts';
import { snapshotFeatures } from '../models/snapshot-features.ts';
import type { ModelBody } from '../processes/store-api.ts';
import type { Panel } from '../sequences/panel.ts';
import { scaleRows, type Scaler } from '../sequences/scaling.ts';
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

/** A stored model that is ready to explain one window after another. */
export interface Explainer {
  /**
   * Explains the PD of the first of `windows`. Typical behaviour, the base, is every input at its mean over the training
   * customers' steps, or for LightGBM the mean log-odds of the training windows. All rows of `panel` are filled and scaled,
   * so it should hold that customer alone. Throws `model-refused` where an input is no longer there.
   */
  explain(panel: Panel, windows: Windows): Explained;
  /** Frees what TensorFlow or LightGBM hold. */
  dispose(): void;
}

export interface ExplainOptions extends ApplyOptions {
  /** Of integrated gradients; thorough where none is given. */
  tolerance?: number;
}

/** Throws `engine-missing`. */
export function createExplainer(model: ModelBody, options: ExplainOptions): Explainer {
  const { calibration } = (model.configuration ?? {}) as Calibrated;
  const explainer = uncalibrated(model, options);
  if (!calibration) return explainer;
  const calibrated = (pd: number) => calibrate(calibration, Float32Array.of(pd))[0];
  return {
    explain(panel, windows) {
      const explained = explainer.explain(panel, windows);
      return { ...explained, ...mapAttribution(explained, calibrated) };
    },
    dispose: () => explainer.dispose(),
  };
}

function uncalibrated(model: ModelBody, options: ExplainOptions): Explainer {
  if (model.kind === 'ensemble') return ensembleExplainer(model, options);
  if (isNetwork(model.kind)) return networkExplainer(model, options);
  return snapshotExplainer(model);
}

/** The panel's rows of the first window, and the one behind them. */
const rowsOf = ({ windowSteps, endRow }: Windows): [number, number] => [endRow[0] - windowSteps + 1, endRow[0] + 1];

const describeInputs = ({ features, staticFeatures }: Panel) =>
  [...features, ...staticFeatures].map(({ name, kind }) => ({ name, kind }));

function networkExplainer(model: ModelBody, { engine, tolerance }: ExplainOptions): Explainer {
  const { architecture, fit } = model.configuration as NetworkConfiguration;
  const scaler = model.scaler as Scaler;
  const network = engine().createNetwork(architecture, new Float32Array(model.weights.slice().buffer), fit.seed);
  return {
    explain(panel, windows) {
      const own = inputsOf(panel, scaler);
      const [first, end] = rowsOf(windows);
      const width = architecture.inputs;
      const window = scaleRows(own, scaler).slice(first * width, end * width);
      // Scaled inputs have a mean of 0.
      const attribution = integratedGradients(engine(), network, window, new Float32Array(window.length), tolerance);
      return { ...attribution, inputs: describeInputs(own), logOdds: null };
    },
    dispose: () => network.dispose(),
  };
}

function snapshotExplainer(model: ModelBody): Explainer {
  const text = new TextDecoder().decode(model.weights);
  const { explain: explainRow, dispose } =
    model.kind === 'lightgbm' ? lightgbmExplainer(text) : logisticExplainer(JSON.parse(text) as LogisticModel);
  return {
    explain(panel, windows) {
      const own = inputsOf(panel, model.scaler as Scaler);
      const { names, values } = snapshotFeatures(own, windows);
      const terms = explainRow(values.slice(0, names.length));
      const width = own.features.length;
      const [first, end] = rowsOf(windows);
      const window = own.values.subarray(first * width, end * width);
      const columns = names.map((column, i) => ({ column, contribution: terms.columns[i] }));
      return {
        ...snapshotCells(own, windows.windowSteps, window, terms),
        inputs: describeInputs(own),
        logOdds: { base: terms.base, columns },
      };
    },
    dispose,
  };
}

const logisticExplainer = (model: LogisticModel) => ({
  explain: (row: Float32Array) => explainLogistic(model, row),
  dispose: () => undefined,
});

function ensembleExplainer(model: ModelBody, options: ExplainOptions): Explainer {
  const members = (model.configuration as EnsembleConfiguration).members.map(({ kind, share }) => ({
    explainer: createExplainer(options.memberOf(kind), options),
    share,
  }));
  return {
    explain(panel, windows) {
      const explained = members.map(({ explainer, share }) => ({
        attribution: explainer.explain(panel, windows),
        share,
      }));
      return { ...combineAttributions(explained), inputs: explained[0].attribution.inputs, logOdds: null };
    },
    dispose() {
      for (const { explainer } of members) explainer.dispose();
    },
  };
}
