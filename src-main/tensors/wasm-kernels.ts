import { readFileSync } from 'node:fs';
import v8 from 'node:v8';

/**
 * Kernels for vectors of 256 bits, for 128 bits with multiply-adds of one rounding, and for runtimes that round twice.
 * WebAssembly has 128 bits alone: `wide` is written in pairs of such operations, which V8 makes one of. Where multiply-adds
 * round once, `wide` and `relaxed` give the same numbers to the last bit.
 */
export type KernelBuild = 'wide' | 'relaxed' | 'plain';

/** What wasm/kernels/passes.ts exports. */
export interface Kernels {
  memory: WebAssembly.Memory;
  freeMemory: WebAssembly.Global<'i32'>;
  predict(plan: number, batch: number): void;
  differentiate(plan: number, batch: number, key: number): void;
  train(plan: number, batch: number, key: number, rate: number): void;
  explain(plan: number, batch: number): void;
}

/** A module that exports `m(a, b, c)`: f32x4.relaxed_madd of them. */
const MULTIPLY_ADD = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x01, 0x60, 0x03, 0x7d, 0x7d, 0x7d, 0x01, 0x7d],
  ...[0x03, 0x02, 0x01, 0x00, 0x07, 0x05, 0x01, 0x01, 0x6d, 0x00, 0x00, 0x0a, 0x16, 0x01, 0x14, 0x00],
  ...[0x20, 0x00, 0xfd, 0x13, 0x20, 0x01, 0xfd, 0x13, 0x20, 0x02, 0xfd, 0x13, 0xfd, 0x85, 0x02, 0xfd, 0x1f, 0x00],
  0x0b,
);

/** How often the runtime rounds a vector's relaxed multiply-add; null where it has none. */
export function roundings(): 1 | 2 | null {
  if (!WebAssembly.validate(MULTIPLY_ADD)) return null;
  const { m } = new WebAssembly.Instance(new WebAssembly.Module(MULTIPLY_ADD)).exports;
  const factor = 1 + 2 ** -12;
  // The product's last bit, 2⁻²⁴, is lost where it is rounded before the sum.
  const left = (m as (a: number, b: number, c: number) => number)(factor, factor, -(1 + 2 ** -11));
  return left === 0 ? 2 : 1;
}

/** V8's pass that makes one operation of 256 bits of two of 128: there on x64, but off unless asked for. */
const JOINING = '--experimental-wasm-revectorize';
const NOT_JOINING = '--no-experimental-wasm-revectorize';
/** How the wide kernels are compiled: at once and by the optimising compiler, which alone has that pass. */
const WIDE_FLAGS = [JOINING, '--no-liftoff', '--no-wasm-lazy-compilation'];
const DEFAULT_FLAGS = [NOT_JOINING, '--liftoff', '--wasm-lazy-compilation'];

/**
 * Whether this runtime makes vectors of 256 bits. A processor of x64 that rounds once has them, but for AMD's of 2012 to
 * 2014, on which they are slow.
 */
export function joinsVectors(): boolean {
  // Switched off by hand; and Node for macOS is built without.
  if (process.env['DUECAST_NO_WIDE_VECTORS'] === '1' || process.platform === 'darwin') return false;
  if (process.arch !== 'x64' || roundings() !== 1) return false;
  // The tag follows from the flags; one that V8 does not know changes nothing but its stderr.
  v8.setFlagsFromString(NOT_JOINING);
  const without = v8.cachedDataVersionTag();
  v8.setFlagsFromString(JOINING);
  if (v8.cachedDataVersionTag() === without) return false;
  v8.setFlagsFromString(NOT_JOINING);
  return true;
}

const compiled = new Map<KernelBuild, WebAssembly.Module>();

/** A build's module, compiled once in a process; threads are handed it. */
export function compileKernels(build: KernelBuild): WebAssembly.Module {
  let module = compiled.get(build);
  if (module === undefined) {
    const bytes = readFileSync(new URL(`../../resources/kernels/${build}.wasm`, import.meta.url));
    module = build === 'wide' && joinsVectors() ? compileWide(bytes) : new WebAssembly.Module(bytes);
    compiled.set(build, module);
  }
  return module;
}

/** The flags hold for the whole process, so they are set for this one module; after it they are V8's defaults again. */
function compileWide(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  for (const flag of WIDE_FLAGS) v8.setFlagsFromString(flag);
  try {
    return new WebAssembly.Module(bytes);
  } finally {
    for (const flag of DEFAULT_FLAGS) v8.setFlagsFromString(flag);
  }
}

/** Fresh kernels with a memory of their own. */
export function startKernels(module: WebAssembly.Module): Kernels {
  return new WebAssembly.Instance(module).exports as unknown as Kernels;
}
