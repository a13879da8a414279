import { CONFIDENCE } from './intervals.ts';

/** What is to be known of the intervals of a comparison: the same words on screen, on the command line and in reports. */
export const intervalNotes = (resamples: number): string[] => [
  `Intervals are ${100 * CONFIDENCE}%, from ${resamples} resamples of whole customers; differences between two models come ` +
    `from the same resamples.`,
];
