import type { AloneAuc, InputCheck, SanityCheck, SanityDocument } from '../ipc/sanity.ts';
import { grouped } from '../ipc/grouped.ts';
import { MODEL_NAMES } from '../models/model-names.ts';
import { suspectMeasure, telling } from './input-checks.ts';

/** What the words are made of. */
export type SanityFigures = Omit<SanityDocument, 'checks' | 'shuffled' | 'seconds'>;

/** How long a history is, or where in the calendar a window lies, is no behaviour: above this it tells too much. */
const TELLS_TOO_MUCH = 0.75;
/** Fewer customers than this share under two ids don't move a figure. */
const MANY_TWINS = 0.005;
const NAMED = 3;

const ORDER: readonly SanityCheck['mark'][] = ['look', 'fine', 'not-made'];

/** What should be looked at first, what could not be checked last. */
export const inOrder = (checks: readonly SanityCheck[]): SanityCheck[] =>
  ORDER.flatMap((mark) => checks.filter((check) => check.mark === mark));

/** Every check in plain words, in order. */
export function wordChecks(figures: SanityFigures): SanityCheck[] {
  return inOrder([
    checkParts(figures),
    checkTwins(figures),
    checkSuspects(figures),
    checkMissing(figures),
    checkLength(figures),
    checkPosition(figures),
    checkLabels(figures),
    checkUnknown(figures),
    checkTime(figures),
  ]);
}

const fine = (key: SanityCheck['key'], title: string, text: string): SanityCheck => ({
  key,
  mark: 'fine',
  title,
  text,
  advice: null,
  inputs: [],
});

const look = (
  key: SanityCheck['key'],
  title: string,
  text: string,
  advice: string,
  inputs: string[] = [],
): SanityCheck => ({ key, mark: 'look', title, text, advice, inputs });

const counted = (count: number, one: string, many = `${one}s`) => `${grouped(count)} ${count === 1 ? one : many}`;
/** “.97”. */
const short = (auc: number) => (auc >= 0.995 && auc < 1 ? '> .99' : auc.toFixed(2).replace(/^0/, ''));
const more = (count: number) => (count > NAMED ? ` and ${grouped(count - NAMED)} more` : '');

function checkParts({ parts, inTwoParts }: SanityFigures): SanityCheck {
  if (inTwoParts.length > 0) {
    return look(
      'parts',
      'Customers stand on both sides',
      `${counted(inTwoParts.length, 'customer')} (${inTwoParts.slice(0, NAMED).join(', ')}${more(inTwoParts.length)}) ${inTwoParts.length === 1 ? 'stands' : 'stand'} in two parts of the split, so models are judged on customers they know.`,
      'Make a new portfolio from the exports: its parts are drawn anew.',
    );
  }
  const sides = parts.filter(({ part }) => part !== 'outOfTime');
  const list = sides.map(({ part, customers }) => `${grouped(customers)} ${NAMES[part]}`).join(', ');
  return fine('parts', 'No customer stands on both sides', `${list} customers; no id is in two parts.`);
}

const NAMES = { train: 'training', validation: 'validation', test: 'test', outOfTime: 'out of time' } as const;

function checkTwins({ twins, parts }: SanityFigures): SanityCheck {
  const across = twins.groups.filter(({ acrossParts }) => acrossParts);
  if (across.length === 0) {
    const within =
      twins.customers === 0
        ? ''
        : ` ${counted(twins.customers, 'customer')} share a history with another one in the same part; each is counted by itself.`;
    return fine(
      'twins',
      'No history stands on both sides',
      `No two customers of different parts have the same history.${within}`,
    );
  }
  const customers = parts.reduce((sum, { part, customers: count }) => sum + (part === 'outOfTime' ? 0 : count), 0);
  const affected = across.reduce((sum, group) => sum + group.customers.length, 0);
  const named = across
    .slice(0, NAMED)
    .map(({ customers }) => customers.map(({ customer, part }) => `${customer} (${NAMES[part]})`).join(' = '))
    .join('; ');
  if (affected < MANY_TWINS * customers) {
    return fine(
      'twins',
      'Hardly a history stands on both sides',
      `${counted(across.length, 'history', 'histories')} of ${counted(customers, 'customer')} ${across.length === 1 ? 'is' : 'are'} found in more than one part under different ids: ${named}${more(across.length)}. Too few to move a figure.`,
    );
  }
  return look(
    'twins',
    'The same history under two ids, on both sides',
    `${counted(across.length, 'history', 'histories')} ${across.length === 1 ? 'is' : 'are'} found in more than one part under different ids: ${named}${more(across.length)}. Models are judged on what they have learned by heart.`,
    'Give each customer one id: undo the import, correct the ids and import again. Where different customers are meant, the export holds the wrong histories.',
  );
}

interface Suspect {
  check: InputCheck;
  measure: InputCheck['measures'][number];
}

/** Inputs that may be the outcome: those that models read, which matter, and others. */
function findSuspects(
  { inputs, settings }: SanityFigures,
  missingness: boolean,
): { read: Suspect[]; unread: Suspect[] } {
  const all = inputs.flatMap((check) => {
    const measure = suspectMeasure(check, settings.labelRule, missingness);
    return measure === null ? [] : [{ check, measure }];
  });
  return { read: all.filter(({ check }) => check.used), unread: all.filter(({ check }) => !check.used) };
}

/** Those that models don't read do no harm, but should stay out. */
const unreadOf = (unread: Suspect[]) =>
  unread.length === 0
    ? ''
    : ` ${unread
        .slice(0, NAMED)
        .map(({ check, measure }) => `${check.input} (${short(measure.auc)})`)
        .join(
          ', ',
        )}${more(unread.length)} may be the outcome, but no model reads ${unread.length === 1 ? 'it' : 'them'}: leave it so.`;

function checkSuspects(figures: SanityFigures): SanityCheck {
  const { inputs, measured, settings } = figures;
  const { read, unread } = findSuspects(figures, false);
  if (read.length === 0) {
    const used = inputs.filter((check) => check.used);
    const strong = used.filter((check) => telling(check, settings.labelRule) !== null);
    const best = strong.at(0) ?? used.find(({ measures }) => measures.length > 0);
    const strongest =
      best === undefined
        ? ''
        : ` The strongest is ${best.input} (${nameOf(best, best.measures[0])}) with ${short(best.measures[0].auc)}${startOf(best)}.`;
    const text =
      strong.length === 0
        ? 'No input of the models by itself separates outcomes with an AUC above .90.'
        : `${counted(strong.length, 'input')} alone ${strong.length === 1 ? 'separates' : 'separate'} outcomes with an AUC above .90, but only by what happens on the way, as behaviour does; a copy of the outcome would tell from the start.`;
    return fine(
      'inputs',
      'No input looks like the outcome',
      `${text}${strongest}${unreadOf(unread)}${sampleOf(measured)}`,
    );
  }
  const named = read
    .slice(0, NAMED)
    .map(({ check, measure }) => `${check.input} (${nameOf(check, measure)}: ${short(measure.auc)}${startOf(check)})`);
  const one = read.length === 1;
  return look(
    'inputs',
    one ? `${read[0].check.input} may be the outcome` : `${read.length} inputs may be the outcome`,
    `${one ? 'This input alone separates' : 'Each of these inputs alone separates'} outcomes with an AUC above .90: ${named.join('; ')}${more(read.length)}. A column written after the event does that; behaviour seldom does.${unreadOf(unread)}${sampleOf(measured)}`,
    'Find out when the column is written. If only after the outcome is known, leave it out of the training.',
    read.map(({ check }) => check.input),
  );
}

/** How much it told at the start says whether it came about on the way. */
const startOf = ({ atStart }: InputCheck) =>
  atStart.value === null ? '' : `, ${short(atStart.value)} by each customer’s first value`;

/** “mean, higher is riskier”. */
function nameOf({ kind }: InputCheck, { measure, higherIsRiskier }: InputCheck['measures'][number]): string {
  const direction = higherIsRiskier ? 'higher is riskier' : 'lower is riskier';
  if (kind !== 'history') return direction;
  return `${measure === 'last' ? 'last value' : measure}, ${direction}`;
}

const sampleOf = ({ windows, of }: SanityFigures['measured']) =>
  windows < of ? ` Measured on ${grouped(windows)} of ${grouped(of)} windows.` : '';

function checkMissing(figures: SanityFigures): SanityCheck {
  const { read, unread } = findSuspects(figures, true);
  if (read.length === 0) {
    return fine(
      'missing',
      'Empty cells don’t give the outcome away',
      `Whether an input of the models has a value says little of the outcome: no AUC above .90.${unreadOf(unread)}`,
    );
  }
  const named = read.slice(0, NAMED).map(({ check, measure }) => {
    const who = measure.higherIsRiskier ? 'customers with an event have none' : 'customers without an event have none';
    return `${check.input} (${short(measure.auc)}: ${who})`;
  });
  return look(
    'missing',
    'Empty cells may be the outcome',
    `Whether there is a value separates outcomes with an AUC above .90: ${named.join('; ')}${more(read.length)}.${unreadOf(unread)}`,
    'Ask why the cells are empty. If it follows from the outcome, leave the column out of the training.',
    read.map(({ check }) => check.input),
  );
}

const tellsTooMuch = ({ auc, beyondChance }: AloneAuc) => auc > TELLS_TOO_MUCH && beyondChance;

function checkLength({ length, settings }: SanityFigures): SanityCheck {
  if (length === null) {
    return fine('length', 'Length tells nothing', 'All histories have the same number of rows.');
  }
  const who = `customers with an event have ${length.higherIsRiskier ? 'more' : 'fewer'} rows`;
  if (!tellsTooMuch(length)) {
    return fine(
      'length',
      'Length tells little',
      `How many rows a customer has separates outcomes with ${short(length.auc)}.`,
    );
  }
  if (settings.labelRule === 'event') {
    return fine(
      'length',
      'Histories end with the event',
      `How many rows a customer has separates outcomes with ${short(length.auc)} (${who}), as it must where histories end with the event. Windows are of equal length and labelled by date, so models don’t see it.`,
    );
  }
  return look(
    'length',
    'The length of the history tells the outcome',
    `How many rows a customer has separates outcomes with ${short(length.auc)}: ${who}. Nothing of behaviour is in that; it is how the data were extracted.`,
    'Export the same period for all customers, or event dates, so that each window is labelled by what came after it.',
  );
}

function checkPosition({ position, stepsSoFar }: SanityFigures): SanityCheck {
  const strongest = (position?.auc ?? 0) >= (stepsSoFar?.auc ?? 0) ? position : stepsSoFar;
  if (strongest === null) {
    return fine('position', 'The calendar tells nothing', 'All windows end at the same step.');
  }
  if (!tellsTooMuch(strongest)) {
    return fine(
      'position',
      'The calendar tells little',
      `When a window ends, and how long the history is by then, separate outcomes with ${short(strongest.auc)} at most.`,
    );
  }
  const when =
    strongest === position
      ? `${strongest.higherIsRiskier ? 'late' : 'early'} windows carry the event more often`
      : `windows with a ${strongest.higherIsRiskier ? 'long' : 'short'} history before them carry it more often`;
  return look(
    'position',
    'The calendar alone tells the outcome',
    `The step at which a window ends separates outcomes with ${short(strongest.auc)}: ${when}. Models aren’t given the step, but whatever drifts with time carries it.`,
    'Read AUC by step beside the pooled one, and trust the part out of time more where there is one.',
  );
}

function checkLabels({ settings, calendar }: SanityFigures): SanityCheck {
  if (settings.labelRule === 'constant') {
    const compared = calendar?.models.flatMap(({ kind, pooled, withinSteps }) =>
      pooled === null || withinSteps === null
        ? []
        : [`${MODEL_NAMES[kind]} ${pooled.toFixed(3)} pooled, ${withinSteps.toFixed(3)} within a step`],
    );
    const fitted = calendar?.models.some(({ fittedHere }) => fittedHere)
      ? ' Isotonic regression was fitted on these windows, which makes such figures higher than they would be on others.'
      : '';
    const figures =
      compared === undefined || compared.length === 0 ? '' : ` On validation windows: ${compared.join('; ')}.${fitted}`;
    return look(
      'labels',
      'One flag labels all windows of a customer',
      `Early windows of customers who default carry the event too, though they look like anyone’s, so a model can’t be right about them and the pooled AUC understates what it sees late; and as all steps are mixed, part of it is the position in the calendar.${figures}`,
      'Read AUC by step beside the pooled AUC. With event dates in the export, windows are labelled by what came after them.',
    );
  }
  if (settings.labelRule === 'after-last') {
    return look(
      'labels',
      'The event’s date is assumed',
      'The outcome has no date; the event is taken to come right after the customer’s last step. Where it came later, warnings are counted as earlier than they were.',
      'Import event dates where the bank has them.',
    );
  }
  return settings.labelRule === 'event'
    ? fine(
        'labels',
        'Labels follow from event dates',
        'A window carries the event where it falls into the horizon after it.',
      )
    : fine(
        'labels',
        'One window a customer',
        'Each customer counts once, with the last window, so rows are independent.',
      );
}

function checkUnknown({ unlabelled }: SanityFigures): SanityCheck {
  const { unknown, dropped } = unlabelled;
  if (unknown + dropped === 0) {
    return fine('unknown', 'Every window has an outcome', 'None had to be left out.');
  }
  return fine(
    'unknown',
    'What is not known is not guessed',
    `Not used: ${counted(unknown, 'window')} whose outcome cannot be known yet, ${grouped(dropped)} that touch or follow the event.`,
  );
}

function checkTime({ embargo }: SanityFigures): SanityCheck {
  if (embargo === null) {
    return {
      ...fine(
        'time',
        'No time is held out',
        'Models are judged on other customers of the same time; the dates don’t reach far enough to hold out a later time.',
      ),
      mark: 'not-made',
    };
  }
  const { heldOutFrom, steps, windows } = embargo;
  return fine(
    'time',
    'Training stays away from the held-out time',
    `Held out from ${heldOutFrom.date ?? `step ${heldOutFrom.step}`}; labels of training windows end before it, an embargo of ${counted(steps, 'step')} that left out ${counted(windows, 'window')}.`,
  );
}
