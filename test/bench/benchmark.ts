import type { Arguments, Options } from '../../src-main/cli/arguments.ts';
import { DuecastError } from '../../src-main/ipc/errors.ts';

/** A benchmark as `npm run bench` runs it. */
export interface Benchmark {
  about: string;
  /** `--json` is every benchmark's. */
  options: Options;
  /** `say` tells how far it is, on stderr. */
  run(words: Arguments, say: (line: string) => void): Promise<Report>;
}

export interface Report {
  /** For people. */
  text: string;
  /** For `--json`. */
  document: object;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A comma-separated list of seeds; null where the option is not given. Throws `usage`. */
export function seedsOf(words: Arguments, name: string): number[] | null {
  const text = words.text(name);
  if (text === null) return null;
  if (!/^\d{1,9}(,\d{1,9})*$/.test(text))
    throw new DuecastError('usage', `--${name} takes seeds such as 1,2,3, not “${text}”.`);
  return text.split(',').map(Number);
}

/** A whole number of at least 1. Throws `usage`. */
export function countOf(words: Arguments, name: string, otherwise: number): number {
  const count = words.integer(name) ?? otherwise;
  if (count < 1) throw new DuecastError('usage', `--${name} must be at least 1.`);
  return count;
}
