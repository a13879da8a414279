import type { Output } from '../graph.ts';
import type { Operations } from '../operations.ts';
import type { GraphLayer } from './layer.ts';

/** `maskFor` gives a mask in the shape of what it masks; null drops nothing. */
export function dropout(ops: Operations, maskFor: ((x: Output) => Output) | null): GraphLayer {
  return {
    predict: (x) => x,
    explain: (x) => ({ y: x, backward: (dy) => dy }),
    train(x) {
      if (maskFor === null) return { y: x, backward: (dy) => ({ x: dy, weights: [] }) };
      const mask = maskFor(x);
      return { y: ops.multiply(x, mask), backward: (dy) => ({ x: ops.multiply(dy, mask), weights: [] }) };
    },
  };
}
