import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from './stage.mjs';
import { sha256OfFile } from '../setup/cache.mjs';

/**
 * What a package holds and under which licence: of the list that the build made, what is in it, and what only packages
 * have. The same list is shown by the app, lies beside the program as a text, and becomes the bill of materials.
 *
 * @typedef {import('../licences.mjs').Licence} Licence
 */

/** Of the build's list what is no npm package. */
const PROGRAMS = ['Duecast', 'Electron', 'Chromium and Node.js', 'TensorFlow', 'LightGBM', 'Noto Sans'];

/** The addon is in every package, the JavaScript around it in none. */
const ADDONS = ['@tensorflow/tfjs-node'];

/** @type {Record<import('./targets.mjs').TargetName, Licence>} */
const RUNTIMES = {
  linux: {
    name: 'libgomp',
    version: 'of GCC, in scikit-learn 1.7.2',
    licence: 'GPL-3.0-or-later WITH GCC-exception-3.1',
    text: "libgomp, GCC's OpenMP runtime, Copyright (C) Free Software Foundation, Inc. It comes under the GNU General Public License, version 3 or later, with the GCC Runtime Library Exception, version 3.1, which allows to ship it with programs of any licence. Its source is part of GCC's.\n",
  },
  win: {
    name: 'Microsoft Visual C++ Runtime',
    version: '14.44.35112',
    licence: 'Microsoft Software License Terms (distributable code)',
    text: "MSVCP140.dll, VCRUNTIME140.dll, VCRUNTIME140_1.dll and VCOMP140.dll are Microsoft's distributable code, shipped unchanged beside the program as the license terms of Visual Studio allow.\n",
  },
  mac: {
    name: 'libomp',
    version: 'of LLVM, in scikit-learn 1.7.2',
    licence: 'Apache-2.0 WITH LLVM-exception',
    text: "libomp, LLVM's OpenMP runtime, comes under the Apache License, version 2.0, with the LLVM exception, which lifts the duty to name it in compiled programs. See https://llvm.org/LICENSE.txt.\n",
  },
};

/**
 * @param {string} root
 * @param {import('./targets.mjs').Target} target
 * @param {{packages: string[], versions: {electron: string, tensorflow: string, node: string | null}}} what
 * @returns {Licence[]}
 */
export function shippedLicences(root, target, { packages, versions }) {
  /** @type {{packages: Licence[], bundled: string[]}} */
  const built = JSON.parse(readFileSync(join(root, 'out', 'licences.json'), 'utf8'));
  const names = new Set([...PROGRAMS, ...ADDONS, ...packages, ...built.bundled]);
  const list = built.packages
    .filter(({ name }) => names.has(name))
    .map((licence) => ({ ...licence, ...changedVersion(licence.name, versions) }));
  const unknown = [...names].filter((name) => !list.some((licence) => licence.name === name));
  if (unknown.length > 0) throw new Error(`no licence is known of ${unknown.join(', ')}`);
  const programs = list.filter(({ name }) => PROGRAMS.includes(name));
  const node =
    versions.node === null
      ? []
      : [{ name: 'Node.js', version: versions.node, licence: 'MIT and others', text: NODE_TEXT }];
  return [...programs, RUNTIMES[target.name], ...node, ...list.filter(({ name }) => !PROGRAMS.includes(name))];
}

const NODE_TEXT =
  'Copyright Node.js contributors. Only packages for trying out have it. Its licences: https://github.com/nodejs/node/blob/main/LICENSE\n';

/** @param {string} name @param {{electron: string, tensorflow: string}} versions */
function changedVersion(name, { electron, tensorflow }) {
  if (name === 'Electron') return { version: electron };
  if (name === 'Chromium and Node.js') return { version: `in Electron ${electron}` };
  return name === 'TensorFlow' ? { version: tensorflow } : {};
}

/** @param {string} file @param {Licence[]} licences */
export function writeLicenceText(file, licences) {
  const texts = licences.map(
    ({ name, version, licence, text }) =>
      `${'='.repeat(78)}\n${name} ${version}\n${licence}\n${'='.repeat(78)}\n\n${text.trimEnd()}\n`,
  );
  writeFileSync(file, `What this program is made of, and under which licences.\n\n${texts.join('\n\n')}`);
}

/**
 * The licences as parts of a bill of materials, with the hashes of what is compiled.
 * @param {Licence[]} licences
 * @param {string} modules the package's node_modules
 * @returns {Promise<import('./sbom.mjs').Part[]>}
 */
export async function partsOf(licences, modules) {
  const NATIVE = /** @type {Record<string, string>} */ ({
    TensorFlow: '@tensorflow/tfjs-node',
    LightGBM: '.duecast/native',
    'better-sqlite3': 'better-sqlite3/prebuilds',
    koffi: '@koromix',
    'Node.js': 'node/bin',
  });
  const parts = [];
  for (const { name, version, licence } of licences.slice(1)) {
    const folder = NATIVE[name];
    const isPackage = !PROGRAMS.includes(name) && !Object.values(RUNTIMES).some((one) => one.name === name);
    const place = isPackage && name !== 'Node.js' ? `pkg:npm/${name.replace('@', '%40')}@${version}` : null;
    parts.push({ name, version, licence, place, files: folder === undefined ? [] : await hashes(modules, folder) });
  }
  return parts;
}

/** @param {string} modules @param {string} folder */
async function hashes(modules, folder) {
  const files = [];
  for (const path of filesBelow(join(modules, folder))) {
    if (/\.(js|json|txt)$/.test(path)) continue;
    files.push({ path: `${folder}/${path}`, sha256: await sha256OfFile(join(modules, folder, path)) });
  }
  return files;
}
