import type { NetworkKind } from '../../src-main/models/architectures.ts';
import type { Architecture } from '../../src-main/tensors/architecture.ts';
import type { Engine, Network, Rows } from '../../src-main/tensors/network.ts';
import { formulaWeights, noise } from './formula.ts';

export const KINDS: readonly NetworkKind[] = ['lstm', 'cnn-lstm'];

export const ROWS = 120;
export const startsOf = (architecture: Architecture, count: number) =>
  Int32Array.from({ length: count }, (_, i) => (37 * i + 5) % (ROWS - architecture.windowSteps));
export const labelsOf = (count: number) => Uint8Array.from({ length: count }, (_, i) => (i % 3 === 1 ? 1 : 0));
export const valuesOf = ({ inputs }: Architecture) => noise(ROWS * inputs, 5).map((value) => value * 2);

/** A network with known weights on known rows; both are let go at the end. */
export type WithNetwork = <T>(
  architecture: Architecture,
  work: (network: Network, rows: Rows) => T,
  options?: { seed?: number; weights?: Float32Array },
) => T;

export const withNetworkOf =
  (engine: Engine): WithNetwork =>
  (architecture, work, { seed = 1, weights = formulaWeights(architecture) } = {}) => {
    const rows = engine.createRows(valuesOf(architecture), architecture.inputs);
    const network = engine.createNetwork(architecture, weights, seed);
    try {
      return work(network, rows);
    } finally {
      network.dispose();
      rows.dispose();
    }
  };
