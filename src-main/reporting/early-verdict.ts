import type { EarlyDetection, TestedDifference } from '../ipc/early-detection.ts';
import { metric, signed } from './figures.ts';
import { inSentence, startOfSentence } from './words.ts';

type Judged = Pick<EarlyDetection, 'judged' | 'models' | 'sequenceGain' | 'seeds'>;

/**
 * Whether looking at sequences warns earlier than looking at aggregates, as the command line and the report say it; the
 * Compare screen (src-renderer/comparison/early-verdict.ts) names the same pair. The pair is the comparison's own
 * (`sequenceGain`), chosen on validation customers. Null where it was not measured or there are no models of both sorts.
 */
export function earlyVerdictLine(early: Judged): string | null {
  const pair = namedPair(early);
  if (pair === null) return null;
  const { sequence, snapshot, value, low, high } = pair;
  const seeds = overSeeds(early, pair);
  if (low > 0) return warns(sequence, snapshot, value, low, high) + seeds;
  if (high < 0) return warns(snapshot, sequence, -value, -high, -low) + seeds;
  return startOfSentence(
    `${sequence} and ${snapshot} can’t be told apart here in how early they warn: ${signed(value, 1)} days at the same alert budget (${signed(low, 1)} to ${signed(high, 1)}).${atCeiling(early)}${seeds}`,
  );
}

/** What the luck of training adds; the interval is of the customers drawn. */
function overSeeds({ seeds }: Judged, { sequence, snapshot }: NonNullable<ReturnType<typeof namedPair>>): string {
  const gain = seeds?.sequenceGain;
  if (!seeds || !gain || gain.mean === null) return '';
  return ` Over ${seeds.experiments.length} seeds ${sequence} less ${snapshot} is ${signed(gain.mean, 1)} days in the mean (${signed(gain.min, 1)} to ${signed(gain.max, 1)}).`;
}

/** In days: a mean lead so near the longest possible is at it. */
const NEAR = 0.05;

function atCeiling({ judged, models }: Judged): string {
  const most = judged.leadCeiling ?? null;
  if (most === null || models.some(({ lead }) => (lead.allMean.value ?? 0) < most - NEAR)) return '';
  return ` Every model warns as early as it could, ${metric(most, 1)} days before the event in the mean.`;
}

const warns = (earlier: string, later: string, days: number, from: number, to: number) =>
  startOfSentence(
    `${earlier} warns ${metric(days, 1)} days earlier than ${later} at the same alert budget (${metric(from, 1)} to ${metric(to, 1)}).`,
  );

function namedPair({ models, sequenceGain }: Judged) {
  if (sequenceGain === null) return null;
  const { value, low, high }: TestedDifference = sequenceGain.leadAllMean;
  if (value === null || low === null || high === null) return null;
  const nameOf = (id: string) => inSentence(models.find((model) => model.id === id)!);
  return { sequence: nameOf(sequenceGain.sequence), snapshot: nameOf(sequenceGain.snapshot), value, low, high };
}
