import { architectureOf } from '../../../src-main/models/architectures.ts';
import { fitNetwork, predictWindows } from '../../../src-main/models/fit-network.ts';
import { initialWeights } from '../../../src-main/models/initial-weights.ts';
import type { Engine } from '../../../src-main/tensors/network.ts';
import { INPUTS, WINDOW_STEPS, type Contender } from './contender.ts';
import { drawRows, drawWindows } from './windows.ts';

/** An engine of Duecast's, by the product's own training loop. */
export function engineContender(engine: Engine): Contender {
  const rows = engine.createRows(drawRows(), INPUTS);
  const validation = drawWindows(32);
  return {
    prepare: () => undefined,
    async seconds({ work, kind, batch, windows: count }) {
      const architecture = architectureOf(kind, WINDOW_STEPS, INPUTS);
      const windows = drawWindows(count);
      if (work === 'train') {
        const settings = { epochs: 1, batch, seed: 1 };
        const { windowsPerSecond } = await fitNetwork(engine, rows, architecture, windows, validation, settings);
        return count / windowsPerSecond;
      }
      const network = engine.createNetwork(architecture, initialWeights(architecture, 1), 1);
      const started = performance.now();
      await predictWindows(network, rows, windows);
      const seconds = (performance.now() - started) / 1e3;
      network.dispose();
      return seconds;
    },
  };
}
