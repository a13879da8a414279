import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromCache, unpackWheel } from '../downloads.mjs';

/**
 * Microsoft's C++ and OpenMP runtimes, as its terms allow to ship them beside a program. LightGBM is compiled by Visual
 * C++ 14.44; with an older msvcp140.dll its first lock ends the program.
 */

const VERSION = '14.44.35112';
const WHEEL = {
  what: `Microsoft's C++ runtime ${VERSION}`,
  requirement: `msvc-runtime==${VERSION}`,
  platform: 'win_amd64',
  python: '311',
  file: `msvc_runtime-${VERSION}-cp311-cp311-win_amd64.whl`,
  bytes: 1_921_911,
  sha256: 'aba7fbe71897d25ed53fbb7f391e9f50289378a8a9ae218ba18530c663448391',
};
const FOLDER = `msvc_runtime-${VERSION}.data/data/Scripts`;

export const TENSORFLOW_RUNTIMES = ['msvcp140.dll', 'vcruntime140.dll', 'vcruntime140_1.dll'];
export const LIGHTGBM_RUNTIMES = [...TENSORFLOW_RUNTIMES, 'vcomp140.dll'];

/** @param {string} cache @param {string} folder */
export const putWindowsRuntimes = (cache, folder) =>
  fromCache(cache, `windows-runtimes/${WHEEL.sha256.slice(0, 12)}`, folder, VERSION, async (stage, work) => {
    await unpackWheel(
      WHEEL,
      LIGHTGBM_RUNTIMES.map((name) => `${FOLDER}/${name}`),
      work,
    );
    for (const name of LIGHTGBM_RUNTIMES) copyFileSync(join(work, FOLDER, name), join(stage, name));
  });
