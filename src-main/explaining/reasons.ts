import type { TimeStep } from '../ipc/documents.ts';
import type { Reason } from '../ipc/explanation.ts';
import { dayInWords } from '../sequences/calendar.ts';
import { changeOf, type Change } from './change-point.ts';
import { money, plainNumber, rateUnit, wordsOf, type FeatureWords } from './feature-words.ts';

/** One feature of a customer, with what a model makes of it. */
export interface ReasonInput {
  feature: string;
  /** In PD. */
  contribution: number;
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
/** How far back a change is looked for, in windows. */
const WINDOWS_BACK = 3;
/** Of a standard deviation between customers' steps: nearer to the typical is not worth saying. */
const LEAST_DEVIATION = 0.3;

/**
 * What the features did and what that adds to the PD, those that weigh most first. A feature whose values neither changed
 * nor lie away from the typical is left out, whatever its contribution: nothing true could be said of it.
 */
export function reasonsOf(inputs: readonly ReasonInput[], context: ReasonContext): Reason[] {
  const all = inputs.reduce((sum, { contribution }) => sum + Math.abs(contribution), 0);
  return inputs
    .filter(({ contribution }) => Math.abs(contribution) > LEAST_SHARE * all)
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
    .flatMap((input) => {
      const words = describe(input, context);
      return words === null ? [] : [{ feature: input.feature, contribution: input.contribution, words }];
    });
}

function describe(input: ReasonInput, context: ReasonContext): string | null {
  const words = wordsOf(input.feature);
  if (input.isStatic) return levelWords(words, input.values[0] ?? Number.NaN, input, context);
  const from = Math.max(0, input.values.length - WINDOWS_BACK * context.window);
  const recent = Array.from(input.values).slice(from);
  // A delay of 0 on a day without a payment is none.
  const told = words.sort === 'days' ? recent.map((value) => (value > 0 ? value : Number.NaN)) : recent;
  const change = changeOf(told);
  if (change !== null && recent.length - change.at <= context.window && isMaterial(change, input)) {
    const step = context.lastStep - (recent.length - 1 - change.at);
    return `${words.name} ${changeWords(words, change, context)} since ${stepWords(step, context)}`;
  }
  // Delays of others are not told apart from steps without a payment.
  if (words.sort === 'days') return null;
  const window = told.slice(-context.window).filter((value) => !Number.isNaN(value));
  const mean = window.reduce((sum, value) => sum + value, 0) / window.length;
  return levelWords(words, mean, input, context);
}

const isMaterial = ({ before, after }: Change, { typical }: ReasonInput) =>
  Math.abs(after - before) >= LEAST_DEVIATION * typical.standardDeviation ||
  Math.abs(after - before) >= 0.5 * Math.abs(before);

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
