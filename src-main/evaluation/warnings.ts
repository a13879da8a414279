import type { ScoringOutcome, WarnedGroup } from '../ipc/changes.ts';
import type { Estimate } from '../ipc/documents.ts';
import { bootstrap, MINIMUM_RESAMPLES } from './bootstrap.ts';
import type { RunOptions } from './pacing.ts';
import { wilsonInterval } from './share-intervals.ts';

/** What is known of a scored customer by now. */
export interface KnownOutcome {
  /** The step that was scored. */
  step: number;
  /** Of the earliest event; null without one that has a step. */
  eventStep: number | null;
  /** There is an event, with or without a step. */
  hasEvent: boolean;
  /** There is still something stored of the customer. */
  hasData: boolean;
  /** History and outcomes of this customer reach step + gap + horizon, so that no event means none. */
  reaches: boolean;
}

export type WarningOutcome = 'event' | 'good' | keyof ScoringOutcome['leftOut'];

/**
 * What became of a scored customer: `event` exactly when gap < event − step ≤ gap + horizon, as windows are labelled.
 * The scoring's horizon has passed. Whoever is not known to have had no event is never `good`.
 */
export function outcomeWithin(
  { step, eventStep, hasEvent, hasData, reaches }: KnownOutcome,
  { gapSteps, horizonSteps }: { gapSteps: number; horizonSteps: number },
): WarningOutcome {
  if (!hasData) return 'withoutData';
  if (eventStep !== null) {
    const ahead = eventStep - step;
    if (ahead <= gapSteps) return 'beforeHorizon';
    return ahead <= gapSteps + horizonSteps ? 'event' : 'good';
  }
  if (hasEvent) return 'undated';
  return reaches ? 'good' : 'unknown';
}

type Figures = Pick<
  ScoringOutcome,
  'customers' | 'events' | 'warned' | 'notWarned' | 'caught' | 'auc' | 'brier' | 'meanPd' | 'eventRate' | 'leftOut'
>;

/**
 * Whether the warnings of one scoring came true. `scores` and `outcomes`, [customers]: one entry a customer, so that
 * they are independent. Warned is who has at least the PD `least`. Shares have Wilson's intervals, AUC and Brier those
 * of a bootstrap. Null where nobody's outcome is known, and where nothing but events is: these alone would make every
 * warning true. Throws `cancelled`.
 */
export async function judgeWarnings(
  scores: Float32Array,
  outcomes: readonly WarningOutcome[],
  least: number,
  options: RunOptions = {},
): Promise<Figures | null> {
  const leftOut = { unknown: 0, undated: 0, beforeHorizon: 0, withoutData: 0 };
  const known: number[] = [];
  outcomes.forEach((outcome, i) => {
    if (outcome === 'event' || outcome === 'good') known.push(i);
    else leftOut[outcome]++;
  });
  const isOneSided = leftOut.unknown > 0 && !outcomes.includes('good');
  if (known.length === 0 || isOneSided) return null;
  const pds = Float32Array.from(known, (i) => scores[i]);
  const labels = Uint8Array.from(known, (i) => Number(outcomes[i] === 'event'));
  const rows = { customers: Int32Array.from(known.keys()), labels };
  const { metrics } = await bootstrap(rows, [pds], { resamples: MINIMUM_RESAMPLES, seed: 1 }, options);
  const groupOf = (isWarned: boolean): WarnedGroup => {
    const group = known.filter((i) => scores[i] >= least === isWarned);
    return {
      customers: group.length,
      ...shareOf(group.filter((i) => outcomes[i] === 'event').length, group.length),
    };
  };
  const warned = groupOf(true);
  const events = labels.reduce((sum, label) => sum + label, 0);
  return {
    customers: known.length,
    events,
    warned,
    notWarned: groupOf(false),
    caught: shareOf(warned.events, events).share,
    auc: metrics[0].auc,
    brier: metrics[0].brier,
    meanPd: pds.reduce((sum, pd) => sum + pd, 0) / known.length,
    eventRate: events / known.length,
    leftOut,
  };
}

function shareOf(events: number, of: number): { events: number; share: Estimate } {
  if (of === 0) return { events, share: { value: null, low: null, high: null } };
  return { events, share: { value: events / of, ...wilsonInterval(events / of, of) } };
}
