import { BATCH_NORM_EPSILON, type Extent } from '../../architecture.ts';
import { attribute, type Output } from '../graph.ts';
import { T, type Operations } from '../operations.ts';
import type { ExplainingPass, GraphLayer } from './layer.ts';

/** Over every axis but the last, as Keras's BatchNormalization; the moving variance takes the biased batch variance. */
export function batchNorm(
  ops: Operations,
  { width }: Extent,
  [gamma, beta]: Output[],
  [movingMean, movingVariance]: Output[],
): GraphLayer {
  const attributes = { ...T, U: attribute.type('float'), epsilon: attribute.real(BATCH_NORM_EPSILON) };
  const asImages = (x: Output) => ops.reshape(x, -1, 1, 1, width);
  function explain(x: Output): ExplainingPass {
    const inputs = [asImages(x), gamma, beta, movingMean, movingVariance];
    const inference = { ...attributes, is_training: attribute.flag(false) };
    return {
      y: ops.reshapeAs(ops.one('FusedBatchNormV3', inputs, inference), x),
      backward(dy: Output) {
        const saved = [movingMean, movingVariance, ops.zeros(0)];
        const [dx] = ops.add('FusedBatchNormGradV3', [asImages(dy), asImages(x), gamma, ...saved], inference, 3);
        return ops.reshapeAs(dx, x);
      },
    };
  }

  return {
    predict: (x) => explain(x).y,
    explain,
    train(x) {
      const images = asImages(x);
      const none = ops.zeros(0);
      // y, mean, unbiased variance, and three for the gradient: mean, biased variance, and one that is not used.
      const outputs = ops.add('FusedBatchNormV3', [images, gamma, beta, none, none], attributes, 6);
      const saved = outputs.slice(3);
      return {
        y: ops.reshapeAs(outputs[0], x),
        statistics: saved.slice(0, 2),
        backward(dy) {
          const inputs = [asImages(dy), images, gamma, ...saved];
          const [dx, ...weights] = ops.add('FusedBatchNormGradV3', inputs, attributes, 3);
          return { x: ops.reshapeAs(dx, x), weights };
        },
      };
    },
  };
}
