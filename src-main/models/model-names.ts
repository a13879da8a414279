import type { ModelKind } from '../ipc/documents.ts';

/** Whether a model is a network, which an engine computes. */
export const isNetwork = (kind: ModelKind): kind is 'lstm' | 'cnn-lstm' => kind === 'lstm' || kind === 'cnn-lstm';

/** How models are called. */
export const MODEL_NAMES: Readonly<Record<ModelKind, string>> = {
  lstm: 'LSTM',
  'cnn-lstm': 'CNN-LSTM',
  lightgbm: 'LightGBM',
  logistic: 'Logistic',
  ensemble: 'Ensemble',
  external: 'Score from elsewhere',
};
