import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../setup/children.mjs';
import { SetupProblem, startProgress } from '../../setup/messages.mjs';
import { ADDON, addonSources, BUILD, HEADERS, RECIPES } from '../../setup/tensorflow-build.mjs';
import { fromCache, unpackMavenArtifact, unpackWheel } from '../downloads.mjs';
import { readPe } from '../binaries/pe.mjs';
import { TENSORFLOW_RUNTIMES } from './windows-runtimes.mjs';

/**
 * TensorFlow for Windows: its Python package's DLL needs Python, so the DLL is TensorFlow for Java's, and tfjs-node's
 * addon is compiled against it by a compiler for all systems.
 */

export const VERSION = '2.18.0';
const JAR = {
  group: 'org.tensorflow',
  artifact: 'tensorflow-core-native',
  version: '1.1.0',
  classifier: 'windows-x86_64',
  sha256: 'be518cd4e9805912e776333f144f476ed3c5288c15b9a5374daa4c2f39bbf378',
};
const FOLDER = 'org/tensorflow/internal/c_api/windows-x86_64';
const LIBRARY = 'tensorflow.dll';

/** @param {string} cache @param {string} folder */
const putLibrary = (cache, folder) =>
  fromCache(cache, `tensorflow/windows-${JAR.sha256.slice(0, 12)}-2`, folder, VERSION, async (stage, work) => {
    await unpackMavenArtifact(JAR, [`${FOLDER}/${LIBRARY}`], work);
    renameSync(join(work, FOLDER, LIBRARY), join(stage, LIBRARY));
  });

/** The headers that the addon includes. @param {string} cache @param {string} folder */
const putHeaders = (cache, folder) => {
  const { wheel } = RECIPES['linux-x64'];
  return fromCache(cache, `tensorflow/headers-${wheel.sha256.slice(0, 12)}`, folder, '2.21.0', async (stage, work) => {
    await unpackWheel({ ...wheel, what: `${wheel.what}, for its headers` }, HEADERS, work);
    renameSync(join(work, 'tensorflow', 'include'), join(stage, 'include'));
  });
};

/**
 * TensorFlow's DLL, its runtimes and the addon, all beside each other, where tfjs-node has its addon.
 * @param {string} root
 * @param {string} cache
 * @param {{zig: string, runtimes: string, work: string}} tools
 * @param {string} folder where tfjs-node's is to be
 */
export async function putTensorflowForWindows(root, cache, { zig, runtimes, work }, folder) {
  const libraries = join(work, 'windows');
  await putLibrary(cache, libraries);
  const entry = `tensorflow/addon-windows-${JAR.sha256.slice(0, 12)}-${BUILD}-2`;
  await fromCache(cache, entry, folder, VERSION, async (stage) => {
    const headers = join(work, 'headers');
    await putHeaders(cache, headers);
    mkdirSync(join(stage, 'lib', 'napi-v8'), { recursive: true });
    const addon = join(work, 'tfjs_binding.node');
    await compile(root, zig, { libraries, headers: join(headers, 'include'), work, addon });
    // An import library lies beside it, which nobody needs.
    copyFileSync(addon, join(stage, ADDON));
  });
  const beside = join(folder, 'lib', 'napi-v8');
  copyFileSync(join(libraries, LIBRARY), join(beside, LIBRARY));
  for (const name of TENSORFLOW_RUNTIMES) copyFileSync(join(runtimes, name), join(beside, name));
}

/**
 * @param {string} root
 * @param {string} zig
 * @param {{libraries: string, headers: string, work: string, addon: string}} places
 */
async function compile(root, zig, { libraries, headers, work, addon }) {
  const progress = startProgress('compiling the addon for Windows (a minute or two)');
  const beat = () => {
    progress.update('');
    return 0;
  };
  const folder = join(root, 'node_modules', '@tensorflow', 'tfjs-node');
  const definitions = join(work, 'tensorflow.def');
  const importLibrary = join(work, 'libtensorflow.a');
  const filler = join(work, 'node-api.cc');
  writeFileSync(definitions, importDefinitions(readPe(readFileSync(join(libraries, LIBRARY))).exports));
  writeFileSync(filler, nodeApiFiller(headersOf(root)));
  const env = { ...process.env, ZIG_GLOBAL_CACHE_DIR: join(work, 'zig'), ZIG_LOCAL_CACHE_DIR: join(work, 'zig') };
  const steps = [
    ['dlltool', '-m', 'i386:x86-64', '-D', LIBRARY, '-d', definitions, '-l', importLibrary],
    [
      ...['c++', '-target', 'x86_64-windows-gnu', '-shared', '-s'],
      ...addonSources(root, folder, headers),
      ...[filler, importLibrary, '-o', addon],
    ],
  ];
  for (const words of steps) {
    const ended = await run(zig, words, { env, cwd: work, watch: beat });
    if (ended.code === 0) continue;
    progress.end();
    throw new SetupProblem(
      'compiling the addon for Windows failed; what the compiler said stands above.',
      ended.output,
    );
  }
  progress.end();
}

/** TensorFlow's C API of all that the DLL offers. @param {string[]} names */
export const importDefinitions = (names) =>
  ['LIBRARY tensorflow.dll', 'EXPORTS', ...names.filter((name) => /^TFE?_/.test(name)), ''].join('\n');

/** The names of Node-API's functions. @param {string} root */
function headersOf(root) {
  const folder = join(root, 'node_modules', 'node-api-headers', 'include');
  const text = ['js_native_api.h', 'node_api.h'].map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  return [...new Set([...text.matchAll(/\b(napi_\w+)\(/g)].map(([, name]) => name))];
}

/**
 * Code that finds Node-API in the program that loads the addon, whatever that is called: an import table would name
 * node.exe, and the app is another program. Calls of a `dllimport` function go through `__imp_` and its name.
 * @param {string[]} functions
 */
export const nodeApiFiller = (functions) => `#include <windows.h>
extern "C" {
${functions.map((name) => `void *__imp_${name};`).join('\n')}
}
static const struct { const char *name; void **place; } functions[] = {
${functions.map((name) => `  {"${name}", &__imp_${name}},`).join('\n')}
};
__attribute__((constructor)) static void find_node_api(void) {
  HMODULE program = GetModuleHandleW(NULL);
  for (unsigned i = 0; i < sizeof functions / sizeof *functions; i++)
    *functions[i].place = reinterpret_cast<void *>(GetProcAddress(program, functions[i].name));
}
`;
