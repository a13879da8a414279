import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuecastError } from '../ipc/errors.ts';
import { unpacked } from '../processes/unpacked.ts';

/** A handle of LightGBM's, to be freed once. */
export type Handle = bigint;

/** Names the library file where it is not in its usual place. */
export const LIBRARY_VARIABLE = 'DUECAST_LIGHTGBM_LIB';

const FILE_NAMES: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'lib_lightgbm.dll',
  darwin: 'lib_lightgbm.dylib',
};

/** LightGBM's C_API_DTYPE_FLOAT32. */
const FLOAT32 = 0;
const ROW_MAJOR = 1;
/** C_API_PREDICT_NORMAL: with a binary objective, the probability. */
const PREDICT_NORMAL = 0;
/** C_API_PREDICT_CONTRIB: SHAP values by column in log-odds, then their base. */
const PREDICT_CONTRIBUTIONS = 3;
/** C_API_FEATURE_IMPORTANCE_SPLIT. */
const SPLIT_IMPORTANCE = 0;
/** 0 or less: all of them. */
const ALL_ROUNDS = -1;
/** LightGBM writes its warnings to stdout, which belongs to the documents. */
const QUIET = 'verbosity=-1';

/** Columns of some rows, without what is 0, from which a dataset's bins are made. */
export interface ColumnSample {
  rows: number;
  /** [columns]: the values of a column other than 0, and in which of the sample's rows they stand. */
  values: Float64Array[];
  rowsOfValues: Int32Array[];
  /** [columns]: how many. */
  counts: Int32Array;
}

/**
 * LightGBM's C API, as far as Duecast uses it (LightGBM/include/LightGBM/c_api.h). Every function throws a DuecastError
 * with LightGBM's own words as detail. Calls block.
 */
export interface LightgbmLibrary {
  /** As the file beside the library has it; the C API doesn't tell. */
  version: string;
  /** An empty dataset of `rows` rows, to be filled by `pushRows`; the last row completes it. */
  createDataset(sample: ColumnSample, rows: number, parameters: string): Handle;
  /** The same with the bins of another dataset, as validation data must have. */
  createDatasetLike(reference: Handle, rows: number): Handle;
  /** `values`: [rows, columns], row-major. */
  pushRows(dataset: Handle, values: Float32Array, columns: number, startRow: number): void;
  setLabels(dataset: Handle, labels: Float32Array): void;
  freeDataset(dataset: Handle): void;
  /** The datasets must outlive it. */
  createBooster(training: Handle, parameters: string): Handle;
  addValidation(booster: Handle, validation: Handle): void;
  /** One more round. False where no tree can be split any further. */
  update(booster: Handle): boolean;
  /** The metrics on the training data (0) or the validation data (1), in the order of the parameters. */
  evaluate(booster: Handle, data: 0 | 1): number[];
  modelText(booster: Handle, rounds: number): string;
  loadBooster(modelText: string): Handle;
  /** `values`: [rows, columns], row-major. `out`: [rows]. */
  predict(booster: Handle, values: Float32Array, columns: number, parameters: string, out: Float64Array): void;
  /** TreeSHAP (Lundberg et al. 2020). `out`: [rows, columns + 1], in log-odds, the last one the base. */
  contributions(booster: Handle, values: Float32Array, columns: number, parameters: string, out: Float64Array): void;
  freeBooster(booster: Handle): void;
}

export function lightgbmPath(): string {
  const set = process.env[LIBRARY_VARIABLE];
  if (set) return set;
  const native = unpacked(fileURLToPath(new URL('../../node_modules/.duecast/native/', import.meta.url)));
  return join(native, FILE_NAMES[process.platform] ?? 'lib_lightgbm.so');
}

/** The version of the library that is there, null without one. */
export function lightgbmVersion(): string | null {
  const path = lightgbmPath();
  if (!existsSync(path)) return null;
  const note = join(dirname(path), 'version.txt');
  return existsSync(note) ? readFileSync(note, 'utf8').trim() : 'unknown';
}

let loaded: { path: string; library: LightgbmLibrary } | null = null;

/** Throws `engine-missing` where the library is missing or can't be loaded. */
export function loadLightgbm(): LightgbmLibrary {
  const path = lightgbmPath();
  if (loaded?.path !== path) loaded = { path, library: bind(path) };
  return loaded.library;
}

const engineMissing = (what: string, detail: string) =>
  new DuecastError(
    'engine-missing',
    `${what} LSTM, CNN-LSTM and logistic regression train without it. \`npm run -s duecast -- doctor\` says how to mend it.`,
    detail,
  );

function open(path: string) {
  if (!existsSync(path)) throw engineMissing("LightGBM's library is not installed.", `no file ${path}`);
  try {
    // Not imported at the top: where koffi has no binary for this machine, everything else must still run.
    const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
    return koffi.load(path);
  } catch (error) {
    const lacks = process.platform === 'linux' ? ' It needs the system library libgomp.' : '';
    throw engineMissing(`LightGBM's library is there but could not be loaded.${lacks}`, `${path}: ${String(error)}`);
  }
}

function bind(path: string): LightgbmLibrary {
  const c = open(path);
  const lastError = c.func('const char *LGBM_GetLastError()') as () => string;

  /** `function(arguments) → 0, or what LGBM_GetLastError says`. */
  const checked = (declaration: string) => {
    const call = c.func(`int ${declaration}`);
    return (...values: unknown[]): void => {
      if (call(...values) === 0) return;
      const detail = `${declaration.slice(0, declaration.indexOf('('))}: ${lastError()}`;
      throw new DuecastError('internal', 'LightGBM failed; no model was changed. The log says why.', detail);
    };
  };
  const created = (call: (...values: unknown[]) => void, ...values: unknown[]): Handle => {
    const out: [Handle | null] = [null];
    call(...values, out);
    return out[0] as Handle;
  };

  const datasetCreate = checked(
    'LGBM_DatasetCreateFromSampledColumn(double **values, int **indices, int32_t columns, const int *counts, ' +
      'int32_t sampleRows, int32_t localRows, int64_t allRows, const char *parameters, _Out_ void **out)',
  );
  const datasetCreateByReference = checked(
    'LGBM_DatasetCreateByReference(void *reference, int64_t rows, _Out_ void **out)',
  );
  const datasetPushRows = checked(
    'LGBM_DatasetPushRows(void *dataset, const void *values, int type, int32_t rows, int32_t columns, int32_t startRow)',
  );
  const datasetSetField = checked(
    'LGBM_DatasetSetField(void *dataset, const char *name, const void *values, int count, int type)',
  );
  const datasetFree = checked('LGBM_DatasetFree(void *dataset)');
  const boosterCreate = checked('LGBM_BoosterCreate(void *dataset, const char *parameters, _Out_ void **out)');
  const boosterAddValidData = checked('LGBM_BoosterAddValidData(void *booster, void *dataset)');
  const boosterUpdate = checked('LGBM_BoosterUpdateOneIter(void *booster, _Out_ int *finished)');
  const boosterEvalCounts = checked('LGBM_BoosterGetEvalCounts(void *booster, _Out_ int *count)');
  const boosterGetEval = checked('LGBM_BoosterGetEval(void *booster, int data, _Out_ int *count, double *values)');
  const boosterSave = checked(
    'LGBM_BoosterSaveModelToString(void *booster, int startRound, int rounds, int importance, int64_t capacity, ' +
      '_Out_ int64_t *length, void *out)',
  );
  const boosterLoad = checked('LGBM_BoosterLoadModelFromString(const char *text, _Out_ int *rounds, _Out_ void **out)');
  const boosterPredict = checked(
    'LGBM_BoosterPredictForMat(void *booster, const void *values, int type, int32_t rows, int32_t columns, ' +
      'int rowMajor, int kind, int startRound, int rounds, const char *parameters, _Out_ int64_t *length, double *out)',
  );
  const boosterFree = checked('LGBM_BoosterFree(void *booster)');

  const predictAs = (kind: number, ...asked: Parameters<LightgbmLibrary['predict']>) => {
    const [booster, values, columns, parameters, out] = asked;
    const [rows, length] = [values.length / columns, [0]];
    const all = `${QUIET} ${parameters}`;
    const shape = [FLOAT32, rows, columns, ROW_MAJOR, kind, 0, ALL_ROUNDS] as const;
    boosterPredict(booster, values, ...shape, all, length, out);
  };

  return {
    version: lightgbmVersion() ?? 'unknown',
    createDataset: ({ rows: sampleRows, values, rowsOfValues, counts }, rows, parameters) => {
      const all = `${QUIET} ${parameters}`;
      return created(datasetCreate, values, rowsOfValues, counts.length, counts, sampleRows, rows, rows, all);
    },
    createDatasetLike: (reference, rows) => created(datasetCreateByReference, reference, rows),
    pushRows: (dataset, values, columns, startRow) =>
      datasetPushRows(dataset, values, FLOAT32, values.length / columns, columns, startRow),
    setLabels: (dataset, labels) => datasetSetField(dataset, 'label', labels, labels.length, FLOAT32),
    freeDataset: (dataset) => datasetFree(dataset),
    createBooster: (training, parameters) => created(boosterCreate, training, `${QUIET} ${parameters}`),
    addValidation: (booster, validation) => boosterAddValidData(booster, validation),
    update(booster) {
      const finished = [0];
      boosterUpdate(booster, finished);
      return finished[0] === 0;
    },
    evaluate(booster, data) {
      const count = [0];
      boosterEvalCounts(booster, count);
      const values = new Float64Array(count[0]);
      boosterGetEval(booster, data, count, values);
      return [...values];
    },
    modelText(booster, rounds) {
      const length = [0];
      const save = (out: Buffer) => boosterSave(booster, 0, rounds, SPLIT_IMPORTANCE, out.length, length, out);
      save(Buffer.alloc(1));
      const text = Buffer.alloc(Number(length[0]));
      save(text);
      // The length counts the closing zero byte.
      return text.toString('latin1', 0, text.length - 1);
    },
    loadBooster(modelText) {
      const rounds = [0];
      return created((...values) => boosterLoad(modelText, rounds, ...values));
    },
    predict: (...asked) => predictAs(PREDICT_NORMAL, ...asked),
    contributions: (...asked) => predictAs(PREDICT_CONTRIBUTIONS, ...asked),
    freeBooster: (booster) => boosterFree(booster),
  };
}
