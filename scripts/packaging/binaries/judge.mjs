import { FORMATS } from './read.mjs';

/** Whether a binary of a package can be loaded on the system that it is for. */

/** Libraries of the systems themselves, as far as the parts of a package ask for them. */
const SYSTEM = {
  linux: /^(lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+)\.so\.\d+|ld-linux-x86-64\.so\.2)$/,
  win32:
    /^(kernel32|user32|advapi32|shell32|shlwapi|ole32|oleaut32|ws2_32|iphlpapi|bcrypt|crypt32|normaliz|dbghelp|ntdll|psapi|version|msvcrt)\.dll$|^api-ms-win-/i,
  darwin: /^\/usr\/lib\/|^\/System\/Library\//,
};

/** The function by which Node takes an addon in. */
const ENTRY = 'napi_register_module_v1';

/**
 * What is wrong with an addon or a shared library, in words.
 * @param {import('../targets.mjs').Target} target
 * @param {string} path of the file, for the words and for its ending
 * @param {import('./read.mjs').Binary | null} binary
 * @param {(name: string) => boolean} isBeside whether a library is where this one looks for it
 * @returns {string[]}
 */
export function judgeLibrary(target, path, binary, isBeside) {
  const format = FORMATS[target.platform];
  if (binary === null) return [`${path} is no program at all`];
  if (binary.format !== format || binary.arch !== target.arch) {
    return [`${path} is ${binary.format} for ${binary.arch}, not ${format} for ${target.arch}`];
  }
  const faults = binary.imports
    .filter((name) => !SYSTEM[target.platform].test(name) && !isBeside(name.replace(/^@(rpath|loader_path)\//, '')))
    .map((name) => `${path} asks for ${name}, which is neither the system's nor where it looks`);
  if (path.endsWith('.node') && !binary.exports.some((name) => name.replace(/^_/, '') === ENTRY)) {
    faults.push(`${path} has no ${ENTRY}: Node would not take it`);
  }
  return faults;
}

/**
 * The folders in which a library looks for others, as seen from its own: itself on Windows, else what it names.
 * @param {import('./read.mjs').Binary} binary
 * @returns {string[]} relative, `.` for its own
 */
export const foldersSearched = ({ format, searched }) =>
  format === 'PE' ? ['.'] : searched.map((path) => path.replace(/^(\$ORIGIN|@loader_path)\/?/, '') || '.');
