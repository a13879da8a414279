import { toFailure } from '../ipc/errors.ts';
import { loadLightgbm } from '../models/lightgbm-library.ts';
import { sqliteVersion } from '../store/version.ts';
import { parameterCount, type Layer } from '../tensors/architecture.ts';
import type { EngineName } from '../tensors/backends.ts';
import { fasterFirst, loadEngine } from '../tensors/engines.ts';

export type CheckedPart = 'sqlite' | 'lightgbm' | EngineName;

export interface PartAnswer {
  ok: boolean;
  version: string;
  problem: string;
  detail: string;
  /** The Node that loaded it. */
  node: string;
  /** Of an engine, else 0. */
  threads: number;
  /** Of WebAssembly: which engine is faster on this machine. */
  fasterFirst?: EngineName[];
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

function load(part: CheckedPart): Pick<PartAnswer, 'version' | 'threads' | 'fasterFirst'> {
  if (part === 'sqlite') return { version: sqliteVersion(), threads: 0 };
  if (part === 'lightgbm') return { version: loadLightgbm().version, threads: 0 };
  const engine = loadEngine(part);
  const rows = engine.createRows(new Float32Array([1, 2]), 1);
  const layers: Layer[] = [
    { type: 'lstm', units: 1, returnSequences: false },
    { type: 'dense', units: 1, activation: 'none' },
  ];
  const architecture = { windowSteps: 1, inputs: 1, layers };
  const network = engine.createNetwork(architecture, new Float32Array(parameterCount(architecture)), 1);
  const [pd] = network.predict(rows, Int32Array.of(0));
  network.dispose();
  rows.dispose();
  if (pd !== 0.5) throw new Error(`it computes wrongly: ${pd} in place of 0.5`);
  return { version: engine.version, threads: engine.threads, ...(part === 'wasm' && { fasterFirst: fasterFirst() }) };
}
