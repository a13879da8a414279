import { readFileSync } from 'node:fs';

/** Kernels with multiply-adds of one rounding, where the runtime has them, and those with two. */
export type KernelBuild = 'relaxed' | 'plain';

/** What wasm/kernels/passes.ts exports. */
export interface Kernels {
  memory: WebAssembly.Memory;
  freeMemory: WebAssembly.Global<'i32'>;
  predict(plan: number, batch: number): void;
  differentiate(plan: number, batch: number, key: number): void;
  train(plan: number, batch: number, key: number, rate: number): void;
  explain(plan: number, batch: number): void;
}

/** A module whose only function returns f32x4.relaxed_madd of zeros. */
const RELAXED_PROBE = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b, 0x03, 0x02, 0x01, 0x00],
  ...[0x0a, 0x13, 0x01, 0x11, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x41, 0x00, 0xfd, 0x0f, 0x41, 0x00, 0xfd, 0x0f],
  ...[0xfd, 0x85, 0x02, 0x0b],
);

export const bestBuild = (): KernelBuild => (WebAssembly.validate(RELAXED_PROBE) ? 'relaxed' : 'plain');

const compiled = new Map<KernelBuild, WebAssembly.Module>();

/** Fresh kernels with a memory of their own. */
export function startKernels(build: KernelBuild): Kernels {
  let module = compiled.get(build);
  if (module === undefined) {
    module = new WebAssembly.Module(readFileSync(new URL(`../../resources/kernels/${build}.wasm`, import.meta.url)));
    compiled.set(build, module);
  }
  const { exports } = new WebAssembly.Instance(module);
  return exports as unknown as Kernels;
}
