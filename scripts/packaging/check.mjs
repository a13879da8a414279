import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { megabytes } from '../setup/messages.mjs';
import { judgeContents, resourcesOf } from './allow-list.mjs';
import { foldersSearched, judgeLibrary } from './binaries/judge.mjs';
import { readBinary } from './binaries/read.mjs';
import { FUSES, fusesOf, readFuses } from './builder.mjs';
import { filesBelow } from './stage.mjs';
import { tool } from './tools.mjs';

/** Looks a packed folder over: what is in it, whether its binaries fit, its fuses, the archive's integrity. */

/**
 * @typedef {{path: string, bytes: number}} Listed a file of the package, or one within its archive
 * @typedef {{files: Listed[], groups: {group: string, bytes: number}[], fuses: Record<string, boolean | null>,
 *   faults: string[]}} Findings
 */

/**
 * @param {import('./targets.mjs').Target} target
 * @param {boolean} ownRuntime
 * @param {string} folder
 * @returns {Promise<Findings>}
 */
export async function checkPackage(target, ownRuntime, folder) {
  const archive = join(folder, resourcesOf(target.name), 'app.asar');
  const outside = filesBelow(folder).map((path) => ({ path, bytes: lstatSync(join(folder, path)).size }));
  const inside = filesOfArchive(archive).map(({ path, bytes }) => ({
    path: `${resourcesOf(target.name)}/app.asar/${path}`,
    bytes,
  }));
  const files = [...outside, ...inside];
  const { groups, faults } = judgeContents(
    target,
    ownRuntime,
    files.map(({ path }) => path),
  );
  faults.push(...judgeLibraries(target, folder, outside));
  const executable = executableOf(target, folder);
  const fuses = await readFuses(target.name === 'mac' ? join(folder, 'Duecast.app') : executable);
  for (const [name, { on }] of fusesOf(ownRuntime)) {
    if (fuses[name] !== on) faults.push(`the fuse ${name} is ${fuses[name]}, not ${on}`);
  }
  faults.push(...judgeIntegrity(target, folder, archive));
  return { files, groups: sizes(outside, groups), fuses, faults };
}

/** @param {import('./targets.mjs').Target} target @param {string} folder */
export const executableOf = (target, folder) =>
  target.name === 'mac'
    ? join(folder, 'Duecast.app', 'Contents', 'MacOS', target.executable)
    : join(folder, target.executable);

/** @param {string} archive @returns {Listed[]} those that lie beside it have no bytes here */
function filesOfArchive(archive) {
  const { header } = tool('@electron/asar').getRawHeader(archive);
  /** @type {Listed[]} */
  const found = [];
  /** @param {Record<string, any>} entries @param {string} below */
  const walk = (entries, below) => {
    for (const [name, entry] of Object.entries(entries)) {
      if (entry.files !== undefined) walk(entry.files, `${below}${name}/`);
      else found.push({ path: below + name, bytes: entry.unpacked === true ? 0 : entry.size });
    }
  };
  walk(header.files, '');
  return found;
}

/** @param {import('./targets.mjs').Target} target @param {string} folder @param {Listed[]} files */
function judgeLibraries(target, folder, files) {
  return files
    .filter(({ path }) => path.includes('app.asar.unpacked/') && /\.(node|dll|dylib|so)(\.\d+)*$/.test(path))
    .flatMap(({ path }) => {
      const own = dirname(join(folder, path));
      const binary = readBinary(readFileSync(join(folder, path)));
      const folders = binary === null ? [] : foldersSearched(binary);
      // The loader of Windows minds no case.
      const isBeside = (/** @type {string} */ name) =>
        folders.some((below) => [name, name.toLowerCase()].some((one) => existsSync(join(own, below, one))));
      return judgeLibrary(target, path, binary, isBeside);
    });
}

/**
 * Electron compares the archive's header with a hash in the program (Windows) or its property list (macOS).
 * @param {import('./targets.mjs').Target} target
 * @param {string} folder
 * @param {string} archive
 */
function judgeIntegrity(target, folder, archive) {
  if (target.name === 'linux') return [];
  const { headerString } = tool('@electron/asar').getRawHeader(archive);
  const hash = createHash('sha256').update(headerString).digest('hex');
  const place = target.name === 'win' ? executableOf(target, folder) : join(folder, 'Duecast.app/Contents/Info.plist');
  return readFileSync(place).includes(hash) ? [] : [`${place} does not hold the archive's hash ${hash}`];
}

/** @param {Listed[]} files @param {Map<string, string>} groups */
function sizes(files, groups) {
  /** @type {Map<string, number>} */
  const sums = new Map();
  for (const { path, bytes } of files) {
    const group = groups.get(path) ?? 'what does not belong';
    sums.set(group, (sums.get(group) ?? 0) + bytes);
  }
  return [...sums].map(([group, bytes]) => ({ group, bytes })).sort((a, b) => b.bytes - a.bytes);
}

/** In words, for people. @param {Findings} findings */
export function tellFindings({ files, groups, fuses, faults }) {
  const total = groups.reduce((sum, { bytes }) => sum + bytes, 0);
  const lines = [
    `installed: ${megabytes(total)} in ${files.length} files, those of the archive counted`,
    ...groups.map(({ group, bytes }) => `  ${megabytes(bytes).padStart(8)}  ${group}`),
    `fuses: ${Object.keys(FUSES)
      .map((name) => `${name} ${fuses[name] === null ? 'not there' : fuses[name] ? 'on' : 'off'}`)
      .join(', ')}`,
    ...faults.map((fault) => `FAULT: ${fault}`),
  ];
  return lines.join('\n');
}
