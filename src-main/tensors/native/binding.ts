import { createRequire } from 'node:module';
import { DuecastError } from '../../ipc/errors.ts';

/** The part of tfjs-node's native binding that is used here (tfjs-node 4.22, `nodejs_kernel_backend`). */
export interface Binding {
  createTensor(shape: number[], dtype: number, values: Float32Array | Int32Array): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array | Int32Array;
  /** Starts a session on the saved model of a folder. */
  loadSavedModel(folder: string, tags: string): number;
  /** `names` and `outputs` are lists of `node:output`, separated by commas. */
  runSavedModel(session: number, inputs: number[], names: string, outputs: string): { id: number }[];
  deleteSavedModel(session: number): void;
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
}

/** The addon alone: tfjs's JavaScript, and what it asks of Node, is not needed. */
const ADDON = '@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node';

let loaded: Binding | null = null;

/** One thread beats two at these sizes, and makes sums repeat exactly. */
export const THREADS = 1;

/**
 * Native TensorFlow through tfjs-node's addon; loads it on the first call (about .4 s, 350 MB). Throws
 * `engine-missing` where it is not installed.
 */
export function nativeBinding(): Binding {
  if (loaded !== null) return loaded;
  if (process.env['DUECAST_NO_TENSORFLOW'] === '1') throw missing('DUECAST_NO_TENSORFLOW=1 hides it.');
  // TensorFlow reads these when its library is loaded.
  process.env['TF_NUM_INTRAOP_THREADS'] = String(THREADS);
  process.env['TF_NUM_INTEROP_THREADS'] = String(THREADS);
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1';
  try {
    loaded = createRequire(import.meta.url)(ADDON) as Binding;
    return loaded;
  } catch (error) {
    throw missing(error instanceof Error ? error.message : String(error));
  }
}

const missing = (detail: string) =>
  new DuecastError(
    'engine-missing',
    'Native TensorFlow, which was asked for, is not installed on this machine. Duecast’s own engine in WebAssembly trains and applies LSTM and CNN-LSTM without it (--backend auto or wasm). `npm run -s duecast -- doctor` says how to get TensorFlow.',
    detail,
  );
