import type { Estimate } from '../ipc/documents.ts';
import type { AlertRule, TestedDifference } from '../ipc/early-detection.ts';
import { createRandom } from '../sequences/random.ts';
import { earlyEstimates } from './early-detection-estimates.ts';
import { differenceInterval } from './intervals.ts';
import {
  FIGURES,
  measureWarnings,
  type ModelWarnings,
  type WatchedMonths,
  type Weights,
} from './early-detection-figures.ts';
import { createPacer, type RunOptions } from './pacing.ts';
import { resampledShareDifference } from './share-intervals.ts';

export interface Resampled {
  /** One entry a model: estimates in the order of measureWarnings. */
  estimates: Estimate[][];
  /** Every two models once, `a` minus `b` by their places: at equal realised false alerts, leads in steps. */
  pairs: { a: number; b: number; timelyRecall: TestedDifference; leadAllSteps: TestedDifference }[];
}

const EQUAL_TIMELY = FIGURES.indexOf('equalTimely');
const EQUAL_LEAD = FIGURES.indexOf('equalLead');

/**
 * Intervals from a bootstrap over the judged customers, defaulters and good ones together, as bootstrap.ts has it. The
 * thresholds of a model's own figures stay as validation set them; where models are compared each resample spends just
 * the budget on false alerts (`figuresAtBudget`). What a resample can't tell is left out of it.
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
  return {
    estimates: measured.map((figures, m) => earlyEstimates(figures, draws[m], models[m], months)),
    pairs: models.flatMap((_, a) =>
      models.slice(a + 1).map((_, i) => {
        const b = a + 1 + i;
        const difference = (figure: number) => measured[a][figure] - measured[b][figure];
        const drawn = (figure: number) => draws[a][figure].map((value, r) => value - draws[b][figure][r]);
        return {
          a,
          b,
          timelyRecall: tested(difference(EQUAL_TIMELY), (value) =>
            // Models that warn of the same customers at the same steps are one model.
            drawn(EQUAL_LEAD).every((lead) => lead === 0 || Number.isNaN(lead))
              ? { low: 0, high: 0, p: 1 }
              : resampledShareDifference(value, drawn(EQUAL_TIMELY), defaulters),
          ),
          leadAllSteps: tested(difference(EQUAL_LEAD), () => differenceInterval(drawn(EQUAL_LEAD), 1)),
        };
      }),
    ),
  };
}

function tested(value: number, of: (value: number) => Omit<TestedDifference, 'value'>): TestedDifference {
  return Number.isFinite(value) ? { value, ...of(value) } : { value: null, low: null, high: null, p: null };
}
