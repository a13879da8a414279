import { DuecastError } from '../ipc/errors.ts';
import { counted } from '../ipc/grouped.ts';
import { applyModel } from '../models/apply-model.ts';
import { combineMembers } from '../models/combine-members.ts';
import { trainModel } from '../models/train-model.ts';
import { generateSample } from '../sample/generate.ts';
import { describeTimeline, type CustomerTimeline } from '../scoring/timeline.ts';
import { cutDataset } from '../sequences/dataset.ts';
import { leaveOut, NO_STEP } from '../sequences/panel.ts';
import { unlabelledWindows, windowCount, type WindowSettings } from '../sequences/windows.ts';
import { readAlerting } from '../store/alert-thresholds.ts';
import { readExperiment } from '../store/experiments.ts';
import { readLevelBounds, stepDates } from '../store/portfolio.ts';
import { previewRules } from '../store/preview-rules.ts';
import { requireCustomer } from '../store/read-panel.ts';
import { dataMark } from '../store/timelines.ts';
import { loadEngine } from '../tensors/engines.ts';
import { assessPortfolio } from './assess-portfolio.ts';
import { applyOptions, modelsOf } from './apply-options.ts';
import { checkPart } from './check-part.ts';
import { checkPortfolio } from './check-portfolio.ts';
import { checkShuffled } from './check-shuffled.ts';
import { compareStored, storedCurves } from './compare-stored.ts';
import { explainCustomer } from './explain-customer.ts';
import { judgeFile, lookAtScores } from './judge-file.ts';
import type { CustomerTimelines, ModelApi, TrainingPlan, TrainRequest } from './model-api.ts';
import { createSplitPlanner, planTraining } from './plan-training.ts';
import { keepHistories, readAll, reading } from './portfolio-reading.ts';
import { readExternalScores } from './read-external-scores.ts';
import { createReporter } from './report-stored.ts';
import type { CallContext, Handlers } from './rpc.ts';
import { scoreStored, seen } from './score-stored.ts';
import { changesBetween } from './scoring-changes.ts';
import { judgeScoring } from './scoring-verdict.ts';
import type { NewModel } from './store-api.ts';
import { storedThresholds } from './thresholds-stored.ts';

/** What a model process answers with: it reads the portfolio in one short transaction, closes it, and computes. */
export function createModelHandlers(): Handlers<ModelApi> {
  const histories = keepHistories();
  return {
    engine({ backend }) {
      const { name, version, threads } = loadEngine(backend);
      return { name, version, threads };
    },
    checkPart: ({ part }) => checkPart(part),
    quality: ({ path }) => assessPortfolio(path),
    plan: planTraining,
    split: createSplitPlanner(histories),
    train,
    generate: (request, { signal, progress }) =>
      generateSample(request, { signal, progress: (done, total) => progress({ phase: 'generating', done, total }) }),
    combine: combineMembers,
    compare: compareStored,
    sanity: (request, context) => checkPortfolio(request, context, histories),
    shuffled: checkShuffled,
    curves: storedCurves,
    thresholds: storedThresholds,
    report: createReporter(histories),
    evaluateFile: judgeFile,
    lookAtScores,
    readExternalScores,
    score: scoreStored,
    scoringChanges: ({ path, fromId, toId }) => changesBetween(path, fromId, toId),
    scoringVerdict: judgeScoring,
    previewRules: ({ path, draft, most }) => reading(path, (db) => previewRules(db, draft, most)),
    timeline,
    explain: explainCustomer,
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
  const { panel: whole, parts } = reading(path, (db) => readAll(db));
  const panel = leaveOut(whole, settings.without ?? []);
  const windows = cutDataset(panel, parts, windowSettings(settings));
  return trainModel(kind, panel, windows, settings, () => loadEngine(backend), {
    signal,
    progress(figures) {
      const { done, total } = figures.unit === 'epochs' ? figures.epochs : figures;
      progress({ phase: 'training', done, total, figures });
    },
  });
}

async function timeline(
  request: Parameters<ModelApi['timeline']>[0],
  { signal }: CallContext,
): Promise<CustomerTimelines> {
  const { panel, parts, models, experimentId, windowSteps, dateOf, levelBounds, mark, alerting } = reading(
    request.path,
    (db) =>
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
          alerting: readAlerting(db, id),
        };
      })(),
  );
  const customer = 0;
  const windows = unlabelledWindows(panel, windowSteps, { lastOnly: false, customers: [customer] });
  if (windowCount(windows) === 0) {
    const steps = panel.firstRow[customer + 1] - panel.firstRow[customer];
    throw new DuecastError(
      'too-small',
      `Customer “${request.customer}” has ${counted(steps, 'step')}; the models look back over ${windowSteps}.`,
    );
  }
  const options = applyOptions(models, signal);
  const drawn: CustomerTimeline['models'] = [];
  for (const { id, kind, champion, ...model } of models) {
    const scores = await applyModel({ kind, ...model }, panel, windows, options);
    drawn.push({ id, kind, firstStep: windows.step[0], scores, champion });
  }
  const event = panel.eventStep[customer];
  const eventStep = event === NO_STEP ? null : event;
  const isSeen = seen(parts[customer]) === 1;
  return {
    document: describeTimeline(
      { customer: request.customer, experimentId, eventStep, seen: isSeen, models: drawn, alerting },
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
