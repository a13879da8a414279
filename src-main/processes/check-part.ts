import { toFailure } from '../ipc/errors.ts';
import { loadLightgbm } from '../models/lightgbm-library.ts';
import { sqliteVersion } from '../store/version.ts';
import { loadEngine, type Backend } from '../tensors/engines.ts';

export type CheckedPart = 'sqlite' | 'lightgbm' | Exclude<Backend, 'auto'>;

export interface PartAnswer {
  ok: boolean;
  version: string;
  problem: string;
  detail: string;
  /** The Node that loaded it. */
  node: string;
  /** Of an engine, else 0. */
  threads: number;
}

/** Loads one part and makes it do a little. May crash its process: a library need not fit this machine. */
export function checkPart(part: CheckedPart): PartAnswer {
  const { node } = process.versions;
  try {
    return { ok: true, problem: '', detail: '', node, ...load(part) };
  } catch (error) {
    const { message, detail = '' } = toFailure(error);
    return { ok: false, version: '', problem: message, detail, node, threads: 0 };
  }
}

function load(part: CheckedPart): { version: string; threads: number } {
  if (part === 'sqlite') return { version: sqliteVersion(), threads: 0 };
  if (part === 'lightgbm') return { version: loadLightgbm().version, threads: 0 };
  const engine = loadEngine(part);
  engine.createRows(new Float32Array([1, 2]), 1).dispose();
  return { version: engine.version, threads: engine.threads };
}
