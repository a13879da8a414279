import { createWasmEngine } from '../../../src-main/tensors/wasm/engine.ts';
import { engineContender } from './engine-contender.ts';

export const createContender = () => engineContender(createWasmEngine());
