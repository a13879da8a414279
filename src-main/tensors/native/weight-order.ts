import { weightSlots, type Architecture, type WeightSlot } from '../architecture.ts';

/** How a graph's variables hold the weights of `weightSlots`: trainable arrays first, then moving averages. */
export interface WeightOrder {
  /** The place among `weightSlots` of each value of the graph. */
  places: Int32Array;
  trainable: number;
  /** Shapes of the arrays, by layer; an LSTM's two kernels, which lie side by side, are one. */
  trainableShapes: number[][][];
  movingShapes: number[][][];
}

/** BlockLSTM wants the gates i, c, f, o, where Keras has i, f, c, o. */
const GATES = [0, 2, 1, 3];

function placesOf({ offset, size, shape }: WeightSlot, gated: boolean): number[] {
  if (!gated) return Array.from({ length: size }, (_, i) => offset + i);
  const columns = shape[shape.length - 1];
  const units = columns / 4;
  return Array.from({ length: size }, (_, i) => {
    const column = i % columns;
    return offset + i - column + GATES[Math.floor(column / units)] * units + (column % units);
  });
}

export function weightOrder(architecture: Architecture): WeightOrder {
  const slots = weightSlots(architecture);
  const sorted = [...slots.filter(({ trainable }) => trainable), ...slots.filter(({ trainable }) => !trainable)];
  const places = sorted.flatMap((slot) => placesOf(slot, architecture.layers[slot.layer].type === 'lstm'));
  const shapes = (layer: number, trainable: boolean) =>
    slots.filter((slot) => slot.layer === layer && slot.trainable === trainable).map(({ shape }) => shape);
  const trainableShapes = architecture.layers.map(({ type }, layer) => {
    const own = shapes(layer, true);
    if (type !== 'lstm') return own;
    const [[width, columns], [units], bias] = own;
    return [[width + units, columns], bias];
  });
  const movingShapes = architecture.layers.map((_, layer) => shapes(layer, false));
  const trainable = sorted.reduce((sum, slot) => sum + (slot.trainable ? slot.size : 0), 0);
  return { places: Int32Array.from(places), trainable, trainableShapes, movingShapes };
}
