import type { Estimate } from '../../src-main/ipc/documents.ts';
import type {
  EarlyDetection,
  EarlyDetectionOutOfTime,
  EarlyDifference,
  EarlyModel,
} from '../../src-main/ipc/early-detection.ts';
import type { Series } from '../charts/series.ts';
import { metric, MODEL_NAMES, percent } from '../ui/format.ts';
import { isBeyondInterval } from './better.ts';

export interface EarlyRow {
  title: string;
  explanation: string;
  /** A figure that another one stands beside. */
  isMinor: boolean;
  of: (model: EarlyModel) => Estimate;
  write: (value: number | null) => string;
  /** What models are compared by, where they are; a higher one is better. */
  compared: 'leadAllMean' | 'timelyRecall' | null;
  /** Why there is no figure. */
  reason: string;
}

const share = (value: number | null) => percent(value, 0);
const days = (value: number | null) => metric(value, 1);
const alone = (value: number | null): Estimate => ({ value, low: null, high: null });

/** What a comparison says of a part; undefined where an earlier version did not measure that. */
export const earlyOf = (
  detection: EarlyDetection | undefined,
  part: 'test' | 'outOfTime',
): EarlyDetection | EarlyDetectionOutOfTime | undefined =>
  part === 'test' ? detection : (detection?.outOfTime ?? undefined);

/** In the order of the table. */
export function earlyRows({ settings, judged, models }: EarlyDetection): EarlyRow[] {
  const { leadFromDays, leadToDays, budget } = settings;
  const nobody = 'No customer was warned in time.';
  const row = (
    title: string,
    of: EarlyRow['of'],
    write: EarlyRow['write'],
    explanation: string,
    more: Partial<EarlyRow> = {},
  ): EarlyRow => ({ title, of, write, explanation, isMinor: false, compared: null, reason: nobody, ...more });
  return [
    row(
      'Timely recall',
      ({ timelyRecall }) => timelyRecall,
      share,
      `Share of the customers with an event who were warned ${leadFromDays} to ${leadToDays} days before it.`,
    ),
    row(
      'good customers, by chance',
      ({ controls }) => controls.timelyRecall,
      share,
      'Good customers in the place of those with an event, before an event that never was: what alerts reach by chance.',
      { isMinor: true, reason: 'No good customer was scored over such a stretch of time.' },
    ),
    row(
      'Lead time, detected: mean days',
      ({ lead }) => lead.detectedMean,
      days,
      'Days from the first warning in time to the event, among the customers who were warned in time.',
    ),
    row('median', ({ lead }) => lead.detectedMedian, days, 'Half of them were warned earlier.', { isMinor: true }),
    row(
      'Lead time, over all: mean days',
      ({ lead }) => lead.allMean,
      days,
      'The same over all customers with an event; who was not warned in time counts as 0 days.',
    ),
    row('median', ({ lead }) => lead.allMedian, days, 'Half of them were warned earlier.', { isMinor: true }),
    ...models[0].recallAt.map(({ days: at }, i) => {
      const reachable = judged.reachable[i].defaulters;
      return row(
        `Recall ${at} days before${reachable < judged.defaulters ? ` (${reachable} of ${judged.defaulters} scored)` : ''}`,
        ({ recallAt }) => (reachable === 0 ? alone(null) : recallAt[i].recall),
        share,
        `Share warned at least ${at} days before the event. ${reachable} of ${judged.defaulters} had a score then.`,
        { reason: 'No customer with an event had a score then.' },
      );
    }),
    row(
      'Alerts per 1,000 customers and month',
      ({ alertsPer1000 }) => alertsPer1000,
      days,
      'All alerts that somebody would have to look at, right or wrong.',
    ),
    row(
      'False alerts per 100 good customer-months',
      ({ falseAlertsPer100 }) => falseAlertsPer100,
      days,
      `What the budget of ${budget} turned out to be on these customers; thresholds were set on others.`,
    ),
    row(
      'At equal false alerts: lead time over all',
      ({ atEqualAlerts }) => atEqualAlerts.leadAllMean,
      days,
      `Where the false alerts of every model equal the budget of ${budget}; bold: longer than another model’s beyond the interval of their difference.`,
      { compared: 'leadAllMean' },
    ),
    row(
      'timely recall',
      ({ atEqualAlerts }) => atEqualAlerts.timelyRecall,
      share,
      `Where the false alerts of every model equal the budget of ${budget}.`,
      { isMinor: true, compared: 'timelyRecall' },
    ),
    row(
      'Shuffled scores: timely recall',
      ({ shuffled }) => alone(shuffled.timelyRecall),
      share,
      'The same scores dealt out to other customers, with false alerts as frequent: what the number of alerts alone gives.',
    ),
    row('lead time over all', ({ shuffled }) => alone(shuffled.leadAllMean), days, 'Of the shuffled scores.', {
      isMinor: true,
    }),
  ];
}

/** A PD that may be far below 1%: two digits. */
export const thresholdText = (threshold: number | null) =>
  threshold === null ? 'never' : `${Number((100 * threshold).toPrecision(2))}%`;

/** The ids of the models that one beats beyond the interval; none for one that is itself beaten. */
export function earlierThan(pairs: readonly EarlyDifference[], id: string, by: 'leadAllMean' | 'timelyRecall') {
  const better: string[] = [];
  for (const { a, b, ...difference } of pairs) {
    const estimate = difference[by];
    if ((a !== id && b !== id) || estimate.value === null || !isBeyondInterval(estimate)) continue;
    if (a === id ? estimate.value < 0 : estimate.value > 0) return [];
    better.push(a === id ? b : a);
  }
  return better;
}

/** Shares of customers warned by then, against days from the event; and the controls, as the mean of these models. */
export function detectionSeries({ days: before, models }: EarlyDetection, isShown: (id: string) => boolean): Series[] {
  const x = before.map((day) => -day);
  const shown = models.filter(({ id }) => isShown(id));
  const series: Series[] = shown.map(({ id, kind, curve }) => ({
    id,
    label: MODEL_NAMES[kind],
    look: kind,
    x,
    y: curve.customers,
  }));
  const controls = shown.map(({ curve }) => curve.controls).filter((shares) => shares.length > 0);
  if (controls.length > 0)
    series.push({
      id: 'controls',
      label: 'Controls',
      look: 'muted',
      // Logistic regression is a dotted grey.
      stroke: 'solid',
      x,
      y: x.map((_, i) => controls.reduce((sum, shares) => sum + shares[i], 0) / controls.length),
    });
  return series;
}

/** The shuffled control in a sentence; null where it was not measured. */
export function shuffledWords({ models }: EarlyDetection): string | null {
  const told = models.filter(
    ({ shuffled, timelyRecall }) => shuffled.timelyRecall !== null && timelyRecall.value !== null,
  );
  if (told.length === 0) return null;
  const range = (values: number[]) => {
    const [least, most] = [share(Math.min(...values)), share(Math.max(...values))];
    return least === most ? least : `${least} to ${most}`;
  };
  const shuffled = range(told.map((model) => model.shuffled.timelyRecall!));
  const own = range(told.map((model) => model.timelyRecall.value!));
  return `Dealt out to other customers, the same scores warn ${shuffled} of the customers with an event in time, instead of ${own}: so much the number of alerts gives by itself.`;
}
