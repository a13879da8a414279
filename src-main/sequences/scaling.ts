import { rowCount, type Feature, type Panel } from './panel.ts';
import type { Windows } from './windows.ts';

/** How one input of a model is filled and scaled; all of it from training customers. */
export interface InputScale {
  name: string;
  kind: Feature['kind'];
  fill: Feature['fill'];
  /** Fills what has no earlier value. */
  median: number;
  mean: number;
  standardDeviation: number;
}

/** Standard scaling of a model's inputs: the history features, then the static ones. */
export interface Scaler {
  inputs: InputScale[];
}

export const inputCount = (panel: Panel) => panel.features.length + panel.staticFeatures.length;

/**
 * Fits filling and scaling on the rows that the training windows (in the order of `cutWindows`) cover, each counted once, and on the static
 * attributes of their customers. Nothing of other customers, and nothing later than the last training window, enters.
 */
export function fitScaler(panel: Panel, train: Windows): Scaler {
  const rows = coveredRows(panel, train);
  const customers = Int32Array.from(new Set(train.customer));
  const history = panel.features.map((feature, f) => {
    const median = medianOf(valuesAt(panel.values, panel.features.length, f, rows));
    return describe(feature, median, filledColumn(panel, f, median, rows));
  });
  const statics = panel.staticFeatures.map((feature, s) => {
    const present = valuesAt(panel.statics, panel.staticFeatures.length, s, customers);
    const median = medianOf(present);
    const filled = customers.map((c) => c * panel.staticFeatures.length + s);
    return describe(
      feature,
      median,
      Float32Array.from(filled, (i) => (Number.isNaN(panel.statics[i]) ? median : panel.statics[i])),
    );
  });
  return { inputs: [...history, ...statics] };
}

/**
 * The filled and scaled inputs of every row, [rows, inputs] row-major. An empty value takes the customer's last
 * earlier one, else the training median; 0 for counts and events. A row depends on itself and earlier rows only.
 */
export function scaleRows(panel: Panel, scaler: Scaler): Float32Array {
  const history = panel.features.length;
  const statics = panel.staticFeatures.length;
  const width = history + statics;
  const out = new Float32Array(rowCount(panel) * width);
  for (let c = 0; c < panel.customers.length; c++) {
    const first = panel.firstRow[c];
    const end = panel.firstRow[c + 1];
    for (let f = 0; f < width; f++) {
      const { fill, median, mean, standardDeviation } = scaler.inputs[f];
      if (f < history) {
        let last = fill === 'zero' ? 0 : median;
        for (let row = first; row < end; row++) {
          let value = panel.values[row * history + f];
          if (Number.isNaN(value)) value = last;
          else if (fill === 'carry') last = value;
          out[row * width + f] = (value - mean) / standardDeviation;
        }
      } else {
        let value = panel.statics[c * statics + f - history];
        if (Number.isNaN(value)) value = median;
        const scaled = (value - mean) / standardDeviation;
        for (let row = first; row < end; row++) out[row * width + f] = scaled;
      }
    }
  }
  return out;
}

/** How many values of each history feature had to be filled, by feature. */
export function countFilled(panel: Panel): { feature: string; filled: number }[] {
  const width = panel.features.length;
  const filled = new Float64Array(width);
  for (let i = 0; i < panel.values.length; i++) if (Number.isNaN(panel.values[i])) filled[i % width]++;
  return panel.features.map((feature, f) => ({ feature: feature.name, filled: filled[f] }));
}

/** The rows under at least one window, in order. */
function coveredRows(panel: Panel, windows: Windows): Int32Array {
  const covered = new Uint8Array(rowCount(panel));
  for (let i = 0; i < windows.endRow.length; i++) {
    // Neighbouring windows overlap but for one row: stop where the last one has been.
    for (let row = windows.endRow[i], k = 0; k < windows.windowSteps && covered[row] === 0; k++, row--)
      covered[row] = 1;
  }
  const rows = new Int32Array(covered.reduce((sum, one) => sum + one, 0));
  for (let row = 0, i = 0; row < covered.length; row++) if (covered[row] === 1) rows[i++] = row;
  return rows;
}

function valuesAt(values: Float32Array, width: number, column: number, rows: Int32Array): Float32Array {
  const present = new Float32Array(rows.length);
  let n = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i] * width + column];
    if (!Number.isNaN(value)) present[n++] = value;
  }
  return present.subarray(0, n);
}

/** Sorts in place; 0 where there is no value at all. */
function medianOf(values: Float32Array): number {
  if (values.length === 0) return 0;
  values.sort();
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/** The column's values at `rows`, filled as `scaleRows` fills them. */
function filledColumn(panel: Panel, f: number, median: number, rows: Int32Array): Float32Array {
  const width = panel.features.length;
  const fill = panel.features[f].fill;
  const out = new Float32Array(rows.length);
  let customer = -1;
  let last = 0;
  let scanned = 0;
  for (let i = 0; i < rows.length; i++) {
    while (customer < 0 || rows[i] >= panel.firstRow[customer + 1]) {
      customer++;
      last = fill === 'zero' ? 0 : median;
      scanned = panel.firstRow[customer];
    }
    // Earlier rows that no window covers still carry their value forward.
    for (; scanned <= rows[i]; scanned++) {
      const value = panel.values[scanned * width + f];
      if (fill === 'carry' && !Number.isNaN(value)) last = value;
    }
    const value = panel.values[rows[i] * width + f];
    out[i] = Number.isNaN(value) ? last : value;
  }
  return out;
}

function describe(feature: Feature, median: number, values: Float32Array): InputScale {
  const n = Math.max(1, values.length);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) ** 2;
  const standardDeviation = Math.sqrt(squares / n);
  // A feature that never varies in training says nothing (what is left is single precision's rounding): 1 keeps it at 0.
  const varies = standardDeviation > 1e-6 * Math.abs(mean);
  const { name, kind, fill } = feature;
  return { name, kind, fill, median, mean, standardDeviation: varies ? standardDeviation : 1 };
}
