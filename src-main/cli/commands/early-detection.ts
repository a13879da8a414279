import { USUAL_REQUEST } from '../../evaluation/early-detection-rule.ts';
import type { EarlyDetection, EarlyDetectionRequest } from '../../ipc/early-detection.ts';
import { DuecastError } from '../../ipc/errors.ts';
import { earlyVerdictLine } from '../../reporting/early-verdict.ts';
import { spreadWithRange } from '../../reporting/figures.ts';
import { UNCORRECTED } from '../../reporting/verdict.ts';
import type { Arguments, Options } from '../arguments.ts';
import { table } from '../table.ts';
import { counted, metric, MODEL_NAMES, noteLine, pValue, signed, withInterval } from '../words.ts';

export const EARLY_OPTIONS: Options = {
  'alert-budget': { value: 'N', about: `false alerts per 100 good customer-months (${USUAL_REQUEST.budget})` },
  'lead-from': {
    value: 'DAYS',
    about: `an alert is in time from so many days before the event on (${USUAL_REQUEST.leadFromDays})`,
  },
  'lead-to': { value: 'DAYS', about: `and until so many days before it (${USUAL_REQUEST.leadToDays})` },
};

export const EARLY_USAGE = '[--alert-budget 2] [--lead-from 90] [--lead-to 7]';

/** Throws `usage`. */
export function earlyRequest(args: Arguments): EarlyDetectionRequest {
  const budget = args.text('alert-budget');
  if (budget !== null && !/^\d{1,6}(?:\.\d+)?$/.test(budget))
    throw new DuecastError('usage', `--alert-budget takes a number above 0, not “${budget}”.`);
  return {
    budget: budget === null ? USUAL_REQUEST.budget : Number(budget),
    leadFromDays: args.integer('lead-from') ?? USUAL_REQUEST.leadFromDays,
    leadToDays: args.integer('lead-to') ?? USUAL_REQUEST.leadToDays,
  };
}

const share = (value: number | null) => (value === null ? 'n/a' : `${(100 * value).toFixed(0)}%`);
const oneDecimal = (value: number | null) => metric(value, 1);
/** As a percentage of two digits: a threshold may be far below 1%. */
const thresholdOf = (pd: number | null) => (pd === null ? 'never' : `${Number((100 * pd).toPrecision(2))}%`);
const signedDays = (value: number | null) => signed(value, 1);

export function formatEarlyDetection({ outOfTime, ...early }: EarlyDetection): string {
  const whole = formatTime(early, 'How early models warn');
  if (!outOfTime) return whole;
  const { step, date } = outOfTime.from;
  return `${whole}\n\n${formatTime(outOfTime, `How early models warn out of time, from ${date ?? `step ${step}`} on`)}`;
}

function formatTime(early: Omit<EarlyDetection, 'outOfTime'>, title: string): string {
  const { settings, reason, judged, models, pairs, notes } = early;
  if (reason !== null) return `${title}\n${reason}`;
  const { budget, leadFromDays, leadToDays } = settings;
  const row = (title: string, cell: (model: (typeof models)[number]) => string) => [title, ...models.map(cell)];
  const rows = [
    row('threshold (PD)', ({ threshold }) => thresholdOf(threshold)),
    row(`timely recall`, ({ timelyRecall }) => withInterval(timelyRecall, share)),
    row('  good customers, pseudo-events', ({ controls }) => withInterval(controls.timelyRecall, share)),
    row('  same scores, shuffled', ({ shuffled }) => share(shuffled.timelyRecall)),
    row('lead days, detected: mean', ({ lead }) => withInterval(lead.detectedMean, oneDecimal)),
    row('  median', ({ lead }) => withInterval(lead.detectedMedian, oneDecimal)),
    row('lead days, over all: mean', ({ lead }) => withInterval(lead.allMean, oneDecimal)),
    row('  median', ({ lead }) => withInterval(lead.allMedian, oneDecimal)),
    row('  same scores, shuffled', ({ shuffled }) => oneDecimal(shuffled.leadAllMean)),
    row('alerts per 1,000 and month', ({ alertsPer1000 }) => withInterval(alertsPer1000, oneDecimal)),
    row('false alerts per 100 months', ({ falseAlertsPer100 }) => withInterval(falseAlertsPer100, oneDecimal)),
    row('at equal false alerts: lead days over all', ({ atEqualAlerts }) =>
      withInterval(atEqualAlerts.leadAllMean, oneDecimal),
    ),
    row('  timely recall', ({ atEqualAlerts }) => withInterval(atEqualAlerts.timelyRecall, share)),
    ...models[0].recallAt.map(({ days }, i) =>
      row(`recall ${days} days before${ceiling(judged, i)}`, ({ recallAt }) =>
        judged.reachable[i].defaulters === 0 ? 'n/a' : withInterval(recallAt[i].recall, share),
      ),
    ),
  ];
  const names = new Map(models.map(({ id, kind }) => [id, MODEL_NAMES[kind]]));
  const differences = pairs.map(({ a, b, leadAllMean, timelyRecall }) => [
    `${names.get(a)} − ${names.get(b)}`,
    withInterval(leadAllMean, signedDays),
    pValue(leadAllMean.p),
    withInterval(timelyRecall, (value) => signedDays(value === null ? null : 100 * value)),
    pValue(timelyRecall.p),
  ]);
  return [
    `${title}: ${counted(judged.defaulters, 'test customer')} with an event, ${counted(judged.goodCustomers, 'good customer')} watched for ${counted(Math.round(judged.goodMonths), 'month')}; ` +
      `${budget} false alerts per 100 good customer-months, in time from ${leadFromDays} to ${leadToDays} days before.`,
    '',
    table(
      ['', ...models.map(({ kind }) => MODEL_NAMES[kind])],
      rows,
      rows[0].map((_, column) => column > 0),
    ),
    '',
    ...(pairs.length === 0
      ? []
      : [
          table(
            ['difference at the same budget', 'lead days over all', 'p', 'timely recall, points', 'p'],
            differences,
            [false, true, true, true, true],
          ),
          ...(pairs.length > 1 ? [UNCORRECTED] : []),
          '',
          ...[earlyVerdictLine(early)].filter((line) => line !== null),
        ]),
    ...seedsTable(early),
    ...notes.map(noteLine),
  ].join('\n');
}

/** What the other seeds gave, where there are any. */
function seedsTable({ seeds }: Pick<EarlyDetection, 'seeds'>): string[] {
  if (!seeds) return [];
  const rows = seeds.models.map(({ kind, leadAllMean, timelyRecall }) => [
    MODEL_NAMES[kind],
    spreadWithRange(leadAllMean, oneDecimal),
    spreadWithRange(timelyRecall, share),
  ]);
  const trained = seeds.experiments.map(({ experimentId, seed }) => `${seed} (experiment ${experimentId})`);
  return [
    `Over ${seeds.experiments.length} seeds, ${trained.join(', ')}, at equal false alerts: mean ± standard deviation (range).`,
    table(['', 'lead days over all', 'timely recall'], rows, [false, true, true]),
    '',
  ];
}

/** Of the customers with an event, how many had a score that early; nothing where all had. */
const ceiling = ({ defaulters, reachable }: EarlyDetection['judged'], i: number) =>
  reachable[i].defaulters === defaulters ? '' : ` (${reachable[i].defaulters} of ${defaulters} scored)`;
