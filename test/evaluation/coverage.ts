import { bootstrap } from '../../src-main/evaluation/bootstrap.ts';
import { calibrationBins } from '../../src-main/evaluation/calibration-bins.ts';
import { deLong } from '../../src-main/evaluation/delong.ts';
import { binOf, boundsLike } from '../../src-main/evaluation/equal-bins.ts';
import { referenceOf } from '../../src-main/evaluation/stability.ts';
import {
  measureOnce,
  prepareModel,
  RESAMPLED,
  totalsByCustomer,
  type Measured,
} from '../../src-main/evaluation/weighted-metrics.ts';
import { CoverageCounts, type Covered, type SampledDesign } from './coverage-counts.ts';
import { drawSample, type Population, type Sample } from './known-population.ts';

export interface CoverageSettings extends SampledDesign {
  population: Population;
}

export interface Coverage {
  /** Of the sharper model. */
  truth: Measured;
  covered: Covered[];
}

/** Training saw fewer events than the population has, so that the stability index is not 0. */
const TRAINING = { customers: 20_000, shift: -0.5 };
const MODELS = ['sharper', 'other'] as const;
const BINS = 10;

/** Draws many data sets from a known population and counts how often a comparison's intervals hold what is true of it. */
export async function measureCoverage(settings: CoverageSettings): Promise<Coverage> {
  const { population, customers, samples, truthCustomers, seed, progress } = settings;
  const training = drawSample(seed, TRAINING.customers, {
    ...population,
    intercept: population.intercept + TRAINING.shift,
  });
  const references = training.models.map((scores) => referenceOf(scores));
  const everyone = drawSample(seed + 1, truthCustomers, population);
  const truth = truthOf(everyone, truthCustomers, references);
  // Two models that are equally good differ by nothing, whatever a large sample says.
  const apart = (a: number, b: number) => (population.other === 'equal' ? 0 : a - b);
  const binsOfAll = everyone.models.map((scores) => sharesByBin(scores, everyone));
  const counts = new CoverageCounts();
  for (let sample = 0; sample < samples; sample++) {
    const { rows, models } = drawSample(seed + 2 + sample, customers, population);
    const { metrics, pairs } = await bootstrap(rows, models, { resamples: 1_000, seed: sample, references });
    for (const name of RESAMPLED) {
      MODELS.forEach((model, m) => counts.add(name, model, metrics[m][name], truth[m][name]));
      counts.add(name, 'difference', pairs[0].differences[name], apart(truth[0][name], truth[1][name]));
    }
    MODELS.forEach((model, m) => {
      for (const { meanPd, ...interval } of calibrationBins(models[m], rows, BINS))
        counts.add('calibration bins', model, interval, binsOfAll[m][binAt(meanPd)]);
    });
    const independent = population.mostRows === 1 ? deLong(models, rows.labels) : null;
    if (independent !== null) {
      MODELS.forEach((model, m) => counts.add('AUC by DeLong', model, independent.aucs[m], truth[m].auc));
      counts.add('AUC by DeLong', 'difference', independent.pairs[0], apart(truth[0].auc, truth[1].auc));
    }
    progress?.(sample + 1, counts);
  }
  return { truth: truth[0], covered: counts.shares() };
}

function truthOf({ rows, models }: Sample, customers: number, references: ReturnType<typeof referenceOf>[]) {
  const totals = totalsByCustomer(rows.labels, rows.customers, customers);
  return models.map((scores, m) =>
    measureOnce(prepareModel(scores, rows.labels, rows.customers, customers, references[m]), totals),
  );
}

const BOUNDS = boundsLike(new Float64Array(0), BINS);
const binAt = (pd: number) => binOf(pd, BOUNDS, 'lower');

/** [bins]: the share of events by PD. */
function sharesByBin(scores: Float32Array, { rows }: Sample): Float64Array {
  const [all, events] = [new Float64Array(BINS), new Float64Array(BINS)];
  const bounds = boundsLike(scores, BINS);
  scores.forEach((score, i) => {
    const bin = binOf(score, bounds, 'lower');
    all[bin]++;
    events[bin] += rows.labels[i];
  });
  return events.map((count, bin) => count / all[bin]);
}
