import type { Estimate } from '../ipc/documents.ts';
import type { AlertRule, TestedDifference } from '../ipc/early-detection.ts';
import { createRandom } from '../sequences/random.ts';
import { differenceInterval, percentileInterval } from './intervals.ts';
import {
  FIGURES,
  measureWarnings,
  type ModelWarnings,
  type WatchedMonths,
  type Weights,
} from './early-detection-figures.ts';
import { createPacer, type RunOptions } from './pacing.ts';

export interface Resampled {
  /** One entry a model: estimates in the order of measureWarnings. */
  estimates: Estimate[][];
  /** Every two models once, `a` minus `b` by their places: at equal realised false alerts, leads in steps. */
  pairs: { a: number; b: number; timelyRecall: TestedDifference; leadAllSteps: TestedDifference }[];
}

const EQUAL_TIMELY = FIGURES.indexOf('equalTimely');
const EQUAL_LEAD = FIGURES.indexOf('equalLead');

/**
 * Percentile intervals from a bootstrap over the judged customers, defaulters and good ones together, as bootstrap.ts
 * has it. The thresholds of a model's own figures stay as validation set them; where models are compared each resample
 * finds anew the threshold at which its false alerts equal the budget. What a resample can't tell is left out of it.
 */
export async function resampleWarnings(
  models: readonly ModelWarnings[],
  months: WatchedMonths,
  rule: AlertRule,
  recallSteps: readonly number[],
  { budget, resamples, seed }: { budget: number; resamples: number; seed: number },
  { signal, progress }: RunOptions,
): Promise<Resampled> {
  const pacer = createPacer(signal);
  const weights: Weights = {
    defaulters: new Float64Array(months.defaulters.length).fill(1),
    goods: new Float64Array(months.goods.length).fill(1),
  };
  const measured = models.map((model) => measureWarnings(model, months, rule, recallSteps, budget, weights));
  const draws = measured.map((figures) => Array.from(figures, () => new Float64Array(resamples)));
  const random = createRandom(seed);
  const defaulters = weights.defaulters.length;
  const customers = defaulters + weights.goods.length;
  for (let r = 0; r < resamples; r++) {
    weights.defaulters.fill(0);
    weights.goods.fill(0);
    for (let i = 0; i < customers; i++) {
      const drawn = random.integer(0, customers - 1);
      if (drawn < defaulters) weights.defaulters[drawn]++;
      else weights.goods[drawn - defaulters]++;
    }
    for (let m = 0; m < models.length; m++) {
      measureWarnings(models[m], months, rule, recallSteps, budget, weights).forEach((value, f) => {
        draws[m][f][r] = value;
      });
      if (pacer.due()) {
        await pacer.pause();
        progress?.(r, resamples);
      }
    }
  }
  progress?.(resamples, resamples);
  const difference = (a: number, b: number, figure: number): TestedDifference => {
    const differences = draws[a][figure].map((value, r) => value - draws[b][figure][r]);
    const estimate = estimateOf(measured[a][figure] - measured[b][figure], differences);
    return { ...estimate, p: estimate.value === null ? null : differenceInterval(differences, 1).p };
  };
  return {
    estimates: measured.map((figures, m) => Array.from(figures, (value, f) => estimateOf(value, draws[m][f]))),
    pairs: models.flatMap((_, a) =>
      models.slice(a + 1).map((_, i) => {
        const b = a + 1 + i;
        return {
          a,
          b,
          timelyRecall: difference(a, b, EQUAL_TIMELY),
          leadAllSteps: difference(a, b, EQUAL_LEAD),
        };
      }),
    ),
  };
}

const estimateOf = (value: number, draws: Float64Array): Estimate =>
  Number.isFinite(value) ? { value, ...percentileInterval(draws) } : { value: null, low: null, high: null };
