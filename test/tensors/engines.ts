import { createNativeEngine } from '../../src-main/tensors/native/engine.ts';
import type { Engine } from '../../src-main/tensors/network.ts';
import { createWasmEngine } from '../../src-main/tensors/wasm/engine.ts';
import { NATIVE_HIDDEN } from './native-hidden.ts';

/** Every suite of engines runs on each of these. */
export const ENGINES: readonly { name: string; engine: Engine }[] = [
  ...(NATIVE_HIDDEN ? [] : [{ name: 'native', engine: createNativeEngine() }]),
  { name: 'WebAssembly', engine: createWasmEngine() },
];
