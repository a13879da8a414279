import { chmodSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { SetupProblem } from '../../setup/messages.mjs';
import { fromCache, unpackWheel } from '../downloads.mjs';

/** The C++ compiler that makes code for any system on any other: clang with every system's headers, one download. */

const VERSION = '0.17.1';

/** @type {Record<string, {platform: string, file: string, bytes: number, sha256: string, executable: string}>} */
const WHEELS = {
  'linux-x64': {
    platform: 'manylinux_2_12_x86_64',
    file: `ziglang-${VERSION}-py3-none-manylinux_2_12_x86_64.manylinux2010_x86_64.musllinux_1_1_x86_64.whl`,
    bytes: 101_083_562,
    sha256: 'ea6cc5d87b033cf0aedfbc8f9549a908cae6c50ac31f1698188fa48a74524b54',
    executable: 'zig',
  },
  'win32-x64': {
    platform: 'win_amd64',
    file: `ziglang-${VERSION}-py3-none-win_amd64.whl`,
    bytes: 101_924_940,
    sha256: '69c3dfc3aff6a297ec4017aa904782c0e450eb988982d7f675d83edce27526fb',
    executable: 'zig.exe',
  },
};

/**
 * The compiler for this system, in a folder.
 * @param {string} cache
 * @param {string} folder
 * @returns {Promise<string>} its program
 */
export async function bringZig(cache, folder) {
  const system = `${process.platform}-${process.arch}`;
  const wheel = WHEELS[system];
  if (wheel === undefined) throw new SetupProblem(`Compiling for another system is not prepared on ${system}.`);
  await fromCache(cache, `zig/${VERSION}-${wheel.sha256.slice(0, 12)}`, folder, VERSION, async (stage, work) => {
    const requirement = `ziglang==${VERSION}`;
    await unpackWheel({ ...wheel, what: `Zig ${VERSION}`, requirement, python: '311' }, ['ziglang/'], work);
    chmodSync(join(work, 'ziglang', wheel.executable), 0o755);
    renameSync(join(work, 'ziglang'), join(stage, 'ziglang'));
  });
  return join(folder, 'ziglang', wheel.executable);
}
