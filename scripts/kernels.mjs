/**
 * Compiles src-main/tensors/wasm/kernels (AssemblyScript) to wide.wasm, relaxed.wasm and plain.wasm in resources/kernels.
 * Their bytes follow from the sources and the compiler's version alone; a test holds the committed ones to that.
 */
import asc from 'assemblyscript/asc';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = fileURLToPath(new URL('../src-main/tensors/wasm/kernels/', import.meta.url));
const RESULTS = fileURLToPath(new URL('../resources/kernels/', import.meta.url));

/** For vectors of 256 bits, for 128 bits with multiply-adds of one rounding, and for runtimes that have none. */
const FEATURES = { wide: 'simd,relaxed-simd', relaxed: 'simd,relaxed-simd', plain: 'simd' };

/** @typedef {keyof typeof FEATURES} Build */
export const BUILDS = /** @type {Build[]} */ (Object.keys(FEATURES));

/**
 * @param {Build} build
 * @returns {Promise<Uint8Array>} the module
 */
export async function compileKernels(build) {
  /** @type {Uint8Array | null} */
  let binary = null;
  const options = ['-O3', '--runtime', 'stub', '--enable', FEATURES[build], '--disableWarning', '235'];
  options.push('--use', `WIDE=${Number(build === 'wide')}`);
  const { error, stderr } = await asc.main(['passes.ts', '--baseDir', SOURCES, '--outFile', 'out.wasm', ...options], {
    readFile(name, folder) {
      try {
        return readFileSync(join(folder, name), 'utf8');
      } catch {
        return null;
      }
    },
    writeFile(name, contents) {
      if (name === 'out.wasm') binary = /** @type {Uint8Array} */ (contents);
    },
    listFiles: () => [],
  });
  const messages = stderr.toString();
  if (error !== null || binary === null || messages !== '') throw new Error(messages, { cause: error });
  return binary;
}

if (import.meta.main) {
  mkdirSync(RESULTS, { recursive: true });
  for (const build of BUILDS) writeFileSync(join(RESULTS, `${build}.wasm`), await compileKernels(build));
}
