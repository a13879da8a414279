import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addToCache, temporaryFolder } from './cache.mjs';
import { run } from './children.mjs';
import { SetupProblem, startProgress } from './messages.mjs';
import { checkFreeSpace, downloadWheel, extractWheel, findPython, howToGet } from './python.mjs';

/** TensorFlow's C library out of its Python package, connected to Node by one compile of tfjs-node's addon. */

/** Where things lie in tfjs-node's folder. */
export const ADDON = join('lib', 'napi-v8', 'tfjs_binding.node');
export const LIBRARIES = join('deps', 'lib');
/** Names the cache entry that a clone's files came from. */
export const SOURCE = join('deps', 'duecast-source.txt');
/** Raise it when the addon is built in another way, so that cached ones are made again. */
export const BUILD = 1;
const VERSION = '2.21.0';

/**
 * `compiler`: the command and its first words.
 * @typedef {{wheel: import('./python.mjs').Wheel, libraries: string[], compiler: string[], flags: string[],
 *   compilerPackage: string, compilerElsewhere: string, strip: boolean, diskBytes: number}} Recipe
 */
/** What of the Python package's headers the addon includes. */
export const HEADERS = ['tensorflow/c/', 'tensorflow/core/platform/', 'xla/tsl/', 'tsl/'].map(
  (name) => `tensorflow/include/${name}`,
);

/** @type {Record<string, Recipe>} */
export const RECIPES = {
  'linux-x64': {
    wheel: {
      what: `TensorFlow ${VERSION}`,
      requirement: `tensorflow-cpu==${VERSION}`,
      platform: 'manylinux_2_27_x86_64',
      python: '311',
      file: `tensorflow_cpu-${VERSION}-cp311-cp311-manylinux_2_27_x86_64.whl`,
      bytes: 274_000_000,
      sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    },
    libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
    compiler: ['g++'],
    flags: [
      ...['-shared', '-fPIC', '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'],
      '-Wl,-rpath,$ORIGIN/../../deps/lib',
    ],
    compilerPackage: 'g++',
    compilerElsewhere: '',
    strip: true,
    diskBytes: 2_000_000_000,
  },
  'darwin-arm64': {
    wheel: {
      what: `TensorFlow ${VERSION}`,
      requirement: `tensorflow==${VERSION}`,
      platform: 'macosx_12_0_arm64',
      python: '311',
      file: `tensorflow-${VERSION}-cp311-cp311-macosx_12_0_arm64.whl`,
      bytes: 220_000_000,
      sha256: '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
    },
    libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
    compiler: ['clang++'],
    flags: [
      ...['-bundle', '-undefined', 'dynamic_lookup', '-ltensorflow_cc.2', '-ltensorflow_framework.2'],
      '-Wl,-rpath,@loader_path/../../deps/lib',
    ],
    compilerPackage: '',
    compilerElsewhere: "Install Apple's command line tools (xcode-select --install)",
    // Stripping would break the signature without which arm64 does not load a library.
    strip: false,
    diskBytes: 2_000_000_000,
  },
};

/**
 * A compiler's words for tfjs-node's addon: its sources, and where their headers are.
 * @param {string} root
 * @param {string} folder tfjs-node's
 * @param {string} headers TensorFlow's
 */
export const addonSources = (root, folder, headers) => [
  ...['-O2', '-std=c++17', '-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION'],
  `-I${folder}`,
  `-I${join(root, 'node_modules', 'node-api-headers', 'include')}`,
  `-I${headers}`,
  ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(folder, 'binding', name)),
];

/**
 * Downloads TensorFlow's Python package, takes its libraries and headers and compiles tfjs-node's addon against them.
 * @param {string} cache
 * @param {string} entry
 * @param {Recipe} recipe
 * @param {string} root
 * @param {string} folder
 */
export async function buildTensorflow(cache, entry, recipe, root, folder) {
  const python = await findPython();
  const [compiler, ...words] = recipe.compiler;
  if ((await run(compiler, [...words, '--version'])).code !== 0) {
    const how = howToGet(recipe.compilerPackage, recipe.compilerElsewhere);
    throw new SetupProblem(`a C++ compiler (${compiler}) is needed to connect it to Node. ${how}.`);
  }
  const work = temporaryFolder(cache);
  await checkFreeSpace(work, recipe.diskBytes);
  const wheel = await downloadWheel(python, recipe.wheel, work);

  const progress = startProgress('connecting TensorFlow to Node (unpacking and compiling, about a minute)');
  await extractWheel(python, wheel, work, [...recipe.libraries.map((name) => `tensorflow/${name}`), ...HEADERS]);
  rmSync(wheel);
  const unpacked = join(work, 'tensorflow');
  const stage = join(work, 'stage');
  mkdirSync(join(stage, LIBRARIES), { recursive: true });
  mkdirSync(join(stage, 'lib', 'napi-v8'), { recursive: true });
  const beat = () => {
    progress.update('');
    return 0;
  };
  const compiled = await run(
    compiler,
    [
      ...words,
      ...addonSources(root, folder, join(unpacked, 'include')),
      ...['-o', join(stage, ADDON), `-L${unpacked}`],
      ...recipe.flags,
    ],
    { watch: beat },
  );
  if (compiled.code !== 0) {
    progress.end();
    throw new SetupProblem(`compiling its link to Node failed; what ${compiler} said stands above.`, compiled.output);
  }
  for (const name of recipe.libraries) {
    renameSync(join(unpacked, name), join(stage, LIBRARIES, name));
    // Without its symbols the library is a quarter smaller; where strip is missing it works as it is.
    if (recipe.strip) await run('strip', ['--strip-unneeded', join(stage, LIBRARIES, name)], { watch: beat });
  }
  progress.end();
  await keep(cache, entry, stage, VERSION);
}

/**
 * Puts a finished folder into the cache, with a note that names the entry.
 * @param {string} cache
 * @param {string} entry
 * @param {string} stage
 * @param {string} version
 */
export async function keep(cache, entry, stage, version) {
  mkdirSync(join(stage, 'deps'), { recursive: true });
  writeFileSync(join(stage, SOURCE), `${entry}\n`);
  await addToCache(cache, entry, stage, version);
}
