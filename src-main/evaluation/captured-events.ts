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

/** Where the riskiest rows of a sample end. */
export interface SampleCut {
  /** Their share of all rows. */
  share: number;
  /** Rows of the ranking above the cut; a group of equal scores in which it falls is below. */
  place: number;
  /** Share of events among the rows around it. */
  density: number;
}

/** What is around a cut: half as many rows as there are above it, above and below, but at least so many. */
const FEWEST_AROUND = 10;

/** Of a sample whose rows count once each. A large group of equal scores in which a cut falls is all that is around it. */
export function sampleCuts(ranking: Ranking, shares: readonly number[]): SampleCut[] {
  const groupStart = (at: number) => {
    while (at > 0 && (ranking[at - 1] & 1) === 0) at--;
    return at;
  };
  const groupEnd = (at: number) => {
    while (at < ranking.length && at > 0 && (ranking[at - 1] & 1) === 0) at++;
    return at;
  };
  return shares.map((share) => {
    const wanted = Math.floor(share * ranking.length);
    const place = groupStart(wanted);
    const reach = Math.max(FEWEST_AROUND, Math.round(wanted / 2));
    const isLarge = groupEnd(wanted + 1) - place > reach;
    const from = isLarge ? place : groupStart(Math.max(0, place - reach));
    const to = isLarge ? groupEnd(wanted + 1) : groupEnd(Math.min(ranking.length, place + reach));
    let events = 0;
    for (let i = from; i < to; i++) events += (ranking[i] >> 1) & 1;
    return { share, place, density: to > from ? events / (to - from) : 0 };
  });
}

/**
 * As `capturedEvents` in a resample, to first order: the events above the sample's own cut, and for the rows by which
 * these are too few or too many as many events as there are around it. A cut that is searched anew jumps between rows
 * that were drawn several times, by more than it differs from sample to sample: of what depends on a quantile the
 * bootstrap's spread is right but slowly (Hall & Martin 1988, Probability Theory and Related Fields 80).
 */
export function capturedAtCut(
  ranking: Ranking,
  weights: Float64Array,
  events: number,
  others: number,
  { share, place, density }: SampleCut,
): number {
  if (!(events > 0)) return NaN;
  let rows = 0;
  let found = 0;
  for (let i = 0; i < place; i++) {
    const code = ranking[i];
    const weight = weights[code >> 2];
    rows += weight;
    found += weight * ((code >> 1) & 1);
  }
  return (found + density * (share * (events + others) - rows)) / events;
}
