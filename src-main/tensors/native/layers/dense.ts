import type { Output } from '../graph.ts';
import type { Operations } from '../operations.ts';
import type { GraphLayer } from './layer.ts';

export function dense(ops: Operations, activation: 'relu' | 'none', [kernel, bias]: Output[]): GraphLayer {
  function predict(x: Output) {
    const y = ops.addBias(ops.matMul(x, kernel), bias);
    return activation === 'relu' ? ops.relu(y) : y;
  }
  return {
    predict,
    train(x) {
      const y = predict(x);
      return {
        y,
        backward(dy, inputNeeded) {
          const d = activation === 'relu' ? ops.reluGradient(dy, y) : dy;
          return {
            x: inputNeeded ? ops.matMulTransposed(d, kernel) : null,
            weights: [ops.transposedMatMul(x, d), ops.biasGradient(d)],
          };
        },
      };
    },
  };
}
