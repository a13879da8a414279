import { isDeepStrictEqual } from 'node:util';
import { parameterCount, weightSlots, type Architecture } from '../architecture.ts';
import { compileKernels, joinsVectors, roundings, startKernels, type KernelBuild } from '../wasm-kernels.ts';
import { createWasmNetwork, type WasmRows } from './network.ts';

/** Every kind of operation, with tiles of each height. */
const TRIAL: Architecture = {
  windowSteps: 8,
  inputs: 3,
  layers: [
    { type: 'conv1d', filters: 16, kernelSize: 3, padding: 'same' },
    { type: 'batch-norm' },
    { type: 'max-pool' },
    { type: 'dropout', rate: 0.2 },
    { type: 'lstm', units: 32, returnSequences: true },
    { type: 'lstm', units: 16, returnSequences: false },
    { type: 'batch-norm' },
    { type: 'dense', units: 16, activation: 'relu' },
    { type: 'dense', units: 1, activation: 'none' },
  ],
};
const BATCH = 17;
const STEPS = 2;

let best: KernelBuild | undefined;

/**
 * The fastest kernels that this runtime has. What the wide ones depend on is an experiment of V8's, so they are taken only
 * where they train and predict a small network as the others do, to the last bit.
 */
export function bestBuild(): KernelBuild {
  best ??= roundings() === null ? 'plain' : joinsVectors() && wideAreRight() ? 'wide' : 'relaxed';
  return best;
}

function wideAreRight(): boolean {
  try {
    const numbers = numbersOf('wide');
    return numbers.every((list) => list.every(Number.isFinite)) && isDeepStrictEqual(numbers, numbersOf('relaxed'));
  } catch {
    return false;
  }
}

function numbersOf(build: KernelBuild): Float32Array[] {
  const count = parameterCount(TRIAL);
  const values = Float32Array.from({ length: 3 * 64 }, (_, i) => Math.sin(i));
  const weights = Float32Array.from({ length: count }, (_, i) => 0.3 * Math.cos(i * i));
  for (const { name, offset, size } of weightSlots(TRIAL)) {
    if (name.endsWith('moving_variance')) weights.fill(1, offset, offset + size);
  }
  const rows: WasmRows = { values, rows: 64, columns: 3, dispose: () => undefined };
  const starts = Int32Array.from({ length: BATCH }, (_, i) => 3 * i);
  const labels = Uint8Array.from({ length: BATCH }, (_, i) => i % 2);
  const network = createWasmNetwork(startKernels(compileKernels(build)), TRIAL, weights, 1, () => undefined);
  for (let step = 0; step < STEPS; step++) network.trainBatch(rows, starts, labels, 1e-3);
  const { pds, gradient } = network.inputGradient(rows, starts);
  return [network.readWeights(), network.predict(rows, starts), pds, gradient];
}
