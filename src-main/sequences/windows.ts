import type { Part, PartCounts } from '../ipc/documents.ts';
import { createLabeller, DROPPED, UNKNOWN, type LabelSettings } from './labels.ts';
import { customerCount, lastStep, type Panel } from './panel.ts';

/** Windows by index, one entry each: nothing of the overlapping windows is copied out. */
export interface Windows {
  windowSteps: number;
  /** The customer's place in the panel. */
  customer: Int32Array;
  /** The panel's row at which the window ends; it covers the windowSteps rows up to and including it. */
  endRow: Int32Array;
  /** The step of that row. */
  step: Int32Array;
  label: Uint8Array;
}

export interface WindowSettings extends LabelSettings {
  windowSteps: number;
}

/** The windows of each part, and those that were left out with the reason. */
export interface WindowsByPart {
  train: Windows;
  validation: Windows;
  test: Windows;
  /** Test customers after the last in-time step; null where the dates do not reach far enough. */
  outOfTime: Windows | null;
  /** Outcome cannot be known yet. */
  unknown: number;
  /** At or after the event, or the event inside the gap. */
  dropped: number;
  /** Kept away from the held-out time so that no label reaches into it, or held out but not of a test customer. */
  embargoed: number;
}

export const windowCount = (windows: Windows) => windows.endRow.length;

/** First row of each window, ready for a network. */
export const firstRows = (windows: Windows) => windows.endRow.map((row) => row - windows.windowSteps + 1);

/** Share of the steps that is held out as the last ones. */
const HELD_OUT_SHARE = 0.2;

/**
 * The last step of the in-time stretch, or null where dates reach fewer than 3·(window + horizon) steps or the held-out
 * steps could hold no label. Rules that look at the end of each history only have no later time to hold out.
 */
export function inTimeEnd(panel: Panel, settings: WindowSettings): number | null {
  const { windowSteps, horizonSteps, gapSteps, labelRule } = settings;
  if (!panel.dated || labelRule === 'after-last' || labelRule === 'last-window') return null;
  const end = lastStep(panel);
  const steps = end - panel.firstStep.reduce((a, b) => Math.min(a, b), end) + 1;
  if (steps < 3 * (windowSteps + horizonSteps)) return null;
  const heldOut = Math.floor(HELD_OUT_SHARE * steps);
  return heldOut > gapSteps + horizonSteps ? end - heldOut : null;
}

type Place = keyof Pick<WindowsByPart, 'train' | 'validation' | 'test' | 'outOfTime'>;

/**
 * Cuts the panel into windows that are filled and labelled, by the part of their customer (parts: one a customer, in
 * the panel's order; null: not used). With a held-out time, in-time windows keep gap + horizon steps away from it.
 */
export function cutWindows(panel: Panel, parts: readonly (Part | null)[], settings: WindowSettings): WindowsByPart {
  const { windowSteps, gapSteps, horizonSteps } = settings;
  const labelOf = createLabeller(panel, settings);
  const end = inTimeEnd(panel, settings);
  const counts = { unknown: 0, dropped: 0, embargoed: 0 };

  const placeOf = (part: Part, step: number): Place | null => {
    if (end === null || step + gapSteps + horizonSteps <= end) return part;
    return step > end && part === 'test' ? 'outOfTime' : null;
  };

  const visit = (take: (place: Place, customer: number, row: number, step: number, label: 0 | 1) => void) => {
    counts.unknown = counts.dropped = counts.embargoed = 0;
    for (let customer = 0; customer < customerCount(panel); customer++) {
      const part = parts[customer];
      if (part === null) continue;
      const first = panel.firstRow[customer];
      for (let row = first + windowSteps - 1; row < panel.firstRow[customer + 1]; row++) {
        const step = panel.firstStep[customer] + row - first;
        const label = labelOf(customer, step);
        if (label === UNKNOWN) counts.unknown++;
        else if (label === DROPPED) counts.dropped++;
        else {
          const place = placeOf(part, step);
          if (place === null) counts.embargoed++;
          else take(place, customer, row, step, label);
        }
      }
    }
  };

  // Two passes, so that millions of windows need no growing arrays.
  const sizes: Record<Place, number> = { train: 0, validation: 0, test: 0, outOfTime: 0 };
  visit((place) => sizes[place]++);
  const windows = {
    train: emptyWindows(windowSteps, sizes.train),
    validation: emptyWindows(windowSteps, sizes.validation),
    test: emptyWindows(windowSteps, sizes.test),
    outOfTime: emptyWindows(windowSteps, sizes.outOfTime),
  };
  const filled: Record<Place, number> = { train: 0, validation: 0, test: 0, outOfTime: 0 };
  visit((place, customer, row, step, label) => {
    const i = filled[place]++;
    const into = windows[place];
    into.customer[i] = customer;
    into.endRow[i] = row;
    into.step[i] = step;
    into.label[i] = label;
  });
  return { ...windows, outOfTime: end === null ? null : windows.outOfTime, ...counts };
}

/** Windows that need no label: for each customer the one that ends at the last step, or every one of `customers`. */
export function unlabelledWindows(
  panel: Panel,
  windowSteps: number,
  which: { lastOnly: boolean; customers?: number[] },
): Windows {
  const ends: { customer: number; row: number }[] = [];
  for (const customer of which.customers ?? panel.customers.keys()) {
    const last = panel.firstRow[customer + 1] - 1;
    const firstEnd = panel.firstRow[customer] + windowSteps - 1;
    for (let row = which.lastOnly ? Math.max(last, firstEnd) : firstEnd; row <= last; row++)
      ends.push({ customer, row });
  }
  const windows = emptyWindows(windowSteps, ends.length);
  ends.forEach(({ customer, row }, i) => {
    windows.customer[i] = customer;
    windows.endRow[i] = row;
    windows.step[i] = panel.firstStep[customer] + row - panel.firstRow[customer];
  });
  return windows;
}

/** Customers and windows, and the customers that had an event. */
export function countPart(panel: Panel, windows: Windows): PartCounts {
  const customers = new Set(windows.customer);
  let events = 0;
  for (const customer of customers) if (panel.outcome[customer] === 1) events++;
  return { customers: customers.size, windows: windowCount(windows), events };
}

function emptyWindows(windowSteps: number, count: number): Windows {
  return {
    windowSteps,
    customer: new Int32Array(count),
    endRow: new Int32Array(count),
    step: new Int32Array(count),
    label: new Uint8Array(count),
  };
}
