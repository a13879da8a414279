import { tracksOf } from '../evaluation/early-detection-alerts.ts';
import type { ScoredTracks } from '../evaluation/early-detection.ts';
import { applyModel, type ApplyOptions } from '../models/apply-model.ts';
import { partOfPanel, type WantedRows } from '../sequences/panel-part.ts';
import { lastStepOf, NO_STEP, type Panel } from '../sequences/panel.ts';
import { unlabelledWindows } from '../sequences/windows.ts';
import type { ModelBody } from './store-api.ts';

export interface TrackRequest {
  panel: Panel;
  windowSteps: number;
  /** Events have steps of their own; else a flag's event is taken as the step after the customer's last one. */
  isDated: boolean;
}

/** A customer whose outcome is known; the rows before the event are looked at. */
interface WatchedCustomer extends WantedRows {
  eventStep: number;
}

/** Memory goes with a batch: its rows are scaled and its aggregates made at once. */
const MOST_WINDOWS_AT_ONCE = 50_000;

/** The customers of a part who can be watched for a warning. An event without a date can't, nor an unknown outcome. */
export function watchedCustomers({ panel, isDated }: TrackRequest, isWanted: (customer: number) => boolean) {
  const watched: WatchedCustomer[] = [];
  for (const customer of panel.customers.keys()) {
    const outcome = panel.outcome[customer];
    if (!isWanted(customer) || (outcome !== 0 && outcome !== 1)) continue;
    if (outcome === 1 && isDated && panel.eventStep[customer] === NO_STEP) continue;
    const all = panel.firstRow[customer + 1] - panel.firstRow[customer];
    const eventStep = outcome === 0 ? NO_STEP : isDated ? panel.eventStep[customer] : lastStepOf(panel, customer) + 1;
    const before = outcome === 0 ? all : Math.max(0, Math.min(all, eventStep - panel.firstStep[customer]));
    watched.push({ customer, rows: before, eventStep });
  }
  return watched;
}

export const watchedWindows = (watched: readonly WantedRows[], windowSteps: number) =>
  watched.reduce((sum, { rows }) => sum + Math.max(0, rows - windowSteps + 1), 0);

/**
 * The PD by every model at every step with a full window before the event, some customers at a time. `progress` is
 * called with the windows that one model has scored. Throws `model-refused`, `engine-missing`, `cancelled`.
 */
export async function scoreTracks(
  { panel, windowSteps }: TrackRequest,
  watched: readonly WatchedCustomer[],
  models: readonly ModelBody[],
  options: ApplyOptions,
  progress: (windows: number) => void,
): Promise<ScoredTracks> {
  const offset = new Int32Array(watched.length + 1);
  watched.forEach(({ rows }, c) => {
    offset[c + 1] = offset[c] + Math.max(0, rows - windowSteps + 1);
  });
  const count = offset[watched.length];
  const steps = new Int32Array(count);
  const scores = models.map(() => new Float32Array(count));
  for (let first = 0; first < watched.length;) {
    let end = first + 1;
    while (end < watched.length && offset[end + 1] - offset[first] <= MOST_WINDOWS_AT_ONCE) end++;
    const part = partOfPanel(panel, watched.slice(first, end));
    const windows = unlabelledWindows(part, windowSteps, { lastOnly: false });
    steps.set(windows.step, offset[first]);
    if (windows.step.length > 0) {
      for (const [m, model] of models.entries()) {
        scores[m].set(await applyModel(model, part, windows, options), offset[first]);
        progress(windows.step.length);
      }
    }
    first = end;
  }
  return { tracks: tracksOf({ offset, steps, eventStep: Int32Array.from(watched, (one) => one.eventStep) }), scores };
}
