import type { EarlyDetection, HeldOutTime } from '../ipc/early-detection.ts';
import { grouped } from '../ipc/grouped.ts';
import { isNetwork } from '../models/model-names.ts';
import { earlyIntervalNotes } from './interval-notes.ts';

/** A budget that allows fewer false alerts than this on validation leaves the threshold to chance. */
const FEW_ALERTS = 5;

/** Fewer customers with an event than this leave every interval wide. */
const FEW_EVENTS = 30;

/** How the figures are to be read, for the analyst: what holds for all models. `otherSeeds`: how many are looked at. `heldOut`: figures are of that time alone. */
export function notesOn(
  measured: Pick<EarlyDetection, 'settings' | 'eventTaken' | 'reason' | 'validation' | 'judged' | 'models'>,
  otherSeeds: number,
  heldOut?: HeldOutTime,
): string[] {
  if (measured.reason !== null) return [measured.reason];
  const { settings, validation, judged, models } = measured;
  const isDrawn = models.some(({ kind }) => isNetwork(kind));
  const { budget, leadFromDays, leadToDays, timeStep, inARow } = settings;
  const rows = inARow === 1 ? `One score` : `${inARow} scores in a row`;
  const notes = [
    `${rows} at or above the threshold ${inARow === 1 ? 'makes' : 'make'} an alert, then ${stepsOf(settings.quietSteps, timeStep)} of quiet. ` +
      `It is in time from ${leadFromDays} to ${leadToDays} days before the event; a customer who still stands above the threshold when that time begins counts from there.`,
    `Thresholds are set on ${grouped(validation.goodCustomers)} validation customers without an event, watched for ${grouped(Math.round(validation.goodMonths))} months${heldOut ? ' before the time held out' : ''}: ` +
      `a budget of ${budget} false alerts per 100 good customer-months allows ${grouped(validation.allowedFalseAlerts)} there. They are not the levels of the watchlist.`,
    ...(isDrawn
      ? [
          `A network trained with another seed may warn earlier or later: these figures are of the one seed of this training${
            otherSeeds === 0 || heldOut !== undefined
              ? ', and other seeds were not looked at'
              : `; what ${otherSeeds === 1 ? 'one other seed' : `${otherSeeds} other seeds`} gave stands apart`
          }.`,
        ]
      : []),
    `Differences between models are taken where the false alerts of each on the test customers equal the budget.`,
    heldOut === undefined
      ? `Scored is every step with a full window before the event, the last steps and the time held out included.`
      : `Scored is every step before the event from ${heldOut.date ?? `step ${heldOut.step}`} on: the time held out, which no model was trained on. Who stands above the threshold as it begins counts from there, and an event soon after it leaves no time for a warning.`,
  ];
  if (heldOut !== undefined && judged.defaulters < FEW_EVENTS)
    notes.push(
      `Only ${customersOf(judged.defaulters)} with an event in that time: differences between models can hardly be told from chance.`,
    );
  if (measured.eventTaken === 'step after the last')
    notes.push(
      `No event has a date: it is taken as the ${timeStep} after a customer’s last one, so lead times end there.`,
    );
  if (validation.allowedFalseAlerts < FEW_ALERTS)
    notes.push(
      `So few false alerts make a coarse threshold: what the test customers’ false alerts turned out to be stands beside it.`,
    );
  notes.push(...earlyIntervalNotes(judged.defaulters));
  if (judged.leftOut > 0)
    notes.push(
      `${customersOf(judged.leftOut)} with an event ${judged.leftOut === 1 ? 'is' : 'are'} left out: without a score at a step at which an alert would have been in time.`,
    );
  notes.push(...ceilings(judged));
  return notes;
}

const stepsOf = (steps: number, timeStep: string) => `${steps} ${timeStep}${steps === 1 ? '' : 's'}`;
const customersOf = (count: number) => `${grouped(count)} test customer${count === 1 ? '' : 's'}`;

/** What no model could reach, since there were no scores that early. */
function ceilings({ defaulters, reachable, leadCeiling }: EarlyDetection['judged']): string[] {
  const nobody = reachable.filter((one) => one.defaulters === 0).at(-1);
  const some = reachable.find((one) => one.defaulters > 0 && one.defaulters < defaulters);
  const notes: string[] = [];
  if (nobody !== undefined)
    notes.push(`No customer with an event had a score ${nobody.days} days before it: recall that early can’t be told.`);
  if (some !== undefined)
    notes.push(
      `Only ${grouped(some.defaulters)} of ${grouped(defaulters)} customers with an event had a score ${some.days} days before it: no model can recall more of them that early.`,
    );
  if (nobody !== undefined && leadCeiling)
    notes.push(
      `So the mean lead time over all can be ${leadCeiling.toFixed(1)} days at most: models that all reach it can’t be told apart by it.`,
    );
  return notes;
}
