import type { LabelRule } from '../ipc/documents.ts';
import { NO_STEP, UNKNOWN_OUTCOME, lastStep, lastStepOf, type Panel } from './panel.ts';

/** `event` follows from event dates; the others read a flag that has none. */
export const LABEL_RULES: readonly LabelRule[] = ['event', 'constant', 'after-last', 'last-window'];

/** The outcome of a window cannot be known from these data. */
export const UNKNOWN = -1;
/** The window ends at or after the event, or the event falls into its gap. */
export const DROPPED = -2;

export type Label = 0 | 1 | typeof UNKNOWN | typeof DROPPED;

export interface LabelSettings {
  horizonSteps: number;
  gapSteps: number;
  labelRule: LabelRule;
}

/** The label of a window of `customer` that ends at `step`. */
export type Labeller = (customer: number, step: number) => Label;

/** 1 exactly when gap < event − step ≤ gap + horizon. */
function beforeEvent(event: number, step: number, { gapSteps, horizonSteps }: LabelSettings): Label {
  const ahead = event - step;
  if (ahead <= gapSteps) return DROPPED;
  return ahead <= gapSteps + horizonSteps ? 1 : 0;
}

/**
 * Labels as the rule reads the outcomes.
 * - `event`: from the event's step. A label exists only where the portfolio's last step, and for customers without an
 *   event their own last step too, reaches the end of the horizon, whatever the outcome; so the end of the period
 *   never gives the outcome away.
 * - `constant`: every window with gap + horizon steps after it carries the customer's flag.
 * - `after-last`: the event comes right after the last step.
 * - `last-window`: one window a customer, ending at the last step, carries the flag.
 */
export function createLabeller(panel: Panel, settings: LabelSettings): Labeller {
  const { labelRule, gapSteps, horizonSteps } = settings;
  const reach = gapSteps + horizonSteps;
  const flagOf = (customer: number): Label =>
    panel.outcome[customer] === UNKNOWN_OUTCOME ? UNKNOWN : (panel.outcome[customer] as 0 | 1);
  switch (labelRule) {
    case 'event': {
      const end = lastStep(panel);
      return (customer, step) => {
        const event = panel.eventStep[customer];
        if (event !== NO_STEP) {
          const label = beforeEvent(event, step, settings);
          return label !== DROPPED && step + reach > end ? UNKNOWN : label;
        }
        // An event without a date says nothing of when.
        if (panel.outcome[customer] !== 0) return UNKNOWN;
        return step + reach > end || step + reach > lastStepOf(panel, customer) ? UNKNOWN : 0;
      };
    }
    case 'constant':
      return (customer, step) => (step + reach > lastStepOf(panel, customer) ? UNKNOWN : flagOf(customer));
    case 'after-last':
      return (customer, step) =>
        flagOf(customer) === 1 ? beforeEvent(lastStepOf(panel, customer) + 1, step, settings) : flagOf(customer);
    case 'last-window':
      return (customer, step) => (step === lastStepOf(panel, customer) ? flagOf(customer) : UNKNOWN);
  }
}
