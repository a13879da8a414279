import { cpus } from 'node:os';
import type { CalibrationMethod, EnsembleWeight } from '../ipc/calibration.ts';
import type { BackendInfo, LabelRule, ModelKind, TrainableKind, TrainDocument } from '../ipc/documents.ts';
import { cancelled, DuecastError } from '../ipc/errors.ts';
import { ensembleOf } from '../models/ensemble.ts';
import { RECIPE } from '../models/training-plan.ts';
import type { Backend } from '../tensors/backends.ts';
import type { ModelApi } from './model-api.ts';
import type { CallContext, Client, Progress } from './rpc.ts';
import type { ExperimentSettings, NewExperiment, NewModel } from './store-api.ts';
import type { Workspace } from './workspace.ts';

export const TRAINABLE_KINDS: readonly TrainableKind[] = ['lstm', 'cnn-lstm', 'lightgbm', 'logistic'];

export const CALIBRATION_METHODS: readonly CalibrationMethod[] = ['none', 'platt', 'isotonic'];
export const ENSEMBLE_WEIGHTS: readonly EnsembleWeight[] = ['recipe', 'fitted'];

/** What the analyst set; null takes the default. */
export interface TrainingRequest {
  /** Null: every kind that this machine can train. */
  models: TrainableKind[] | null;
  window: number | null;
  horizon: number | null;
  gap: number | null;
  labelRule: LabelRule | null;
  epochs: number | null;
  batch: number | null;
  seed: number | null;
  splitSeed: number | null;
  backend: Backend;
  /** None where it is missing. */
  calibration?: CalibrationMethod | undefined;
  /** The recipe's where it is missing. */
  ensembleWeight?: EnsembleWeight | undefined;
  /** Inputs that the models shall not read. */
  without?: readonly string[] | null | undefined;
  /** How many models train at the same time; null or none: as many as there are cores, at least two. */
  modelsAtOnce?: number | null;
}

/** Two networks train at the same time even on one core, so that their curves can be watched side by side. */
const LEAST_PROCESSES = 2;

const ENDED =
  'The process that was training a model stopped unexpectedly, so the training ended. None of its models was kept; the ' +
  'portfolio and its earlier models are as before. Train again; if it stops again, close other programs or train fewer ' +
  'models at once: too little memory is the usual cause.';

/** A kind that cannot be trained here is left out with its reason, where others can. */
const REFUSALS: readonly string[] = ['model-refused', 'engine-missing'];

/** Trained models that the store does not know yet. */
export interface FittedExperiment {
  experiment: NewExperiment;
  document: Omit<TrainDocument, 'experimentId' | 'testUses' | 'models'>;
}

/**
 * Trains models side by side, each in a process of its own, and registers all of them at the end or none. Progress
 * comes in lanes, one a model. Throws `usage`, `too-small`, `engine-missing`, `model-refused`, `process-ended` or
 * `cancelled`.
 */
export async function trainModels(
  workspace: Workspace,
  request: TrainingRequest,
  context: CallContext,
): Promise<TrainDocument> {
  return registerFitted(workspace, await fitExperiment(workspace, request, context));
}

/** As `trainModels`, without registering anything. */
export async function fitExperiment(
  workspace: Workspace,
  request: TrainingRequest,
  context: CallContext,
): Promise<FittedExperiment> {
  const started = performance.now();
  const settingsGiven = {
    epochs: request.epochs ?? RECIPE.epochs,
    batch: request.batch ?? RECIPE.batch,
    seed: request.seed ?? RECIPE.seed,
  };
  checkSettings(settingsGiven);
  const { calibration = 'none', ensembleWeight = 'recipe' } = request;
  const { path, store } = workspace;
  const { splitSeed } = await store.call('assignParts', { splitSeed: request.splitSeed });
  const requested = {
    windowSteps: request.window,
    horizonSteps: request.horizon,
    gapSteps: request.gap,
    labelRule: request.labelRule,
  };
  const without = [...new Set(request.without ?? [])];
  context.progress({ phase: 'reading', done: 0, total: 1 });
  const { plan, backend } = await workspace.withModelProcess(async (models) => ({
    plan: await models.call('plan', { path, requested, without }, context),
    backend: await engineOf(models, request),
  }));
  context.progress({ phase: 'reading', done: 1, total: 1 });

  const leftOut = without.length === 0 ? {} : { without };
  const settings: ExperimentSettings = {
    ...plan.settings,
    ...settingsGiven,
    calibration,
    ensembleWeight,
    ...leftOut,
  };
  const kinds = request.models ?? TRAINABLE_KINDS;
  const chosen = { ...request, backend: backend.name === 'none' ? request.backend : (backend.name as Backend) };
  const { trained, refused } = await trainSideBySide(workspace, chosen, kinds, settings, context);
  const members = ensembleOf(trained.map(({ kind }) => kind));
  if (members !== null) {
    trained.push(
      await workspace.withModelProcess((models) =>
        models.call('combine', { rows: plan.rows, members: trained, settings }, context),
      ),
    );
  }
  if (context.signal.aborted) throw cancelled();

  const { split, unlabelled } = plan;
  const warnings = [...plan.warnings, ...trained.flatMap((model) => model.warnings ?? [])];
  const seconds = (performance.now() - started) / 1e3;
  return {
    experiment: {
      settings,
      summary: { split, unlabelled, warnings, refused, backend, splitSeed },
      dataHash: plan.dataHash,
      versions: { node: plan.node, [backend.name]: backend.version },
      rows: plan.rows,
      models: trained,
      seconds,
    },
    document: {
      backend,
      settings: { ...plan.settings, seed: settings.seed, splitSeed, calibration, ensembleWeight, ...leftOut },
      split,
      unlabelled,
      refused,
      warnings,
      seconds,
    },
  };
}

/** Stores it with all its models. */
export async function registerFitted(
  { store }: Workspace,
  { experiment, document }: FittedExperiment,
): Promise<TrainDocument> {
  const { experimentId, modelIds, testUses } = await store.call('registerExperiment', experiment);
  const models = experiment.models.map((model, i) => ({ ...model.document, id: modelIds[i] }));
  return { experimentId, ...document, testUses, models };
}

function checkSettings(settings: { epochs: number; batch: number; seed: number }) {
  for (const [name, value] of Object.entries(settings)) {
    const least = name === 'seed' ? 0 : 1;
    if (!Number.isSafeInteger(value) || value < least)
      throw new DuecastError('usage', `The ${name} must be a whole number, at least ${least}.`);
  }
}

/** The engine of the networks; without one, only the models that need none are trained. */
async function engineOf(models: Client<ModelApi>, { backend }: TrainingRequest): Promise<BackendInfo> {
  try {
    return await models.call('engine', { backend });
  } catch (error) {
    if (error instanceof DuecastError && error.code === 'engine-missing')
      return { name: 'none', version: '', threads: 0 };
    throw error;
  }
}

interface SideBySide {
  trained: NewModel[];
  refused: TrainDocument['refused'];
}

/** As many processes at once as are asked for; the first failure, or a cancel, ends them all. */
async function trainSideBySide(
  { path, withModelProcess }: Workspace,
  request: TrainingRequest,
  kinds: readonly TrainableKind[],
  settings: ExperimentSettings,
  context: CallContext,
): Promise<SideBySide> {
  const abort = new AbortController();
  const { signal } = abort;
  const passOn = () => abort.abort();
  if (context.signal.aborted) passOn();
  else context.signal.addEventListener('abort', passOn, { once: true });
  const waiting = TRAINABLE_KINDS.filter((kind) => kinds.includes(kind));
  const trained: NewModel[] = [];
  const refused: SideBySide['refused'] = [];
  let refusal: DuecastError | null = null;

  const trainNext = async (): Promise<void> => {
    for (let kind = waiting.shift(); kind !== undefined; kind = waiting.shift()) {
      const lane = kind;
      let latest: Progress = { phase: 'training', done: 1, total: 1 };
      const progress = (value: Progress) => context.progress({ ...(latest = value), lane });
      const end = (ended: 'trained' | 'refused') =>
        context.progress({ ...latest, lane, done: latest.done, total: latest.done, ended });
      try {
        const train = { path, kind, settings, backend: request.backend };
        const work = (models: Client<ModelApi>) => models.call('train', train, { signal, progress });
        trained.push(await withModelProcess(work, ENDED));
        end('trained');
      } catch (error) {
        if (!(error instanceof DuecastError) || !REFUSALS.includes(error.code) || isRequired(error, request))
          throw error;
        refusal = error;
        refused.push({ kind, reason: error.message });
        end('refused');
      }
    }
  };
  const atOnce = request.modelsAtOnce ?? Math.max(LEAST_PROCESSES, cpus().length);
  const processes = Math.min(waiting.length, atOnce);
  const lanes = Array.from({ length: processes }, () =>
    trainNext().catch((error: unknown) => {
      abort.abort();
      throw error;
    }),
  );
  const ended = await Promise.allSettled(lanes);
  context.signal.removeEventListener('abort', passOn);
  const failed = ended.find((lane) => lane.status === 'rejected' && !isCancelled(lane.reason));
  if (context.signal.aborted) throw cancelled();
  if (failed?.status === 'rejected') throw failed.reason;
  if (trained.length === 0 && refusal !== null) throw refusal;
  const inOrder = <T extends { kind: ModelKind }>(items: T[]) =>
    items.sort((a, b) => placeOf(a.kind) - placeOf(b.kind));
  return { trained: inOrder(trained), refused: inOrder(refused) };
}

const placeOf = (kind: ModelKind) => TRAINABLE_KINDS.indexOf(kind as TrainableKind);

/** A model asked for by name must not quietly be missing for want of an engine. */
const isRequired = (error: DuecastError, { models }: TrainingRequest) =>
  error.code === 'engine-missing' && models !== null;

const isCancelled = (error: unknown) => error instanceof DuecastError && error.code === 'cancelled';
