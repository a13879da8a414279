import type { TimeStep } from '../ipc/documents.ts';
import type { Reason } from '../ipc/reasons.ts';
import { dayInWords } from '../sequences/calendar.ts';
import { sumOf } from './attribution.ts';
import { changeOf, type Change } from './change-point.ts';
import { money, plainNumber, rateUnit, wordsOf, type FeatureWords } from './feature-words.ts';

/** One feature of a customer, with what a model makes of it. */
export interface ReasonInput {
  feature: string;
  /** In PD, by step of the window. */
  contributions: ArrayLike<number>;
  /** What the file says, by step up to the window's last one, NaN where empty; one value for a static attribute. */
  values: ArrayLike<number>;
  isStatic: boolean;
  /** Of training customers' steps. */
  typical: { mean: number; standardDeviation: number };
}

export interface ReasonContext {
  /** The window's last step; values end there. */
  lastStep: number;
  window: number;
  timeStep: TimeStep;
  /** ISO date of a step's last day; null in an undated portfolio. */
  dateOf: (step: number) => string | null;
  /** ISO 4217, or empty. */
  currency: string;
}

/** Less than this share of all that was added and taken away is no reason. */
const LEAST_SHARE = 0.03;
/** How much history a change is told from, in windows. */
const WINDOWS_BACK = 3;
/** Of a standard deviation between customers' steps: nearer to the typical is not worth saying. */
const LEAST_DEVIATION = 0.3;

/** Of a contribution, what the steps since a change have to hold, so that the change is what the model saw. */
const SHARE_SINCE = 0.5;
/** Where they hold more than all of it, the steps before spoke for the opposite. */
const SHARE_AGAINST = 1.1;

/**
 * What the features did and what that adds to the PD, those that weigh most first. A change is told where it lies in the
 * model's window; of an older one the model sees the level that it led to. A feature whose values neither changed
 * in a way that can be the reason nor lie away from the typical is left out, whatever its contribution: nothing true could
 * be said of it.
 */
export function reasonsOf(inputs: readonly ReasonInput[], context: ReasonContext): Reason[] {
  const weighed = inputs.map((input) => ({ input, contribution: sumOf(input.contributions) }));
  const all = weighed.reduce((sum, { contribution }) => sum + Math.abs(contribution), 0);
  return weighed
    .filter(({ contribution }) => Math.abs(contribution) > LEAST_SHARE * all)
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
    .flatMap(({ input, contribution }) => {
      const words = describe(input, context);
      return words === null ? [] : [{ feature: input.feature, contribution, words }];
    });
}

function describe(input: ReasonInput, context: ReasonContext): string | null {
  const words = wordsOf(input.feature);
  if (input.isStatic) return levelWords(words, input.values[0] ?? Number.NaN, input, context);
  const from = Math.max(0, input.values.length - WINDOWS_BACK * context.window);
  const recent = Array.from(input.values).slice(from);
  // A delay of 0 on a day without a payment is none.
  const told = words.sort === 'days' ? recent.map((value) => (value > 0 ? value : Number.NaN)) : recent;
  const window = told.slice(-context.window).filter((value) => !Number.isNaN(value));
  const mean = sumOf(window) / window.length;
  const change = changeInWindow(told, context.window);
  const since = change === null ? Infinity : recent.length - change.at;
  if (change !== null && isMaterial(change, input) && isReason(change, since, mean, input)) {
    const step = context.lastStep - (since - 1);
    return `${words.name} ${changeWords(words, change, context)} since ${stepWords(step, context)}`;
  }
  // Delays of others are not told apart from steps without a payment.
  if (words.sort === 'days') return null;
  return levelWords(words, mean, input, context);
}

/**
 * The change that a model which reads the last `window` values can see: at least the first of them lies before it. The
 * history before them is looked at too: it shows a change early in the window, and one that is older shows there as the
 * older one, and not as a change at the window's beginning.
 */
function changeInWindow(values: readonly number[], window: number): Change | null {
  const start = values.length - window;
  const change = changeOf(values);
  if (change === null || change.at > start) return change;
  const later = changeOf(values.slice(start));
  return later === null ? null : { ...later, at: start + later.at };
}

const isMaterial = ({ before, after }: Change, { typical }: ReasonInput) =>
  Math.abs(after - before) >= LEAST_DEVIATION * typical.standardDeviation ||
  Math.abs(after - before) >= 0.5 * Math.abs(before);

/**
 * Whether the model can have meant a change that is `since` steps old. It has to lead away from the typical level, by more
 * than values were away before, and the window as a whole (`mean`) has to lie on that side, or the steps since the change
 * carry the contribution. A change that led back is meant only where the steps before it spoke for the opposite: else a
 * value that is on its way back to normal would be given as what raises the PD, when its level is.
 */
function isReason({ before, after }: Change, since: number, mean: number, input: ReasonInput): boolean {
  const { contributions, typical } = input;
  const steps = contributions.length;
  const share = sumOf(Array.from(contributions).slice(steps - since)) / sumOf(contributions);
  if (share >= SHARE_AGAINST) return true;
  const onItsSide = (value: number) => (after - before) * (value - typical.mean) > 0;
  const isMost = 2 * Math.abs(after - before) >= Math.abs(after - typical.mean);
  return onItsSide(after) && isMost && (onItsSide(mean) || share >= SHARE_SINCE);
}

function changeWords({ sort }: FeatureWords, { before, after }: Change, context: ReasonContext): string {
  const direction = after > before ? 'up' : 'down';
  if (sort === 'count') {
    const { unit, steps } = rateUnit(context.timeStep, before, after);
    return `${direction} from ${plainNumber(before * steps)} to ${plainNumber(after * steps)} a ${unit}`;
  }
  if (sort === 'flow' || sort === 'level') {
    const unit = sort === 'level' ? '' : ` a ${context.timeStep}`;
    const amounts = `from ${money(before, context.currency)} to ${money(after, context.currency)}${unit}`;
    return before > 0 ? `${direction} ${percentOf(after / before - 1)} (${amounts})` : `${direction} ${amounts}`;
  }
  const unit = sort === 'days' ? ' days' : '';
  return `${direction} from ${plainNumber(before)} to ${plainNumber(after)}${unit}`;
}

const percentOf = (share: number) => `${Math.round(100 * Math.abs(share))}%`;

function stepWords(step: number, { dateOf, timeStep }: ReasonContext): string {
  const date = dateOf(step);
  return date === null ? `${timeStep} ${step}` : dayInWords(date);
}

/** Against the typical customer; null where that is near, or nothing is known. */
function levelWords(
  { name, sort }: FeatureWords,
  mean: number,
  { typical }: ReasonInput,
  { timeStep, currency }: ReasonContext,
): string | null {
  if (!(Math.abs(mean - typical.mean) >= LEAST_DEVIATION * typical.standardDeviation)) return null;
  const [own, usual] = [mean, typical.mean];
  if (sort === 'count') {
    const { unit, steps } = rateUnit(timeStep, own, usual);
    return `${name} ${plainNumber(own * steps)} a ${unit} (typical: ${plainNumber(usual * steps)})`;
  }
  if (sort === 'flow' || sort === 'level') {
    const unit = sort === 'level' ? '' : ` a ${timeStep}`;
    return `${name} ${money(own, currency)}${unit} (typical: ${money(usual, currency)})`;
  }
  return `${name} ${plainNumber(own)} (typical: ${plainNumber(usual)})`;
}
