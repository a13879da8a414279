import { extents, type Architecture } from '../../architecture.ts';
import { maskedLayers, poolOf } from '../dropout.ts';
import type { Output } from '../graph.ts';
import type { Operations } from '../operations.ts';
import type { WeightOrder } from '../weight-order.ts';
import { batchNorm } from './batch-norm.ts';
import { conv1d, maxPool } from './convolution.ts';
import { dense } from './dense.ts';
import { dropout } from './dropout.ts';
import type { GraphLayer } from './layer.ts';
import { lstm } from './lstm.ts';

/** The layers of a network whose weights are the flat `weights` and `moving`. Adds the masks' placeholders. */
export function createLayers(
  ops: Operations,
  architecture: Architecture,
  order: WeightOrder,
  weights: Output,
  moving: Output,
): GraphLayer[] {
  const extent = extents(architecture);
  const trainable = arraysOf(ops, weights, order.trainableShapes);
  const averages = arraysOf(ops, moving, order.movingShapes);
  const masks = createMasks(ops, architecture);
  return architecture.layers.map((layer, i) => {
    switch (layer.type) {
      case 'lstm':
        return lstm(ops, extent[i], layer.units, layer.returnSequences, trainable[i]);
      case 'batch-norm':
        return batchNorm(ops, extent[i], trainable[i], averages[i]);
      case 'dropout':
        return dropout(ops, masks.get(i) ?? null);
      case 'dense':
        return dense(ops, layer.activation, trainable[i]);
      case 'conv1d':
        return conv1d(ops, extent[i], extent[i + 1], layer.kernelSize, layer.padding, trainable[i]);
      case 'max-pool':
        return maxPool(ops, extent[i], extent[i + 1]);
    }
  });
}

/** The arrays that lie one after the other in `flat`, by layer. */
function arraysOf(ops: Operations, flat: Output, shapes: number[][][]): Output[][] {
  const sizes = shapes.flat().map((shape) => shape.reduce((a, b) => a * b, 1));
  if (sizes.length === 0) return shapes.map(() => []);
  const parts = ops.split(flat, sizes).values();
  return shapes.map((own) => own.map((shape) => ops.reshape(parts.next().value as Output, ...shape)));
}

/** By layer, what gives a mask in the shape of what it masks. */
function createMasks(ops: Operations, architecture: Architecture): Map<number, (x: Output) => Output> {
  const masked = maskedLayers(architecture);
  if (masked.length === 0) return new Map();
  const starts = ops.splitIntegers(ops.placeholder('cuts', 'int32'), masked.length);
  const rates = new Set(masked.map(({ rate }) => rate));
  const pools = new Map(Array.from(rates, (rate) => [rate, ops.placeholder(poolOf(rate), 'float')]));
  return new Map(
    masked.map(({ layer, rate }, i) => [layer, (x: Output) => ops.stretch(pools.get(rate) as Output, starts[i], x)]),
  );
}
