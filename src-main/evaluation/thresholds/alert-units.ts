import type { AlertUnit } from '../../ipc/thresholds.ts';
import type { JudgedRows } from '../bootstrap.ts';
import type { Scores } from '../metrics.ts';
import { numberCustomers } from '../number-customers.ts';

/** What alerts are counted in, one entry a customer or a window. */
export interface AlertUnits {
  /** [units]: whose it is; whole customers are resampled. */
  customers: Int32Array;
  /** [units], 1: event. */
  labels: Uint8Array;
  /** A model's PDs, [rows] → [units]. */
  scoresOf(scores: Scores): Scores;
}

/**
 * Windows as they are; or customers, each with the highest PD of its windows, which is the one that decides whether it
 * is ever alerted, and with the event where any window carries it.
 */
export function alertUnits(rows: JudgedRows, unit: AlertUnit): AlertUnits {
  if (unit === 'windows') return { ...rows, scoresOf: (scores) => scores };
  const { numbers, place } = numberCustomers(rows.customers);
  const labels = new Uint8Array(numbers.length);
  rows.labels.forEach((label, i) => {
    if (label === 1) labels[place[i]] = 1;
  });
  return {
    customers: numbers,
    labels,
    scoresOf(scores) {
      const highest = scores.slice(0, numbers.length).fill(-Infinity);
      scores.forEach((score, i) => {
        if (score > highest[place[i]]) highest[place[i]] = score;
      });
      return highest;
    },
  };
}
