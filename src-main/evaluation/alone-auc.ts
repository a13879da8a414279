import type { AloneAuc } from '../ipc/sanity.ts';
import { sortFloats } from '../sequences/sorting.ts';

/** The windows that single numbers are measured on: those of training customers, then those of validation customers. */
export interface MeasuredRows {
  /** [rows]: 1 for the event. */
  labels: Uint8Array;
  /** [rows]: the customer's place in the panel. */
  customers: Int32Array;
  /** The first row of a validation customer. */
  validationFrom: number;
  /** In the panel. */
  customerCount: number;
}

/** Standard errors from .5 that chance reaches once in a thousand times. */
const BEYOND_CHANCE = 3.3;

/**
 * How well a number by itself ranks the windows with the event above the others, [rows], rows without a value (NaN)
 * left out; null where those that are left hold one outcome only. The direction is the one that ranks better in both
 * parts together.
 *
 * Windows of a customer are not independent: whether chance could do it is judged by numbers of customers, with the
 * variance of the rank sum where nothing differs, (m + n + 1) / 12mn (Mann & Whitney 1947).
 */
export function aloneAuc(rows: MeasuredRows, values: Float32Array): AloneAuc | null {
  const { labels, validationFrom } = rows;
  const auc = columnAuc(values, labels);
  if (auc === null) return null;
  const higherIsRiskier = auc >= 0.5;
  const directed = (value: number | null) => (value === null || higherIsRiskier ? value : 1 - value);
  const strength = Math.max(auc, 1 - auc);
  const customers = countCustomers(rows, values);
  const { events, others } = customers;
  const standardError = Math.sqrt((events + others + 1) / (12 * events * others));
  return {
    auc: strength,
    higherIsRiskier,
    train: directed(columnAuc(values.subarray(0, validationFrom), labels.subarray(0, validationFrom))),
    validation: directed(columnAuc(values.subarray(validationFrom), labels.subarray(validationFrom))),
    customers,
    beyondChance: strength - 0.5 >= BEYOND_CHANCE * standardError,
  };
}

/**
 * Area under the ROC curve of a column without NaN, ties half; null where the rows with a value hold one outcome only.
 * Both outcomes are sorted by themselves, which costs a tenth of ranking row numbers.
 */
export function columnAuc(values: Float32Array, labels: Uint8Array): number | null {
  const events = sortFloats(valuesOf(values, labels, 1));
  const others = sortFloats(valuesOf(values, labels, 0));
  if (events.length === 0 || others.length === 0) return null;
  let pairs = 0;
  let below = 0;
  let notAbove = 0;
  for (const value of events) {
    while (below < others.length && others[below] < value) below++;
    notAbove = Math.max(notAbove, below);
    while (notAbove < others.length && others[notAbove] <= value) notAbove++;
    pairs += (below + notAbove) / 2;
  }
  return pairs / (events.length * others.length);
}

function valuesOf(values: Float32Array, labels: Uint8Array, label: 0 | 1): Float32Array {
  const kept = new Float32Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) if (labels[i] === label && !Number.isNaN(values[i])) kept[n++] = values[i];
  return kept.slice(0, n);
}

function countCustomers({ labels, customers, customerCount }: MeasuredRows, values: Float32Array) {
  const seen = [new Uint8Array(customerCount), new Uint8Array(customerCount)];
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) seen[labels[i]][customers[i]] = 1;
  const [others, events] = seen.map((marks) => marks.reduce((sum, one) => sum + one, 0));
  return { events, others };
}
