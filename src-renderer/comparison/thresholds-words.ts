import type { AlertCosts, ThresholdRule, ThresholdsDocument } from '../../src-main/ipc/thresholds.ts';
import { count, money, type Grouping } from '../ui/format.ts';
import { inSentence, listed, startOfSentence } from './model-words.ts';

/** An amount in the portfolio's currency; a plain number where it has none. */
export const amountIn =
  (currency: string, grouping: Grouping) =>
  (amount: number | null): string =>
    currency === '' ? count(amount, grouping) : money(amount, { currency, grouping });

/** What each rule does, for the analyst. */
export const RULE_MEANINGS: Record<ThresholdRule['kind'], string> = {
  cost: 'The threshold at which missed defaults and false alerts together cost least on the validation customers.',
  budget: 'The lowest threshold that alerts no more than this share of what is counted, on the validation customers.',
  f1: 'The threshold with the best balance of precision and recall (F1) on the validation customers.',
  hand: 'The same threshold for every model.',
};

/** Whether costs can be reckoned with: none below nothing, and not both nothing. */
export const areCosts = ({ missed, falseAlert }: AlertCosts) =>
  missed >= 0 && falseAlert >= 0 && missed + falseAlert > 0 && missed + falseAlert < 1e12;

type Judged = Pick<ThresholdsDocument, 'models' | 'pairs' | 'unit' | 'alertNobody' | 'alertAll'>;

/** Which models cost least, as far as their intervals tell, and whether that is less than having none. */
export function costVerdict({ models, pairs, unit, alertNobody, alertAll }: Judged, write: (amount: number) => string) {
  if (models.length === 0) return '';
  const cheapest = models.reduce((best, model) => (costOf(model) < costOf(best) ? model : best));
  const tied = models.filter((model) => model !== cheapest && !isClearlyDearer(model.id, cheapest.id, pairs));
  const name = startOfSentence(inSentence(cheapest));
  const { rule, costPer1000: gain } = cheapest.againstNone;
  const none = rule === 'nobody' ? 'alerting nobody' : `alerting all ${unit}`;
  const noneCost = write((rule === 'nobody' ? alertNobody : alertAll).costPer1000.value ?? 0);
  const cost = `${write(costOf(cheapest))} per 1,000 ${unit}`;
  const least =
    tied.length === 0
      ? `${name} ${models.length === 1 ? 'costs' : 'is cheapest:'} ${cost}`
      : `${startOfSentence(listed([cheapest, ...tied].map(inSentence)))} can’t be told apart here by cost: ${inSentence(cheapest)} costs ${cost}`;
  const first =
    gain.high !== null && gain.high < 0
      ? `${least}, where ${none} costs ${noneCost}.`
      : gain.value !== null && gain.value >= 0
        ? `${least}. That is no less than ${none} (${noneCost}) here: difference ${write(gain.value)}${interval(gain, write)}.`
        : `${least}; whether that is less than ${none} (${noneCost}) is not certain.`;
  if (tied.length === models.length - 1) return first;
  return `${first} The other models cost more beyond the interval of the difference.`;
}

const interval = ({ low, high }: AgainstNone, write: (amount: number) => string) =>
  low === null || high === null ? '' : ` [${write(low)}, ${write(high)}]`;

type AgainstNone = Judged['models'][number]['againstNone']['costPer1000'];

const costOf = (model: Judged['models'][number]) => model.costPer1000.value ?? Infinity;

function isClearlyDearer(id: string, cheapest: string, pairs: Judged['pairs']): boolean {
  return pairs.some(
    ({ a, b, low, high }) =>
      (a === id && b === cheapest && low !== null && low > 0) ||
      (a === cheapest && b === id && high !== null && high < 0),
  );
}
