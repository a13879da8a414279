import type { SanityCheck, ShuffledDocument } from '../ipc/sanity.ts';
import { MODEL_NAMES } from '../models/model-names.ts';

type ShuffledModel = ShuffledDocument['models'][number];

/** Of the standard normal distribution: what 95 and 99 of 100 draws stay within. */
const WITHIN_95 = 1.96;
const WITHIN_99 = 2.576;

/**
 * The mean over the shuffles, and where 99 of 100 such means lie when histories say nothing of the shuffled outcomes:
 * .5 ± 2.576 standard errors. That of one shuffle is its interval's width / (2 · 1.96); shuffles are independent, so
 * the mean's variance is the mean of theirs divided by their number.
 */
export function judgeShuffles(kind: ShuffledModel['kind'], runs: ShuffledModel['runs']): ShuffledModel {
  const known = runs.flatMap(({ auc, low, high }) =>
    auc === null || low === null || high === null ? [] : [{ auc, error: (high - low) / (2 * WITHIN_95) }],
  );
  if (known.length === 0) return { kind, runs, mean: null, expected: null, mark: 'not-made' };
  const mean = known.reduce((sum, { auc }) => sum + auc, 0) / known.length;
  const error = Math.sqrt(known.reduce((sum, run) => sum + run.error ** 2, 0)) / known.length;
  const expected = { low: 0.5 - WITHIN_99 * error, high: 0.5 + WITHIN_99 * error };
  return { kind, runs, mean, expected, mark: mean > expected.high || mean < expected.low ? 'look' : 'fine' };
}

/** The check in plain words. */
export function wordShuffles(models: readonly ShuffledModel[], times: number): SanityCheck {
  const figures = models
    .map(({ kind, mean, expected }) =>
      mean === null || expected === null
        ? `${MODEL_NAMES[kind]} n/a`
        : `${MODEL_NAMES[kind]} ${mean.toFixed(3)} (chance: ${expected.low.toFixed(3)} to ${expected.high.toFixed(3)})`,
    )
    .join(', ');
  const how = `Outcomes were shuffled between customers ${times === 1 ? 'once' : `${times} times`}, and models trained on them; mean AUC on validation customers: ${figures}.`;
  if (models.every(({ mark }) => mark === 'not-made')) {
    return {
      key: 'shuffled',
      mark: 'not-made',
      title: 'Shuffled outcomes tell nothing here',
      text: `${how} Too few validation customers have either outcome to say how near .5 it should be.`,
      advice: null,
      inputs: [],
    };
  }
  if (models.every(({ mark }) => mark !== 'look')) {
    return {
      key: 'shuffled',
      mark: 'fine',
      title: 'Shuffled outcomes can’t be predicted',
      text: `${how} As near .5 as chance allows, so nothing passes from training to validation but what behaviour says of the outcome. A column that is the outcome itself this check can’t see: the AUC of each input alone does.`,
      advice: null,
      inputs: [],
    };
  }
  return {
    key: 'shuffled',
    mark: 'look',
    title: 'Shuffled outcomes can be predicted: something leaks',
    text: `${how} With outcomes dealt at random there is nothing to be learned, so a model that does better knows validation customers by another way: the same people under two ids, or, with event dates, the calendar.`,
    advice:
      'Look at the customers under two ids and at the calendar above. Until it is found, take every AUC here for too high by as much.',
    inputs: [],
  };
}
