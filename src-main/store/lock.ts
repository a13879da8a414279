import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { uptime } from 'node:os';
import { basename } from 'node:path';
import { DuecastError } from '../ipc/errors.ts';
import { readOnly } from './sqlite-errors.ts';

/** What stands in the lock file beside a portfolio. */
export interface LockHolder {
  pid: number;
  program: string;
  /** When the lock was taken. */
  startedAtMs: number;
  /** Tells a process from a later one with the same id; null where the system does not say cheaply. */
  processStart: string | null;
}

export interface PortfolioLock {
  release(): void;
}

export const lockPathOf = (path: string) => `${path}.lock`;

/** Locks of this process, by path: a lock with our process id that is not among them was left by another. */
const held = new Set<string>();

/** A lock file that is being written is empty for a moment; one that stays unreadable this long was left by a crash. */
const UNREADABLE_MS = 500;

/**
 * Takes the lock of a portfolio, or takes over one whose process has ended. Throws `portfolio-locked`, naming the
 * holder, or `portfolio-read-only` where the folder cannot be written to.
 */
export function acquireLock(path: string, program = 'duecast'): PortfolioLock {
  const lockPath = lockPathOf(path);
  const mine = JSON.stringify({
    pid: process.pid,
    program,
    startedAtMs: Date.now(),
    processStart: processStartOf(process.pid),
  } satisfies LockHolder);
  for (let attempt = 0; attempt < 20; attempt++) {
    if (createExclusively(lockPath, mine, path)) {
      held.add(lockPath);
      return { release: () => release(lockPath, mine) };
    }
    const text = readLock(lockPath);
    if (text === null) continue;
    const holder = parseHolder(text);
    if (holder !== null && isAlive(holder, lockPath)) throw lockedBy(holder, path, lockPath);
    removeStale(lockPath, text, path);
  }
  throw new DuecastError(
    'portfolio-locked',
    `Other processes are opening ${basename(path)} at this moment. Nothing was changed. Try again.`,
  );
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

/** Also ENOENT: the folder is there (that was checked), but nothing can be made in it. */
const writeRefused = (error: unknown, path: string): unknown =>
  ['EACCES', 'EPERM', 'EROFS', 'ENOENT'].includes(codeOf(error) ?? '') ? readOnly(path, String(error)) : error;

function createExclusively(lockPath: string, content: string, path: string): boolean {
  let file: number;
  try {
    file = openSync(lockPath, 'wx');
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw writeRefused(error, path);
  }
  try {
    writeSync(file, content);
  } finally {
    closeSync(file);
  }
  return true;
}

/** The lock file's text; null where it has gone meanwhile. Waits a little for one that is being written. */
function readLock(lockPath: string): string | null {
  const giveUpAtMs = Date.now() + UNREADABLE_MS;
  for (;;) {
    let text: string;
    try {
      text = readFileSync(lockPath, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
    if (parseHolder(text) !== null || Date.now() > giveUpAtMs) return text;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}

function parseHolder(text: string): LockHolder | null {
  try {
    const { pid, program, startedAtMs, processStart } = JSON.parse(text) as Partial<LockHolder>;
    if (!Number.isInteger(pid) || typeof startedAtMs !== 'number') return null;
    return { pid: pid!, program: String(program ?? 'duecast'), startedAtMs, processStart: processStart ?? null };
  } catch {
    return null;
  }
}

function isAlive({ pid, startedAtMs, processStart }: LockHolder, lockPath: string): boolean {
  if (pid === process.pid) return held.has(lockPath);
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as another user.
    if (codeOf(error) !== 'EPERM') return false;
  }
  const start = processStartOf(pid);
  if (processStart !== null && start !== null) return processStart === start;
  // A lock from before the machine was started; a minute's grace for a clock that was set meanwhile.
  return startedAtMs > Date.now() - uptime() * 1_000 - 60_000;
}

/** On Linux, when a process began, in clock ticks since the machine did (proc(5), field 22). */
function processStartOf(pid: number): string | null {
  if (process.platform !== 'linux') return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name and may hold spaces; the third follows the last bracket.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/** Removes a lock only while it still is the one that was judged: another opener may have replaced it meanwhile. */
function removeStale(lockPath: string, judged: string, path: string): void {
  const aside = `${lockPath}.${process.pid}`;
  try {
    renameSync(lockPath, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw writeRefused(error, path);
  }
  if (readFileSync(aside, 'utf8') === judged) rmSync(aside);
  else renameSync(aside, lockPath);
}

function release(lockPath: string, mine: string): void {
  if (!held.delete(lockPath)) return;
  if (readLock(lockPath) === mine) rmSync(lockPath, { force: true });
}

function lockedBy({ pid, program, startedAtMs }: LockHolder, path: string, lockPath: string): DuecastError {
  // Swedish writes local time as 2026-11-03 10:12:00.
  const since = new Date(startedAtMs).toLocaleString('sv-SE');
  return new DuecastError(
    'portfolio-locked',
    `${basename(path)} is open in ${program} (process ${pid}, since ${since}). Nothing was changed. Close it there first.`,
    lockPath,
  );
}
