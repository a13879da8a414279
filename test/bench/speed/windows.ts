import { createRandom } from '../../../src-main/sequences/random.ts';
import type { Windows } from '../../../src-main/sequences/windows.ts';
import { INPUTS, WINDOW_STEPS } from './contender.ts';

const ROWS = 4096;
const EVENT_SHARE = 0.3;

/** Standard normal rows, [rows, INPUTS] row-major: speed does not depend on what they say. */
export function drawRows(): Float32Array {
  const random = createRandom(1);
  return Float32Array.from({ length: ROWS * INPUTS }, () => random.normal());
}

/** Windows anywhere in those rows, the same for every contender. */
export function drawWindows(count: number): Windows {
  const random = createRandom(2);
  const endRow = Int32Array.from({ length: count }, () => random.integer(WINDOW_STEPS - 1, ROWS - 1));
  const label = Uint8Array.from({ length: count }, () => (random.next() < EVENT_SHARE ? 1 : 0));
  return { windowSteps: WINDOW_STEPS, customer: new Int32Array(count), endRow, step: endRow, label };
}
