import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../setup/children.mjs';
import { SetupProblem, startProgress } from '../setup/messages.mjs';

/**
 * What only packaging needs lies in a folder of its own, with its own lock file: a clone in which nobody packs stays
 * small, and its set-up quick. TypeScript does not see these packages, so each comes with the types that are used.
 */

const FOLDER = join(import.meta.dirname, 'tools');
const requireTool = createRequire(join(FOLDER, 'package.json'));

/** @param {string} name @returns {any} */
export const tool = (name) => requireTool(name);

/** Some are modules that cannot be required. @param {string} name @returns {Promise<any>} */
export const importTool = (name) => import(requireTool.resolve(name));

/** Brings the packages of the lock file, if they are not there. */
export async function bringTools() {
  if (isPresent()) return;
  const progress = startProgress('downloading electron-builder and other tools of packaging (about 40 MB)');
  const ended = await run(
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: FOLDER,
      shell: process.platform === 'win32',
      watch: () => {
        progress.update('');
        return 0;
      },
    },
  );
  progress.end();
  if (ended.code === 0 && isPresent()) return;
  throw new SetupProblem('npm could not bring the tools of packaging. Mend what it says above.', ended.output);
}

function isPresent() {
  const installed = join(FOLDER, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const read = (/** @type {string} */ file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const present = read(installed);
  return Object.entries(read(join(FOLDER, 'package-lock.json'))).every(
    ([path, { version, optional }]) => path === '' || optional === true || present[path]?.version === version,
  );
}
