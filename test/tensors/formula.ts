import { parameterCount, weightSlots, type Architecture } from '../../src-main/tensors/architecture.ts';

/** The numbers of fixtures/keras/make.py's `noise`: uniform in [−1, 1). */
export function noise(count: number, salt: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    let word = (Math.imul(i, 2654435761) + salt * 40503 + 1) >>> 0;
    word = Math.imul(word ^ (word >>> 15), 2246822519) >>> 0;
    word = (word ^ (word >>> 13)) >>> 0;
    return word / 2 ** 31 - 1;
  });
}

export function formulaWeights(architecture: Architecture): Float32Array {
  const weights = new Float32Array(parameterCount(architecture));
  weightSlots(architecture).forEach(({ name, offset, size }, salt) => {
    const scaled = noise(size, salt).map((value) => {
      if (name.endsWith('moving_variance')) return 1 + 0.5 * value;
      return name.endsWith('gamma') ? 1 + 0.2 * value : 0.2 * value;
    });
    weights.set(scaled, offset);
  });
  return weights;
}

/** The fixtures' rows, windows and labels. */
export function formulaBatch(architecture: Architecture, batch: number) {
  const { windowSteps, inputs } = architecture;
  return {
    values: noise(200 * inputs, 99).map((value) => value * 2),
    starts: Int32Array.from({ length: batch }, (_, i) => (37 * i) % (200 - windowSteps)),
    labels: Uint8Array.from({ length: batch }, (_, i) => (i % 3 === 0 ? 1 : 0)),
  };
}

/** Without dropout, whose draws differ between engines. */
export const withoutDropout = (architecture: Architecture): Architecture => ({
  ...architecture,
  layers: architecture.layers.map((layer) => (layer.type === 'dropout' ? { ...layer, rate: 0 } : layer)),
});

/** Largest absolute difference, relative for values above 1. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) throw new Error(`${actual.length} values, ${expected.length} expected`);
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
