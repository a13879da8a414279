import type { Panel } from './panel.ts';

/** A customer by its place in the panel, and how many of its rows are wanted, the oldest first. */
export interface WantedRows {
  customer: number;
  rows: number;
}

/** A panel of these customers alone, in this order, with as many of their rows: what a model looks at is copied. */
export function partOfPanel(panel: Panel, wanted: readonly WantedRows[]): Panel {
  const width = panel.features.length;
  const statics = panel.staticFeatures.length;
  const firstRow = new Int32Array(wanted.length + 1);
  wanted.forEach(({ rows }, c) => {
    firstRow[c + 1] = firstRow[c] + rows;
  });
  const values = new Float32Array(firstRow[wanted.length] * width);
  const attributes = new Float32Array(wanted.length * statics);
  wanted.forEach(({ customer, rows }, c) => {
    const from = panel.firstRow[customer] * width;
    values.set(panel.values.subarray(from, from + rows * width), firstRow[c] * width);
    attributes.set(panel.statics.subarray(customer * statics, (customer + 1) * statics), c * statics);
  });
  const pick = <T>(from: ArrayLike<T>) => wanted.map(({ customer }) => from[customer]);
  return {
    ...panel,
    customers: pick(panel.customers),
    customerIds: Int32Array.from(pick(panel.customerIds)),
    values,
    statics: attributes,
    firstRow,
    firstStep: Int32Array.from(pick(panel.firstStep)),
    outcome: Int8Array.from(pick(panel.outcome)),
    eventStep: Int32Array.from(pick(panel.eventStep)),
  };
}
