import { weightSlots, type Architecture, type Layer } from '../../src-main/tensors/architecture.ts';

/** tfjs, from whichever of its packages. */
export type Tfjs = Pick<typeof import('@tensorflow/tfjs'), 'layers' | 'sequential' | 'tensor'>;

function stockLayer(tf: Tfjs, layer: Layer) {
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

/** A network of stock tfjs layers, with the given weights. */
export function stockLayers(tf: Tfjs, architecture: Architecture, weights: Float32Array) {
  const model = tf.sequential();
  model.add(tf.layers.inputLayer({ inputShape: [architecture.windowSteps, architecture.inputs] }));
  const layers = architecture.layers.map((layer) => stockLayer(tf, layer));
  layers.forEach((layer, number) => {
    model.add(layer);
    const slots = weightSlots(architecture).filter(({ layer }) => layer === number);
    const values = slots.map(({ offset, size, shape }) => tf.tensor(weights.subarray(offset, offset + size), shape));
    layer.setWeights(values);
  });
  return { model, layers };
}
