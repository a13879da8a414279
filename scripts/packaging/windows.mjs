import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderBytes } from '../setup/cache.mjs';
import { run } from '../setup/children.mjs';
import { megabytes, SetupProblem, startProgress } from '../setup/messages.mjs';
import { filesBelow } from './stage.mjs';

/**
 * Setup.exe, made by NSIS with a script of our own: electron-builder's asks for plugins that it would download, and an
 * archive packed twice.
 */

/** @param {import('./make.mjs').Packed} packed */
export async function windowsArtifacts({ name, version, folder, output, icons, resources, sign }) {
  const file = join(output, `${name}-Setup.exe`);
  const list = join(output, 'uninstall.nsh');
  writeFileSync(list, uninstallLines(filesBelow(folder)));
  const onWindows = process.platform === 'win32';
  const define = (/** @type {string} */ key, /** @type {string | number} */ value) => `-D${key}=${value}`;
  const words = [
    ...['-V2', '-INPUTCHARSET', 'UTF8'],
    // The NSIS of Debian makes 64-bit programs, too.
    ...(onWindows ? [] : [define('TARGET', 'amd64-unicode')]),
    define('OUTPUT', file),
    define('VERSION', version),
    define('ICON', join(icons, 'icon.ico')),
    define('SOURCE', folder),
    define('UNINSTALL_FILES', list),
    define('KILOBYTES', Math.ceil(folderBytes(folder) / 1024)),
    join(resources, 'windows', 'setup.nsi'),
  ];
  const progress = startProgress(`compressing Setup.exe (${megabytes(folderBytes(folder))}, a quarter of an hour)`);
  const beat = () => {
    progress.update('');
    return 0;
  };
  const ended = await (onWindows
    ? run('makensis', words, { watch: beat })
    : run('nice', ['-n', '15', 'makensis', ...words], { watch: beat }));
  progress.end();
  if (ended.code !== 0) throw new SetupProblem('makensis failed; what it said stands above.', ended.output);
  await sign(file);
  return [file];
}

/**
 * Removes what was installed and no more: each file by its name, then the folders that are empty.
 * @param {readonly string[]} files with `/` between names
 */
export function uninstallLines(files) {
  const folders = new Set(files.flatMap(parents));
  const deepestFirst = [...folders].sort((a, b) => b.split('/').length - a.split('/').length || (a < b ? -1 : 1));
  const place = (/** @type {string} */ path) => `"$INSTDIR\\${path.replaceAll('/', '\\').replaceAll('$', () => '$$')}"`;
  return [
    ...files.map((file) => `Delete ${place(file)}`),
    ...deepestFirst.map((folder) => `RMDir ${place(folder)}`),
    '',
  ].join('\n');
}

/** @param {string} file @returns {string[]} the folders that it lies in */
function parents(file) {
  const parent = dirname(file);
  return parent === '.' ? [] : [parent, ...parents(parent)];
}
