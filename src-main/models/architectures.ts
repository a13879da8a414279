import { DuecastError } from '../ipc/errors.ts';
import type { Architecture, Layer } from '../tensors/architecture.ts';

export type NetworkKind = 'lstm' | 'cnn-lstm';

const DROPOUT = 0.2;
/** Below this, two convolutions without padding leave too few steps. */
const SHORT_WINDOW_STEPS = 10;
/** Two poolings halve the window twice. */
const CNN_LEAST_STEPS = 4;

/** LSTM 64 → LSTM 32 → dense 32 → logit, each with batch normalisation and dropout. */
const LSTM_HEAD: Layer[] = [
  { type: 'lstm', units: 64, returnSequences: true },
  { type: 'batch-norm' },
  { type: 'dropout', rate: DROPOUT },
  { type: 'lstm', units: 32, returnSequences: false },
  { type: 'batch-norm' },
  { type: 'dropout', rate: DROPOUT },
  { type: 'dense', units: 32, activation: 'relu' },
  { type: 'batch-norm' },
  { type: 'dropout', rate: DROPOUT },
  { type: 'dense', units: 1, activation: 'none' },
];

const convolution = (filters: number, padding: 'valid' | 'same'): Layer[] => [
  { type: 'conv1d', filters, kernelSize: 3, padding },
  { type: 'batch-norm' },
  { type: 'max-pool' },
];

/**
 * The reference recipe's networks over windows of `windowSteps` × `inputs`. CNN-LSTM puts two convolutions before the
 * LSTM, padded in windows below 10 steps; `model-refused` below 4.
 */
export function architectureOf(kind: NetworkKind, windowSteps: number, inputs: number): Architecture {
  if (kind === 'lstm') return { windowSteps, inputs, layers: LSTM_HEAD };
  if (windowSteps < CNN_LEAST_STEPS) {
    throw new DuecastError(
      'model-refused',
      `CNN-LSTM needs windows of at least ${CNN_LEAST_STEPS} steps, because it halves them twice; these have ${windowSteps}.`,
    );
  }
  const padding = windowSteps < SHORT_WINDOW_STEPS ? 'same' : 'valid';
  return { windowSteps, inputs, layers: [...convolution(32, padding), ...convolution(64, padding), ...LSTM_HEAD] };
}
