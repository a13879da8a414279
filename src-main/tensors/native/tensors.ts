import { nativeBinding } from './binding.ts';

/** A tensor of TensorFlow's, by the addon's number. */
export type TensorId = number & { readonly __tensor: unique symbol };

/** What lives at this moment, in the whole process: tensors made and not yet freed, and sessions. */
let live = 0;
export const liveTensors = () => live;
export const countLive = (change: 1 | -1) => void (live += change);

/** TensorFlow may keep `values` itself: leave them as they are. */
export function createTensor(shape: number[], values: Float32Array | Int32Array): TensorId {
  const binding = nativeBinding();
  const type = values instanceof Float32Array ? binding.TF_FLOAT : binding.TF_INT32;
  const id = binding.createTensor(shape, type, values) as TensorId;
  countLive(1);
  return id;
}

export function freeTensor(tensor: TensorId): void {
  nativeBinding().deleteTensor(tensor);
  countLive(-1);
}
