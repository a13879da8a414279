import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addToCache, installFromCache, temporaryFolder } from './cache.mjs';
import { run } from './children.mjs';
import { SetupProblem } from './messages.mjs';
import { environmentWithNode, nodeBinary } from './packages.mjs';
import { downloadWheel, extractWheel, findPython } from './python.mjs';

const VERSION = '4.7.0';

/**
 * LightGBM's library by system: in the Python package's archive and in the clone.
 * @type {Record<string, {library: string, platform: string, file: string, bytes: number, sha256: string}>}
 */
const WHEELS = {
  'linux-x64': {
    library: 'lightgbm/lib/lib_lightgbm.so',
    platform: 'manylinux_2_27_x86_64',
    file: `lightgbm-${VERSION}-py3-none-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl`,
    bytes: 3_500_000,
    sha256: 'd23e922acd891e77212e4d0fbcee9ba973c96dee479491341d05ba595357ebb7',
  },
  'linux-arm64': {
    library: 'lightgbm/lib/lib_lightgbm.so',
    platform: 'manylinux2014_aarch64',
    file: `lightgbm-${VERSION}-py3-none-manylinux2014_aarch64.manylinux_2_17_aarch64.whl`,
    bytes: 3_349_492,
    sha256: 'd4529acec5c6fefe4768302a529707d0ead90f6a6f42df694b856212e09695b8',
  },
  'darwin-arm64': {
    library: 'lightgbm/lib/lib_lightgbm.dylib',
    platform: 'macosx_12_0_arm64',
    file: `lightgbm-${VERSION}-py3-none-macosx_12_0_arm64.whl`,
    bytes: 1_498_914,
    sha256: '129535462686f274df179133643118c5c5c5667167fe6c3a28d955f0b3c8e868',
  },
  'darwin-x64': {
    library: 'lightgbm/lib/lib_lightgbm.dylib',
    platform: 'macosx_10_15_x86_64',
    file: `lightgbm-${VERSION}-py3-none-macosx_10_15_x86_64.whl`,
    bytes: 1_877_851,
    sha256: 'dfc1cfe8e760387be1e7ba7a214688be21fdff96e4ed9749188f83e1877c2477',
  },
  'win32-x64': {
    library: 'lightgbm/bin/lib_lightgbm.dll',
    platform: 'win_amd64',
    file: `lightgbm-${VERSION}-py3-none-win_amd64.whl`,
    bytes: 1_360_833,
    sha256: 'f42d1e5b32b6f170e606d7c689c6165671da98d7bf37f1addec2623efc8740c9',
  },
};

const FOLDER = join('node_modules', '.duecast', 'native');

const wheelHere = () => WHEELS[`${process.platform}-${process.arch}`];

/** The files that stand for an installed LightGBM, below the clone's root. */
export function lightgbmFiles() {
  const wheel = wheelHere();
  return wheel === undefined ? [] : [join(FOLDER, basename(wheel.library)), join(FOLDER, 'version.txt')];
}

/**
 * Puts LightGBM's library into the clone, from the cache or from its Python package.
 * @param {string} root
 * @param {string} cache
 * @returns {Promise<import('./stamp.mjs').Part>}
 */
export async function installLightgbm(root, cache) {
  const wheel = wheelHere();
  if (wheel === undefined) {
    throw new SetupProblem(
      `there is no library for ${process.platform} ${process.arch}. Logistic regression stands in.`,
    );
  }
  const folder = join(root, FOLDER);
  const library = join(folder, basename(wheel.library));
  if (isInstalled(folder, library) && (await check(root, library)).code === 0) {
    return { ok: true, how: 'present', version: VERSION, problem: null };
  }
  const how = await putLightgbm(cache, `${process.platform}-${process.arch}`, folder);
  const ended = await check(root, library);
  if (ended.code === 0) return { ok: true, how, version: VERSION, problem: null };
  throw new SetupProblem(`its library does not load. ${howToMend(ended.output)}`);
}

/**
 * Puts the library of any system into a folder, with a note of its version; answers where it came from.
 * @param {string} cache
 * @param {string} system as Node names it, e.g. `linux-x64`
 * @param {string} folder
 */
export async function putLightgbm(cache, system, folder) {
  const wheel = WHEELS[system];
  const entry = `lightgbm/${VERSION}-${wheel.sha256.slice(0, 12)}`;
  if ((await installFromCache(cache, entry, folder)) !== null) return 'cache';
  await fillCache(cache, entry, wheel);
  await installFromCache(cache, entry, folder);
  return 'download';
}

/** @param {string} root @param {string} library */
function check(root, library) {
  const script = fileURLToPath(new URL('./check-lightgbm.cjs', import.meta.url));
  return run(nodeBinary(root), [script, root, library], { env: environmentWithNode(root), limitSeconds: 120 });
}

/** @param {string} folder @param {string} library */
const isInstalled = (folder, library) =>
  existsSync(library) &&
  existsSync(join(folder, 'version.txt')) &&
  readFileSync(join(folder, 'version.txt'), 'utf8').trim() === VERSION;

/** @param {string} output */
function howToMend(output) {
  if (/libgomp/.test(output)) return 'On Debian or Ubuntu: apt install libgomp1. Then run the command again.';
  if (/libomp/.test(output)) return 'Install OpenMP (brew install libomp), then run the command again.';
  if (process.platform === 'win32') {
    return 'Install the Microsoft Visual C++ Redistributable (x64), then run the command again.';
  }
  return `The system says: ${output.trim().split('\n').at(-1) ?? ''}.`;
}

/**
 * @param {string} cache
 * @param {string} entry
 * @param {NonNullable<ReturnType<typeof wheelHere>>} wheel
 */
async function fillCache(cache, entry, wheel) {
  const python = await findPython();
  const work = temporaryFolder(cache);
  const file = await downloadWheel(
    python,
    { ...wheel, what: `LightGBM ${VERSION}`, requirement: `lightgbm==${VERSION}`, python: '311' },
    work,
  );
  await extractWheel(python, file, work, [wheel.library]);
  const stage = join(work, 'stage');
  mkdirSync(stage);
  copyFileSync(join(work, wheel.library), join(stage, basename(wheel.library)));
  writeFileSync(join(stage, 'version.txt'), `${VERSION}\n`);
  await addToCache(cache, entry, stage, VERSION);
}
