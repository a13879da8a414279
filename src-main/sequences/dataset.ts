import { createHash } from 'node:crypto';
import type { LabelRule, Part } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import { counted, firstOf, grouped } from '../ipc/grouped.ts';
import { NO_STEP, PARTS, type Panel } from './panel.ts';
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
    if (positive === 0 || negative === 0) throw oneSided(panel, part, windows, positive, settings.labelRule);
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
      `No window fits: the longest history has ${counted(longest, 'step')}, and ${needsOf(settings, needed)} Import more history, or shorten the window or the horizon.`,
    );
  }
  const atStart = labelRule === 'event' ? eventsAtStart(panel) : null;
  if (atStart !== null) return new DuecastError('too-small', `No window is left to learn from. ${atStart}`);
  const { unknown, dropped, embargoed } = windows;
  return new DuecastError(
    'too-small',
    `No window is left to learn from. Of ${grouped(unknown + dropped + embargoed)} windows of ${windowSteps} steps, ${grouped(unknown)} have an outcome that is not known (yet), ${grouped(dropped)} touch or follow the event, and ${grouped(embargoed)} lie in the time that is held out, or within gap ${gapSteps} and horizon ${horizonSteps} of it. Import more outcomes or a longer period, or shorten the gap or the horizon.`,
  );
}

/**
 * What to mend where most events lie at their customers' first rows, so that no window comes before them: more history
 * of the same sort would not help. Null where they don't.
 */
function eventsAtStart({ customers, eventStep, firstStep }: Panel): string | null {
  const dated = customers.flatMap((_, c) => (eventStep[c] === NO_STEP ? [] : [c]));
  const atStart = dated.filter((c) => eventStep[c] <= firstStep[c]);
  if (atStart.length === 0 || atStart.length * 2 < dated.length) return null;
  const listed = (some: readonly number[]) =>
    firstOf(
      some.slice(0, 3).map((c) => customers[c]),
      some.length,
    );
  const others = dated.filter((c) => eventStep[c] > firstStep[c]);
  const remedy =
    others.length === 0
      ? 'Import rows from before the events.'
      : `Only for ${listed(others)} it comes later. If the file's flag says whether a customer ever defaults, a wrong cell there made it read as when: undo the import, mend the file and import it again. Otherwise import rows from before the events.`;
  return `Of ${counted(dated.length, 'customer')} with a dated event, ${grouped(atStart.length)} had it at their first row (${listed(atStart)}), and models learn from what comes before an event. ${remedy}`;
}

function oneSided(panel: Panel, part: Part, cut: WindowsByPart, positive: number, rule: LabelRule): DuecastError {
  const [good, bad] = [0, 1].map((outcome) => panel.outcome.filter((own) => own === outcome).length);
  if (bad === 0)
    return new DuecastError(
      'too-small',
      `${good === 1 ? 'The one customer with a known outcome has no event' : `None of the ${grouped(good)} customers with a known outcome has an event`}, and models learn from those who had one. Import outcomes, or customers, with an event.`,
    );
  if (good === 0)
    return new DuecastError(
      'too-small',
      `${bad === 1 ? 'The one customer with a known outcome has' : `All ${grouped(bad)} customers with a known outcome have`} an event, and models learn from those without one too. Import customers without an event.`,
    );
  const { customers, windows: count, events } = countPart(panel, cut[part]);
  const missing = positive === 0 ? 'with an event' : 'without an event';
  const atStart = positive === 0 && rule === 'event' ? eventsAtStart(panel) : null;
  const heldOut =
    cut.embargoed === 0
      ? ''
      : `${counted(cut.embargoed, 'window')} left out lie in the end of the time, which is held out to judge models on, or too near it: if the events lie there, import later months too. `;
  const remedy =
    atStart ??
    `${heldOut}Each part needs customers of both kinds: at least 5 with and 5 without an event in all, split 60/20/20, whose histories fill a window. Import more customers or a longer period, or shorten the window.`;
  return new DuecastError(
    'too-small',
    `The ${part} part has ${counted(customers, 'customer')} (${grouped(events)} with an event) and ${counted(count, 'window')}, none of them ${missing}. ${remedy}`,
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
