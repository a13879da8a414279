/** Scores as a file has them, [rows]. */
export interface ScoredRows {
  /** Customer numbers of the portfolio. */
  customers: Int32Array;
  /** The step in which each score was known; null where every customer has one score for all steps. */
  steps: Int32Array | null;
  values: Float64Array;
}

/**
 * The score that stood at each row when its window ended: the customer's latest one of that step or before, never one
 * that came later. NaN where there is none. `rows`: customers and steps of windows; the answer is [windows].
 */
export function alignScores(scored: ScoredRows, rows: { customers: Int32Array; steps: Int32Array }): Float64Array {
  const byCustomer = new Map<number, number[]>();
  scored.customers.forEach((customer, row) => {
    const known = byCustomer.get(customer);
    if (known === undefined) byCustomer.set(customer, [row]);
    else known.push(row);
  });
  const { steps, values } = scored;
  if (steps !== null) for (const own of byCustomer.values()) own.sort((a, b) => steps[a] - steps[b]);
  return Float64Array.from(rows.customers, (customer, window) => {
    const own = byCustomer.get(customer);
    if (own === undefined) return NaN;
    if (steps === null) return values[own[0]];
    let low = 0;
    let high = own.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (steps[own[middle]] <= rows.steps[window]) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? NaN : values[own[low - 1]];
  });
}
