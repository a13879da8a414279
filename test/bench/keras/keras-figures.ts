import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuecastError } from '../../../src-main/ipc/errors.ts';
import type { NetworkKind } from '../../../src-main/models/architectures.ts';

/** keras.json, as keras-reference.py writes it. */
export interface KerasFigures {
  keras: string;
  tensorflow: string;
  epochs: number;
  seed: number;
  models: Partial<Record<NetworkKind, KerasModel>>;
}

export interface KerasModel {
  testAuc: number;
  epochs: number;
  bestEpoch: number;
  valLoss: number;
  windowsPerSecond: number;
}

const SCRIPT = fileURLToPath(new URL('../keras-reference.py', import.meta.url));

const figuresFile = (folder: string) => join(folder, 'keras.json');

/** Null where a folder has none. */
export const readKerasFigures = async (folder: string) =>
  existsSync(figuresFile(folder)) ? (JSON.parse(await readFile(figuresFile(folder), 'utf8')) as KerasFigures) : null;

/** Lets a Python that has Keras make the figures of a folder of windows; about ten minutes at the recipe's size. */
export async function makeKerasFigures(
  python: string,
  folder: string,
  { epochs, seed, kinds }: { epochs: number; seed: number; kinds: readonly NetworkKind[] },
): Promise<void> {
  const words = [SCRIPT, folder, '--epochs', `${epochs}`, '--seed', `${seed}`, '--kinds', ...kinds];
  const child = spawn(python, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new DuecastError('process-ended', `${python} could not make Keras's figures; see above.`);
}
