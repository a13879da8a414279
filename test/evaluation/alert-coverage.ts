import type { AlertUnit, KeptCosts } from '../../src-main/ipc/thresholds.ts';
import { alertsFrom, costPer1000, matrixOf, ratesOf } from '../../src-main/evaluation/thresholds/alert-outcomes.ts';
import { alertUnits } from '../../src-main/evaluation/thresholds/alert-units.ts';
import { RATES } from '../../src-main/evaluation/thresholds/bootstrap-alerts.ts';
import { judgeThresholds } from '../../src-main/evaluation/thresholds/judge-thresholds.ts';
import { CoverageCounts, type Covered, type SampledDesign } from './coverage-counts.ts';
import { drawSample, type Population, type Sample } from './known-population.ts';

export interface AlertCoverageSettings extends SampledDesign {
  population: Population;
  unit: AlertUnit;
  /** The threshold, the same for both models and every data set. */
  pd: number;
}

const MODELS = ['sharper', 'other'] as const;
const COSTS: KeptCosts = { missed: 10, falseAlert: 1, assumed: true };

/** How often the intervals of alerts from a threshold on hold what they are in the population. */
export async function measureAlertCoverage(settings: AlertCoverageSettings): Promise<Covered[]> {
  const { population, unit, pd, customers, samples, truthCustomers, seed, progress } = settings;
  const truth = truthOf(drawSample(seed, truthCustomers, population), unit, pd);
  const counts = new CoverageCounts();
  for (let sample = 0; sample < samples; sample++) {
    const drawn = drawSample(seed + 1 + sample, customers, population);
    const found = await judgeThresholds({
      rule: { kind: 'hand', threshold: pd },
      unit,
      costs: COSTS,
      validation: drawn.rows,
      judged: drawn.rows,
      models: drawn.models.map((scores, m) => ({
        id: String(m),
        kind: 'logistic',
        validation: scores,
        judged: scores,
      })),
      resamples: 1_000,
      seed: sample,
    });
    MODELS.forEach((model, m) => {
      const { intervals, costPer1000: cost, againstNone } = found.models[m];
      for (const rate of RATES) counts.add(rate, model, intervals[rate], truth[m][rate] ?? NaN);
      counts.add('cost', model, cost, truth[m].cost);
      counts.add(
        'cost, less that of no model',
        model,
        againstNone.costPer1000,
        truth[m].cost - truth[m][againstNone.rule],
      );
    });
    const apart = population.other === 'equal' ? 0 : truth[0].cost - truth[1].cost;
    counts.add('cost', 'difference', found.pairs[0], apart);
    progress?.(sample + 1, counts);
  }
  return counts.shares();
}

function truthOf({ rows, models }: Sample, unit: AlertUnit, pd: number) {
  const { labels, scoresOf } = alertUnits(rows, unit);
  const costOf = (alerts: Uint8Array) => costPer1000(matrixOf(alerts, labels), COSTS);
  const [nobody, all] = [0, 1].map((alerted) => costOf(new Uint8Array(labels.length).fill(alerted)));
  return models.map((scores) => {
    const alerts = alertsFrom(pd, scoresOf(scores));
    return { ...ratesOf(matrixOf(alerts, labels)), cost: costOf(alerts), nobody, all };
  });
}
