import { scoresInARow } from '../../src-main/evaluation/early-detection-alerts.ts';
import { resampleWarnings } from '../../src-main/evaluation/early-detection-bootstrap.ts';
import { drawPseudoEvents } from '../../src-main/evaluation/early-detection-controls.ts';
import {
  FIGURES,
  measureWarnings,
  warningsOf,
  watchedMonths,
} from '../../src-main/evaluation/early-detection-figures.ts';
import { judgedCustomers, monthsOfAll } from '../../src-main/evaluation/early-detection-judged.ts';
import { alertRule } from '../../src-main/evaluation/early-detection-rule.ts';
import { candidateThresholds, lowestWithin } from '../../src-main/evaluation/early-detection-thresholds.ts';
import type { ScoredTracks } from '../../src-main/evaluation/early-detection.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { CoverageCounts, type Covered, type SampledDesign } from './coverage-counts.ts';
import { drawTracks, type TrackPopulation } from './known-tracks.ts';

export interface EarlyCoverageSettings extends SampledDesign {
  population: TrackPopulation;
  /** False alerts per 100 good customer-months. */
  budget: number;
}

const MODELS = ['sharper', 'other'] as const;
/** Weeks before the event: about 90, 60, 30, 14 and 7 days. */
const RECALL_STEPS = [13, 9, 5, 2, 1];
const NAMES = [...FIGURES, ...RECALL_STEPS.map((steps) => `recall ${steps} weeks before`)];

/**
 * How often the intervals of early detection hold what is true at thresholds that stay as one validation part set them;
 * differences at equal false alerts likewise.
 */
export async function measureEarlyCoverage(settings: EarlyCoverageSettings): Promise<Covered[]> {
  const { population, budget, customers, samples, truthCustomers, seed, progress } = settings;
  const rule = alertRule('week', { budget, leadFromDays: 90, leadToDays: 7 });
  const validation = drawTracks(seed, 400, population);
  const { goods } = judgedCustomers(validation.tracks, rule);
  const allowed = Math.floor((budget * monthsOfAll(validation.tracks, goods, rule)) / 100);
  const thresholds = validation.scores.map((scores) => {
    const met = scoresInARow(validation.tracks, scores, rule.inARow);
    const candidates = candidateThresholds(met);
    return candidates[lowestWithin(validation.tracks, met, candidates, rule.quietSteps, allowed)];
  });
  const watch = ({ tracks, scores }: ScoredTracks, own: number) => {
    const judged = judgedCustomers(tracks, rule);
    const pseudo = drawPseudoEvents(tracks, judged, rule, false, createRandom(own));
    const alerts = (budget * monthsOfAll(tracks, judged.goods, rule)) / 100;
    return {
      months: watchedMonths(tracks, judged, rule),
      models: scores.map((of, m) => warningsOf(tracks, judged, pseudo, rule, of, thresholds[m], alerts)),
    };
  };

  const everyone = watch(drawTracks(seed + 1, truthCustomers, population), 1);
  const once = {
    defaulters: everyone.months.defaulters.map(() => 1),
    goods: everyone.months.goods.map(() => 1),
  };
  const truth = everyone.models.map((model) =>
    measureWarnings(model, everyone.months, rule, RECALL_STEPS, budget, once),
  );
  const counts = new CoverageCounts();
  for (let sample = 0; sample < samples; sample++) {
    const { models, months } = watch(drawTracks(seed + 2 + sample, customers, population), sample);
    const how = { budget, resamples: 1_000, seed: sample };
    const { estimates, pairs } = await resampleWarnings(models, months, rule, RECALL_STEPS, how, {});
    NAMES.forEach((name, figure) =>
      MODELS.forEach((model, m) => counts.add(name, model, estimates[m][figure], truth[m][figure])),
    );
    const apart = (name: string) => truth[0][NAMES.indexOf(name)] - truth[1][NAMES.indexOf(name)];
    counts.add('equalTimely', 'difference', pairs[0].timelyRecall, apart('equalTimely'));
    counts.add('equalLead', 'difference', pairs[0].leadAllSteps, apart('equalLead'));
    progress?.(sample + 1, counts);
  }
  return counts.shares();
}
