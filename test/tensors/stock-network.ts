import { createRequire } from 'node:module';
import util from 'node:util';
import { weightSlots, type Architecture, type Layer } from '../../src-main/tensors/architecture.ts';
import { nativeBinding } from '../../src-main/tensors/native/binding.ts';

// tfjs-node 4.22 calls two functions that Node 23 removed.
const legacy = util as unknown as Record<string, unknown>;
legacy['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
legacy['isArray'] ??= Array.isArray;
nativeBinding(); // sets how many threads TensorFlow makes when it is loaded
export const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node') as typeof import('@tensorflow/tfjs-node');

function stockLayer(layer: Layer) {
  switch (layer.type) {
    case 'lstm': {
      const { units, returnSequences } = layer;
      return tf.layers.lstm({ units, returnSequences, recurrentActivation: 'sigmoid' });
    }
    case 'conv1d': {
      const { filters, kernelSize, padding } = layer;
      return tf.layers.conv1d({ filters, kernelSize, padding, activation: 'relu' });
    }
    case 'batch-norm':
      return tf.layers.batchNormalization();
    case 'max-pool':
      return tf.layers.maxPooling1d({ poolSize: 2 });
    case 'dropout':
      return tf.layers.dropout({ rate: layer.rate });
    case 'dense':
      return tf.layers.dense({ units: layer.units, activation: layer.activation === 'relu' ? 'relu' : 'linear' });
  }
}

/** The same network of stock tfjs layers, with the same weights. */
export function stockNetwork(architecture: Architecture, weights: Float32Array) {
  const model = tf.sequential();
  model.add(tf.layers.inputLayer({ inputShape: [architecture.windowSteps, architecture.inputs] }));
  const layers = architecture.layers.map(stockLayer);
  layers.forEach((layer, number) => {
    model.add(layer);
    const slots = weightSlots(architecture).filter(({ layer }) => layer === number);
    const values = slots.map(({ offset, size, shape }) => tf.tensor(weights.subarray(offset, offset + size), shape));
    layer.setWeights(values);
  });
  return { model, layers };
}
