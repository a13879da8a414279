import { counted, grouped } from '../ipc/grouped.ts';
import type { JudgedRows } from './bootstrap.ts';
import { sampleSizes } from './estimates.ts';
import { CONFIDENCE, FEWEST_OF_RARER } from './intervals.ts';

/** Down to so many customers of the rarer outcome it was simulated how often intervals hold the truth. */
const FEW_CUSTOMERS = 40;
/** The same of customers with an event, for early detection. */
const FEW_DEFAULTERS = 20;

/** What is to be known of the intervals of a comparison: the same words on screen, on the command line and in reports. */
export function intervalNotes(rows: JudgedRows, resamples: number): string[] {
  const { rarer } = sampleSizes(rows);
  return [
    `Intervals are ${100 * CONFIDENCE}%, from ${grouped(resamples)} resamples of whole customers; differences between two models come ` +
      `from the same resamples. The calibration error (ECE) has none for the difference: no resample tells how much of it is chance.`,
    ...fewNotes(rarer, 'test customer', NO_INTERVALS),
  ];
}

export const NO_INTERVALS = 'There are no intervals and no p';

/** `who` the intervals draw; `without`: what there is, where these are too few. */
export function fewNotes(rarer: number, who: string, without: string): string[] {
  if (rarer >= FEW_CUSTOMERS) return [];
  if (rarer < FEWEST_OF_RARER)
    return [
      `${without} here: only ${rarer} ${who}${rarer === 1 ? '' : 's'} with the rarer outcome tell anything, and it takes ${FEWEST_OF_RARER}.`,
    ];
  return [
    `Intervals are approximate here: only ${rarer} ${who}s with the rarer outcome tell anything, ` +
      `and with fewer than ${FEW_CUSTOMERS} it was not checked how often they hold the truth.`,
  ];
}

export const earlyIntervalNotes = (defaulters: number): string[] =>
  defaulters < FEW_DEFAULTERS
    ? [
        `Intervals are approximate here: there ${defaulters === 1 ? 'is' : 'are'} only ${counted(defaulters, 'customer')} with an event, and with fewer than ` +
          `${FEW_DEFAULTERS} it was not checked how often they hold the truth.`,
      ]
    : [];
