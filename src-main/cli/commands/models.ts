import { LABEL_RULES } from '../../sequences/labels.ts';
import type { CompareDocument, JudgedPart, ModelsDocument, StepAuc, TrainDocument } from '../../ipc/documents.ts';
import { compareModels } from '../../processes/portfolio-jobs.ts';
import { TRAINABLE_KINDS, trainModels } from '../../processes/train-job.ts';
import { BACKENDS } from '../../tensors/engines.ts';
import { PORTFOLIO, type Command } from '../command.ts';
import { table } from '../table.ts';
import {
  counted,
  duration,
  estimate,
  grouped,
  metric,
  MODEL_NAMES,
  modelName,
  percent,
  pValue,
  signed,
} from '../words.ts';

export const trainCommand: Command = {
  name: 'train',
  summary: 'train models side by side on the same split',
  usage:
    '--portfolio FILE [--models lstm,cnn-lstm,lightgbm,logistic] [--window N] [--horizon N] [--gap N] [--label-rule RULE] [--epochs 50] [--batch 32] [--seed 1] [--split-seed 1] [--backend auto|tensorflow]',
  options: {
    portfolio: PORTFOLIO,
    models: { value: 'LIST', about: 'which models (all that can be trained here)' },
    window: {
      value: 'STEPS',
      about:
        'steps a model looks back (30, or what half of the customers fill; with event dates, half of what the horizon leaves)',
    },
    horizon: { value: 'STEPS', about: 'steps ahead in which an event counts (14 days, 4 weeks or 3 months)' },
    gap: { value: 'STEPS', about: 'steps between the window and the horizon (0)' },
    'label-rule': {
      value: 'RULE',
      about: `how a flag without a date is read: ${LABEL_RULES.slice(1).join(', ')}`,
    },
    epochs: { value: 'N', about: 'at most this many; stops early (50)' },
    batch: { value: 'N', about: 'windows a training step (32)' },
    seed: { value: 'N', about: 'initial weights, order and dropout (1)' },
    'split-seed': { value: 'N', about: 'who is in which part; drawn once a portfolio (1)' },
    backend: { value: 'ENGINE', about: 'what trains the networks (auto)' },
  },
  async run(args, shell) {
    args.none();
    const request = {
      models: args.choices('models', TRAINABLE_KINDS),
      window: args.integer('window'),
      horizon: args.integer('horizon'),
      gap: args.integer('gap'),
      labelRule: args.choice('label-rule', LABEL_RULES),
      epochs: args.integer('epochs'),
      batch: args.integer('batch'),
      seed: args.integer('seed'),
      splitSeed: args.integer('split-seed'),
      backend: args.choice('backend', BACKENDS) ?? 'auto',
    };
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async (workspace) => {
      const document = await shell.job((context) => trainModels(workspace, request, context));
      return { document, text: formatTraining(document) };
    });
  },
};

const PART_NAMES = {
  train: 'training',
  validation: 'validation',
  test: 'test (seen by no model)',
  outOfTime: 'out of time',
} as const;

export function formatSplit({ split, settings, unlabelled }: TrainDocument): string {
  const parts = Object.entries(split).filter(([, counts]) => counts !== null) as [
    keyof typeof PART_NAMES,
    NonNullable<TrainDocument['split']['outOfTime']>,
  ][];
  const rows = parts.map(([part, { customers, windows, events }]) => [
    PART_NAMES[part],
    grouped(customers),
    grouped(windows),
    grouped(events),
  ]);
  const { window, horizon, gap, labelRule, splitSeed } = settings;
  return [
    `Window ${window}, horizon ${horizon}, gap ${gap}, label rule ${labelRule}. Customers are split, never their windows (split seed ${splitSeed}).`,
    table(['part', 'customers', 'windows', 'with event'], rows, [false, true, true, true]),
    `${counted(unlabelled.unknown, 'window')} without a known outcome, ${grouped(unlabelled.dropped)} that touch or follow an event: not used.`,
  ].join('\n');
}

export function formatTraining(document: TrainDocument): string {
  const { backend, models, refused, warnings, testUses, experimentId, seconds } = document;
  const rows = models.map(
    ({ id, kind, parameters, epochs, bestEpoch, windowsPerSecond, seconds: spent, validation, test, outOfTime }) => [
      id,
      MODEL_NAMES[kind],
      grouped(parameters),
      kind === 'ensemble' ? '' : `${epochs} (best ${bestEpoch})`,
      kind === 'ensemble' ? '' : grouped(windowsPerSecond),
      kind === 'ensemble' ? '' : duration(spent),
      metric(validation.auc),
      metric(test.auc),
      metric(test.ks),
      metric(test.prAuc),
      metric(test.brier),
      metric(test.logLoss),
      ...(outOfTime === null ? [] : [metric(outOfTime.auc)]),
    ],
  );
  const outOfTime = models.some((model) => model.outOfTime !== null);
  const header = [
    'model',
    '',
    'parameters',
    'rounds',
    'windows/s',
    'took',
    'valid. AUC',
    'test AUC',
    'KS',
    'PR-AUC',
    'Brier',
    'log-loss',
    ...(outOfTime ? ['later AUC'] : []),
  ];
  return [
    formatSplit(document),
    '',
    table(
      header,
      rows,
      header.map((_, column) => column !== 1),
    ),
    ...refused.map(({ kind, reason }) => `${MODEL_NAMES[kind]} was not trained: ${reason}`),
    ...warnings.map((warning) => `Note: ${warning}`),
    `Experiment ${experimentId}, ${duration(seconds)}${backend.name === 'none' ? '' : `, on ${backend.name} ${backend.version}`}. ` +
      `The test customers have been looked at ${counted(testUses, 'time')}.`,
  ].join('\n');
}

export const modelsCommand: Command = {
  name: 'models',
  summary: 'list the models, or choose the champion',
  usage: '--portfolio FILE [--champion ID]',
  options: { portfolio: PORTFOLIO, champion: { value: 'ID', about: 'make this model the one that scores' } },
  async run(args, shell) {
    args.none();
    const modelId = args.text('champion');
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async ({ store }) => {
      const document = modelId === null ? await store.call('models', {}) : await store.call('setChampion', { modelId });
      return { document, text: formatModels(document) };
    });
  },
};

function formatModels({ models }: ModelsDocument): string {
  if (models.length === 0) return 'No model was trained yet. Train with: train --portfolio FILE';
  const rows = models.map(({ id, kind, experimentId, createdAt, champion, validationAuc, testAuc }) => [
    id,
    MODEL_NAMES[kind],
    experimentId,
    createdAt,
    metric(validationAuc),
    metric(testAuc),
    champion ? 'champion' : '',
  ]);
  return table(['model', '', 'experiment', 'trained at', 'valid. AUC', 'test AUC', ''], rows, [
    true,
    false,
    true,
    false,
    true,
    true,
    false,
  ]);
}

export const compareCommand: Command = {
  name: 'compare',
  summary: 'judge all models of an experiment on the same test rows, with intervals',
  usage: '--portfolio FILE [--experiment ID]',
  options: { portfolio: PORTFOLIO, experiment: { value: 'ID', about: 'which training (the latest)' } },
  async run(args, shell) {
    args.none();
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async (workspace) => {
      const document = await shell.job((context) => compareModels(workspace, args.text('experiment'), context));
      return { document, text: formatComparison(document) };
    });
  },
};

const METRICS = [
  ['auc', 'AUC'],
  ['gini', 'Gini'],
  ['ks', 'KS'],
  ['prAuc', 'PR-AUC'],
  ['brier', 'Brier'],
  ['logLoss', 'log-loss'],
] as const;

/** Steps of the calendar shown in the table; all of them are in the document. */
const SHOWN_STEPS = 12;

export function formatComparison(document: CompareDocument): string {
  const { outOfTime, testUses } = document;
  return [
    formatPart(document),
    ...(outOfTime === null ? [] : ['', 'Out of time: the last fifth of the period', formatPart(outOfTime)]),
    `The test customers have been looked at ${counted(testUses, 'time')}.`,
  ].join('\n');
}

function formatPart(part: JudgedPart): string {
  const { rows, models, pairs, aucByStep, notes } = part;
  const names = new Map(models.map((model) => [model.id, modelName(model)]));
  const metrics = METRICS.map(([key, name]) => [name, ...models.map((model) => estimate(model.metrics[key]))]);
  const differences = pairs.map(({ a, b, deltaAuc, low, high, p }) => [
    `${names.get(a)} − ${names.get(b)}`,
    `${signed(deltaAuc)} [${signed(low)}, ${signed(high)}]`,
    pValue(p),
  ]);
  return [
    `${counted(rows.windows, 'window')} of ${counted(rows.customers, 'test customer')} (${grouped(rows.events)} with an event inside the horizon of a window; ${percent(rows.prevalence)} of the windows). 95% intervals, by customer.`,
    '',
    table(
      ['', ...models.map(modelName)],
      metrics,
      metrics[0].map((_, column) => column > 0),
    ),
    '',
    table(['difference of AUC', '', 'p'], differences, [false, false, true]),
    '',
    formatAucByStep(aucByStep, part),
    ...notes.map((note) => `Note: ${note}`),
  ].join('\n');
}

function formatAucByStep(steps: StepAuc[], { models }: JudgedPart): string {
  const every = Math.max(1, Math.ceil(steps.length / SHOWN_STEPS));
  const shown = steps.filter((_, i) => i % every === 0 || i === steps.length - 1);
  const rows = shown.map(({ step, date, windows, events, auc }) => [
    date ?? String(step),
    grouped(windows),
    grouped(events),
    ...models.map(({ id }) => metric(auc[id])),
  ]);
  const header = ['AUC by step', 'windows', 'events', ...models.map(modelName)];
  return table(
    header,
    rows,
    header.map(() => true),
  );
}
