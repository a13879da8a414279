import { toFailure } from '../ipc/errors.ts';
import { loadLightgbm } from '../models/lightgbm-library.ts';
import { sqliteVersion } from '../store/version.ts';
import { loadEngine, type Backend } from '../tensors/engines.ts';

/**
 * A process of its own for `doctor`: loads one part, makes it do a little and prints the answer as JSON.
 * Usage: node check-part.ts PART
 */

export type CheckedPart = 'sqlite' | 'lightgbm' | Exclude<Backend, 'auto'>;

export interface PartAnswer {
  ok: boolean;
  version: string;
  problem: string;
  detail: string;
}

function versionOf(part: CheckedPart): string {
  if (part === 'sqlite') return sqliteVersion();
  if (part === 'lightgbm') return loadLightgbm().version;
  const engine = loadEngine(part);
  engine.createRows(new Float32Array([1, 2]), 1).dispose();
  return engine.version;
}

let answer: PartAnswer;
try {
  answer = { ok: true, version: versionOf(process.argv[2] as CheckedPart), problem: '', detail: '' };
} catch (error) {
  const { message, detail = '' } = toFailure(error);
  answer = { ok: false, version: '', problem: message, detail };
}
process.stdout.write(`${JSON.stringify(answer)}\n`);
