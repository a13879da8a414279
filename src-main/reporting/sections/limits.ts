import { count, counted, metric, percent } from '../figures.ts';
import { isNetwork, MODEL_NAMES } from '../../models/model-names.ts';
import type { ReportInput } from '../report-input.ts';
import { list, paragraph, type Section } from '../report.ts';
import { leaders } from '../verdict.ts';
import { inSentence, listed, startOfSentence, steps } from '../words.ts';
import { LABEL_RULES } from './split.ts';
import { FEW_EVENTS } from './summary.ts';

/** More looks than these at the same customers, and choices begin to fit them. */
const FEW_LOOKS = 3;
/** A share of missing values that a reader should know of. */
const MANY_MISSING = 0.2;

/** What these results do not carry; every item comes from a fact of this training. */
export function limitsSection(input: ReportInput): Section {
  const items = [
    ...precision(input),
    ...labels(input),
    ...looks(input),
    ...time(input),
    ...training(input),
    ...data(input),
  ];
  return {
    id: 'limits',
    title: 'Limits',
    blocks: [paragraph('What the figures of this report do not carry, from the facts of this training:'), list(items)],
  };
}

function precision({ comparison, experiment }: ReportInput): string[] {
  const { rows, models } = comparison;
  const widths = models.flatMap(({ metrics: { auc } }) =>
    auc.low === null || auc.high === null ? [] : [(auc.high - auc.low) / 2],
  );
  const widest = widths.length === 0 ? '' : ` The AUCs are known to about ±${metric(Math.max(...widths))}.`;
  const tied = leaders(comparison);
  return [
    rows.events < FEW_EVENTS
      ? `Few events: ${counted(rows.events, 'test customer')} with an event that a window is labelled with, and ${count(experiment.split.train.events)} in training.${widest}`
      : `${startOfSentence(counted(rows.events, 'test customer'))} with an event carry the results.${widest}`,
    ...(tied.length > 1
      ? [
          `${startOfSentence(listed(tied.map(inSentence)))} can’t be told apart by AUC; that is no proof that they are equal.`,
        ]
      : []),
  ];
}

function labels({ experiment, unlabelled, portfolio }: ReportInput): string[] {
  const { labelRule } = experiment.settings;
  const all = unlabelled.unknown + unlabelled.dropped;
  return [
    ...(labelRule === 'event'
      ? []
      : [
          `The events have no date (label rule: ${LABEL_RULES[labelRule].name}). ${LABEL_RULES[labelRule].consequence}`,
        ]),
    ...(all > 0
      ? [
          `${counted(all, 'window')} could not be used, as their outcome is not known or they touch the event; nothing is said of them.`,
        ]
      : []),
    ...(portfolio.isSample
      ? ['The data are synthetic. The figures say that the program works, and nothing of real customers.']
      : []),
  ];
}

function looks({ comparison }: ReportInput): string[] {
  const { testUses } = comparison;
  if (testUses <= FEW_LOOKS) {
    return [
      `The test customers were looked at ${counted(testUses, 'time')} so far. The more often models are chosen by them, the more the results flatter.`,
    ];
  }
  return [
    `The test customers were looked at ${counted(testUses, 'time')}. If models or settings were chosen by what was seen, the results flatter; only customers who were not looked at can say by how much.`,
  ];
}

function time({ experiment, portfolio, comparison }: ReportInput): string[] {
  if (comparison.outOfTime !== null) return [];
  const { window, horizon } = experiment.settings;
  return [
    portfolio.dated
      ? `The models were not judged on a later period: the dates would have to reach over at least ${steps(3 * (window + horizon), portfolio.timeStep)}. How they hold up over time is not known.`
      : 'The data have no dates, so no later period could be held out. How the models hold up over time is not known.',
  ];
}

function training({ experiment, models }: ReportInput): string[] {
  const { epochs, seed } = experiment.settings;
  const networks = models.filter(({ kind }) => isNetwork(kind));
  const cutShort = networks.filter((model) => model.epochs >= epochs && model.bestEpoch >= epochs);
  return [
    ...(cutShort.length === 0
      ? []
      : [
          `${startOfSentence(listed(cutShort.map(inSentence)))} ${cutShort.length === 1 ? 'was' : 'were'} still getting better when training ended after ${counted(epochs, 'epoch')}: more epochs may give another result.`,
        ]),
    ...(networks.length === 0
      ? []
      : [
          experiment.seeds === undefined
            ? `The networks were trained once, with seed ${seed}; how far the results move with another seed is not part of their intervals.`
            : `The models judged here are those of seed ${seed}, one of ${experiment.seeds.n} that were trained; their intervals do not hold how far results move with the seed, which the figures over seeds show.`,
        ]),
    ...experiment.refused.map(({ kind }) => `${MODEL_NAMES[kind]} could not be trained and is not compared.`),
  ];
}

function data({ experiment, quality, imports }: ReportInput): string[] {
  const standing = imports.filter(({ undone }) => !undone);
  const read = standing.reduce((sum, { rows }) => sum + rows.read, 0);
  const aside = standing.reduce((sum, { rows }) => sum + rows.rejected, 0);
  const gappy = quality.features.filter(({ of, missing }) => of > 0 && missing / of > MANY_MISSING);
  return [
    ...(experiment.dataChanged
      ? ['The portfolio’s data have changed since this training; the results belong to the data as they were.']
      : []),
    ...(aside > 0
      ? [`${counted(aside, 'row')} (${percent(aside / read, 2)}) could not be read and are missing from the data.`]
      : []),
    ...(gappy.length > 0
      ? [
          `More than ${percent(MANY_MISSING, 0)} of the values are missing in ${listed(gappy.map(({ name, of, missing }) => `${name} (${percent(missing / of)})`))}.`,
        ]
      : []),
    'Only customers of this portfolio were seen. Other products, regions or customers are outside of what was tested.',
  ];
}
