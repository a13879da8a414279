import type { TimeStep } from '../ipc/documents.ts';
import type { AlertRule, EarlyDetectionRequest } from '../ipc/early-detection.ts';
import { DuecastError } from '../ipc/errors.ts';

/** A year of 365.25 days has twelve. */
export const DAYS_PER_MONTH = 30.4375;
export const QUIET_DAYS = 30;

export const USUAL_REQUEST: EarlyDetectionRequest = { budget: 2, leadFromDays: 90, leadToDays: 7 };

const DAYS_PER_STEP: Record<TimeStep, number> = { day: 1, week: 7, month: DAYS_PER_MONTH };

/**
 * A single day may be odd, so that two in a row are asked for. A week's or a month's row already sums up several days;
 * a second one would cost a week or a month of warning.
 */
const IN_A_ROW: Record<TimeStep, number> = { day: 2, week: 1, month: 1 };

/**
 * The rule in steps. Days are rounded to whole steps: the quiet and H to the nearest, but at least one step; g up, and
 * at least one step, since scores end before the event. Throws `usage` for a budget or days that make no sense.
 */
export function alertRule(timeStep: TimeStep, { budget, leadFromDays, leadToDays }: EarlyDetectionRequest): AlertRule {
  const daysPerStep = DAYS_PER_STEP[timeStep];
  if (!(budget > 0 && Number.isFinite(budget)))
    throw new DuecastError(
      'usage',
      `The alert budget must be more than 0 false alerts per 100 good customer-months, not ${budget}.`,
    );
  if (!(leadToDays >= 0 && leadFromDays > leadToDays && Number.isFinite(leadFromDays)))
    throw new DuecastError(
      'usage',
      `An alert in time comes between two numbers of days before the event, the earlier one larger: not between ${leadFromDays} and ${leadToDays}.`,
    );
  const leadToSteps = Math.max(1, Math.ceil(leadToDays / daysPerStep));
  return {
    timeStep,
    daysPerStep,
    inARow: IN_A_ROW[timeStep],
    quietSteps: Math.max(1, Math.round(QUIET_DAYS / daysPerStep)),
    leadFromSteps: Math.max(leadToSteps, Math.round(leadFromDays / daysPerStep)),
    leadToSteps,
  };
}
