import type { Kernels, TensorId } from './kernels.ts';

/** Tensors that are the same in every step: shapes, axes and zeros, made once and kept. */
export interface Constants {
  /** A one-dimensional int32 tensor. */
  integers(...values: number[]): TensorId;
  /** int32 [rows, 2]. */
  paddings(...pairs: [number, number][]): TensorId;
  zeros(...shape: number[]): TensorId;
  scalar(value: number): TensorId;
  axis0: TensorId;
  steps(count: number): TensorId;
  dispose(): void;
}

export function createConstants(kernels: Kernels): Constants {
  const known = new Map<string, TensorId>();
  const once = (key: string, make: () => TensorId): TensorId => {
    const id = known.get(key) ?? kernels.keep(make);
    known.set(key, id);
    return id;
  };
  return {
    integers: (...values) => once(`i${values}`, () => kernels.integers([values.length], Int32Array.from(values))),
    paddings: (...pairs) => once(`p${pairs}`, () => kernels.integers([pairs.length, 2], Int32Array.from(pairs.flat()))),
    zeros: (...shape) =>
      once(`z${shape}`, () => kernels.floats(shape, new Float32Array(shape.reduce((a, b) => a * b, 1)))),
    scalar: (value) => once(`s${value}`, () => kernels.floats([], Float32Array.of(value))),
    axis0: once('axis', () => kernels.integers([], Int32Array.of(0))),
    steps: (count) => once(`t${count}`, () => kernels.long(count)),
    dispose() {
      kernels.free(known.values());
      known.clear();
    },
  };
}
