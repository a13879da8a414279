import type { ModelCurves } from '../ipc/views.ts';
import { binOf, boundsLike } from './equal-bins.ts';
import { FEWEST_OF_RARER } from './intervals.ts';
import type { Scores } from './metrics.ts';
import { unitsWorth, wilsonInterval } from './share-intervals.ts';

export const CALIBRATION_BINS = 10;

export type CalibrationBin = ModelCurves['calibration'][number];

/** What the rows of one customer in one bin add up to. */
interface OwnRows {
  windows: number;
  events: number;
}

/**
 * Reliability by PD (DeGroot & Fienberg 1983): bins of equal width over 0 to 1, a PD on a bound in the lower one, as
 * scikit-learn's calibration_curve has them; empty bins are left out. The interval is Wilson's for as many windows as a
 * bin's are worth, since those of one customer go together: its standard error is that of a ratio of sums by customer,
 * √(m/(m − 1)·Σ(eventsᵢ − p·windowsᵢ)²)/n over m customers (Cochran 1977).
 * Where the events are of fewer than five customers that error says little: the bin is worth its customers at most.
 *
 * `customers`, [rows]: any whole number that stands for the customer.
 */
export function calibrationBins(
  scores: Scores,
  { labels, customers }: { labels: Uint8Array; customers: Int32Array },
  bins = CALIBRATION_BINS,
): CalibrationBin[] {
  const sums = new Float64Array(bins);
  const own = Array.from({ length: bins }, () => new Map<number, OwnRows>());
  const bounds = boundsLike(scores, bins);
  for (let i = 0; i < scores.length; i++) {
    const bin = binOf(scores[i], bounds, 'lower');
    sums[bin] += scores[i];
    let rows = own[bin].get(customers[i]);
    if (rows === undefined) own[bin].set(customers[i], (rows = { windows: 0, events: 0 }));
    rows.windows++;
    if (labels[i] === 1) rows.events++;
  }
  return own.flatMap((byCustomer, bin) => {
    if (byCustomer.size === 0) return [];
    const { eventShare, windows, worth } = shareByCustomer([...byCustomer.values()]);
    return { meanPd: sums[bin] / windows, eventShare, ...wilsonInterval(eventShare, worth), windows };
  });
}

function shareByCustomer(customers: readonly OwnRows[]): { eventShare: number; windows: number; worth: number } {
  let [windows, events] = [0, 0];
  for (const own of customers) {
    windows += own.windows;
    events += own.events;
  }
  const eventShare = events / windows;
  let squares = 0;
  for (const own of customers) squares += (own.events - eventShare * own.windows) ** 2;
  const { length: m } = customers;
  // Windows that each stand for themselves are worth their number, whatever m/(m − 1) makes of few.
  if (windows === m) return { eventShare, windows, worth: windows };
  // Events, or the windows without one, of a few customers hardly tell how much such customers vary.
  const withEvents = customers.filter((own) => own.events > 0).length;
  const withOthers = customers.filter((own) => own.events < own.windows).length;
  const most = Math.min(withEvents, withOthers) < FEWEST_OF_RARER ? m : windows;
  const standardError = Math.sqrt((m / (m - 1)) * squares) / windows;
  return { eventShare, windows, worth: Math.min(most, unitsWorth(eventShare, standardError, m)) };
}
