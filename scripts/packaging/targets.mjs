/** The systems that packages are made for. */

/**
 * `system`: as Node names it, with the processor. `native`: endings of shared libraries, for the check of contents.
 * @typedef {{name: TargetName, platform: 'linux' | 'win32' | 'darwin', arch: 'x64' | 'arm64', system: string,
 *   executable: string}} Target
 * @typedef {'linux' | 'win' | 'mac'} TargetName
 */

/** @type {Record<TargetName, Target>} */
export const TARGETS = {
  linux: { name: 'linux', platform: 'linux', arch: 'x64', system: 'linux-x64', executable: 'duecast' },
  win: { name: 'win', platform: 'win32', arch: 'x64', system: 'win32-x64', executable: 'Duecast.exe' },
  mac: { name: 'mac', platform: 'darwin', arch: 'arm64', system: 'darwin-arm64', executable: 'Duecast' },
};

/**
 * The targets that the command line names, without any the one of this system. Throws on a word that names none.
 * @param {readonly string[]} words
 * @param {string} platform
 * @returns {Target[]}
 */
export function chosenTargets(words, platform) {
  const chosen = words.map((word) => {
    const target = /** @type {Record<string, Target>} */ (TARGETS)[word.replace(/^--/, '')];
    if (!word.startsWith('--') || target === undefined) {
      throw new Error(`“${word}” names no system. Usage: npm run package [-- --linux | --win | --mac]`);
    }
    return target;
  });
  if (chosen.length > 0) return [...new Set(chosen)];
  const own = Object.values(TARGETS).find((target) => target.platform === platform);
  if (own === undefined) throw new Error(`There is no package for ${platform}.`);
  return [own];
}
