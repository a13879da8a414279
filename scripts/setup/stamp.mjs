import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Raise it when set-up itself changes, so that clones set up by an earlier one run it again. */
const SETUP_VERSION = 1;

/** A part that could not be had is tried again after this long, or at once when the machine has changed. */
const RETRY_AFTER_MS = 10 * 60 * 1000;

/**
 * One optional part. `how`: where it came from; `problem`: what is missing and how to mend it.
 * @typedef {{ok: boolean, how: string, version: string, problem: string | null}} Part
 * @typedef {{tensorflow: Part, lightgbm: Part}} Parts
 * @typedef {{setup: number, lock: string, system: string, files: {path: string, size: number}[], triedAtMs: number,
 *   surroundings: string}} Stamp
 */

/** @param {string} root */
export const stateFolder = (root) => join(root, 'node_modules', '.duecast');

/** @param {string} root */
const stampFile = (root) => join(stateFolder(root), 'stamp.json');

/** What was and was not had, for `doctor`. @param {string} root */
export const partsFile = (root) => join(stateFolder(root), 'setup.json');

/** @param {string} root */
const lockHash = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

const system = () => `${process.platform}-${process.arch}`;

/**
 * Changes when a tool appears on PATH, a library is installed or the proxy settings change: what may have mended a
 * missing part.
 * @param {NodeJS.ProcessEnv} environment
 */
function surroundings(environment) {
  const hash = createHash('sha256');
  const folders = (environment['PATH'] ?? environment['Path'] ?? '').split(delimiter);
  for (const tool of ['python3', 'python', 'py', 'pip', 'pip3', 'g++', 'clang++']) {
    const ending = process.platform === 'win32' ? '.exe' : '';
    hash.update(`${tool}=${folders.some((folder) => existsSync(join(folder, tool + ending)))};`);
  }
  for (const [name, value] of Object.entries(environment).sort()) {
    if (/^(https?_proxy|all_proxy|pip_.*|tfjs_node_.*|cdn_storage|duecast_cache)$/i.test(name)) {
      hash.update(`${name}=${value};`);
    }
  }
  try {
    hash.update(`libraries=${statSync('/etc/ld.so.cache').mtimeMs}`);
  } catch {
    // Not Linux.
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @returns {Parts | null}
 */
export function readParts(root) {
  try {
    return JSON.parse(readFileSync(partsFile(root), 'utf8'));
  } catch {
    return null;
  }
}

/**
 * True when there is nothing to do. A missing part counts as done until it is time to try it again;
 * DUECAST_SETUP_RETRY=1 has all looked at anew.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} environment
 * @param {number} nowMs
 */
export function isUpToDate(root, environment, nowMs) {
  if (environment['DUECAST_SETUP_RETRY'] === '1') return false;
  try {
    /** @type {Stamp} */
    const stamp = JSON.parse(readFileSync(stampFile(root), 'utf8'));
    const parts = readParts(root);
    if (parts === null || stamp.setup !== SETUP_VERSION || stamp.system !== system()) return false;
    if (stamp.lock !== lockHash(root)) return false;
    if (!stamp.files.every(({ path, size }) => statSync(join(root, path)).size === size)) return false;
    const unwanted = environment['DUECAST_NO_TENSORFLOW'] === '1';
    if (!unwanted && parts.tensorflow.how === 'skipped') return false;
    if (parts.lightgbm.ok && (parts.tensorflow.ok || unwanted)) return true;
    if (stamp.surroundings !== surroundings(environment)) return false;
    return Math.abs(nowMs - stamp.triedAtMs) < RETRY_AFTER_MS;
  } catch {
    return false;
  }
}

/** Forgets that all is there: a run that breaks off is then repeated. @param {string} root */
export const removeStamp = (root) => rmSync(stampFile(root), { force: true });

/**
 * Records what is there now.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} environment
 * @param {number} nowMs
 * @param {Parts} parts
 * @param {string[]} keyFiles paths below `root` without which set-up has to run again
 */
export function writeStamp(root, environment, nowMs, parts, keyFiles) {
  mkdirSync(stateFolder(root), { recursive: true });
  /** @type {Stamp} */
  const stamp = {
    setup: SETUP_VERSION,
    lock: lockHash(root),
    system: system(),
    files: keyFiles.map((path) => ({ path, size: statSync(join(root, path)).size })),
    triedAtMs: nowMs,
    surroundings: surroundings(environment),
  };
  writeJson(partsFile(root), parts);
  writeJson(stampFile(root), stamp);
}

/**
 * @param {string} file
 * @param {unknown} value
 */
function writeJson(file, value) {
  writeFileSync(`${file}.part`, JSON.stringify(value, null, 2) + '\n');
  renameSync(`${file}.part`, file);
}
