import { bootstrap } from '../../src-main/evaluation/bootstrap.ts';
import { referenceOf, type ScoreReference } from '../../src-main/evaluation/stability.ts';
import type { Estimate } from '../../src-main/ipc/documents.ts';
import type { JudgedMetricName } from '../../src-main/ipc/judged-metrics.ts';
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

/** How often 95% intervals held the true value: of the sharper model, and of the difference to the blunter one. */
export interface Coverage {
  samples: number;
  metrics: Record<JudgedMetricName, number>;
  differences: Record<JudgedMetricName, number>;
  truth: Record<JudgedMetricName, number | null>;
}

/** Draws many data sets from a known population and counts how often the intervals hold what is true of it. */
export async function measureCoverage(settings: CoverageSettings): Promise<Coverage> {
  const { population, customers, samples, truthCustomers, seed } = settings;
  // Training is drawn once: the index measures how far the test rows are from what was trained on.
  const training = drawSample(seed, 20_000, { ...population, intercept: population.intercept - 0.5 });
  const references: ScoreReference[] = training.models.map((scores) => referenceOf(scores));
  const judge = (one: ReturnType<typeof drawSample>, number: number) =>
    bootstrap(one.rows, one.models, { resamples: 1_000, seed: number, references });
  // Only the measured values count here: a resample of so many rows hardly moves.
  const truth = await judge(drawSample(seed + 1, truthCustomers, population), 1);
  const [trueMetrics, trueDifferences] = [truth.metrics[0], truth.pairs[0].differences];
  const names = Object.keys(trueMetrics) as JudgedMetricName[];
  const none = () => Object.fromEntries(names.map((name) => [name, 0])) as Coverage['metrics'];
  const held = { metrics: none(), differences: none() };
  for (let sample = 0; sample < samples; sample++) {
    const { metrics, pairs } = await judge(drawSample(seed + 2 + sample, customers, population), sample);
    for (const name of names) {
      if (holds(metrics[0][name], trueMetrics[name])) held.metrics[name]++;
      if (holds(pairs[0].differences[name], trueDifferences[name])) held.differences[name]++;
    }
    settings.progress?.(sample + 1);
  }
  const shares = (counts: Coverage['metrics']) =>
    Object.fromEntries(names.map((name) => [name, counts[name] / samples])) as Coverage['metrics'];
  return {
    samples,
    metrics: shares(held.metrics),
    differences: shares(held.differences),
    truth: Object.fromEntries(names.map((name) => [name, trueMetrics[name].value])) as Coverage['truth'],
  };
}

const holds = ({ low, high }: Estimate, { value }: Estimate) =>
  value !== null && low !== null && high !== null && low <= value && value <= high;
