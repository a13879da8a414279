import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  createReadStream,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { dirname, join, posix, resolve, win32 } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { say, SetupProblem } from './messages.mjs';

/**
 * The per-user cache of what is large to download or slow to build. An entry is a folder of files as they lie in a
 * clone, with a manifest of their sha256; an entry without a manifest does not exist.
 */

/** @typedef {{path: string, sha256: string} | {path: string, link: string}} CachedFile */
/** @typedef {{version: string, files: CachedFile[]}} Manifest */

/**
 * Where the cache is on a platform.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} home
 */
export function cacheFolder(platform, environment, home) {
  const { join: joinPath } = platform === 'win32' ? win32 : posix;
  const own = environment['DUECAST_CACHE'];
  if (own) return own;
  if (platform === 'win32') {
    return joinPath(environment['LOCALAPPDATA'] || joinPath(home, 'AppData', 'Local'), 'duecast', 'cache');
  }
  if (platform === 'darwin') return joinPath(home, 'Library', 'Caches', 'duecast');
  return joinPath(environment['XDG_CACHE_HOME'] || joinPath(home, '.cache'), 'duecast');
}

/** Makes the cache folder; where it can't be written, one in the system's temporary folder. @returns {string} */
export function openCache() {
  const wanted = resolve(cacheFolder(process.platform, process.env, homedir()));
  try {
    return checkWritable(wanted);
  } catch {
    const user = process.platform === 'win32' ? userInfo().username : String(process.getuid?.());
    const spare = join(tmpdir(), `duecast-cache-${user}`);
    mkdirSync(spare, { recursive: true, mode: 0o700 });
    // Nobody else may have put a folder of that name there, to hand us libraries of theirs.
    if (process.getuid !== undefined && lstatSync(spare).uid !== process.getuid()) {
      throw new SetupProblem(`neither ${wanted} nor ${spare} can be written. Name a cache folder with DUECAST_CACHE.`);
    }
    say(`the cache folder ${wanted} can't be written; using ${spare}. DUECAST_CACHE names another.`);
    return checkWritable(spare);
  }
}

/** @param {string} folder */
function checkWritable(folder) {
  mkdirSync(folder, { recursive: true });
  const trial = join(folder, `trial-${process.pid}`);
  writeFileSync(trial, '');
  rmSync(trial);
  return folder;
}

/** A fresh folder for work in progress, on the cache's disk. @param {string} cache */
export function temporaryFolder(cache) {
  mkdirSync(join(cache, 'tmp'), { recursive: true });
  return mkdtempSync(join(cache, 'tmp', 'work-'));
}

/** Removes work that was broken off. Only the holder of the cache's lock may. @param {string} cache */
export const removeTemporaryFolders = (cache) =>
  rmSync(join(cache, 'tmp'), { recursive: true, force: true, maxRetries: 5 });

/** @param {string} file */
export async function sha256OfFile(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/** Bytes of all files in a folder, 0 if there is none. @param {string} folder @returns {number} */
export function folderBytes(folder) {
  try {
    let bytes = 0;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      bytes += entry.isDirectory() ? folderBytes(path) : lstatSync(path).size;
    }
    return bytes;
  } catch {
    return 0;
  }
}

/** @param {string} folder @param {string} [below] @returns {string[]} */
function filesIn(folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? filesIn(folder, path) : [path];
  });
}

/**
 * Moves a folder of finished files into the cache, in one step. If the entry is there already it is replaced.
 * @param {string} cache
 * @param {string} name e.g. `tensorflow/wheel-…`
 * @param {string} stage
 * @param {string} version
 */
export async function addToCache(cache, name, stage, version) {
  /** @type {Manifest} */
  const manifest = { version, files: [] };
  for (const path of filesIn(stage)) {
    const file = join(stage, path);
    if (lstatSync(file).isSymbolicLink()) manifest.files.push({ path, link: readlinkSync(file) });
    else manifest.files.push({ path, sha256: await sha256OfFile(file) });
    // Clones share these files by hard link: nothing may write into them.
    if (process.platform !== 'win32' && !lstatSync(file).isSymbolicLink()) chmodSync(file, 0o555);
  }
  writeFileSync(join(stage, 'manifest.json'), JSON.stringify(manifest, null, 2));
  const entry = join(cache, name);
  mkdirSync(dirname(entry), { recursive: true });
  removeFromCache(cache, name);
  renameSync(stage, entry);
}

/** @param {string} cache @param {string} name */
export const removeFromCache = (cache, name) =>
  rmSync(join(cache, name), { recursive: true, force: true, maxRetries: 5 });

/**
 * Puts an entry's files into a folder, by hard link where that works, after checking each by its sha256. The folder
 * gets all of them or, when one is damaged, none; a damaged entry is dropped.
 * @param {string} cache
 * @param {string} name
 * @param {string} folder
 * @returns {Promise<Manifest | null>} null if there is no (sound) entry
 */
export async function installFromCache(cache, name, folder) {
  const entry = join(cache, name);
  /** @type {Manifest} */
  let manifest;
  try {
    manifest = JSON.parse(readFileSync(join(entry, 'manifest.json'), 'utf8'));
  } catch {
    return null;
  }
  for (const file of manifest.files) {
    if ('link' in file) continue;
    const found = await sha256OfFile(join(entry, file.path)).catch(() => 'missing');
    if (found === file.sha256) continue;
    say(`${file.path} in the cache is damaged; it is made again.`);
    removeFromCache(cache, name);
    return null;
  }
  for (const file of manifest.files) {
    const target = join(folder, file.path);
    const part = `${target}.part`;
    mkdirSync(dirname(target), { recursive: true });
    rmSync(part, { force: true });
    if ('link' in file) symlinkSync(file.link, part);
    else linkOrCopy(join(entry, file.path), part);
    renameSync(part, target);
  }
  return manifest;
}

/** @param {string} from @param {string} to */
function linkOrCopy(from, to) {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
