import { withSeedSpread } from '../evaluation/seed-spread.ts';
import type { EpochRecord, Metrics, ModelKind, TrainDocument } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { ExperimentModelView, ExperimentView } from '../ipc/views.ts';
import type { ExperimentSettings } from '../processes/store-api.ts';
import type { PortfolioDb } from './database.ts';
import type { ExperimentRow } from './experiments.ts';
import { SHOWN_CONFIGURATION, summariseConfiguration, type ShownConfiguration } from './model-settings.ts';
import type { ModelRow } from './models.ts';

type ListedRow = ExperimentRow & { data_changed: 0 | 1 };

const EXPERIMENTS = `
  SELECT id, created_at, settings, summary, data_hash, versions, seconds,
    EXISTS (SELECT 1 FROM import_batches b WHERE b.imported_at > e.created_at OR b.undone_at > e.created_at)
      OR EXISTS (SELECT 1 FROM audit_log a WHERE a.action = 'rules' AND a.at > e.created_at) AS data_changed
  FROM experiments e ORDER BY id DESC`;

/** Of what a model is and is made of, only what is shown. */
type ListedModelRow = Omit<ModelRow, 'created_at' | 'configuration' | 'scaler' | 'weights'> & ShownConfiguration;

const MODELS = `
  SELECT experiment, id, kind, champion, parameters, epochs, best_epoch, seconds, windows_per_second, validation, test, out_of_time,
    ${SHOWN_CONFIGURATION}
  FROM models ORDER BY id`;

/** What `registerExperiment` is given as a summary. */
type Summary = Pick<TrainDocument, 'split' | 'warnings' | 'refused' | 'backend'> & { splitSeed: number };

/** Every experiment with what its models achieved, newest first. Reads neither weights nor predictions. */
export function listExperiments(db: PortfolioDb): { experiments: ExperimentView[] } {
  const [experiments, models] = db.transaction(() => [
    db.prepare<[], ListedRow>(EXPERIMENTS).all(),
    db.prepare<[], ListedModelRow>(MODELS).all(),
  ])() as [ListedRow[], ListedModelRow[]];
  const modelsOf = new Map<number, ExperimentModelView[]>();
  for (const row of models) modelsOf.set(row.experiment, [...(modelsOf.get(row.experiment) ?? []), toModel(row)]);
  return { experiments: withSeedSpread(experiments.map((row) => toExperiment(row, modelsOf.get(row.id) ?? []))) };
}

function toExperiment(row: ListedRow, models: ExperimentModelView[]): ExperimentView {
  const settings = JSON.parse(row.settings) as ExperimentSettings;
  const { split, warnings, refused, backend, splitSeed } = JSON.parse(row.summary) as Summary;
  return {
    experimentId: String(row.id),
    createdAt: row.created_at,
    settings: { ...settings, splitSeed },
    dataHash: row.data_hash,
    backend,
    versions: JSON.parse(row.versions) as Record<string, string>,
    seconds: row.seconds,
    split,
    warnings,
    refused,
    models,
    dataChanged: row.data_changed === 1,
  };
}

const parseMetrics = (json: string) => JSON.parse(json) as Metrics;

const toModel = (row: ListedModelRow): ExperimentModelView => ({
  id: String(row.id),
  kind: row.kind,
  champion: row.champion === 1,
  parameters: row.parameters,
  epochs: row.epochs,
  bestEpoch: row.best_epoch,
  seconds: row.seconds,
  windowsPerSecond: row.windows_per_second,
  validation: parseMetrics(row.validation),
  test: parseMetrics(row.test),
  outOfTime: row.out_of_time === null ? null : parseMetrics(row.out_of_time),
  ...summariseConfiguration(row),
});

interface EpochRow {
  id: number;
  kind: ModelKind;
  /** Null: the model has no epochs. */
  epoch: number | null;
  loss: number | null;
  val_loss: number | null;
  val_auc: number | null;
  learning_rate: number | null;
  seconds: number | null;
}

const EPOCHS = `
  SELECT m.id, m.kind, t.epoch, t.loss, t.val_loss, t.val_auc, t.learning_rate, t.seconds
  FROM models m LEFT JOIN training_epochs t ON t.model = m.id
  WHERE m.experiment = ? ORDER BY m.id, t.epoch`;

export interface ModelHistory {
  id: string;
  kind: ModelKind;
  /** Empty for an ensemble. */
  history: EpochRecord[];
}

/** The learning curves of an experiment's models. A loss that was not a number is NaN. Throws `not-found`. */
export function learningCurves(db: PortfolioDb, experimentId: string): { models: ModelHistory[] } {
  const rows = /^\d{1,15}$/.test(experimentId) ? db.prepare<[number], EpochRow>(EPOCHS).all(Number(experimentId)) : [];
  if (rows.length === 0) throw new DuecastError('not-found', `This portfolio has no experiment ${experimentId}.`);
  const models = new Map<number, ModelHistory>();
  for (const { id, kind, epoch, loss, val_loss, val_auc, learning_rate, seconds } of rows) {
    const model = models.get(id) ?? { id: String(id), kind, history: [] };
    models.set(id, model);
    if (epoch === null) continue;
    model.history.push({
      epoch,
      loss: loss ?? NaN,
      valLoss: val_loss ?? NaN,
      valAuc: val_auc,
      learningRate: learning_rate ?? NaN,
      seconds: seconds ?? NaN,
    });
  }
  return { models: [...models.values()] };
}
