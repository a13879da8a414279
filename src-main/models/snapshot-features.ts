import type { Panel } from '../sequences/panel.ts';
import type { Windows } from '../sequences/windows.ts';
import { recentSteps, recipeAggregates, type PanelInputs, type WindowAggregate } from './recipe-aggregates.ts';

/** Windows by index; each lies within the rows of its customer. */
export type SnapshotWindows = Pick<Windows, 'windowSteps' | 'customer' | 'endRow'>;

/** A table that is made a block at a time, so that millions of windows never stand in memory together. */
export interface FeatureTable {
  rows: number;
  names: readonly string[];
  /** Rows start … end − 1, [end − start, names], row-major, NaN where empty. The next call may overwrite them. */
  read(start: number, end: number): Float32Array;
}

export interface LabelledTable {
  table: FeatureTable;
  /** [rows]: 1 for an event. */
  labels: Uint8Array;
}

export const AGGREGATES = ['last', 'mean', 'slope', 'max', 'change'] as const;

/** The columns: five aggregates of each history feature, the recipe's own where they apply, the static inputs. */
export function snapshotNames(inputs: PanelInputs): string[] {
  return [
    ...inputs.features.flatMap(({ name }) => AGGREGATES.map((aggregate) => `${name}_${aggregate}`)),
    ...recipeAggregates(inputs).map(({ name }) => name),
    ...inputs.staticFeatures.map(({ name }) => name),
  ];
}

/**
 * What a snapshot model sees of each window: the same steps that a sequence model sees, and none before. Of each
 * history feature, empty values skipped:
 * - `last`: the latest value; `mean`; `max`;
 * - `slope`: least squares, per step; at least two values;
 * - `change`: the mean of the last ⌈window / 4⌉ steps less the mean of the earlier ones; a value in both.
 * NaN where there are not enough values. A row depends on its own window alone, so blocks of any size agree.
 */
export function snapshotTable(panel: Panel, windows: SnapshotWindows): FeatureTable {
  const names = snapshotNames(panel);
  const recipe = recipeAggregates(panel);
  let block = new Float32Array(0);
  return {
    rows: windows.endRow.length,
    names,
    read(start, end) {
      const size = (end - start) * names.length;
      if (block.length < size) block = new Float32Array(size);
      for (let w = start; w < end; w++) writeRow(panel, windows, recipe, w, block, (w - start) * names.length);
      return block.subarray(0, size);
    },
  };
}

/** The whole table at once: [windows, names], row-major. For small numbers of windows. */
export function snapshotFeatures(panel: Panel, windows: SnapshotWindows): { names: string[]; values: Float32Array } {
  const { rows, names, read } = snapshotTable(panel, windows);
  return { names: [...names], values: read(0, rows).slice() };
}

/** A table over values that are in memory, [rows, names], row-major. */
export function tableOf(values: Float32Array, names: readonly string[]): FeatureTable {
  return {
    rows: values.length / names.length,
    names,
    read: (start, end) => values.subarray(start * names.length, end * names.length),
  };
}

function writeRow(
  panel: Panel,
  { windowSteps, customer, endRow }: SnapshotWindows,
  recipe: readonly WindowAggregate[],
  window: number,
  out: Float32Array,
  offset: number,
): void {
  const width = panel.features.length;
  const firstRow = endRow[window] - windowSteps + 1;
  let column = offset;
  for (let f = 0; f < width; f++) {
    writeAggregates(panel.values, firstRow * width + f, width, windowSteps, out, column);
    column += AGGREGATES.length;
  }
  for (const { compute } of recipe) out[column++] = compute(panel.values, firstRow * width, width, windowSteps);
  const statics = panel.staticFeatures.length;
  for (let s = 0; s < statics; s++) out[column++] = panel.statics[customer[window] * statics + s];
}

/** One feature of one window: `steps` values from `start`, each `stride` after the one before. */
function writeAggregates(
  values: Float32Array,
  start: number,
  stride: number,
  steps: number,
  out: Float32Array,
  column: number,
): void {
  const firstRecent = steps - recentSteps(steps);
  let n = 0;
  let sum = 0;
  let sumX = 0;
  let sumXX = 0;
  let sumXY = 0;
  let max = -Infinity;
  let earlierN = 0;
  let earlierSum = 0;
  for (let k = 0, i = start; k < steps; k++, i += stride) {
    const value = values[i];
    const present = Number.isNaN(value) ? 0 : 1;
    const y = present === 1 ? value : 0;
    const earlier = k < firstRecent ? 1 : 0;
    n += present;
    sum += y;
    earlierN += earlier * present;
    earlierSum += earlier * y;
    sumX += k * present;
    sumXX += k * k * present;
    sumXY += k * y;
    if (value > max) max = value;
  }
  let at = start + (steps - 1) * stride;
  while (at > start && Number.isNaN(values[at])) at -= stride;
  out[column] = values[at];
  out[column + 1] = n === 0 ? Number.NaN : sum / n;
  out[column + 2] = n < 2 ? Number.NaN : (n * sumXY - sumX * sum) / (n * sumXX - sumX * sumX);
  out[column + 3] = n === 0 ? Number.NaN : max;
  const recentN = n - earlierN;
  out[column + 4] = earlierN === 0 || recentN === 0 ? Number.NaN : (sum - earlierSum) / recentN - earlierSum / earlierN;
}
