import type { EarlyDetection, EarlyModel } from '../../ipc/early-detection.ts';
import { warningsFigure } from '../charts/warning-chart.ts';
import { earlyVerdictLine } from '../early-verdict.ts';
import {
  count,
  counted,
  date,
  estimate,
  metric,
  percent,
  pValue,
  signedEstimate,
  spreadWithRange,
} from '../figures.ts';
import { percentEstimate } from '../metric-words.ts';
import type { ReportInput } from '../report-input.ts';
import { end, list, paragraph, start, type Block, type Column, type Section, type Table } from '../report.ts';
import { nameOf, noteInWords } from '../words.ts';

/** How early the models warn, at the same alert budget. */
export function earlyDetectionSection({ comparison, portfolio }: ReportInput): Section {
  const early = comparison.earlyDetection;
  const title = { id: 'early-detection', title: 'Early detection' };
  if (early === undefined) {
    return {
      ...title,
      blocks: [
        paragraph(
          `Not measured. The comparison that this report is made from holds no lead times, so nothing is said here of how many days earlier one model warns than another. AUC does not tell: a model may rank better and warn later. To measure it, compare the models of experiment ${comparison.experimentId} again.`,
          'caution',
        ),
      ],
    };
  }
  if (early.reason !== null) return { ...title, blocks: [paragraph(`Not measured: ${early.reason}`, 'caution')] };
  return {
    ...title,
    blocks: [
      paragraph(sequenceLine(early), 'verdict'),
      ...outOfTimeVerdict(early),
      paragraph(howMeasured(early)),
      ...(early.eventTaken === 'dated'
        ? []
        : [
            paragraph(
              `The events have no date: the ${portfolio.timeStep ?? 'step'} after a customer’s last one is taken for it. Lead times are right only as far as that is.`,
              'caution',
            ),
          ]),
      modelTable(early),
      recallTable(early),
      ...differenceTable(early),
      ...seedsTable(early),
      warningsFigure(early),
      ...(early.notes.length === 0 ? [] : [list(early.notes.map(noteInWords))]),
      ...outOfTimeBlocks(early),
    ],
  };
}

/** Whether a sequence model warns earlier than the snapshot: the comparison's own pair, as a sentence. */
export const sequenceLine = (early: Pick<EarlyDetection, 'judged' | 'models' | 'sequenceGain' | 'seeds'>): string =>
  earlyVerdictLine(early) ?? 'No sequence model can be held against a snapshot model here.';

function howMeasured({ settings, judged }: EarlyDetection): string {
  const { budget, leadFromDays, leadToDays, inARow, quietSteps, timeStep, resamples } = settings;
  return (
    `Every model has the same alert budget: ${counted(budget, 'false alert')} per 100 good customer-months on validation customers, who set its threshold. ` +
    `An alert is ${counted(inARow, 'score')} in a row at or above it, then ${quietSteps} ${timeStep}${quietSteps === 1 ? '' : 's'} of quiet. ` +
    `It is in time from ${leadFromDays} to ${leadToDays} days before the event. Judged are ${counted(judged.defaulters, 'customer')} with an event and ${count(judged.goodCustomers)} without` +
    `${judged.leftOut === 0 ? '' : `; ${counted(judged.leftOut, 'customer')} with an event had no score while a warning would have been in time`}. ` +
    `Intervals are 95%, from ${count(resamples)} resamples of whole customers.`
  );
}

/** As the command line and the app write it: to two digits, since a threshold may be far below 1%. */
const thresholdText = (pd: number | null) => (pd === null ? 'never' : `${Number((100 * pd).toPrecision(2))}%`);
const inDays = (value: EarlyModel['timelyRecall']) => estimate(value, 1);
const columnsOf = (models: readonly EarlyModel[]): Column[] => models.map((model) => end(nameOf(model)));

/** The verdict out of time, to stand beside the other one. */
export function outOfTimeVerdict({ outOfTime }: EarlyDetection): Block[] {
  if (!outOfTime) return [];
  const { from, reason } = outOfTime;
  const since = `Out of time, from ${from.date === null ? `step ${from.step}` : date(from.date)} on`;
  return [paragraph(reason === null ? `${since}: ${sequenceLine(outOfTime)}` : `${since}: not measured. ${reason}`)];
}

/** The time held out stands apart, with what can't be told of it. */
function outOfTimeBlocks({ outOfTime }: EarlyDetection): Block[] {
  if (!outOfTime) return [];
  const { from, reason, judged, notes } = outOfTime;
  const since = from.date === null ? `step ${from.step}` : date(from.date);
  if (reason !== null) return [];
  return [
    paragraph(
      `Out of time, from ${since} on, with thresholds set before: ${counted(judged.defaulters, 'customer')} with an event and ${count(judged.goodCustomers)} without.`,
    ),
    modelTable(outOfTime, 'Warnings out of time, with 95% intervals'),
    list(notes.map(noteInWords)),
  ];
}

function modelTable(
  { models }: EarlyDetection,
  title = 'Warnings at the same alert budget, with 95% intervals',
): Table {
  const row = (title: string, write: (model: EarlyModel) => string) => [title, ...models.map(write)];
  return {
    type: 'table',
    title,
    columns: [start('What'), ...columnsOf(models)],
    rows: [
      row('Threshold (PD)', ({ threshold }) => thresholdText(threshold)),
      row('Timely recall', ({ timelyRecall }) => percentEstimate(timelyRecall)),
      row('… of controls', ({ controls }) => percentEstimate(controls.timelyRecall)),
      row('… of shuffled scores', ({ shuffled }) => percent(shuffled.timelyRecall)),
      row('Lead, warned: mean days', ({ lead }) => inDays(lead.detectedMean)),
      row('Lead, warned: median days', ({ lead }) => inDays(lead.detectedMedian)),
      row('Lead, all: mean days', ({ lead }) => inDays(lead.allMean)),
      row('Lead, all: median days', ({ lead }) => inDays(lead.allMedian)),
      row('Alerts per 1,000 a month', ({ alertsPer1000 }) => inDays(alertsPer1000)),
      row('False alerts per 100 a month', ({ falseAlertsPer100 }) => estimate(falseAlertsPer100, 2)),
    ],
    note: 'Timely recall: the share of customers with an event who were warned in time. Controls are customers without an event before a date drawn for them: what chance alone would catch. Over all events a miss counts as a lead of 0 days.',
  };
}

function recallTable({ models }: EarlyDetection): Table {
  const [first] = models;
  return {
    type: 'table',
    title: 'Share of customers warned at least so many days before the event',
    columns: [start('Days before'), ...columnsOf(models)],
    rows: (first?.recallAt ?? []).map(({ days: before }, i) => [
      count(before),
      ...models.map(({ recallAt }) => percentEstimate(recallAt[i].recall)),
    ]),
  };
}

function seedsTable({ seeds }: EarlyDetection): Block[] {
  if (!seeds) return [];
  const days = (value: number | null) => metric(value, 1);
  const trained = seeds.experiments.map(({ experimentId, seed }) => `${seed} (experiment ${experimentId})`);
  return [
    {
      type: 'table',
      title: `Over ${seeds.experiments.length} seeds, at equal false alerts: mean ± standard deviation (range)`,
      columns: [start('Model'), end('Mean lead over all, days'), end('Timely recall')],
      rows: seeds.models.map((model) => [
        nameOf(model),
        spreadWithRange(model.leadAllMean, days),
        spreadWithRange(model.timelyRecall, percent),
      ]),
      note: `Seeds ${trained.join(', ')}: the luck of initial weights, order and dropout, on the same customers. Intervals say what other customers would have given.`,
    },
  ];
}

function differenceTable({ pairs, models }: EarlyDetection): Block[] {
  if (pairs.length === 0) return [];
  const names = new Map(models.map((model) => [model.id, nameOf(model)]));
  return [
    {
      type: 'table',
      title: 'Differences at equal false alerts',
      columns: [start('Pair'), end('Mean lead over all, days'), end('p'), end('Timely recall'), end('p')],
      rows: pairs.map(({ a, b, leadAllMean, timelyRecall }) => [
        `${names.get(a) ?? a} − ${names.get(b) ?? b}`,
        signedEstimate(leadAllMean, 1),
        pValue(leadAllMean.p),
        signedEstimate(timelyRecall),
        pValue(timelyRecall.p),
      ]),
    },
  ];
}
