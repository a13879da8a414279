import { existsSync, readFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { run } from './children.mjs';
import { SetupProblem, startProgress } from './messages.mjs';

/** @typedef {{version?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[], link?: boolean}} Locked */

/** Optional for npm, so that its own installer can't fail `npm install`; set-up wants its files nevertheless. */
const TENSORFLOW_PACKAGE = 'node_modules/@tensorflow/tfjs-node';

/** @param {string} file @returns {Record<string, Locked>} */
const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** Node 24, from the npm package `node`. @param {string} root */
export const nodeBinary = (root) => join(root, nodeBinaryPath);
export const nodeBinaryPath = join('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** The environment in which package tools run on Node 24. @param {string} root @returns {NodeJS.ProcessEnv} */
export function environmentWithNode(root) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [name]: [join(root, 'node_modules', '.bin'), process.env[name]].join(delimiter) };
}

/** True when node_modules holds what the lock file names. @param {string} root */
export function packagesArePresent(root) {
  try {
    const wanted = packagesOf(join(root, 'package-lock.json'));
    const present = packagesOf(join(root, 'node_modules', '.package-lock.json'));
    return Object.entries(wanted).every(([path, locked]) => {
      if (!path.startsWith('node_modules/')) return true;
      const found = present[path];
      if (found !== undefined) return found.version === locked.version && existsSync(join(root, path));
      return locked.optional === true && path !== TENSORFLOW_PACKAGE && !isForThisSystem(locked);
    });
  } catch {
    return false;
  }
}

/** Only those optional packages that name their system are surely wanted here. @param {Locked} locked */
const isForThisSystem = ({ os, cpu, libc }) =>
  os?.includes(process.platform) === true && cpu?.includes(process.arch) === true && libc === undefined;

/**
 * Installs what the lock file names. Where packages are there already only the differences are brought, so that a
 * second terminal can go on working; if that does not do, all are brought anew.
 * @param {string} root
 */
export async function installPackages(root) {
  const kinds = ['--ignore-scripts', '--include=dev', '--include=optional'];
  if (existsSync(join(root, 'node_modules', '.package-lock.json'))) {
    const update = startProgress('updating packages');
    await npm(root, ['install', '--no-save', ...kinds], () => update.update(''));
    update.end();
    if (packagesArePresent(root)) return;
  }
  const progress = startProgress('downloading packages (about 150 MB)');
  const ended = await npm(root, ['ci', ...kinds], () => progress.update(''));
  progress.end();
  if (ended.code === 0 && packagesArePresent(root)) return;
  throw new SetupProblem(
    'npm could not bring the packages; what it said stands above. Check the network (behind a proxy: HTTPS_PROXY, or ' +
      '`npm config set registry` for a registry of your own), then run the command again.',
    ended.output,
  );
}

/** Downloads Node 24 where it isn't there yet. @param {string} root */
export async function installNode(root) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'node', 'package.json'), 'utf8'));
  if (await runsAs(root, version)) return;
  const progress = startProgress(`downloading Node ${version} (about 50 MB)`);
  const ended = await npm(root, ['rebuild', 'node', '--ignore-scripts=false'], () => progress.update(''));
  progress.end();
  if (ended.code === 0 && (await runsAs(root, version))) return;
  throw new SetupProblem(
    `Node ${version} could not be installed for this project; what npm said stands above. Check the network, then run ` +
      'the command again.',
    ended.output,
  );
}

/** @param {string} root @param {string} version */
async function runsAs(root, version) {
  const ended = await run(nodeBinary(root), ['--version'], { limitSeconds: 60 });
  return ended.code === 0 && ended.stdout.trim() === `v${version}`;
}

/**
 * @param {string} root
 * @param {string[]} commandArguments
 * @param {() => void} beat called every half second
 */
function npm(root, commandArguments, beat) {
  const own = process.env['npm_execpath'] ?? '';
  const viaNode = basename(own) === 'npm-cli.js' && existsSync(own);
  // Engine warnings tell of the Node that runs npm, not of Node 24: hidden.
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  return run(viaNode ? process.execPath : 'npm', [...(viaNode ? [own] : []), ...commandArguments, ...quiet], {
    cwd: root,
    shell: !viaNode && process.platform === 'win32',
    watch: () => {
      beat();
      return 0;
    },
  });
}
