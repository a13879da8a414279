import type { Estimate } from '../ipc/documents.ts';
import { FIGURES, type ModelWarnings, type WatchedMonths } from './early-detection-figures.ts';
import {
  NO_INTERVAL,
  NOT_NEGATIVE,
  smallSampleFactor,
  steppedInterval,
  valueInterval,
  type Interval,
} from './intervals.ts';
import { deviation } from './moments.ts';
import { resampledRate, resampledShare } from './share-intervals.ts';

/**
 * What was measured of one model's warnings, in the order of measureWarnings, with the interval that its resampled
 * values give ([figures][resamples]): shares of customers by Wilson, rates of alerts as counts, means as widened
 * percentiles, medians as percentiles. docs/intervals.md says why.
 */
export function earlyEstimates(
  figures: Float64Array,
  draws: readonly Float64Array[],
  warnings: ModelWarnings,
  months: WatchedMonths,
): Estimate[] {
  const defaulters = warnings.leads.length;
  const controls = warnings.timelyControls.reduce((count, share) => count + (Number.isNaN(share) ? 0 : 1), 0);
  const warned = Math.round(figures[FIGURES.indexOf('timelyRecall')] * defaulters);
  const [goodsAlerted, defaultersAlerted] = [warnings.goodAlerts, warnings.defaulterAlerts].map(countAlerted);
  const goodMonths = sumOf(months.goods);

  const intervalOf = (name: (typeof FIGURES)[number] | undefined, value: number, drawn: Float64Array): Interval => {
    switch (name) {
      case 'detectedMean':
        return meanInterval(value, drawn, warned);
      case 'allMean':
      case 'equalLead':
        return meanInterval(value, drawn, defaulters);
      case 'detectedMedian':
      case 'allMedian':
        return steppedInterval(drawn);
      case 'alertsPer1000':
        return resampledRate(
          value,
          drawn,
          (goodMonths + sumOf(months.defaulters)) / 1_000,
          goodsAlerted + defaultersAlerted,
        );
      case 'falseAlertsPer100':
        return resampledRate(value, drawn, goodMonths / 100, goodsAlerted);
      case 'controlsTimely':
        return resampledShare(value, drawn, controls);
      // And the recall at each number of days.
      default:
        return resampledShare(value, drawn, defaulters);
    }
  };
  return Array.from(figures, (value, f): Estimate =>
    Number.isFinite(value) ? { value, ...intervalOf(FIGURES[f], value, draws[f]) } : { value: null, ...NO_INTERVAL },
  );
}

/** None where all are alike: nothing tells then how much others would differ. */
function meanInterval(value: number, draws: Float64Array, customers: number): Interval {
  if (!(deviation(draws) > 0)) return NO_INTERVAL;
  return valueInterval(draws, value, {
    method: 'percentile',
    factor: smallSampleFactor(customers),
    range: NOT_NEGATIVE,
  });
}

const countAlerted = (alerts: Int32Array) => alerts.reduce((count, own) => count + (own > 0 ? 1 : 0), 0);
const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
