import type { Ranking } from './metrics.ts';

/**
 * The share of all events among the riskiest `shares` (ascending) of all rows. Where a share ends inside a group of
 * equal scores, the group gives as large a part of its events as of its rows. One pass that ends where the last share
 * does. `ranking` and `weights` as in `rankMetrics`; NaN unless events carry weight.
 */
export function capturedEvents(
  ranking: Ranking,
  weights: Float64Array,
  events: number,
  others: number,
  shares: readonly number[],
): number[] {
  if (!(events > 0)) return shares.map(() => NaN);
  const captured: number[] = [];
  let rowsAbove = 0;
  let eventsAbove = 0;
  let rows = 0;
  let found = 0;
  let wanted = shares[0] * (events + others);
  for (let i = 0; i < ranking.length; i++) {
    const code = ranking[i];
    const weight = weights[code >> 2];
    rows += weight;
    found += weight * ((code >> 1) & 1);
    if ((code & 1) === 0) continue;
    while (rows >= wanted) {
      const part = rows > rowsAbove ? (wanted - rowsAbove) / (rows - rowsAbove) : 0;
      captured.push((eventsAbove + part * (found - eventsAbove)) / events);
      if (captured.length === shares.length) return captured;
      wanted = shares[captured.length] * (events + others);
    }
    rowsAbove = rows;
    eventsAbove = found;
  }
  // Rounding may leave the last row just short of a share of 1.
  while (captured.length < shares.length) captured.push(1);
  return captured;
}
