import type { ModelKind } from '../../src-main/ipc/documents.ts';
import type { EarlyDetection } from '../../src-main/ipc/early-detection.ts';
import { metric, signed } from '../ui/format.ts';
import { isBeyondInterval } from './better.ts';
import { inSentence, startOfSentence } from './model-words.ts';

export interface EarlyVerdict {
  /** Without a full stop: “CNN-LSTM warns 4 days earlier than LightGBM at the same alert budget (2 to 6)”. */
  words: string;
  sequence: string;
  snapshot: string;
}

/**
 * Whether looking at sequences warns earlier than looking at aggregates, and no more than that; null where it was not
 * measured or there are no models of both sorts.
 */
export function earlyVerdict({ judged, models, sequenceGain, seeds }: EarlyDetection): EarlyVerdict | null {
  if (sequenceGain === null) return null;
  const { sequence, snapshot, leadAllMean } = sequenceGain;
  const { value, low, high } = leadAllMean;
  if (value === null || low === null || high === null) return null;
  const kindOf = (id: string) => models.find((model) => model.id === id)?.kind as ModelKind;
  const [a, b] = [inSentence({ kind: kindOf(sequence) }), inSentence({ kind: kindOf(snapshot) })];
  const most = judged.leadCeiling ?? null;
  const atCeiling =
    most !== null && models.every(({ lead }) => (lead.allMean.value ?? 0) >= most - 0.05)
      ? `, where every model warns as early as it could, ${daysIn(most)} before in the mean`
      : '';
  const says = (words: string) => ({ words: startOfSentence(words), sequence, snapshot });
  if (!isBeyondInterval(leadAllMean))
    return says(
      `${a} and ${b} can’t be told apart here in how early they warn at the same alert budget: ${signedDays(value)} days (${signedDays(low)} to ${signedDays(high)})${atCeiling}`,
    );
  const [earlier, later] = value > 0 ? [a, b] : [b, a];
  const bounds = [Math.abs(low), Math.abs(high)].sort((x, y) => x - y).map(days);
  return says(
    `${earlier} warns ${daysIn(Math.abs(value))} earlier than ${later} at the same alert budget (${bounds[0]} to ${bounds[1]}; ${seedsInWords(seeds)})`,
  );
}

/** The interval is of the customers drawn; seeds are the luck of training. */
function seedsInWords(seeds: EarlyDetection['seeds']): string {
  const gain = seeds?.sequenceGain;
  if (!seeds || !gain || gain.min === null || gain.max === null) return 'other seeds were not looked at';
  return `over ${seeds.experiments.length} seeds the difference is ${signedDays(gain.min)} to ${signedDays(gain.max)} days, sequence less snapshot`;
}

/** Whole days, but where that would be none or hide what the interval says. */
const days = (value: number) => metric(value, value < 9.95 ? 1 : 0).replace(/\.0$/, '');
const daysIn = (value: number) => `${days(value)} ${days(value) === '1' ? 'day' : 'days'}`;
const signedDays = (value: number) => signed(value, Math.abs(value) < 9.95 ? 1 : 0).replace(/\.0$/, '');
