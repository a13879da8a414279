import type { Part, TimeStep } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';

/** How an empty value is filled when windows are made: the customer's last earlier value, or nothing happened. */
export type FillRule = 'carry' | 'zero';

export interface Feature {
  name: string;
  /** `history` varies by step; `static` never changes for a customer. */
  kind: 'history' | 'static';
  fill: FillRule;
  /** Static attributes may be kept out of the models; history features are always in. */
  modelInput: boolean;
}

/** No event, or none whose date is known. */
export const NO_STEP = -0x8000_0000;

export const UNKNOWN_OUTCOME = -1;

/**
 * How outcomes were given: `constant` is one flag a customer without a date; `dated` has a step for each event and
 * takes a customer who is absent as having had none.
 */
export type OutcomeKind = 'none' | 'constant' | 'dated';

/**
 * A portfolio's histories as arrays: the calendar rows of one customer after the other, oldest first, with a row of
 * empty values where the calendar has a step and the file had none.
 */
export interface Panel {
  timeStep: TimeStep;
  /** Steps are calendar dates; else the file's own numbers. */
  dated: boolean;
  outcomeKind: OutcomeKind;
  /** The history features, in order: the columns of `values`. */
  features: Feature[];
  /** The static attributes that are model inputs: the columns of `statics`. */
  staticFeatures: Feature[];
  /** External ids, text as written. */
  customers: string[];
  /** [customers]: the store's own numbers for them. */
  customerIds: Int32Array;
  /** [rows, features], row-major; NaN where empty. */
  values: Float32Array;
  /** [customers, staticFeatures], row-major; NaN where empty. */
  statics: Float32Array;
  /** [customers + 1]: customer c owns the rows firstRow[c] … firstRow[c + 1] − 1. */
  firstRow: Int32Array;
  /** [customers]: the step of the customer's first row. */
  firstStep: Int32Array;
  /** Static attributes meant as model inputs that hold text: no model reads them. */
  textAttributes: string[];
  /** [customers]: 1, 0 or UNKNOWN_OUTCOME. */
  outcome: Int8Array;
  /** [customers]: the step of the event, or NO_STEP. */
  eventStep: Int32Array;
}

export const PARTS: readonly Part[] = ['train', 'validation', 'test'];

export const customerCount = (panel: Panel) => panel.customers.length;
export const rowCount = (panel: Panel) => panel.firstRow[panel.customers.length];
export const lastStepOf = (panel: Panel, customer: number) =>
  panel.firstStep[customer] + panel.firstRow[customer + 1] - panel.firstRow[customer] - 1;

/**
 * The panel with exactly these inputs, in this order: what a stored model was trained on. Returns the panel itself where
 * nothing differs; null where an input is missing.
 */
export function selectInputs(panel: Panel, history: readonly string[], statics: readonly string[]): Panel | null {
  const features = selectColumns(panel.features, panel.values, history);
  const attributes = selectColumns(panel.staticFeatures, panel.statics, statics);
  if (features === null || attributes === null) return null;
  return {
    ...panel,
    features: features.columns,
    values: features.values,
    staticFeatures: attributes.columns,
    statics: attributes.values,
  };
}

/** The panel without some of its inputs. Throws `usage` for a name that is none, and where none would be left. */
export function leaveOut(panel: Panel, names: readonly string[]): Panel {
  if (names.length === 0) return panel;
  const out = new Set(names);
  const kept = (features: readonly Feature[]) => features.map(({ name }) => name).filter((name) => !out.has(name));
  const known = new Set([...panel.features, ...panel.staticFeatures].map(({ name }) => name));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new DuecastError(
      'usage',
      `No model reads ${unknown.map((name) => `“${name}”`).join(', ')}, so it can't be left out. The inputs are ${[...known].join(', ')}.`,
    );
  }
  const history = kept(panel.features);
  if (history.length === 0) {
    throw new DuecastError('usage', 'At least one feature of the histories must be left for the models to read.');
  }
  return selectInputs(panel, history, kept(panel.staticFeatures)) as Panel;
}

function selectColumns(columns: Feature[], values: Float32Array, names: readonly string[]) {
  if (columns.length === names.length && columns.every(({ name }, i) => name === names[i])) return { columns, values };
  const places = names.map((name) => columns.findIndex((column) => column.name === name));
  if (places.includes(-1)) return null;
  const rows = columns.length === 0 ? 0 : values.length / columns.length;
  const selected = new Float32Array(rows * places.length);
  for (let row = 0, i = 0; row < rows; row++)
    for (const place of places) selected[i++] = values[row * columns.length + place];
  return { columns: places.map((place) => columns[place]), values: selected };
}

/** The panel of one customer alone; its rows are those of the whole panel, not copied. */
export function onlyCustomer(panel: Panel, customer: number): Panel {
  const [first, end] = [panel.firstRow[customer], panel.firstRow[customer + 1]];
  const one = <T extends Int32Array | Int8Array>(values: T) => values.subarray(customer, customer + 1) as T;
  const [width, statics] = [panel.features.length, panel.staticFeatures.length];
  return {
    ...panel,
    customers: [panel.customers[customer]],
    customerIds: one(panel.customerIds),
    values: panel.values.subarray(first * width, end * width),
    statics: panel.statics.subarray(customer * statics, (customer + 1) * statics),
    firstRow: Int32Array.of(0, end - first),
    firstStep: one(panel.firstStep),
    outcome: one(panel.outcome),
    eventStep: one(panel.eventStep),
  };
}

/** Customers most of whose calendar is empty, the emptiest first. */
export function findSparse(panel: Panel): { customer: number; empty: number; rows: number }[] {
  const width = panel.features.length;
  const found: { customer: number; empty: number; rows: number }[] = [];
  for (const customer of panel.customers.keys()) {
    const rows = panel.firstRow[customer + 1] - panel.firstRow[customer];
    let empty = 0;
    for (let row = panel.firstRow[customer]; row < panel.firstRow[customer + 1]; row++) {
      let filled = 0;
      for (let i = row * width; i < (row + 1) * width; i++) if (!Number.isNaN(panel.values[i])) filled++;
      if (filled === 0) empty++;
    }
    if (2 * empty > rows) found.push({ customer, empty, rows });
  }
  return found.sort((a, b) => b.empty - a.empty);
}

/** The last step that any customer has. */
export function lastStep(panel: Panel): number {
  let last = NO_STEP;
  for (let c = 0; c < customerCount(panel); c++) last = Math.max(last, lastStepOf(panel, c));
  return last;
}
