import { compareModels } from '../evaluation/compare-models.ts';
import type { ModelKind } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import { applyModel, type ApplyOptions } from '../models/apply-model.ts';
import { combineScores, ensembleOf } from '../models/ensemble.ts';
import { measureParts, trainModel } from '../models/train-model.ts';
import { generateSample } from '../sample/generate.ts';
import { describeTimeline, type CustomerTimeline } from '../scoring/timeline.ts';
import { cutDataset, hashData } from '../sequences/dataset.ts';
import { findSparse, lastStep, lastStepOf, NO_STEP, rowCount, type Panel } from '../sequences/panel.ts';
import { countFilled } from '../sequences/scaling.ts';
import { resolveSettings } from '../sequences/settings.ts';
import { countPart, unlabelledWindows, windowCount, type Windows, type WindowSettings } from '../sequences/windows.ts';
import type { PortfolioDb } from '../store/database.ts';
import { readExperiment, readPredictionRows, readPredictions } from '../store/experiments.ts';
import { defaultModelId, readModel } from '../store/models.ts';
import { openForReading } from '../store/open.ts';
import { readLevelBounds, stepDates } from '../store/portfolio.ts';
import { readPanel, readParts, requireCustomer } from '../store/read-panel.ts';
import { dataMark } from '../store/timelines.ts';
import { loadEngine } from '../tensors/engines.ts';
import type { Engine } from '../tensors/network.ts';
import type {
  CombineRequest,
  CustomerTimelines,
  ModelApi,
  PortfolioScores,
  TrainingPlan,
  TrainRequest,
} from './model-api.ts';
import type { CallContext, Handlers } from './rpc.ts';
import type { ExperimentSettings, NewModel, PredictionRows, StoredModel } from './store-api.ts';

/** What a model process answers with: it reads the portfolio in one short transaction, closes it, and computes. */
export function createModelHandlers(): Handlers<ModelApi> {
  return {
    engine({ backend }) {
      const { name, version, threads } = loadEngine(backend);
      return { name, version, threads };
    },
    plan: ({ path, requested }) => plan(path, requested),
    train,
    generate: (request, { signal, progress }) =>
      generateSample(request, { signal, progress: (done, total) => progress({ phase: 'generating', done, total }) }),
    combine,
    compare,
    score,
    timeline,
  };
}

function reading<T>(path: string, work: (db: PortfolioDb) => T): T {
  const db = openForReading(path);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const readAll = (db: PortfolioDb, customer: number | null = null) => {
  const panel = readPanel(db, customer);
  return { panel, parts: readParts(db, panel) };
};

const windowSettings = ({ window, horizon, gap, labelRule }: TrainingPlan['settings']): WindowSettings => ({
  windowSteps: window,
  horizonSteps: horizon,
  gapSteps: gap,
  labelRule,
});

function plan(path: string, requested: Parameters<ModelApi['plan']>[0]['requested']): TrainingPlan {
  const { panel, parts } = reading(path, (db) => readAll(db));
  const settings = resolveSettings(panel, requested);
  const windows = cutDataset(panel, parts, settings);
  const { train: trainRows, validation, test, outOfTime, unknown, dropped, embargoed } = windows;
  const filled = countFilled(panel).map((count) => ({ ...count, of: rowCount(panel) }));
  return {
    settings: {
      window: settings.windowSteps,
      horizon: settings.horizonSteps,
      gap: settings.gapSteps,
      labelRule: settings.labelRule,
    },
    split: {
      train: countPart(panel, trainRows),
      validation: countPart(panel, validation),
      test: countPart(panel, test),
      outOfTime: outOfTime === null ? null : countPart(panel, outOfTime),
    },
    unlabelled: { unknown, dropped },
    warnings: [
      ...labelWarnings(settings),
      ...textWarnings(panel),
      ...gapWarnings(panel),
      ...fillWarnings(filled, panel),
      ...(embargoed > 0 ? [embargoWarning(embargoed)] : []),
    ],
    rows: {
      validation: predictionRows(panel, validation),
      test: predictionRows(panel, test),
      outOfTime: outOfTime === null ? null : predictionRows(panel, outOfTime),
    },
    dataHash: hashData(panel, parts),
    filled,
  };
}

function labelWarnings({ labelRule }: WindowSettings): string[] {
  if (labelRule !== 'constant') return [];
  return [
    'One flag without a date labels every window of a customer, also those long before anything changed. Part of the pooled figures is therefore the position in the calendar; AUC by step shows it.',
  ];
}

function textWarnings({ textAttributes }: Panel): string[] {
  return textAttributes.map((name) => `${name} holds text: it is kept with the customer, but no model reads it.`);
}

/** One wrong year makes a calendar of mostly empty steps. */
function gapWarnings(panel: Panel): string[] {
  const sparse = findSparse(panel);
  if (sparse.length === 0) return [];
  const { customer, empty, rows } = sparse[0];
  return [
    `${sparse.length} ${sparse.length === 1 ? 'customer has' : 'customers have'} more empty steps than filled ones (${panel.customers[customer]}: ${empty} of ${rows}). A wrong date is the likely cause: undo that import, correct it and import it again.`,
  ];
}

function fillWarnings(filled: TrainingPlan['filled'], panel: Panel): string[] {
  return filled
    .filter((count) => count.filled > 0)
    .map(({ feature, filled: count, of }) => {
      const how =
        panel.features.find(({ name }) => name === feature)?.fill === 'zero'
          ? '0'
          : "the customer's last earlier value";
      return `${feature}: ${count} of ${of} values are empty; networks take ${how} instead, snapshot models leave them out.`;
    });
}

const embargoWarning = (count: number) =>
  `${count} windows were left out to keep the held-out last fifth of the period apart from training.`;

function predictionRows(panel: Panel, { customer, step, label }: Windows): PredictionRows {
  return { customers: customer.map((c) => panel.customerIds[c]), steps: step, labels: label };
}

async function train(
  { path, kind, settings, backend }: TrainRequest,
  { signal, progress }: CallContext,
): Promise<NewModel> {
  const { panel, parts } = reading(path, (db) => readAll(db));
  const windows = cutDataset(panel, parts, windowSettings(settings));
  return trainModel(kind, panel, windows, settings, () => loadEngine(backend), {
    signal,
    progress(figures) {
      const { done, total } = figures.unit === 'epochs' ? figures.epochs : figures;
      progress({ phase: 'training', done, total, figures });
    },
  });
}

function combine({ rows, members }: CombineRequest): NewModel {
  const configuration = ensembleOf(members.map(({ kind }) => kind));
  if (configuration === null) throw new Error('an ensemble needs both kinds of model');
  const memberOf = (kind: ModelKind) =>
    members.find((member) => member.kind === kind) as CombineRequest['members'][number];
  const combined = (part: keyof NewModel['predictions']) =>
    rows[part] === null
      ? null
      : combineScores(configuration, (kind) => memberOf(kind).predictions[part] as Float32Array);
  const predictions = { validation: combined('validation'), test: combined('test'), outOfTime: combined('outOfTime') };
  const parameters = configuration.members.reduce((sum, { kind }) => sum + memberOf(kind).document.parameters, 0);
  const metrics = measureParts(predictions, (part) => rows[part]?.labels);
  return {
    kind: 'ensemble',
    configuration,
    scaler: null,
    weights: new Uint8Array(0),
    document: {
      kind: 'ensemble',
      parameters,
      epochs: 0,
      bestEpoch: 0,
      history: [],
      seconds: 0,
      windowsPerSecond: 0,
      ...metrics,
    },
    predictions,
  };
}

async function compare(request: Parameters<ModelApi['compare']>[0], { signal, progress }: CallContext) {
  const { experimentId, labelRule, rows, models, dateOf } = reading(request.path, (db) => {
    const experiment = readExperiment(db, request.experimentId);
    const testRows = readPredictionRows(db, experiment.experimentId, 'test');
    if (testRows === null)
      throw new DuecastError('not-found', 'This experiment has no test rows to compare models on.');
    const judged = experiment.modelIds.map((id) => ({
      id,
      kind: readModel(db, id).kind,
      scores: readPredictions(db, id, 'test') as Float32Array,
    }));
    return {
      ...experiment,
      labelRule: experiment.settings.labelRule,
      rows: testRows,
      models: judged,
      dateOf: stepDates(db),
    };
  });
  const comparison = {
    experimentId,
    rows,
    models,
    labelRule,
    dateOfStep: dateOf,
    resamples: request.resamples,
    seed: request.seed,
    testUses: 0,
  };
  return compareModels(comparison, {
    signal,
    progress: (done, total) => progress({ phase: 'resampling', done, total }),
  });
}

/** The stored models of one experiment, and the engine once one of them needs it. */
function applyOptions(siblings: StoredModel[], signal: AbortSignal): ApplyOptions {
  let engine: Engine | null = null;
  return {
    engine: () => (engine ??= loadEngine('auto')),
    memberOf: (kind) => siblings.find((model) => model.kind === kind) as StoredModel,
    signal,
  };
}

const settingsOf = (db: PortfolioDb, experimentId: string): ExperimentSettings =>
  readExperiment(db, experimentId).settings;
const modelsOf = (db: PortfolioDb, experimentId: string) =>
  readExperiment(db, experimentId).modelIds.map((id) => readModel(db, id));

async function score(
  { path, modelId }: Parameters<ModelApi['score']>[0],
  { signal, progress }: CallContext,
): Promise<PortfolioScores> {
  progress({ phase: 'reading', done: 0, total: 1 });
  const { panel, parts, model, siblings, windowSteps, dateOf, levelBounds } = reading(path, (db) => {
    const found = readModel(db, modelId ?? defaultModelId(db));
    const steps = settingsOf(db, found.experimentId).window;
    return {
      ...readAll(db),
      model: found,
      siblings: modelsOf(db, found.experimentId),
      windowSteps: steps,
      dateOf: stepDates(db),
      levelBounds: readLevelBounds(db),
    };
  });
  const end = lastStep(panel);
  const scorable: number[] = [];
  const skipped = { event: 0, short: 0 };
  for (const customer of panel.customers.keys()) {
    const event = panel.eventStep[customer];
    if (event !== NO_STEP && event <= end) skipped.event++;
    else if (panel.firstRow[customer + 1] - panel.firstRow[customer] < windowSteps) skipped.short++;
    else scorable.push(customer);
  }
  const windows = unlabelledWindows(panel, windowSteps, { lastOnly: true, customers: scorable });
  const scores = await applyModel(model, panel, windows, applyOptions(siblings, signal));
  progress({ phase: 'scoring', done: windowCount(windows), total: windowCount(windows) });
  return {
    kind: model.kind,
    levelBounds,
    asOf: dateOf(end) ?? `step ${end}`,
    ids: scorable.map((customer) => panel.customers[customer]),
    dates: scorable.map((customer) => dateOf(lastStepOf(panel, customer)) ?? `step ${lastStepOf(panel, customer)}`),
    seen: Uint8Array.from(scorable, (customer) => seen(parts[customer])),
    scoring: {
      modelId: model.id,
      asOfStep: end,
      customers: Int32Array.from(scorable, (customer) => panel.customerIds[customer]),
      scores,
      steps: windows.step,
      skipped: [
        { reason: 'whose event has passed', customers: skipped.event },
        { reason: `with fewer than ${windowSteps} steps`, customers: skipped.short },
      ].filter(({ customers }) => customers > 0),
    },
  };
}

/** Fitted on training customers, tuned on validation customers. */
const seen = (part: string | null) => (part === 'train' || part === 'validation' ? 1 : 0);

async function timeline(
  request: Parameters<ModelApi['timeline']>[0],
  { signal }: CallContext,
): Promise<CustomerTimelines> {
  const { panel, parts, models, experimentId, windowSteps, dateOf, levelBounds, mark } = reading(request.path, (db) =>
    db.transaction(() => {
      const experiment = readExperiment(db, request.experimentId);
      const number = requireCustomer(db, request.customer);
      const id = experiment.experimentId;
      return {
        ...readAll(db, number),
        models: modelsOf(db, id),
        experimentId: id,
        windowSteps: experiment.settings.window,
        dateOf: stepDates(db),
        levelBounds: readLevelBounds(db),
        mark: dataMark(db),
      };
    })(),
  );
  const customer = 0;
  const windows = unlabelledWindows(panel, windowSteps, { lastOnly: false, customers: [customer] });
  if (windowCount(windows) === 0) {
    const steps = panel.firstRow[customer + 1] - panel.firstRow[customer];
    throw new DuecastError(
      'too-small',
      `Customer “${request.customer}” has ${steps} steps; the models look back over ${windowSteps}.`,
    );
  }
  const options = applyOptions(models, signal);
  const drawn: CustomerTimeline['models'] = [];
  for (const { id, kind, ...model } of models) {
    const scores = await applyModel({ kind, ...model }, panel, windows, options);
    drawn.push({ id, kind, firstStep: windows.step[0], scores });
  }
  const event = panel.eventStep[customer];
  const eventStep = event === NO_STEP ? null : event;
  const isSeen = seen(parts[customer]) === 1;
  return {
    document: describeTimeline(
      { customer: request.customer, experimentId, eventStep, seen: isSeen, models: drawn },
      dateOf,
      levelBounds,
    ),
    timelines: drawn.map(({ id, firstStep, scores }) => ({
      customerId: panel.customerIds[customer],
      modelId: id,
      firstStep,
      scores,
    })),
    dataMark: mark,
  };
}
