import type { Extent } from '../../architecture.ts';
import { attribute, type Output } from '../graph.ts';
import { T, type Operations } from '../operations.ts';
import type { GraphLayer } from './layer.ts';

/** [1, steps, batch, width]: time as an image's height and the batch as its width, so that nothing is transposed. */
const asImage = (ops: Operations, x: Output, { steps, width }: Extent) => ops.reshape(x, 1, steps, -1, width);
const asSequence = (ops: Operations, x: Output, { steps, width }: Extent) => ops.reshape(x, steps, -1, width);

/** Relu of a convolution over time. */
export function conv1d(
  ops: Operations,
  input: Extent,
  output: Extent,
  kernelSize: number,
  padding: 'valid' | 'same',
  [kernelOfTime, bias]: Output[],
): GraphLayer {
  const kernelShape = [kernelSize, 1, input.width, output.width];
  const kernel = ops.reshape(kernelOfTime, ...kernelShape);
  const strides = attribute.wholes([1, 1, 1, 1]);
  const attributes = { ...T, strides, padding: attribute.text(padding.toUpperCase()) };
  const forward = (image: Output) => ops.relu(ops.addBias(ops.one('Conv2D', [image, kernel], attributes), bias));
  return {
    predict: (x) => asSequence(ops, forward(asImage(ops, x, input)), output),
    train(x) {
      const image = asImage(ops, x, input);
      const y = forward(image);
      return {
        y: asSequence(ops, y, output),
        backward(dy, inputNeeded) {
          const d = ops.reluGradient(asImage(ops, dy, output), y);
          const dx = () => ops.one('Conv2DBackpropInput', [ops.shape(image), kernel, d], attributes);
          const dKernel = ops.one('Conv2DBackpropFilter', [image, ops.integers(...kernelShape), d], attributes);
          return { x: inputNeeded ? asSequence(ops, dx(), input) : null, weights: [dKernel, ops.biasGradient(d)] };
        },
      };
    },
  };
}

/** The larger of every two steps; an odd last one is left out. */
export function maxPool(ops: Operations, input: Extent, output: Extent): GraphLayer {
  const halves = attribute.wholes([1, 2, 1, 1]);
  const attributes = { ...T, ksize: halves, strides: halves, padding: attribute.text('VALID') };
  const forward = (image: Output) => ops.one('MaxPool', [image], attributes);
  return {
    predict: (x) => asSequence(ops, forward(asImage(ops, x, input)), output),
    train(x) {
      const image = asImage(ops, x, input);
      const y = forward(image);
      return {
        y: asSequence(ops, y, output),
        backward(dy) {
          const dx = ops.one('MaxPoolGrad', [image, y, asImage(ops, dy, output)], attributes);
          return { x: asSequence(ops, dx, input), weights: [] };
        },
      };
    },
  };
}
