import { weightSlots, type Architecture, type WeightSlot } from '../architecture.ts';
import type { Operation } from './operations.ts';

/** Where each operation's weights lie in the kernels' vectors, in floats. */
export interface OperationWeights {
  /** Among the trainable ones. */
  trainable: number;
  /** Among the moving averages. */
  moving: number;
}

export interface WeightPlaces {
  operations: OperationWeights[];
  /** Sizes of both vectors, padding counted. */
  trainable: number;
  moving: number;
  /** For each weight of `weightSlots` its place: below `trainable` in the first vector, from there on in the second. */
  places: Int32Array;
}

const PANEL = 16;
/** Units whose gates lie side by side. */
const LANES = 8;

/** Kernels lie in panels of 16 columns, [k][16]; an LSTM's columns are eight units' i, then their f, c and o. */
export function weightPlaces(architecture: Architecture, operations: readonly Operation[]): WeightPlaces {
  let trainable = 0;
  let moving = 0;
  const starts = operations.map((operation) => {
    const start = { trainable, moving };
    const { kind, layer, inputs, outputs, segments } = operation;
    if (layer === null) return start;
    if (kind === 'affine') trainable += (segments * inputs + 1) * outputs;
    if (kind === 'lstm') trainable += (inputs + outputs + 1) * 4 * outputs;
    if (kind === 'norm') {
      trainable += 2 * outputs;
      moving += 2 * outputs;
    }
    return start;
  });
  const slots = weightSlots(architecture);
  const places = new Int32Array(slots.reduce((sum, { size }) => sum + size, 0));
  operations.forEach((operation, number) => {
    const own = slots.filter(({ layer }) => layer === operation.layer);
    for (const slot of own) {
      const start = slot.trainable ? starts[number].trainable : trainable + starts[number].moving;
      const placeOf = PLACES[slot.name.slice(slot.name.indexOf('/') + 1)];
      for (let i = 0; i < slot.size; i++) places[slot.offset + i] = start + placeOf(operation, slot, i);
    }
  });
  return { operations: starts, trainable, moving, places };
}

/** The place of an array's value among its operation's, by the array's name. */
const PLACES: Record<string, (operation: Operation, slot: WeightSlot, index: number) => number> = {
  kernel(operation, { shape }, index) {
    const columns = shape[shape.length - 1];
    const width = operation.input.width;
    const row = Math.floor(index / columns);
    // A convolution's rows are padded step by step.
    const paddedRow = Math.floor(row / width) * operation.inputs + (row % width);
    return inPanel(operation, paddedRow, columnOf(operation, index % columns));
  },
  recurrent_kernel(operation, { shape: [, columns] }, index) {
    const row = operation.inputs + Math.floor(index / columns);
    return inPanel(operation, row, columnOf(operation, index % columns));
  },
  bias: (operation, _, index) => rowsOf(operation) * columnsOf(operation) + columnOf(operation, index),
  gamma: (_, __, index) => index,
  beta: ({ outputs }, _, index) => outputs + index,
  moving_mean: (_, __, index) => index,
  moving_variance: ({ outputs }, _, index) => outputs + index,
};

const columnsOf = ({ kind, outputs }: Operation) => (kind === 'lstm' ? 4 * outputs : outputs);
const rowsOf = ({ kind, inputs, outputs, segments }: Operation) =>
  kind === 'lstm' ? inputs + outputs : segments * inputs;

const inPanel = (operation: Operation, row: number, column: number) =>
  (Math.floor(column / PANEL) * rowsOf(operation) + row) * PANEL + (column % PANEL);

function columnOf({ kind, output }: Operation, column: number): number {
  if (kind !== 'lstm') return column;
  const gate = Math.floor(column / output.width);
  const unit = column % output.width;
  return Math.floor(unit / LANES) * 4 * LANES + gate * LANES + (unit % LANES);
}
