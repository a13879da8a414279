import { recentSteps, recipeAggregates, type PanelInputs } from '../models/recipe-aggregates.ts';
import { AGGREGATES } from '../models/snapshot-features.ts';
import { rescaled, sumOf, type Attribution } from './attribution.ts';

type Aggregate = (typeof AGGREGATES)[number];

/** What a column of a snapshot is made of. */
interface ColumnSource {
  /** Its place among the inputs: history features, then static ones. */
  input: number;
  /** Null: of all steps alike. */
  aggregate: Aggregate | null;
}

const RECIPE_FEATURES: Record<string, string> = {
  salary_delay_days: 'salary_received',
  savings_drop_pct: 'savings_amount',
  utility_payment_delay_days: 'utility_delay_days',
  discretionary_spend_drop_pct: 'discretionary_spending',
  atm_withdrawal_increase: 'atm_withdrawals',
  upi_lending_txn_count: 'upi_lending_transactions',
  failed_autodebit_count: 'failed_autodebits',
};

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** By column, in the order of `snapshotNames`. */
function columnSources(inputs: PanelInputs): ColumnSource[] {
  const place = (feature: string) => inputs.features.findIndex(({ name }) => name === feature);
  return [
    ...inputs.features.flatMap((_, input) => AGGREGATES.map((aggregate) => ({ input, aggregate }))),
    ...recipeAggregates(inputs).map(({ name }) => ({ input: place(RECIPE_FEATURES[name]), aggregate: null })),
    ...inputs.staticFeatures.map((_, s) => ({ input: inputs.features.length + s, aggregate: null })),
  ];
}

/**
 * What a snapshot model's columns add in log-odds, as cells in PD: the log-odds are scaled by the one factor that makes
 * them add up to score − base. A column belongs to its feature, and to the steps that it is made from: `last` to the
 * window's last one, `max` to the step of the largest value, `change` to the last quarter, what tells of the whole window
 * to all its steps alike. `window`: the raw values [steps, history features] that the columns were made from.
 */
export function snapshotCells(
  inputs: PanelInputs,
  steps: number,
  window: Float32Array,
  { base, columns }: { base: number; columns: Float64Array },
): Attribution {
  const width = inputs.features.length + inputs.staticFeatures.length;
  const cells = new Float64Array(steps * width);
  columnSources(inputs).forEach(({ input, aggregate }, column) => {
    const from = stepsOf(aggregate, steps, (step) => window[step * inputs.features.length + input]);
    for (const step of from) cells[step * width + input] += columns[column] / from.length;
  });
  const pds = { base: sigmoid(base), score: sigmoid(base + sumOf(columns)) };
  return { ...pds, cells: rescaled(cells, pds.score - pds.base) };
}

function stepsOf(aggregate: Aggregate | null, steps: number, valueAt: (step: number) => number): number[] {
  const all = Array.from({ length: steps }, (_, step) => step);
  if (aggregate === 'last') return [steps - 1];
  if (aggregate === 'change') return all.slice(steps - recentSteps(steps));
  if (aggregate !== 'max') return all;
  const known = all.filter((step) => !Number.isNaN(valueAt(step)));
  if (known.length === 0) return all;
  return [known.reduce((largest, step) => (valueAt(step) > valueAt(largest) ? step : largest))];
}
