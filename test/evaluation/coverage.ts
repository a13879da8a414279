import { bootstrap } from '../../src-main/evaluation/bootstrap.ts';
import { referenceOf } from '../../src-main/evaluation/stability.ts';
import {
  measureOnce,
  prepareModel,
  RESAMPLED,
  totalsByCustomer,
  type Measured,
  type Resampled,
} from '../../src-main/evaluation/weighted-metrics.ts';
import type { Estimate } from '../../src-main/ipc/documents.ts';
import { drawSample, type Population } from './known-population.ts';

export interface CoverageSettings {
  population: Population;
  customers: number;
  /** Data sets that are drawn. */
  samples: number;
  /** Customers of the sample that stands for the truth. */
  truthCustomers: number;
  seed: number;
  progress?: (done: number) => void;
}

/** How often 95% intervals held the true value, as shares. */
export interface Coverage {
  truth: Measured;
  /** Of the sharper model. */
  metrics: Record<Resampled, number>;
  /** Of its difference to the blunter one; null where there is no interval. */
  differences: Record<Resampled, number | null>;
}

/** Training saw fewer events than the population has, so that the stability index is not 0. */
const TRAINING = { customers: 20_000, shift: -0.5 };

/** Draws many data sets from a known population and counts how often the intervals hold what is true of it. */
export async function measureCoverage(settings: CoverageSettings): Promise<Coverage> {
  const { population, customers, samples, truthCustomers, seed } = settings;
  const training = drawSample(seed, TRAINING.customers, {
    ...population,
    intercept: population.intercept + TRAINING.shift,
  });
  const references = training.models.map((scores) => referenceOf(scores));
  const { rows, models } = drawSample(seed + 1, truthCustomers, population);
  const totals = totalsByCustomer(rows.labels, rows.customers, truthCustomers);
  const [truth, blunt] = models.map((scores, m) =>
    measureOnce(prepareModel(scores, rows.labels, rows.customers, truthCustomers, references[m]), totals),
  );
  const held = { metrics: none(), differences: none(), intervals: none() };
  for (let sample = 0; sample < samples; sample++) {
    const drawn = drawSample(seed + 2 + sample, customers, population);
    const { metrics, pairs } = await bootstrap(drawn.rows, drawn.models, {
      resamples: 1_000,
      seed: sample,
      references,
    });
    for (const name of RESAMPLED) {
      const difference = pairs[0].differences[name];
      if (holds(metrics[0][name], truth[name])) held.metrics[name]++;
      if (holds(difference, truth[name] - blunt[name])) held.differences[name]++;
      if (difference.low !== null) held.intervals[name]++;
    }
    settings.progress?.(sample + 1);
  }
  return {
    truth,
    metrics: ofEach((name) => held.metrics[name] / samples),
    differences: ofEach((name) => (held.intervals[name] === 0 ? null : held.differences[name] / samples)),
  };
}

const ofEach = <T>(of: (name: Resampled) => T) =>
  Object.fromEntries(RESAMPLED.map((name) => [name, of(name)])) as Record<Resampled, T>;
const none = () => ofEach(() => 0);

const holds = ({ low, high }: Estimate, value: number) =>
  low !== null && high !== null && low <= value && value <= high;
