import type { Metrics, ModelKind } from '../../src-main/ipc/documents.ts';
import type { NewExperiment, NewModel, PredictionRows } from '../../src-main/processes/store-api.ts';

export const metrics = (auc: number | null): Metrics => ({
  auc,
  gini: auc === null ? null : 2 * auc - 1,
  ks: 0.3,
  prAuc: 0.4,
  brier: 0.1 + 0.2,
  logLoss: 0.35,
});

/** A view into the middle of a larger buffer, as arrays that came from another process are. */
export function inside<T extends Float32Array | Int32Array | Uint8Array>(array: T): T {
  const around = new Uint8Array(array.byteLength + 64);
  around.fill(0xee);
  around.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), 32);
  const View = array.constructor as new (buffer: ArrayBuffer, offset: number, length: number) => T;
  return new View(around.buffer, 32, array.length);
}

export const rowsOf = (n: number): PredictionRows => ({
  customers: inside(Int32Array.from({ length: n }, (_, i) => i + 1)),
  steps: inside(Int32Array.from({ length: n }, (_, i) => i - 3)),
  labels: inside(Uint8Array.from({ length: n }, (_, i) => i % 2)),
});

export function model(kind: ModelKind, validationAuc: number | null): NewModel {
  return {
    kind,
    configuration: { window: 30, layers: ['lstm', 64] },
    scaler: { mean: [0.1, 1e-300], name: 'Überziehung' },
    weights: inside(Uint8Array.from({ length: 1003 }, (_, i) => (i * 7) % 256)),
    document: {
      kind,
      parameters: 33_217,
      epochs: 2,
      bestEpoch: 1,
      seconds: 1.5,
      windowsPerSecond: 9_000.25,
      history: [
        { epoch: 1, loss: 0.7, valLoss: 0.6, valAuc: 0.61, learningRate: 1e-3, seconds: 0.7 },
        { epoch: 2, loss: NaN, valLoss: 0.65, valAuc: null, learningRate: 5e-4, seconds: 0.8 },
      ],
      validation: metrics(validationAuc),
      test: metrics(0.7),
      outOfTime: null,
      calibration: null,
      ensemble: null,
    },
    predictions: {
      validation: inside(Float32Array.of(0.1, 0.25, 1e-30)),
      test: inside(Float32Array.of(Math.fround(1 / 3), 1)),
      outOfTime: null,
    },
  };
}

export const experiment = (...models: NewModel[]): NewExperiment => ({
  settings: { window: 30, horizon: 14, gap: 0, labelRule: 'constant', epochs: 50, batch: 32, seed: 7 },
  summary: { split: { train: { customers: 3 } }, warnings: ['few rows'] },
  dataHash: 'cd'.repeat(32),
  versions: { duecast: '0.1.0', tensorflow: '2.21.0' },
  rows: { validation: rowsOf(3), test: rowsOf(2), outOfTime: null },
  models,
  seconds: 12.5,
});
