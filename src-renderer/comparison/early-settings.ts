import type { EarlyDetectionRequest } from '../../src-main/ipc/early-detection.ts';

type Setting = keyof EarlyDetectionRequest;

/** What the analyst has written; null while a field is empty. */
export type EarlyDraft = Record<Setting, number | null>;

export const USUAL_EARLY: EarlyDetectionRequest = { budget: 2, leadFromDays: 90, leadToDays: 7 };

/** Least and most of each, as the main process takes them. */
export const EARLY_RANGES = { budget: [0.01, 100], leadFromDays: [1, 3650], leadToDays: [0, 3649] } as const;

/** By field, what is wrong and what would be right; none where all can be computed. */
export function earlyErrors(draft: EarlyDraft): Partial<Record<Setting, string>> {
  const errors: Partial<Record<Setting, string>> = {};
  for (const setting of Object.keys(EARLY_RANGES) as Setting[]) {
    const value = draft[setting];
    const [least, most] = EARLY_RANGES[setting];
    if (value === null) errors[setting] = 'A number is missing';
    else if (setting !== 'budget' && !Number.isInteger(value)) errors[setting] = 'A whole number of days';
    else if (value < least || value > most) errors[setting] = `From ${least} to ${most}`;
  }
  const { leadFromDays, leadToDays } = draft;
  if (errors.leadToDays === undefined && errors.leadFromDays === undefined && leadToDays! >= leadFromDays!)
    errors.leadToDays = `Less than the longest warning, ${leadFromDays} days`;
  return errors;
}

/** What can be asked for; null while a field is wrong. */
export function earlyRequest(draft: EarlyDraft): EarlyDetectionRequest | null {
  if (Object.keys(earlyErrors(draft)).length > 0) return null;
  return { budget: draft.budget!, leadFromDays: draft.leadFromDays!, leadToDays: draft.leadToDays! };
}

export const isSame = (a: EarlyDraft, b: EarlyDraft) =>
  a.budget === b.budget && a.leadFromDays === b.leadFromDays && a.leadToDays === b.leadToDays;

/** How days become steps of the portfolio, where a step is longer; undefined for days. */
export function roundingWords(timeStep: string): string | undefined {
  return timeStep === 'day' ? undefined : `Days are rounded to whole ${timeStep}s.`;
}
