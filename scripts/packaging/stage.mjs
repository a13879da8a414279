import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { packageOf } from '../licences.mjs';
import { tool } from './tools.mjs';

/**
 * The application as it is to be packed, without what is made for one system: the build, the resources that it reads,
 * and of npm's packages the files that it can reach, and no others.
 */

const ENTRIES = ['main', 'store-process', 'model-process', 'reading-thread', 'predicting-thread'].map(
  (name) => `out/main/${name}.cjs`,
);
/** Loaded by a name that a trace does not see. */
const ALSO = ['node_modules/koffi/index.cjs'];
/** Of what stands above: says which file stands for the package. */
const AND = ['node_modules/koffi/package.json'];
/** Electron is the program itself; the rest is made for one system (see native/parts.mjs). */
const LEFT_OUT = /^node_modules[\\/](electron|@tensorflow|@koromix|\.duecast|better-sqlite3[\\/]prebuilds)[\\/]/;
const RESOURCES = ['fonts', 'kernels', 'profiles', 'rules'];

/**
 * @param {string} root
 * @param {string} folder for the application itself
 * @param {string} modules for what is to be its node_modules
 * @returns {Promise<string[]>} the names of the packages that are in it
 */
export async function stageApplication(root, folder, modules) {
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'out'), join(folder, 'out'), { recursive: true });
  for (const name of RESOURCES)
    cpSync(join(root, 'resources', name), join(folder, 'resources', name), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(applicationPackage(root), null, 2));
  const files = await reachable(root);
  for (const file of files) {
    const place = join(modules, relative('node_modules', file));
    mkdirSync(dirname(place), { recursive: true });
    copyFileSync(join(root, file), place);
  }
  return [...new Set(files.map((file) => packageOf(join(root, file)) ?? ''))].filter(Boolean).sort();
}

/** What the program reads of its own package.json, and what packages say of it. @param {string} root */
function applicationPackage(root) {
  const { name, version, description, license, main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return { name, productName: 'Duecast', version, description, license, author: 'The Duecast authors', main };
}

/** @param {string} root @returns {Promise<string[]>} files below node_modules */
async function reachable(root) {
  const { nodeFileTrace } = tool('@vercel/nft');
  /** @type {{fileList: Set<string>}} */
  const { fileList } = await nodeFileTrace(
    [...ENTRIES, ...ALSO].map((file) => join(root, file)),
    { base: root, processCwd: root, ignore: (/** @type {string} */ file) => LEFT_OUT.test(file) },
  );
  return [...fileList, ...AND].filter((file) => file.startsWith('node_modules') && !LEFT_OUT.test(file)).sort();
}

/** Files below a folder, with `/` between names, in order. @param {string} folder @param {string} [below] @returns {string[]} */
export function filesBelow(folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(folder, path) : [path];
    })
    .sort();
}
