import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { say } from './messages.mjs';

const BEAT_MS = 5_000;
/** A holder touches its lock at each beat; one that is older was left behind by a process that died. */
const STALE_MS = 60_000;

/**
 * Takes the lock, waiting for another set-up to end; answers with what frees it (safe to call twice).
 * @param {string} file
 * @returns {Promise<() => void>}
 */
export async function takeLock(file) {
  mkdirSync(dirname(file), { recursive: true });
  let waiting = false;
  while (!tryLock(file)) {
    if (!waiting) say('another set-up is at work on this machine; waiting for it …');
    waiting = true;
    await new Promise((done) => setTimeout(done, 500));
  }
  const beat = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch {
      // The folder went away; there is nothing left to guard.
    }
  }, BEAT_MS);
  beat.unref();
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    clearInterval(beat);
    rmSync(file, { force: true });
  };
}

/** @param {string} file @returns {boolean} */
function tryLock(file) {
  try {
    const handle = openSync(file, 'wx');
    writeSync(handle, `${hostname()} ${process.pid}`);
    closeSync(handle);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  return isStale(file) && removeStale(file) && tryLock(file);
}

/** Moves the lock away first: of two that found it stale only one may remove it. @param {string} file */
function removeStale(file) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (!isStale(aside)) linkSync(aside, file);
    return true;
  } catch {
    // Another was faster.
    return false;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** @param {string} file */
function isStale(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > STALE_MS) return true;
    const [host, pid] = readFileSync(file, 'utf8').split(' ');
    return host === hostname() && !isRunning(Number(pid));
  } catch {
    return false;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
