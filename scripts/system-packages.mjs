/**
 * Brings Debian packages: those that are named, else those that a window without a display needs, for the tests of the
 * app. As root on Debian or Ubuntu it installs what is missing, and says so; elsewhere it says what is missing and how to
 * get it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const FOR_TESTS = ['xvfb', 'xauth', 'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'fonts-dejavu-core'];
const named = process.argv.slice(2);
const PACKAGES = named.length > 0 ? named : FOR_TESTS;
const WHAT_FOR = named.length > 0 ? 'packaging' : 'the tests of the app';

/** A package's status; libraries may go by a newer name (libgtk-3-0t64) that provides the old one. @param {string} name */
function isInstalled(name) {
  const names = name.startsWith('lib') ? [name, `${name}t64`] : [name];
  return names.some((one) => {
    const { status, stdout } = spawnSync('dpkg-query', ['-W', '-f=${Status}', one], { encoding: 'utf8' });
    return status === 0 && stdout.includes('install ok installed');
  });
}

/** @param {string[]} commandArguments */
function apt(commandArguments) {
  const { status } = spawnSync('apt-get', commandArguments, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 2, 2],
  });
  return status === 0;
}

function bringPackages() {
  if (process.platform !== 'linux') return true;
  if (!existsSync('/usr/bin/dpkg-query')) {
    if (named.length > 0) process.stderr.write(`Needed from this system: ${named.join(', ')}.\n`);
    else process.stderr.write('The tests of the app need Xvfb, GTK 3, NSS, ALSA, GBM and a font from this system.\n');
    return true;
  }
  const missing = PACKAGES.filter((name) => !isInstalled(name));
  if (missing.length === 0) return true;
  const command = `apt-get install --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) {
    process.stderr.write(`Packages of the system are needed for ${WHAT_FOR}. Install them by: sudo ${command}\n`);
    return false;
  }
  process.stderr.write(`Installing packages of the system for ${WHAT_FOR}: ${missing.join(' ')}\n`);
  const done = apt(['update', '-qq']) && apt(['install', '-y', '-qq', '--no-install-recommends', ...missing]);
  if (!done) process.stderr.write(`They could not be installed. Mend what is said above, then run: ${command}\n`);
  return done;
}

process.exitCode = bringPackages() ? 0 : 1;
