import type { Panel } from '../sequences/panel.ts';

/** What a panel must tell for the columns of a snapshot to be known. */
export type PanelInputs = Pick<Panel, 'timeStep' | 'features' | 'staticFeatures'>;

/** Steps at the end of a window that are held against the earlier ones. */
export const recentSteps = (windowSteps: number) => Math.ceil(windowSteps / 4);

/** A figure that needs more than one feature, or is the recipe's own. */
export interface WindowAggregate {
  name: string;
  /** `start`: where the window's first row begins in `values`, [rows, width]. NaN where it can't be told. */
  compute(values: Float32Array, start: number, width: number, steps: number): number;
}

const NEEDED = [
  'salary_received',
  'savings_amount',
  'utility_payment',
  'utility_delay_days',
  'atm_withdrawals',
  'upi_lending_transactions',
  'failed_autodebits',
  'discretionary_spending',
] as const;

/**
 * The seven snapshot features of the reference recipe, for daily panels with the preset's features; none for others.
 * All look at the window alone and skip empty values; "recent" is its last ⌈window / 4⌉ days, "earlier" those before.
 * - `salary_delay_days`: days since the last salary beyond the longest wait between two salaries, at least 0; the
 *   window must hold two.
 * - `savings_drop_pct`, `discretionary_spend_drop_pct`: by how many percent the recent mean is below the earlier one;
 *   the earlier one must be above 0.
 * - `utility_payment_delay_days`: mean delay on the days with a utility payment.
 * - `atm_withdrawal_increase`: by what share the recent mean number a day is above the earlier one, which must be
 *   above 0.
 * - `upi_lending_txn_count`, `failed_autodebit_count`: sums.
 */
export function recipeAggregates({ timeStep, features }: PanelInputs): WindowAggregate[] {
  const column = new Map(features.map(({ name }, f) => [name, f]));
  if (timeStep !== 'day' || !NEEDED.every((name) => column.has(name))) return [];
  const at = (name: (typeof NEEDED)[number]) => column.get(name)!;
  return [
    { name: 'salary_delay_days', compute: salaryDelay(at('salary_received')) },
    { name: 'savings_drop_pct', compute: relativeChange(at('savings_amount'), -100) },
    { name: 'utility_payment_delay_days', compute: meanDelay(at('utility_payment'), at('utility_delay_days')) },
    { name: 'discretionary_spend_drop_pct', compute: relativeChange(at('discretionary_spending'), -100) },
    { name: 'atm_withdrawal_increase', compute: relativeChange(at('atm_withdrawals'), 1) },
    { name: 'upi_lending_txn_count', compute: sum(at('upi_lending_transactions')) },
    { name: 'failed_autodebit_count', compute: sum(at('failed_autodebits')) },
  ];
}

function salaryDelay(received: number): WindowAggregate['compute'] {
  return (values, start, width, steps) => {
    let lastPaid = -1;
    let longestWait = 0;
    for (let k = 0; k < steps; k++) {
      if (!(values[start + k * width + received] > 0)) continue;
      if (lastPaid >= 0) longestWait = Math.max(longestWait, k - lastPaid);
      lastPaid = k;
    }
    return longestWait === 0 ? Number.NaN : Math.max(0, steps - 1 - lastPaid - longestWait);
  };
}

function meanDelay(payment: number, delay: number): WindowAggregate['compute'] {
  return (values, start, width, steps) => {
    let n = 0;
    let total = 0;
    for (let k = 0; k < steps; k++) {
      const days = values[start + k * width + delay];
      if (!(values[start + k * width + payment] > 0) || Number.isNaN(days)) continue;
      n++;
      total += days;
    }
    return n === 0 ? Number.NaN : total / n;
  };
}

/** scale · (recent mean − earlier mean) / earlier mean. */
function relativeChange(feature: number, scale: number): WindowAggregate['compute'] {
  return (values, start, width, steps) => {
    const firstRecent = steps - recentSteps(steps);
    const earlier = mean(values, start + feature, width, firstRecent);
    const recent = mean(values, start + firstRecent * width + feature, width, steps - firstRecent);
    return earlier > 0 ? (scale * (recent - earlier)) / earlier : Number.NaN;
  };
}

function sum(feature: number): WindowAggregate['compute'] {
  return (values, start, width, steps) => {
    let n = 0;
    let total = 0;
    for (let k = 0, i = start + feature; k < steps; k++, i += width) {
      const value = values[i];
      if (Number.isNaN(value)) continue;
      n++;
      total += value;
    }
    return n === 0 ? Number.NaN : total;
  };
}

function mean(values: Float32Array, start: number, stride: number, steps: number): number {
  let n = 0;
  let total = 0;
  for (let k = 0, i = start; k < steps; k++, i += stride) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    n++;
    total += value;
  }
  return total / n;
}
