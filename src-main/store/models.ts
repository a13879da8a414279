import type { CalibrationSummary } from '../ipc/calibration.ts';
import type {
  EpochRecord,
  Metrics,
  ModelKind,
  ModelSummary,
  ModelsDocument,
  TrainedModelDocument,
} from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import { MODEL_NAMES } from '../models/model-names.ts';
import type { StoredModel } from '../processes/store-api.ts';
import { writeAudit } from './audit.ts';
import { toBytes } from './blobs.ts';
import { inTransaction, type PortfolioDb } from './database.ts';
import { latestExperimentId } from './experiments.ts';
import { SHOWN_CONFIGURATION, summariseConfiguration, type ShownConfiguration } from './model-settings.ts';

export interface ModelRow {
  id: number;
  experiment: number;
  kind: ModelKind;
  created_at: string;
  champion: 0 | 1;
  configuration: string;
  scaler: string;
  weights: Buffer;
  parameters: number;
  epochs: number;
  best_epoch: number;
  seconds: number;
  windows_per_second: number;
  validation: string;
  test: string;
  out_of_time: string | null;
}

type ListedModelRow = Pick<ModelRow, 'id' | 'experiment' | 'kind' | 'created_at' | 'champion' | 'validation' | 'test'> &
  ShownConfiguration;

const parseMetrics = (json: string) => JSON.parse(json) as Metrics;

/** All models, oldest first. */
export function listModels(db: PortfolioDb): ModelsDocument {
  const rows = db
    .prepare<[], ListedModelRow>(
      `SELECT id, experiment, kind, created_at, champion, validation, test, ${SHOWN_CONFIGURATION}
       FROM models ORDER BY id`,
    )
    .all();
  return {
    models: rows.map((row): ModelSummary => ({
      id: String(row.id),
      kind: row.kind,
      experimentId: String(row.experiment),
      createdAt: row.created_at,
      champion: row.champion === 1,
      validationAuc: parseMetrics(row.validation).auc,
      testAuc: parseMetrics(row.test).auc,
      ...summariseConfiguration(row),
    })),
  };
}

function modelRow(db: PortfolioDb, modelId: string): ModelRow {
  const row = /^\d{1,15}$/.test(modelId)
    ? db.prepare<[number], ModelRow>('SELECT * FROM models WHERE id = ?').get(Number(modelId))
    : undefined;
  if (row === undefined) {
    throw new DuecastError('not-found', `This portfolio has no model ${modelId}. List its models to see their ids.`);
  }
  return row;
}

/** Everything that is needed to apply a model again. Throws `not-found`. */
export function readModel(db: PortfolioDb, modelId: string): StoredModel {
  const row = modelRow(db, modelId);
  return {
    id: String(row.id),
    experimentId: String(row.experiment),
    kind: row.kind,
    champion: row.champion === 1,
    configuration: JSON.parse(row.configuration) as unknown,
    scaler: JSON.parse(row.scaler) as unknown,
    weights: toBytes(row.weights),
    validation: parseMetrics(row.validation),
    test: parseMetrics(row.test),
  };
}

/** Without its weights. Throws `not-found`. */
export const readModelKind = (db: PortfolioDb, modelId: string): ModelKind => modelRow(db, modelId).kind;

/** What calibrates a model, null where nothing does. Throws `not-found`. */
export const readCalibration = (db: PortfolioDb, modelId: string): CalibrationSummary | null =>
  summariseConfiguration(shownConfiguration(db, modelRow(db, modelId).id)).calibration;

/** How a model was trained. Throws `not-found`. A loss that was not a number is NaN. */
export function readTrainedModel(db: PortfolioDb, modelId: string): TrainedModelDocument {
  const row = modelRow(db, modelId);
  const epochs = db
    .prepare<[number], Record<'epoch' | 'loss' | 'val_loss' | 'val_auc' | 'learning_rate' | 'seconds', number | null>>(
      'SELECT * FROM training_epochs WHERE model = ? ORDER BY epoch',
    )
    .all(row.id);
  return {
    id: String(row.id),
    kind: row.kind,
    parameters: row.parameters,
    epochs: row.epochs,
    bestEpoch: row.best_epoch,
    seconds: row.seconds,
    windowsPerSecond: row.windows_per_second,
    history: epochs.map((epoch): EpochRecord => ({
      epoch: epoch.epoch!,
      loss: epoch.loss ?? NaN,
      valLoss: epoch.val_loss ?? NaN,
      valAuc: epoch.val_auc,
      learningRate: epoch.learning_rate ?? NaN,
      seconds: epoch.seconds ?? NaN,
    })),
    validation: parseMetrics(row.validation),
    test: parseMetrics(row.test),
    outOfTime: row.out_of_time === null ? null : parseMetrics(row.out_of_time),
    ...summariseConfiguration(shownConfiguration(db, row.id)),
  };
}

const shownConfiguration = (db: PortfolioDb, id: number) =>
  db.prepare<[number], ShownConfiguration>(`SELECT ${SHOWN_CONFIGURATION} FROM models WHERE id = ?`).get(id)!;

/** Makes a model the portfolio's only champion. Throws `not-found`. */
export function setChampion(db: PortfolioDb, modelId: string): ModelsDocument {
  return inTransaction(db, () => {
    const { id, kind } = modelRow(db, modelId);
    db.prepare('UPDATE models SET champion = 0 WHERE champion = 1').run();
    db.prepare('UPDATE models SET champion = 1 WHERE id = ?').run(id);
    writeAudit(db, 'champion', `Chose model ${id} (${MODEL_NAMES[kind]}) as champion`);
    return listModels(db);
  });
}

/**
 * The model to score with: the champion, else the best validation AUC of the latest experiment, and of equals the one
 * with the least log-loss. Throws `not-found`.
 */
export function defaultModelId(db: PortfolioDb): string {
  const { models } = listModels(db);
  const champion = models.find((model) => model.champion);
  if (champion !== undefined) return champion.id;
  const rows = db.prepare<[number], { id: number; validation: string }>(
    'SELECT id, validation FROM models WHERE experiment = ?',
  );
  const ranked = rows
    .all(Number(latestExperimentId(db)))
    .map(({ id, validation }) => ({ id, ...parseMetrics(validation) }))
    .sort((a, b) => (b.auc ?? -1) - (a.auc ?? -1) || a.logLoss - b.logLoss);
  if (ranked.length === 0) throw new DuecastError('not-found', 'The latest training left no model. Train again.');
  return String(ranked[0].id);
}
