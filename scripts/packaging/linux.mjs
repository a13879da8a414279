import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../setup/children.mjs';
import { folderBytes } from '../setup/cache.mjs';
import { SetupProblem, startProgress } from '../setup/messages.mjs';

/**
 * A Debian package and an archive to unpack anywhere. dpkg-deb makes the package: electron-builder would download a
 * program for it.
 */

/** Below the system's root. */
const PLACE = 'opt/Duecast';
/** What the program's own libraries ask of the system (Debian 12, Ubuntu 22.04 and later). */
const DEPENDS = [
  ...['libgtk-3-0', 'libnss3', 'libasound2', 'libatspi2.0-0'].map((name) => `${name} | ${name}t64`),
  ...['libc6 (>= 2.31)', 'libstdc++6', 'libgbm1', 'libnotify4', 'libxss1', 'libxtst6', 'xdg-utils'],
];

/** @param {import('./make.mjs').Packed} packed */
export async function linuxArtifacts(packed) {
  const images = readdirSync(packed.output).filter((file) => file.endsWith('.AppImage'));
  return [await makeDeb(packed), await makeArchive(packed), ...images.map((file) => join(packed.output, file))];
}

/** @param {import('./make.mjs').Packed} packed */
async function makeDeb({ ownRuntime, version, folder, output, icons, resources }) {
  const name = ownRuntime ? 'duecast' : 'duecast-test';
  const tree = join(output, 'deb');
  mkdirSync(join(tree, 'DEBIAN'), { recursive: true });
  cpSync(folder, join(tree, PLACE), { recursive: true, verbatimSymlinks: true });
  const share = join(tree, 'usr', 'share');
  for (const below of ['applications', 'mime/packages']) mkdirSync(join(share, below), { recursive: true });
  writeFileSync(join(share, 'applications', 'duecast.desktop'), DESKTOP);
  writeFileSync(join(share, 'mime', 'packages', 'duecast.xml'), MIME);
  for (const file of readdirSync(join(icons, 'linux'))) {
    const size = file.replace('.png', '');
    for (const [kind, called] of [
      ['apps', 'duecast'],
      ['mimetypes', 'application-x-duecast'],
    ]) {
      cpSync(join(icons, 'linux', file), join(share, 'icons/hicolor', size, kind, `${called}.png`), {
        recursive: true,
      });
    }
  }
  const control = {
    Package: name,
    Version: version,
    Architecture: 'amd64',
    Maintainer: 'The Duecast authors <duecast@localhost>',
    'Installed-Size': String(Math.ceil(folderBytes(tree) / 1024)),
    Depends: DEPENDS.join(', '),
    ...(ownRuntime ? {} : { Conflicts: 'duecast' }),
    Section: 'misc',
    Priority: 'optional',
    Description: 'delinquency early warning from bank exports, on your own laptop',
  };
  const lines = Object.entries(control).map(([key, value]) => `${key}: ${value}\n`);
  writeFileSync(join(tree, 'DEBIAN', 'control'), lines.join(''));
  for (const script of ['postinst', 'postrm']) {
    cpSync(join(resources, 'linux', script), join(tree, 'DEBIAN', script));
  }
  setModes(tree);
  const file = join(output, `${name}_${version}_amd64.deb`);
  // xz would take ten times as long for a tenth less.
  await compress('the Debian package', 'dpkg-deb', ['--root-owner-group', '-Zzstd', '-z9', '--build', tree, file]);
  rmSync(tree, { recursive: true, force: true });
  return file;
}

/** @param {import('./make.mjs').Packed} packed */
async function makeArchive({ name, folder, output }) {
  const file = join(output, `${name}-linux-x64.tar.gz`);
  const inside = `s,^\\.,${name},`;
  const owner = ['--owner=0', '--group=0', '--sort=name'];
  await compress('the archive', 'tar', ['-czf', file, ...owner, '--transform', inside, '-C', folder, '.']);
  return file;
}

/** Files of a package belong to everybody to read, whatever this clone's own modes are. @param {string} tree */
function setModes(tree) {
  const { status } = spawnSync('chmod', ['-R', 'u=rwX,go=rX', tree]);
  const scripts = spawnSync('chmod', ['755', ...['postinst', 'postrm'].map((name) => join(tree, 'DEBIAN', name))]);
  if (status !== 0 || scripts.status !== 0) throw new SetupProblem(`The modes of ${tree} could not be set.`);
}

/** @param {string} what @param {string} command @param {string[]} words */
async function compress(what, command, words) {
  const progress = startProgress(`compressing ${what}`);
  const beat = () => {
    progress.update('');
    return 0;
  };
  const ended = await run('nice', ['-n', '15', command, ...words], { watch: beat });
  progress.end();
  if (ended.code !== 0) throw new SetupProblem(`${command} failed; what it said stands above.`, ended.output);
}

const DESKTOP = `[Desktop Entry]
Type=Application
Name=Duecast
Comment=Delinquency early warning from bank exports
Exec=/opt/Duecast/duecast %f
Icon=duecast
Terminal=false
Categories=Office;Finance;
MimeType=application/x-duecast;
StartupWMClass=Duecast
`;

const MIME = `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/x-duecast">
    <comment>Duecast portfolio</comment>
    <glob pattern="*.duecast"/>
  </mime-type>
</mime-info>
`;
