import { createPacer, type Pacer, type RunOptions } from '../evaluation/pacing.ts';
import type { EpochRecord } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import { createRandom } from '../sequences/random.ts';
import { loadLightgbm, type ColumnSample, type Handle, type LightgbmLibrary } from './lightgbm-library.ts';
import type { FeatureTable, LabelledTable } from './snapshot-features.ts';

export interface LightgbmSettings {
  /** At most. */
  rounds: number;
  /** Rounds without a lower validation log-loss after which training stops. */
  stopAfter: number;
  learningRate: number;
  leaves: number;
  minimumRowsInLeaf: number;
  seed: number;
  threads: number;
}

export interface LightgbmFit {
  /** LightGBM's own model text, cut after the best round. */
  modelText: string;
  /** Rounds trained. */
  rounds: number;
  bestRound: number;
  /** Of the kept trees together. */
  leaves: number;
  /** One entry a round. */
  history: EpochRecord[];
  /** Boosting and the building of bins, evaluation excluded. */
  seconds: number;
}

/** Rows that are read at once. */
const BLOCK_ROWS = 16_384;
/** Rows from which the bins of a feature are made; LightGBM's own default takes four times the memory. */
const SAMPLE_ROWS = 50_000;
/** LightGBM's kZeroThreshold. */
const ZERO = 1e-35;

/**
 * LightGBM (Ke et al. 2017) on snapshots: binary log-loss, early stopping on the validation log-loss, the trees after
 * the best round cut off. Empty values (NaN) go their own way at each split. The same settings and rows give the same
 * model on the same machine. Rows are fed a block at a time, so that 2 million × 57 take less than 400 MB.
 *
 * Progress counts rounds. Throws `too-small` where training rows hold one class only or validation has none,
 * `engine-missing`, `cancelled`.
 */
export async function fitLightgbm(
  training: LabelledTable,
  validation: LabelledTable,
  settings: LightgbmSettings,
  { signal, progress }: RunOptions = {},
): Promise<LightgbmFit> {
  checkLabels(training.labels, validation.labels);
  const library = loadLightgbm();
  const pacer = createPacer(signal);
  const parameters = parametersOf(settings);
  const handles: (() => void)[] = [];
  const kept = (handle: Handle, free: (handle: Handle) => void) => {
    handles.push(() => free(handle));
    return handle;
  };
  try {
    const started = performance.now();
    const sample = sampleColumns(training.table, settings.seed);
    const trainRows = training.table.rows;
    const trainSet = kept(library.createDataset(sample, trainRows, parameters), library.freeDataset);
    await fill(library, trainSet, training, pacer);
    const validationSet = kept(library.createDatasetLike(trainSet, validation.table.rows), library.freeDataset);
    await fill(library, validationSet, validation, pacer);
    const booster = kept(library.createBooster(trainSet, parameters), library.freeBooster);
    library.addValidation(booster, validationSet);
    const preparedSeconds = (performance.now() - started) / 1e3;

    const judgesAuc = hasBothClasses(validation.labels);
    const { history, bestRound } = await boost(library, booster, settings, judgesAuc, pacer, progress);
    const modelText = library.modelText(booster, bestRound);
    return {
      modelText,
      rounds: history.length,
      bestRound,
      leaves: countLeaves(modelText),
      history,
      seconds: history.reduce((sum, { seconds }) => sum + seconds, preparedSeconds),
    };
  } finally {
    for (const free of handles.reverse()) free();
  }
}

async function boost(
  library: LightgbmLibrary,
  booster: Handle,
  { rounds, stopAfter, learningRate }: LightgbmSettings,
  judgesAuc: boolean,
  pacer: Pacer,
  progress: RunOptions['progress'],
): Promise<{ history: EpochRecord[]; bestRound: number }> {
  const history: EpochRecord[] = [];
  let bestRound = 1;
  for (let round = 1; round <= rounds && round - bestRound <= stopAfter; round++) {
    const started = performance.now();
    const grew = library.update(booster);
    const seconds = (performance.now() - started) / 1e3;
    const [loss] = library.evaluate(booster, 0);
    const [valLoss, valAuc] = library.evaluate(booster, 1);
    history.push({ epoch: round, loss, valLoss, valAuc: judgesAuc ? valAuc : null, learningRate, seconds });
    if (valLoss < history[bestRound - 1].valLoss) bestRound = round;
    progress?.(round, rounds);
    if (!grew) break;
    if (pacer.due()) await pacer.pause();
  }
  return { history, bestRound };
}

const parametersOf = ({ learningRate, leaves, minimumRowsInLeaf, seed, threads }: LightgbmSettings) =>
  [
    'objective=binary',
    'metric=binary_logloss,auc',
    `learning_rate=${learningRate}`,
    `num_leaves=${leaves}`,
    `min_data_in_leaf=${minimumRowsInLeaf}`,
    `seed=${seed}`,
    `num_threads=${threads}`,
    // Else it measures at the start which way of counting is faster here, and that changes the sums' rounding.
    'deterministic=true',
    'force_row_wise=true',
  ].join(' ');

function checkLabels(training: Uint8Array, validation: Uint8Array): void {
  if (validation.length === 0) {
    throw new DuecastError('too-small', 'LightGBM needs windows of validation customers to stop at the right round.');
  }
  if (!hasBothClasses(training)) {
    throw new DuecastError(
      'too-small',
      'The training windows hold one outcome only; LightGBM needs events and others.',
    );
  }
}

const hasBothClasses = (labels: Uint8Array) => labels.includes(0) && labels.includes(1);

/** Spread evenly over the table, but not in step with anything in it. */
function sampleColumns({ rows, names, read }: FeatureTable, seed: number): ColumnSample {
  const columns = names.length;
  const sampleRows = Math.min(rows, SAMPLE_ROWS);
  const random = createRandom(seed);
  const values = Array.from({ length: columns }, () => new Float64Array(sampleRows));
  const rowsOfValues = Array.from({ length: columns }, () => new Int32Array(sampleRows));
  const counts = new Int32Array(columns);
  for (let i = 0; i < sampleRows; i++) {
    const row = sampleRows === rows ? i : Math.floor(((i + random.next()) * rows) / sampleRows);
    const cells = read(row, row + 1);
    for (let column = 0; column < columns; column++) {
      const value = cells[column];
      if (Math.abs(value) <= ZERO) continue;
      values[column][counts[column]] = value;
      rowsOfValues[column][counts[column]++] = i;
    }
  }
  return { rows: sampleRows, values, rowsOfValues, counts };
}

async function fill(library: LightgbmLibrary, dataset: Handle, { table, labels }: LabelledTable, pacer: Pacer) {
  for (let start = 0; start < table.rows; start += BLOCK_ROWS) {
    const end = Math.min(start + BLOCK_ROWS, table.rows);
    library.pushRows(dataset, table.read(start, end), table.names.length, start);
    if (pacer.due()) await pacer.pause();
  }
  library.setLabels(dataset, Float32Array.from(labels));
}

function countLeaves(modelText: string): number {
  let leaves = 0;
  for (const [, count] of modelText.matchAll(/^num_leaves=(\d+)$/gm)) leaves += Number(count);
  return leaves;
}

/**
 * The PD of each row by a model text; the table must have the columns it was fitted on. Progress counts rows. Throws
 * `engine-missing`, `cancelled`.
 */
export async function predictLightgbm(
  modelText: string,
  table: FeatureTable,
  { threads, signal, progress }: RunOptions & { threads: number },
): Promise<Float32Array> {
  const library = loadLightgbm();
  const pacer = createPacer(signal);
  const pd = new Float32Array(table.rows);
  const out = new Float64Array(Math.min(BLOCK_ROWS, table.rows));
  const booster = library.loadBooster(modelText);
  try {
    for (let start = 0; start < table.rows; start += BLOCK_ROWS) {
      const end = Math.min(start + BLOCK_ROWS, table.rows);
      library.predict(booster, table.read(start, end), table.names.length, `num_threads=${threads}`, out);
      pd.set(out.subarray(0, end - start), start);
      progress?.(end, table.rows);
      if (pacer.due()) await pacer.pause();
    }
  } finally {
    library.freeBooster(booster);
  }
  return pd;
}

/**
 * LightGBM's own SHAP values of rows by a model text: by column in log-odds, and their base, the mean log-odds of the
 * training rows. They add up to the log-odds of a row's PD. Throws `engine-missing`.
 */
export function lightgbmExplainer(modelText: string): {
  explain(row: Float32Array): { base: number; columns: Float64Array };
  dispose(): void;
} {
  const library = loadLightgbm();
  const booster = library.loadBooster(modelText);
  return {
    explain(row) {
      const out = new Float64Array(row.length + 1);
      library.contributions(booster, row, row.length, 'num_threads=1', out);
      return { base: out[row.length], columns: out.slice(0, row.length) };
    },
    dispose: () => library.freeBooster(booster),
  };
}
