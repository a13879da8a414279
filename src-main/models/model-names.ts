import type { ModelKind } from '../ipc/documents.ts';

/** How models are called. */
export const MODEL_NAMES: Readonly<Record<ModelKind, string>> = {
  lstm: 'LSTM',
  'cnn-lstm': 'CNN-LSTM',
  lightgbm: 'LightGBM',
  logistic: 'Logistic',
  ensemble: 'Ensemble',
  external: 'Score from elsewhere',
};
