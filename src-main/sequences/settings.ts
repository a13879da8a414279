import { DuecastError } from '../ipc/errors.ts';
import type { LabelRule, TimeStep } from '../ipc/documents.ts';
import { customerCount, type Panel } from './panel.ts';
import type { WindowSettings } from './windows.ts';

/** What the analyst set; null leaves the choice to `resolveSettings`. */
export interface RequestedWindowSettings {
  windowSteps: number | null;
  horizonSteps: number | null;
  gapSteps: number | null;
  labelRule: LabelRule | null;
}

const RECIPE_WINDOW_STEPS = 30;
/** The recipe's fortnight in a daily portfolio; elsewhere a horizon that leaves time to act. */
const HORIZON_STEPS: Record<TimeStep, number> = { day: 14, week: 4, month: 3 };

/** The most steps that at least half of the customers have. */
export function stepsOfHalf(panel: Panel): number {
  const lengths = Array.from({ length: customerCount(panel) }, (_, c) => panel.firstRow[c + 1] - panel.firstRow[c]);
  lengths.sort((a, b) => b - a);
  return lengths[Math.ceil(lengths.length / 2) - 1] ?? 0;
}

/**
 * Fills in what was not set. Window: min(30, what half of the customers fill); with event dates no more than half of
 * what the horizon leaves, so that enough steps get a label. Label rule: `event` with event dates; for a constant flag
 * `constant` where half of the customers have window + gap + horizon steps, else `last-window`. Throws `usage` for
 * impossible settings and `too-small` where there are no outcomes.
 */
export function resolveSettings(panel: Panel, requested: RequestedWindowSettings): WindowSettings {
  if (panel.outcomeKind === 'none') {
    throw new DuecastError(
      'too-small',
      'This portfolio has no outcomes yet. Import a file that says who became delinquent, then train.',
    );
  }
  const horizonSteps = whole('horizon', requested.horizonSteps, 1) ?? HORIZON_STEPS[panel.timeStep];
  const gapSteps = whole('gap', requested.gapSteps, 0) ?? 0;
  const half = stepsOfHalf(panel);
  const eventDates = panel.outcomeKind === 'dated';
  const room = eventDates ? Math.max(1, Math.floor((half - gapSteps - horizonSteps + 1) / 2)) : half;
  const windowSteps = whole('window', requested.windowSteps, 1) ?? Math.min(RECIPE_WINDOW_STEPS, room);
  const constantRule = half >= windowSteps + gapSteps + horizonSteps ? 'constant' : 'last-window';
  const labelRule = requested.labelRule ?? (eventDates ? 'event' : constantRule);
  if (eventDates !== (labelRule === 'event')) {
    throw new DuecastError(
      'usage',
      eventDates
        ? `The outcomes of this portfolio have dates, so labels follow from them; the label rule ${labelRule} is for a flag without dates.`
        : 'The outcomes of this portfolio have no dates; use the label rule constant, after-last or last-window.',
    );
  }
  return { windowSteps, horizonSteps, gapSteps, labelRule };
}

function whole(name: string, value: number | null, least: number): number | null {
  if (value !== null && !(Number.isInteger(value) && value >= least)) {
    throw new DuecastError('usage', `The ${name} must be a whole number of steps, at least ${least}.`);
  }
  return value;
}
