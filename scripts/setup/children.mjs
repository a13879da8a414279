import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** @typedef {{code: number | null, stdout: string, output: string, missing: boolean, stalled: boolean}} Ended */
/**
 * `watch` is called every half second; it returns a figure that grows while the child gets on. With `stallSeconds` a
 * child whose figure stands still for so long is ended.
 * @typedef {{cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, watch?: () => number, stallSeconds?: number,
 *   limitSeconds?: number}} RunOptions
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const living = new Set();
let ending = false;

/**
 * Runs a program quietly and answers with all that it wrote. Never rejects: a program that is not there has `missing`.
 * @param {string} command
 * @param {string[]} commandArguments
 * @param {RunOptions} [options]
 * @returns {Promise<Ended>}
 */
export async function run(command, commandArguments, options = {}) {
  const child = spawn(command, commandArguments, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    shell: options.shell ?? false,
    // A group of its own, so that ending it ends what it started as well.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  living.add(child);
  /** @type {Ended} */
  const ended = { code: null, stdout: '', output: '', missing: false, stalled: false };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    ended.stdout += text;
    ended.output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    ended.output += text;
  });

  const startedMs = Date.now();
  let grewAtMs = startedMs;
  let reached = -1;
  const clock = setInterval(() => {
    const nowMs = Date.now();
    const figure = options.watch?.() ?? 0;
    if (figure > reached) [reached, grewAtMs] = [figure, nowMs];
    const still = options.stallSeconds !== undefined && nowMs - grewAtMs > options.stallSeconds * 1000;
    const late = options.limitSeconds !== undefined && nowMs - startedMs > options.limitSeconds * 1000;
    if (still || late) {
      ended.stalled = true;
      endGroup(child, 'SIGKILL');
    }
  }, 500);
  try {
    [ended.code] = await once(child, 'close');
  } catch (error) {
    ended.missing = /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT';
    ended.output += String(error);
  } finally {
    clearInterval(clock);
    living.delete(child);
  }
  // What comes next would report a failure that is none.
  if (ending) await new Promise(() => {});
  return ended;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function endGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

/** Ends every program that is still running, kindly at first; whoever waits for one waits for ever. */
export async function endAll() {
  ending = true;
  for (const child of living) endGroup(child, 'SIGTERM');
  for (let waited = 0; living.size > 0 && waited < 30; waited++) await new Promise((done) => setTimeout(done, 100));
  for (const child of living) endGroup(child, 'SIGKILL');
}
