import type { ModelKind } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import { applyModel, type ApplyOptions } from '../models/apply-model.ts';
import { combineScores, ensembleOf } from '../models/ensemble.ts';
import { measureParts, trainModel } from '../models/train-model.ts';
import { generateSample } from '../sample/generate.ts';
import { describeTimeline, type CustomerTimeline } from '../scoring/timeline.ts';
import { cutDataset } from '../sequences/dataset.ts';
import { lastStep, lastStepOf, NO_STEP } from '../sequences/panel.ts';
import { unlabelledWindows, windowCount, type WindowSettings } from '../sequences/windows.ts';
import type { PortfolioDb } from '../store/database.ts';
import { readExperiment } from '../store/experiments.ts';
import { defaultModelId, readModel } from '../store/models.ts';
import { readLevelBounds, stepDates } from '../store/portfolio.ts';
import { previewRules } from '../store/preview-rules.ts';
import { requireCustomer } from '../store/read-panel.ts';
import { dataMark } from '../store/timelines.ts';
import { loadEngine } from '../tensors/engines.ts';
import type { Engine } from '../tensors/network.ts';
import { assessPortfolio } from './assess-portfolio.ts';
import { checkPart } from './check-part.ts';
import { compareStored, storedCurves } from './compare-stored.ts';
import { judgeFile, lookAtScores } from './judge-file.ts';
import type {
  CombineRequest,
  CustomerTimelines,
  ModelApi,
  PortfolioScores,
  TrainingPlan,
  TrainRequest,
} from './model-api.ts';
import { createSplitPlanner, planTraining } from './plan-training.ts';
import { readAll, reading } from './portfolio-reading.ts';
import { readExternalScores } from './read-external-scores.ts';
import type { CallContext, Handlers } from './rpc.ts';
import type { ExperimentSettings, NewModel, StoredModel } from './store-api.ts';

/** What a model process answers with: it reads the portfolio in one short transaction, closes it, and computes. */
export function createModelHandlers(): Handlers<ModelApi> {
  return {
    engine({ backend }) {
      const { name, version, threads } = loadEngine(backend);
      return { name, version, threads };
    },
    checkPart: ({ part }) => checkPart(part),
    quality: ({ path }) => assessPortfolio(path),
    plan: planTraining,
    split: createSplitPlanner(),
    train,
    generate: (request, { signal, progress }) =>
      generateSample(request, { signal, progress: (done, total) => progress({ phase: 'generating', done, total }) }),
    combine,
    compare: compareStored,
    curves: storedCurves,
    evaluateFile: judgeFile,
    lookAtScores,
    readExternalScores,
    score,
    previewRules: ({ path, draft, most }) => reading(path, (db) => previewRules(db, draft, most)),
    timeline,
  };
}

const windowSettings = ({ window, horizon, gap, labelRule }: TrainingPlan['settings']): WindowSettings => ({
  windowSteps: window,
  horizonSteps: horizon,
  gapSteps: gap,
  labelRule,
});

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
