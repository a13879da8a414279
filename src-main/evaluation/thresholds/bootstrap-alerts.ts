import type { AlertCosts, AlertRates } from '../../ipc/thresholds.ts';
import { createRandom } from '../../sequences/random.ts';
import { MINIMUM_RESAMPLES, type BootstrapSettings } from '../bootstrap.ts';
import { createPacer, type RunOptions } from '../pacing.ts';
import { numberCustomers } from '../number-customers.ts';
import { costPer1000, countAlerts, ratesOf, weightedMatrix } from './alert-outcomes.ts';

/** [resamples] each; NaN where a resample can't tell. */
export type AlertDraws = Record<keyof AlertRates | 'cost', Float64Array>;

/**
 * What alerts at fixed thresholds do in resamples of whole customers, for every model on the same resamples: the
 * bootstrap of `bootstrap.ts`, of counts instead of ranks. `alerts`: [units] for each model. Throws `cancelled`.
 */
export async function bootstrapAlerts(
  customers: Int32Array,
  labels: Uint8Array,
  alerts: readonly Uint8Array[],
  costs: AlertCosts,
  { resamples, seed }: BootstrapSettings,
  { signal }: RunOptions = {},
): Promise<AlertDraws[]> {
  if (!(resamples >= MINIMUM_RESAMPLES)) throw new RangeError(`${resamples} resamples are too few`);
  const pacer = createPacer(signal);
  const { numbers, place } = numberCustomers(customers);
  const groups = numbers.length;
  const counts = alerts.map((of) => countAlerts(of, labels, place, groups));
  const draws = alerts.map(() => emptyDraws(resamples));
  const weights = new Float64Array(groups);
  const random = createRandom(seed);
  for (let r = 0; r < resamples; r++) {
    weights.fill(0);
    for (let i = 0; i < groups; i++) weights[random.integer(0, groups - 1)]++;
    for (let m = 0; m < counts.length; m++) {
      const matrix = weightedMatrix(counts[m], weights);
      const rates = ratesOf(matrix);
      for (const name of RATES) draws[m][name][r] = rates[name] ?? NaN;
      draws[m].cost[r] = costPer1000(matrix, costs);
    }
    if (pacer.due()) await pacer.pause();
  }
  return draws;
}

export const RATES = ['precision', 'recall', 'f1', 'alertRate'] as const;

const emptyDraws = (resamples: number): AlertDraws => ({
  precision: new Float64Array(resamples),
  recall: new Float64Array(resamples),
  f1: new Float64Array(resamples),
  alertRate: new Float64Array(resamples),
  cost: new Float64Array(resamples),
});

/** Customers that an alert rule's figures tell of: few tell little. */
export interface AlertCustomers {
  precision: number;
  recall: number;
  f1: number;
  alertRate: number;
}

/** `alerts`, `labels`, `customers`: [units]. */
export function customersOf(customers: Int32Array, labels: Uint8Array, alerts: Uint8Array): AlertCustomers {
  const [alerted, withEvent, either, all] = [0, 1, 2, 3].map(() => new Set<number>());
  customers.forEach((customer, i) => {
    all.add(customer);
    if (alerts[i] === 1) alerted.add(customer);
    if (labels[i] === 1) withEvent.add(customer);
    if (alerts[i] === 1 || labels[i] === 1) either.add(customer);
  });
  return { precision: alerted.size, recall: withEvent.size, f1: either.size, alertRate: all.size };
}

/** How many customers two rules, or a rule and doing nothing wrong (null), cost different amounts with. */
export function customersThatCost(
  customers: Int32Array,
  labels: Uint8Array,
  alerts: Uint8Array,
  others: Uint8Array | null,
): number {
  const differing = new Set<number>();
  customers.forEach((customer, i) => {
    if (alerts[i] !== (others === null ? labels[i] : others[i])) differing.add(customer);
  });
  return differing.size;
}
