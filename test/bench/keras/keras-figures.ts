import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
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
  models: Partial<Record<NetworkKind, FitFigures>>;
}

/** One training, by either side. */
export interface FitFigures {
  /** Over all windows of the test part. */
  testAuc: number;
  epochs: number;
  bestEpoch: number;
  valLoss: number;
  /** Training only, validation excluded. */
  windowsPerSecond: number;
}

const SCRIPT = fileURLToPath(new URL('../keras-reference.py', import.meta.url));

const figuresFile = (folder: string) => join(folder, 'keras.json');

/** Null where a folder has none. */
export const readKerasFigures = async (folder: string) =>
  existsSync(figuresFile(folder)) ? (JSON.parse(await readFile(figuresFile(folder), 'utf8')) as KerasFigures) : null;

/** For a folder whose windows are made anew. */
export const forgetKerasFigures = (folder: string) => rm(figuresFile(folder), { force: true });

/**
 * Lets a Python that has Keras make the figures of a folder of windows, beside those of the same settings that are
 * there; minutes at the recipe's size. Throws `usage` where there is no such Python, `process-ended` where it fails.
 */
export async function makeKerasFigures(
  python: string,
  folder: string,
  { epochs, seed, kinds }: { epochs: number; seed: number; kinds: readonly NetworkKind[] },
): Promise<void> {
  const words = [SCRIPT, folder, '--epochs', `${epochs}`, '--seed', `${seed}`, '--kinds', ...kinds];
  const child = spawn(python, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  let code: number | null;
  try {
    [code] = (await once(child, 'close')) as [number | null];
  } catch (error) {
    throw new DuecastError('usage', `${python} could not be started.`, String(error));
  }
  if (code !== 0) throw new DuecastError('process-ended', `${python} could not make Keras's figures; see above.`);
}
