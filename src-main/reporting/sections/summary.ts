import type { JudgedPart } from '../../ipc/documents.ts';
import {
  count,
  counted,
  date,
  metric,
  moment,
  NOT_AVAILABLE,
  percent,
  pInWords,
  signed,
  stepName,
} from '../figures.ts';
import type { ReportInput } from '../report-input.ts';
import { list, paragraph, type Block, type Fact, type Section } from '../report.ts';
import { aucDifference, isBeyondInterval, verdictLine } from '../verdict.ts';
import { outOfTimeVerdict, sequenceLine } from './early-detection.ts';
import { pdIsOf } from './split.ts';
import { inSentence, startOfSentence, steps } from '../words.ts';

/** Fewer customers with an event than this leave every interval wide. */
export const FEW_EVENTS = 30;

export function summarySection(input: ReportInput): Section {
  const { comparison } = input;
  const { outOfTime } = comparison;
  const early = comparison.earlyDetection;
  return {
    id: 'summary',
    title: 'Summary',
    blocks: [
      paragraph(verdictLine(comparison), 'verdict'),
      ...sequenceAgainstSnapshot(comparison),
      ...(early === undefined || early.reason !== null
        ? []
        : [paragraph(sequenceLine(early)), ...outOfTimeVerdict(early)]),
      ...(outOfTime === null
        ? []
        : [
            paragraph(
              `Out of time, in the last fifth of the period: ${verdictLine(outOfTime)}${outOfTime.rows.events < FEW_EVENTS ? ` Only ${counted(outOfTime.rows.events, 'customer')} with an event ${outOfTime.rows.events === 1 ? 'carries' : 'carry'} this.` : ''}`,
            ),
          ]),
      list(keyPoints(input)),
    ],
  };
}

/** Whether reading the course of behaviour pays against a snapshot of it: the question that the models are there for. */
function sequenceAgainstSnapshot(part: JudgedPart): Block[] {
  const of = (kind: string) => part.models.find((model) => model.kind === kind);
  const snapshot = of('lightgbm') ?? of('logistic');
  if (snapshot === undefined) return [];
  return ['lstm', 'cnn-lstm'].flatMap((kind) => {
    const sequence = of(kind);
    return sequence === undefined ? [] : [paragraph(standing(part, sequence, snapshot))];
  });
}

type Model = JudgedPart['models'][number];

/** “LSTM against LightGBM: AUC 0.731 against 0.772, −0.041 [−0.05, −0.03], p < .001. …” */
function standing(part: JudgedPart, a: Model, b: Model): string {
  const [one, other] = [inSentence(a), inSentence(b)];
  const difference = aucDifference(part, a.id, b.id);
  if (difference === null || difference.value === null) {
    return `How ${one} stands against ${other} cannot be told from these windows.`;
  }
  const { low, high, p } = difference;
  const range = low === null || high === null ? '' : ` [${signed(low)}, ${signed(high)}]`;
  const figures =
    `${startOfSentence(one)} against ${other}: AUC ${metric(a.metrics.auc.value)} against ` +
    `${metric(b.metrics.auc.value)}, a difference of ${signed(difference.value)}${range}, ${pInWords(p)}.`;
  if (!isBeyondInterval(difference)) {
    return `${figures} The interval holds 0: nothing shows that either ranks customers better than the other.`;
  }
  return difference.value > 0
    ? `${figures} ${startOfSentence(one)} ranks better here: the course of behaviour tells something that the snapshot does not.`
    : `${figures} ${startOfSentence(one)} ranks worse here: on these data the sequence model brings no gain over the snapshot.`;
}

function keyPoints({ comparison, experiment, portfolio, models }: ReportInput): string[] {
  const { rows, testUses, outOfTime } = comparison;
  const champion = models.find((model) => model.champion);
  const { window } = experiment.settings;
  return [
    `Judged on ${counted(rows.windows, 'window')} of ${counted(rows.customers, 'customer')} whom no model has seen; ${count(rows.events)} of them have an event that a window is labelled with, and ${percent(rows.prevalence)} of the windows carry it.`,
    `Each window holds ${steps(window, portfolio.timeStep)} of behaviour; a PD is the chance of ${pdIsOf({ experiment, portfolio })}.`,
    ...(rows.events < FEW_EVENTS
      ? [`Only ${counted(rows.events, 'customer')} with an event: small differences can’t be told from chance here.`]
      : []),
    outOfTime === null
      ? 'The models were not judged out of time: see “Limits”.'
      : `Out of time they were judged on ${counted(outOfTime.rows.windows, 'window')} of ${counted(outOfTime.rows.customers, 'customer')}.`,
    `The test customers have been looked at ${counted(testUses, 'time')}, the comparison of this report included.`,
    champion === undefined
      ? 'No model of this training is the champion.'
      : `The champion, which scores the portfolio, is ${inSentence(champion)}.`,
  ];
}

/** The first page. */
export function frontFacts({ portfolio, experiment, comparedAt, createdAt, version, author }: ReportInput): Fact[] {
  const asOf =
    portfolio.lastStep === null ? NOT_AVAILABLE : stepName(portfolio.lastStep, portfolio.lastDate, portfolio.timeStep);
  return [
    { term: 'Portfolio', value: `${portfolio.name} (${portfolio.file})` },
    { term: 'As of', value: asOf },
    {
      term: 'Training',
      value: `${experiment.experimentId}, of ${moment(experiment.createdAt)}; compared ${moment(comparedAt)}`,
    },
    { term: 'Prepared by', value: author === '' ? 'nobody was named' : author },
    { term: 'Made', value: `${moment(createdAt)}, by Duecast ${version}` },
    ...(portfolio.isSample ? [{ term: 'Data', value: 'A synthetic sample: no real customer is in it' }] : []),
  ];
}

export const reportTitle = ({ portfolio }: ReportInput) => `Model report: ${portfolio.name}`;
export const reportSubtitle = ({ createdAt, experiment }: ReportInput) =>
  `Early warning of delinquency, experiment ${experiment.experimentId}, ${date(createdAt)}`;
