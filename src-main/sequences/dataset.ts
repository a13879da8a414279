import { createHash } from 'node:crypto';
import type { Part } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import { grouped } from '../ipc/grouped.ts';
import { PARTS, type Panel } from './panel.ts';
import { countPart, cutWindows, windowCount, type WindowSettings, type WindowsByPart } from './windows.ts';

/**
 * Windows by part, checked: every part needs windows of both outcomes. Throws `too-small` with the numbers there are
 * and the numbers it takes.
 */
export function cutDataset(panel: Panel, parts: readonly (Part | null)[], settings: WindowSettings): WindowsByPart {
  const windows = cutWindows(panel, parts, settings);
  const total = PARTS.reduce((sum, part) => sum + windowCount(windows[part]), 0);
  if (total === 0) throw nothingToLearn(panel, windows, settings);
  for (const part of PARTS) {
    const positive = windows[part].label.reduce((sum, label) => sum + label, 0);
    const negative = windows[part].label.length - positive;
    if (positive === 0 || negative === 0) throw oneSided(panel, part, windows, positive);
  }
  return windows;
}

/** What a customer's history must hold, as a sum where the horizon counts too. */
function needsOf({ windowSteps, gapSteps, horizonSteps }: WindowSettings, needed: number): string {
  if (needed === windowSteps) return `a window needs ${windowSteps}.`;
  const gap = gapSteps === 0 ? '' : ` + gap ${gapSteps}`;
  return `window ${windowSteps}${gap} + horizon ${horizonSteps} need ${needed}.`;
}

function nothingToLearn(panel: Panel, windows: WindowsByPart, settings: WindowSettings): DuecastError {
  const { windowSteps, gapSteps, horizonSteps, labelRule } = settings;
  const longest = panel.customers.reduce((most, _, c) => Math.max(most, panel.firstRow[c + 1] - panel.firstRow[c]), 0);
  const needed =
    labelRule === 'event' || labelRule === 'constant' ? windowSteps + gapSteps + horizonSteps : windowSteps;
  if (longest < needed) {
    return new DuecastError(
      'too-small',
      `No window fits: the longest history has ${longest} steps, and ${needsOf(settings, needed)} Import more history, or shorten the window or the horizon.`,
    );
  }
  const { unknown, dropped, embargoed } = windows;
  return new DuecastError(
    'too-small',
    `No window is left to learn from. Of ${grouped(unknown + dropped + embargoed)} windows of ${windowSteps} steps, ${grouped(unknown)} have an outcome that is not known (yet), ${grouped(dropped)} touch or follow the event, and ${grouped(embargoed)} lie in the time that is held out, or within gap ${gapSteps} and horizon ${horizonSteps} of it. Import more outcomes or a longer period, or shorten the gap or the horizon.`,
  );
}

function oneSided(panel: Panel, part: Part, cut: WindowsByPart, positive: number): DuecastError {
  const [good, bad] = [0, 1].map((outcome) => panel.outcome.filter((own) => own === outcome).length);
  if (bad === 0)
    return new DuecastError(
      'too-small',
      `None of the ${grouped(good)} customers with a known outcome has an event, and models learn from those who had one. Import outcomes, or customers, with an event.`,
    );
  if (good === 0)
    return new DuecastError(
      'too-small',
      `All ${grouped(bad)} customers with a known outcome have an event, and models learn from those without one too. Import customers without an event.`,
    );
  const { customers, windows: count, events } = countPart(panel, cut[part]);
  const missing = positive === 0 ? 'with an event' : 'without an event';
  const heldOut =
    cut.embargoed === 0
      ? ''
      : ` ${grouped(cut.embargoed)} windows are left out because they lie in the end of the time, which is held out to judge models on, or too near it: if the events lie there, import later months too.`;
  return new DuecastError(
    'too-small',
    `The ${part} part has ${grouped(customers)} customers (${grouped(events)} with an event) and ${grouped(count)} windows, none of them ${missing}.${heldOut} Each part needs customers of both kinds: at least 5 with and 5 without an event in all, split 60/20/20, whose histories fill a window. Import more customers or a longer period, or shorten the window.`,
  );
}

/** sha256, in hex, over everything that training depends on: histories, outcomes, features and parts. */
export function hashData(panel: Panel, parts: readonly (Part | null)[]): string {
  const hash = createHash('sha256');
  const { timeStep, dated, outcomeKind, features, staticFeatures, customers } = panel;
  hash.update(JSON.stringify({ timeStep, dated, outcomeKind, features, staticFeatures, customers, parts }));
  for (const array of [panel.values, panel.statics, panel.firstRow, panel.firstStep, panel.outcome, panel.eventStep]) {
    hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }
  return hash.digest('hex');
}
