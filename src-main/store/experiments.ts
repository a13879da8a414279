import { DuecastError } from '../ipc/errors.ts';
import { MODEL_NAMES } from '../models/model-names.ts';
import type {
  EvaluatedPart,
  ExperimentSettings,
  NewExperiment,
  NewModel,
  PredictionRows,
} from '../processes/store-api.ts';
import { writeAudit } from './audit.ts';
import { toBlob, toBytes, toFloat32, toInt32 } from './blobs.ts';
import { inTransaction, now, type PortfolioDb } from './database.ts';
import { insertTrainingScores } from './training-scores.ts';

const EVALUATED_PARTS: readonly EvaluatedPart[] = ['validation', 'test', 'outOfTime'];

/**
 * Stores an experiment with all its models, or nothing of it. Models are judged on the test part, so an experiment
 * with test rows counts as one use of it.
 */
export function registerExperiment(
  db: PortfolioDb,
  experiment: NewExperiment,
): { experimentId: string; modelIds: string[]; testUses: number } {
  return inTransaction(db, () => {
    const createdAt = now();
    const id = db
      .prepare(
        `INSERT INTO experiments (created_at, settings, summary, data_hash, versions, seconds)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(
        createdAt,
        JSON.stringify(experiment.settings),
        JSON.stringify(experiment.summary ?? null),
        experiment.dataHash,
        JSON.stringify(experiment.versions),
        experiment.seconds,
      ).lastInsertRowid as number;
    const insertRows = db.prepare(
      'INSERT INTO prediction_rows (experiment, part, customers, steps, labels) VALUES (?, ?, ?, ?, ?)',
    );
    for (const part of EVALUATED_PARTS) {
      const rows = experiment.rows[part];
      if (rows !== null) insertRows.run(id, part, toBlob(rows.customers), toBlob(rows.steps), toBlob(rows.labels));
    }
    const modelIds = experiment.models.map((model) => {
      checkPredictions(experiment, model);
      return String(insertModel(db, id, createdAt, model));
    });
    const kinds = experiment.models.map(({ kind }) => MODEL_NAMES[kind]).join(', ');
    writeAudit(db, 'experiment', `Registered experiment ${id} with ${kinds} (seed ${experiment.settings.seed})`);
    const looked = experiment.rows.test !== null;
    const testUses = looked ? addTestUse(db, `experiment ${id}`) : readTestUses(db);
    return { experimentId: String(id), modelIds, testUses };
  });
}

function checkPredictions({ rows }: NewExperiment, { kind, predictions }: NewModel): void {
  for (const part of EVALUATED_PARTS) {
    const scores = predictions[part];
    if (scores === null) continue;
    const expected = rows[part]?.labels.length ?? 0;
    if (scores.length !== expected) {
      throw new Error(`${kind}: ${scores.length} predictions for ${expected} ${part} rows`);
    }
  }
}

function insertModel(db: PortfolioDb, experiment: number, createdAt: string, model: NewModel): number {
  const { kind, configuration, scaler, weights, document, predictions } = model;
  const id = db
    .prepare(
      `INSERT INTO models (experiment, kind, created_at, configuration, scaler, weights, parameters, epochs, best_epoch,
         seconds, windows_per_second, validation, test, out_of_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      experiment,
      kind,
      createdAt,
      JSON.stringify(configuration ?? null),
      JSON.stringify(scaler ?? null),
      toBlob(weights),
      document.parameters,
      document.epochs,
      document.bestEpoch,
      document.seconds,
      document.windowsPerSecond,
      JSON.stringify(document.validation),
      JSON.stringify(document.test),
      document.outOfTime === null ? null : JSON.stringify(document.outOfTime),
    ).lastInsertRowid as number;
  const insertEpoch = db.prepare(
    `INSERT INTO training_epochs (model, epoch, loss, val_loss, val_auc, learning_rate, seconds)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { epoch, loss, valLoss, valAuc, learningRate, seconds } of document.history) {
    insertEpoch.run(id, epoch, loss, valLoss, valAuc, learningRate, seconds);
  }
  const insertScores = db.prepare('INSERT INTO predictions (model, part, scores) VALUES (?, ?, ?)');
  for (const part of EVALUATED_PARTS) {
    const scores = predictions[part];
    if (scores !== null) insertScores.run(id, part, toBlob(scores));
  }
  if (model.training) insertTrainingScores(db, id, model.training.spread);
  return id;
}

const readTestUses = (db: PortfolioDb) => db.prepare<[], number>('SELECT test_uses FROM portfolio').pluck().get()!;

/** Belongs into the transaction of what looked. */
export function addTestUse(db: PortfolioDb, why: string): number {
  const uses = db
    .prepare<[], number>('UPDATE portfolio SET test_uses = test_uses + 1 RETURNING test_uses')
    .pluck()
    .get()!;
  writeAudit(db, 'test-use', `Looked at the test part for the ${ordinal(uses)} time: ${why}`);
  return uses;
}

const ordinal = (n: number) => {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? undefined : ['th', 'st', 'nd', 'rd'][n % 10];
  return `${n}${ending ?? 'th'}`;
};

/** Counts one more look at the test part and returns how many there were. */
export const countTestUse = (db: PortfolioDb, why: string): { testUses: number } =>
  inTransaction(db, () => ({ testUses: addTestUse(db, why) }));

export interface StoredExperiment {
  experimentId: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  settings: ExperimentSettings;
  summary: unknown;
  dataHash: string;
  versions: Record<string, string>;
  seconds: number;
  /** In the order they were registered. */
  modelIds: string[];
}

export interface ExperimentRow {
  id: number;
  created_at: string;
  settings: string;
  summary: string;
  data_hash: string;
  versions: string;
  seconds: number;
}

/** An experiment by its id, or the latest. Throws `not-found`. */
export function readExperiment(db: PortfolioDb, experimentId: string | null = null): StoredExperiment {
  const id = experimentId === null ? latestExperimentId(db) : experimentId;
  const row = /^\d{1,15}$/.test(id)
    ? db.prepare<[number], ExperimentRow>('SELECT * FROM experiments WHERE id = ?').get(Number(id))
    : undefined;
  if (row === undefined) throw new DuecastError('not-found', `This portfolio has no experiment ${id}.`);
  const models = db.prepare<[number], number>('SELECT id FROM models WHERE experiment = ? ORDER BY id').pluck();
  return {
    experimentId: String(row.id),
    createdAt: row.created_at,
    settings: JSON.parse(row.settings) as ExperimentSettings,
    summary: JSON.parse(row.summary) as unknown,
    dataHash: row.data_hash,
    versions: JSON.parse(row.versions) as Record<string, string>,
    seconds: row.seconds,
    modelIds: models.all(row.id).map(String),
  };
}

/** Throws `not-found` where nothing was trained yet. */
export function latestExperimentId(db: PortfolioDb): string {
  const id = db.prepare<[], number | null>('SELECT max(id) FROM experiments').pluck().get() ?? null;
  if (id === null) throw new DuecastError('not-found', 'No model has been trained on this portfolio yet. Train first.');
  return String(id);
}

/** The rows that the models of an experiment are judged on, null where it has none of this part. */
export function readPredictionRows(db: PortfolioDb, experimentId: string, part: EvaluatedPart): PredictionRows | null {
  const row = db
    .prepare<[number, string], { customers: Buffer; steps: Buffer; labels: Buffer }>(
      'SELECT customers, steps, labels FROM prediction_rows WHERE experiment = ? AND part = ?',
    )
    .get(Number(experimentId), part);
  if (row === undefined) return null;
  return { customers: toInt32(db, row.customers), steps: toInt32(db, row.steps), labels: toBytes(row.labels) };
}

/** A model's PD for each of those rows, null where it has none. */
export function readPredictions(db: PortfolioDb, modelId: string, part: EvaluatedPart): Float32Array | null {
  const blob = db
    .prepare<[number, string], Buffer>('SELECT scores FROM predictions WHERE model = ? AND part = ?')
    .pluck()
    .get(Number(modelId), part);
  return blob === undefined ? null : toFloat32(db, blob);
}
