import { LABEL_RULES } from '../../sequences/labels.ts';
import type { CompareDocument, JudgedPart, ModelsDocument, StepAuc, TrainDocument } from '../../ipc/documents.ts';
import { compareModels } from '../../processes/portfolio-jobs.ts';
import { trainSeeds } from '../../processes/seeds-job.ts';
import { CALIBRATION_METHODS, ENSEMBLE_WEIGHTS, TRAINABLE_KINDS, trainModels } from '../../processes/train-job.ts';
import { BACKENDS } from '../../tensors/backends.ts';
import { fittedWords, settingsInShort } from '../calibration-words.ts';
import { PORTFOLIO, type Command } from '../command.ts';
import { formatAlerts, judgeAlerts, readThresholdOptions, THRESHOLD_OPTIONS } from '../thresholds.ts';
import { table } from '../table.ts';
import { counted, duration, grouped, metric, MODEL_NAMES, modelName, moment, noteLine, percent } from '../words.ts';
import { comparisonTables } from './comparison-tables.ts';
import { EARLY_OPTIONS, EARLY_USAGE, earlyRequest, formatEarlyDetection } from './early-detection.ts';
import { formatSeeds } from './seeds-text.ts';

export const trainCommand: Command = {
  usage:
    '--portfolio FILE [--models lstm,cnn-lstm,lightgbm,logistic] [--window N] [--horizon N] [--gap N] [--label-rule RULE] [--epochs 50] [--batch 32] [--seed 1] [--seeds N] [--split-seed 1] [--calibration none|platt|isotonic] [--ensemble-weight recipe|fitted] [--without A,B] [--backend auto|tensorflow|wasm]',
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
    seeds: { value: 'N', about: 'train with this many seeds, one after another, and show how the figures spread' },
    'split-seed': { value: 'N', about: 'who is in which part; drawn once a portfolio (1)' },
    calibration: {
      value: 'METHOD',
      about: 'how PDs are brought in line with what happened to the validation customers: none, platt, isotonic (none)',
    },
    'ensemble-weight': {
      value: 'WHENCE',
      about:
        'the sequence models’ share in the ensemble: the recipe’s 0.7, or fitted on the validation customers (recipe)',
    },
    without: { value: 'LIST', about: 'inputs that the models shall not read (none)' },
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
      calibration: args.choice('calibration', CALIBRATION_METHODS) ?? 'none',
      ensembleWeight: args.choice('ensemble-weight', ENSEMBLE_WEIGHTS) ?? 'recipe',
      without: args.list('without'),
      backend: args.choice('backend', BACKENDS) ?? 'auto',
    };
    const seeds = args.integer('seeds');
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async (workspace) => {
      if (seeds !== null) {
        const spread = await shell.job((context) => trainSeeds(workspace, request, seeds, context));
        return { document: spread, text: `${formatTraining(spread)}\n\n${formatSeeds(spread.seeds)}` };
      }
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
    'log loss',
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
    ...models.flatMap(fittedWords),
    ...(models.some(({ calibration }) => calibration)
      ? ['The validation AUC is of the PDs before calibration, which was fitted on the validation customers.']
      : []),
    ...refused.map(({ kind, reason }) => `${MODEL_NAMES[kind]} was not trained: ${reason}`),
    ...warnings.map(noteLine),
    `Experiment ${experimentId}, ${duration(seconds)}${backend.name === 'none' ? '' : `, on ${backend.name} ${backend.version}`}. ` +
      `The test customers have been looked at ${counted(testUses, 'time')}.`,
  ].join('\n');
}

export const modelsCommand: Command = {
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
  const rows = models.map(({ id, kind, experimentId, createdAt, champion, validationAuc, testAuc, ...settings }) => [
    id,
    MODEL_NAMES[kind],
    experimentId,
    moment(createdAt),
    metric(validationAuc),
    metric(testAuc),
    champion ? 'champion' : '',
    settingsInShort(settings),
  ]);
  return table(['model', '', 'experiment', 'trained at', 'valid. AUC', 'test AUC', '', 'settings'], rows, [
    true,
    false,
    true,
    false,
    true,
    true,
    false,
    false,
  ]);
}

export const compareCommand: Command = {
  usage: `--portfolio FILE [--experiment ID] [--threshold budget:5%|f1|cost|pd:35%] [--count customers|windows] [--cost-missed N] [--cost-false N] ${EARLY_USAGE}`,
  options: {
    portfolio: PORTFOLIO,
    experiment: { value: 'ID', about: 'which experiment (the latest)' },
    ...THRESHOLD_OPTIONS,
    ...EARLY_OPTIONS,
  },
  async run(args, shell) {
    args.none();
    const request = earlyRequest(args);
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async (workspace) => {
      const wanted = readThresholdOptions(args);
      const document = await shell.job((context) =>
        compareModels(workspace, args.text('experiment'), context, request),
      );
      const text = formatComparison(document);
      if (wanted === null) return { document, text };
      const thresholds = await judgeAlerts(workspace, document, wanted);
      return { document: { ...document, ...thresholds }, text: `${text}\n\n${formatAlerts(thresholds)}` };
    });
  },
};

/** Steps of the calendar shown in the table; all of them are in the document. */
const SHOWN_STEPS = 12;

export function formatComparison(document: CompareDocument): string {
  const { outOfTime, testUses, earlyDetection } = document;
  return [
    formatPart(document),
    ...(outOfTime === null ? [] : ['', 'Out of time: the last fifth of the period', formatPart(outOfTime)]),
    ...(earlyDetection === undefined ? [] : ['', formatEarlyDetection(earlyDetection)]),
    `The test customers have been looked at ${counted(testUses, 'time')}.`,
  ].join('\n');
}

function formatPart(part: JudgedPart): string {
  const { rows, aucByStep } = part;
  const [first, notes] = part.restricted === true ? [part.notes.slice(0, 1), part.notes.slice(1)] : [[], part.notes];
  return [
    `${counted(rows.windows, 'window')} of ${counted(rows.customers, 'test customer')} (${grouped(rows.events)} with an event inside the horizon of a window; ${percent(rows.prevalence)} of the windows). 95% intervals, by customer.`,
    ...first,
    ...comparisonTables(part).flatMap((one) => ['', one]),
    '',
    formatAucByStep(aucByStep, part),
    ...notes.map(noteLine),
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
  const header = ['AUC by step', 'windows', 'windows with an event', ...models.map(modelName)];
  return table(
    header,
    rows,
    header.map(() => true),
  );
}
