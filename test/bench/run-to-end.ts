import { DuecastError } from '../../src-main/ipc/errors.ts';

export const say = (line: string) => void process.stderr.write(`${line}\n`);

/** Runs a script; a failure is told on stderr and becomes the exit code: 2 for wrong usage, else 1. */
export async function runToEnd(script: () => Promise<void>): Promise<void> {
  try {
    await script();
  } catch (error) {
    const expected = error instanceof DuecastError;
    say(expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
    if (expected && error.detail !== undefined) say(error.detail);
    process.exitCode = expected && error.code === 'usage' ? 2 : 1;
  }
}
