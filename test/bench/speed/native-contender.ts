import { createNativeEngine } from '../../../src-main/tensors/native/engine.ts';
import { engineContender } from './engine-contender.ts';

export const createContender = () => engineContender(createNativeEngine());
