import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The licences of everything that ships, for the settings screen: Duecast, what is not a package (Electron, Chromium,
 * TensorFlow, LightGBM, the font of reports), the production packages of package-lock.json, and what the build puts into the bundles.
 *
 * @typedef {{name: string, version: string, licence: string, text: string}} Licence
 */

const LICENCE_FILE = /^(licen[cs]e|copying)([.-].*)?$/i;
const NOTICE_FILE = /^(notice|third[-_]?party.*)(\..*)?$/i;

/** @type {Record<string, string>} */
const STANDARD = Object.fromEntries(
  ['Apache-2.0', 'MIT'].map((id) => [
    id,
    readFileSync(new URL(`../resources/licences/${id}.txt`, import.meta.url), 'utf8'),
  ]),
);

/**
 * @param {string} root
 * @param {Iterable<string>} bundled names of packages whose code is in the bundles
 * @returns {Licence[]} Duecast first, then what is no package, then packages by name
 */
export function collectLicences(root, bundled) {
  /** @type {{packages: Record<string, {version: string, dev?: boolean}>}} */
  const { packages } = readJson(join(root, 'package-lock.json'));
  const shipped = Object.keys(packages).filter((path) => path !== '' && packages[path].dev !== true);
  const paths = new Set([...shipped, ...[...bundled].map((name) => `node_modules/${name}`)]);
  /** @type {Map<string, Licence>} */
  const found = new Map();
  for (const path of paths) {
    // An optional package of another system.
    if (!existsSync(join(root, path, 'package.json'))) continue;
    const licence = ofPackage(join(root, path));
    found.set(`${licence.name} ${licence.version}`, licence);
  }
  const byName = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return [ofDuecast(root), ...ofRuntime(root), ...ofLibraries(root), ...byName];
}

/**
 * An electron-vite plugin, one for all of its bundles: notes which packages go into them and writes the list.
 * @param {string} root
 * @returns {import('vite').Plugin}
 */
export function licencesPlugin(root) {
  /** @type {Set<string>} */
  const bundled = new Set();
  return {
    name: 'duecast-licences',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const id of chunk.moduleIds) {
          const name = packageOf(id);
          if (name !== null) bundled.add(name);
        }
      }
      const file = join(root, 'out', 'licences.json');
      mkdirSync(dirname(file), { recursive: true });
      const list = { packages: collectLicences(root, bundled), bundled: [...bundled].sort() };
      writeFileSync(file, `${JSON.stringify(list)}\n`);
    },
  };
}

/** The package that a module's file belongs to. @param {string} file */
export function packageOf(file) {
  const match = /^.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file);
  return match === null ? null : match[1].replaceAll('\\', '/');
}

/** @param {string} root @returns {Licence} */
function ofDuecast(root) {
  const { version, license } = readJson(join(root, 'package.json'));
  return { name: 'Duecast', version, licence: license, text: readFileSync(join(root, 'LICENSE'), 'utf8') };
}

/** Electron's own licence; what it is made of has its licences beside the program. @param {string} root @returns {Licence[]} */
function ofRuntime(root) {
  const folder = join(root, 'node_modules', 'electron');
  if (!existsSync(join(folder, 'package.json'))) return [];
  const { version } = readJson(join(folder, 'package.json'));
  const beside = (/** @type {string} */ what) =>
    `${what}, as part of Electron ${version}. The licences of all its parts are in LICENSES.chromium.html, in the folder of the program.\n`;
  return [
    { name: 'Electron', version, licence: 'MIT', text: textIn(folder, LICENCE_FILE) ?? '' },
    {
      name: 'Chromium and Node.js',
      version: `in Electron ${version}`,
      licence: 'BSD-3-Clause, MIT and others',
      text: beside('Chromium (Copyright The Chromium Authors) and Node.js (Copyright Node.js contributors)'),
    },
  ];
}

/** Libraries that set-up brings, their versions as it noted them, and the font that reports are set in. @param {string} root @returns {Licence[]} */
function ofLibraries(root) {
  const note = join(root, 'node_modules', '.duecast', 'setup.json');
  /** @type {Record<string, {version?: string} | undefined>} */
  const versions = existsSync(note) ? readJson(note) : {};
  return [
    {
      name: 'TensorFlow',
      version: versions['tensorflow']?.version ?? '',
      licence: 'Apache-2.0',
      text:
        'Copyright The TensorFlow Authors. All rights reserved. TensorFlow contains parts of other projects; its own ' +
        `THIRD_PARTY_NOTICES.txt names them.\n\n${STANDARD['Apache-2.0']}`,
    },
    {
      name: 'LightGBM',
      version: versions['lightgbm']?.version ?? '',
      licence: 'MIT',
      text: `The MIT License (MIT)\n\nCopyright (c) Microsoft Corporation\n\n${STANDARD['MIT']}`,
    },
    {
      name: 'Noto Sans',
      version: '2.015',
      licence: 'OFL-1.1',
      text: readFileSync(join(root, 'resources', 'fonts', 'OFL.txt'), 'utf8'),
    },
  ];
}

/** @param {string} folder @returns {Licence} */
function ofPackage(folder) {
  const { name, version, license, author } = readJson(join(folder, 'package.json'));
  const licence = typeof license === 'string' ? license : (license?.type ?? 'not named');
  const by = typeof author === 'string' ? author : author?.name;
  const own = textIn(folder, LICENCE_FILE);
  const notice = textIn(folder, NOTICE_FILE);
  const text = own ?? `${named(name, licence, by)}\n${standardText(licence)}`;
  return { name, version, licence, text: notice === null ? text : `${text}\n\n${notice}` };
}

/** @param {string} name @param {string} licence @param {string | undefined} by */
const named = (name, licence, by) =>
  `${name} comes under the licence ${licence}${by ? `, by ${by}` : ''}. Its package holds no text of its own.\n`;

/** @param {string} licence an SPDX expression */
const standardText = (licence) =>
  Object.keys(STANDARD)
    .filter((id) => licence.split(/[ ()]+/).includes(id))
    .map((id) => STANDARD[id])
    .join('\n\n');

/** @param {string} folder @param {RegExp} pattern */
function textIn(folder, pattern) {
  const names = readdirSync(folder).filter((name) => pattern.test(name));
  if (names.length === 0) return null;
  return names
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n'))
    .join('\n\n');
}

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
