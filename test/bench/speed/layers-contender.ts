import { architectureOf, type NetworkKind } from '../../../src-main/models/architectures.ts';
import { initialWeights } from '../../../src-main/models/initial-weights.ts';
import { firstRows } from '../../../src-main/sequences/windows.ts';
import { stockLayers } from '../../tensors/stock-layers.ts';
import { INPUTS, WINDOW_STEPS, type Contender } from './contender.ts';
import { drawRows, drawWindows } from './windows.ts';

type StockModel = ReturnType<typeof stockLayers>['model'];

/** Stock tfjs layers on the backend of `tf`, as their users train them: model.fit on prepared tensors. */
export function layersContender(tf: typeof import('@tensorflow/tfjs')): Contender {
  const rows = drawRows();
  const models = new Map<NetworkKind, StockModel>();

  function modelOf(kind: NetworkKind): StockModel {
    const made = models.get(kind);
    if (made !== undefined) return made;
    const architecture = architectureOf(kind, WINDOW_STEPS, INPUTS);
    const { model } = stockLayers(tf, architecture, initialWeights(architecture, 1));
    model.compile({ optimizer: tf.train.adam(1e-3), loss: (y, logits) => tf.losses.sigmoidCrossEntropy(y, logits) });
    models.set(kind, model);
    return model;
  }

  function tensorsOf(count: number) {
    const windows = drawWindows(count);
    const size = WINDOW_STEPS * INPUTS;
    const values = new Float32Array(count * size);
    firstRows(windows).forEach((row, i) => values.set(rows.subarray(row * INPUTS, row * INPUTS + size), i * size));
    return {
      x: tf.tensor3d(values, [count, WINDOW_STEPS, INPUTS]),
      y: tf.tensor2d(Float32Array.from(windows.label), [count, 1]),
    };
  }

  return {
    prepare: (kind) => void modelOf(kind),
    async seconds({ work, kind, batch, windows }) {
      const model = modelOf(kind);
      const { x, y } = tensorsOf(windows);
      const started = performance.now();
      if (work === 'train') await model.fit(x, y, { batchSize: batch, epochs: 1, shuffle: true, verbose: 0 });
      else {
        const scores = model.predict(x, { batchSize: batch }) as typeof x;
        scores.dataSync();
        scores.dispose();
      }
      const seconds = (performance.now() - started) / 1e3;
      tf.dispose([x, y]);
      return seconds;
    },
  };
}
